#pragma once
// The call stacks of all CPUs side by side: context bands, newest frame on top.

#include <QWidget>
#include <vector>

#include "views/scene/parts/stack_card.h"
#include "views/scene/scene_widget.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"

namespace ringside {

class ThingMenus;

class StacksPanel : public QWidget {
    Q_OBJECT
  public:
    StacksPanel(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    [[nodiscard]] SceneWidget& scene() { return *m_scene; }
    /// Items have a menu.
    void setMenus(const ThingMenus& menus);

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void refresh();
    DisplayList build(const SceneRequest& request) const;

    const RunState& m_run;
    const Texts& m_texts;
    ViewState& m_view;
    Travel& m_travel;
    SceneWidget* m_scene;
    std::vector<StackCard> m_cards;
    int m_otherMachines = 0;
};

/// A card for each CPU, then, as far as there is room, for each task that sleeps in the kernel.
std::vector<StackCard> allStackCards(const World& world, const Inputs& inputs, const Event* event);
/// The cards as a scene; at least one.
DisplayList buildStacksScene(const std::vector<StackCard>& cards, int otherMachines, const SceneRequest& request);

}  // namespace ringside
