#pragma once
// Values that packets have in common, each with its number of packets. One of them can be chosen, by click or Enter; a
// second time lets it go.

#include <QString>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

#include "views/theme/theme.h"

class QLabel;
class QListWidget;

namespace ringside {

struct FacetItem {
    std::uint64_t key = 0;
    QString text;
    std::uint64_t count = 0;
    Tone tone = Tone::idle;
};

class FacetList : public QWidget {
    Q_OBJECT
  public:
    explicit FacetList(const char* name, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setTitle(const QString& title);
    /// In the order in which they are shown; the list is hidden without any.
    void setItems(std::vector<FacetItem> items);
    [[nodiscard]] const std::vector<FacetItem>& items() const { return m_items; }
    [[nodiscard]] const std::optional<std::uint64_t>& chosen() const { return m_chosen; }
    /// Lets go of what was chosen; tells nobody.
    void clear();

  signals:
    void chosenChanged();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fill();
    void choose(int row);

    Theme m_theme;
    QLabel* m_title;
    QListWidget* m_list;
    std::vector<FacetItem> m_items;
    std::optional<std::uint64_t> m_chosen;
};

}  // namespace ringside
