#pragma once
// "Why did it die?": reason and function, what was compared with its values, the counters that moved and the command
// that shows them on a real machine, what would have saved the packet, and another try where the model has one.

#include <QFrame>

#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/theme/theme.h"

class QLabel;
class QPushButton;

namespace ringside {

class DropCard : public QFrame {
    Q_OBJECT
  public:
    DropCard(const RunState& run, const Texts& texts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// The packet it is about; hidden where that did not die.
    void setPacket(std::uint32_t packet);
    [[nodiscard]] std::uint32_t packet() const { return m_packet; }

  signals:
    /// To the event that drops.
    void goRequested(std::uint32_t packet);
    void tryRequested(ringside::DropRemedy remedy);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();
    [[nodiscard]] QString remedyText(DropRemedy remedy) const;

    const RunState& m_run;
    const Texts& m_texts;
    Theme m_theme;
    std::uint32_t m_packet = 0;
    QLabel *m_title, *m_why, *m_facts, *m_advice;
    QPushButton *m_go, *m_try;
};

/// A text with names in backticks as rich text, the names in the font of code.
QString withCode(const QString& text, const Theme& theme);

}  // namespace ringside
