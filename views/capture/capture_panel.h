#pragma once
// The open capture: its packets with their fates, which host is ours, and one packet close up.

#include <QTimer>
#include <QWidget>
#include <vector>

#include "engine/capture/conversations.h"
#include "views/capture/capture_counts.h"
#include "views/capture/drop_card.h"
#include "views/capture/facet_list.h"
#include "views/capture/fate_summary.h"
#include "views/capture/packet_detail.h"
#include "views/capture/packet_model.h"
#include "views/capture/time_histogram.h"
#include "views/session/acting.h"
#include "views/session/background.h"
#include "views/session/opening.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/travel.h"
#include "views/theme/theme.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace ringside {

class CapturePanel : public QWidget {
    Q_OBJECT
  public:
    CapturePanel(const RunState& run, const Texts& texts, Travel& travel, Opening& opening, Acting& acting,
                 QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Puts the cursor into the filter.
    void focusFilter();
    [[nodiscard]] PacketModel& model() { return m_model; }
    /// Whether the filter is still looking through the packets.
    [[nodiscard]] bool filtering() const { return m_filterTimer.isActive(); }

  signals:
    void openRequested();
    /// The packet is to be seen on its path.
    void pathRequested();

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void build();
    void retranslate();
    void reload();
    void fillHosts();
    void reopen();
    void startFilter();
    /// Whether anything but all packets is asked for.
    [[nodiscard]] bool narrowed() const;
    void clearFilter();
    /// Takes up the fates that are known now.
    void recount();
    void fillFacets();
    /// Who talks with whom, found in the background.
    void findConversations();
    void filterSlice();
    [[nodiscard]] bool passes(std::uint32_t packet) const;
    void showPacket();
    void followPacket();
    /// Shows the packet where it died, or else on its way.
    void enterPacket();
    void tellNothing();
    /// The functions that the packet passed, from the wire to its end.
    void showWalk(std::uint32_t packet);
    void tryAgain(DropRemedy remedy);

    const RunState& m_run;
    const Texts& m_texts;
    Travel& m_travel;
    Opening& m_opening;
    Acting& m_acting;
    Theme m_theme;
    PacketModel m_model;
    CaptureCounts m_counts;
    Conversations m_talks;
    Background m_talking;
    QStackedLayout* m_stack = nullptr;
    QLabel *m_empty = nullptr, *m_hostLabel = nullptr, *m_paceLabel = nullptr, *m_count = nullptr, *m_nothing = nullptr;
    QPushButton *m_open = nullptr, *m_walk = nullptr, *m_clear = nullptr, *m_reload = nullptr;
    QComboBox *m_host = nullptr, *m_pace = nullptr;
    QCheckBox* m_sockets = nullptr;
    QLineEdit* m_filter = nullptr;
    QTableView* m_table = nullptr;
    FateSummary* m_fates = nullptr;
    FacetList *m_functions = nullptr, *m_conversations = nullptr;
    TimeHistogram* m_histogram = nullptr;
    PacketDetail* m_detail = nullptr;
    DropCard* m_why = nullptr;
    QListWidget* m_steps = nullptr;
    QTimer m_filterTimer, m_refreshTimer, m_whyTimer;
    std::vector<std::uint32_t> m_found;
    std::uint32_t m_filterAt = 0;
    QString m_filterText;
    const Capture* m_shown = nullptr;
    bool m_filling = false;
};

}  // namespace ringside
