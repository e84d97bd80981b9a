#pragma once
// How many packets of the capture had which fate: one stacked bar and a row each, losses by reason. A click filters.

#include <QIcon>
#include <QWidget>
#include <optional>
#include <vector>

#include "views/capture/capture_counts.h"
#include "views/theme/theme.h"

class QToolButton;
class QVBoxLayout;

namespace ringside {

/// The glyph that goes with a tone, in its colour.
QIcon glyphIcon(Tone tone, const Theme& theme);

class FateSummary : public QWidget {
    Q_OBJECT
  public:
    explicit FateSummary(const CaptureCounts& counted, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// The counts have changed.
    void refresh();
    /// What is filtered by; none: everything.
    [[nodiscard]] const std::optional<FateKey>& chosen() const { return m_chosen; }
    void choose(std::optional<FateKey> key);
    /// Lets go of what was chosen; tells nobody.
    void clear();
    [[nodiscard]] const std::vector<std::pair<FateKey, std::uint64_t>>& counts() const { return m_counts; }

  signals:
    void chosenChanged();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    class Bar;
    void rebuild();
    [[nodiscard]] QString textOf(const FateKey& key) const;

    const CaptureCounts& m_counted;
    Theme m_theme;
    Bar* m_bar;
    QVBoxLayout* m_rows;
    std::vector<std::pair<FateKey, std::uint64_t>> m_counts;
    std::optional<FateKey> m_chosen;
};

}  // namespace ringside
