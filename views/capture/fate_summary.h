#pragma once
// How many packets of the capture had which fate: one stacked bar and a row each, losses by reason. A click filters.

#include <QIcon>
#include <QWidget>
#include <map>
#include <optional>
#include <vector>

#include "views/session/run_state.h"
#include "views/theme/theme.h"

class QToolButton;
class QVBoxLayout;

namespace ringside {

/// A fate, and for losses the reason.
struct FateKey {
    bool known = true;
    Fate fate = Fate::delivered;
    Drop reason = Drop::NOT_DROPPED;
    friend auto operator<=>(const FateKey&, const FateKey&) = default;
};

/// The glyph that goes with a tone, in its colour.
QIcon glyphIcon(Tone tone, const Theme& theme);

class FateSummary : public QWidget {
    Q_OBJECT
  public:
    explicit FateSummary(const RunState& run, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Counts again.
    void refresh();
    /// What is filtered by; none: everything.
    [[nodiscard]] const std::optional<FateKey>& chosen() const { return m_chosen; }
    void choose(std::optional<FateKey> key);
    [[nodiscard]] static Tone toneOf(const FateKey& key);
    [[nodiscard]] static FateKey keyOf(const PacketFate* fate);
    [[nodiscard]] const std::vector<std::pair<FateKey, std::uint64_t>>& counts() const { return m_counts; }

  signals:
    void chosenChanged();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    class Bar;
    void rebuild();
    [[nodiscard]] QString textOf(const FateKey& key) const;

    const RunState& m_run;
    Theme m_theme;
    Bar* m_bar;
    QVBoxLayout* m_rows;
    std::vector<std::pair<FateKey, std::uint64_t>> m_counts;
    std::optional<FateKey> m_chosen;
};

}  // namespace ringside
