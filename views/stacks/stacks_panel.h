#pragma once
// The call stacks of all CPUs side by side: context bands, newest frame on top.

#include <QWidget>
#include <vector>

#include "views/scene/parts/stack_card.h"
#include "views/scene/scene_widget.h"
#include "views/session/session.h"

namespace ringside {

class StacksPanel : public QWidget {
    Q_OBJECT
  public:
    explicit StacksPanel(Session& session, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    [[nodiscard]] SceneWidget& scene() { return *m_scene; }

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void refresh();
    DisplayList build(const SceneRequest& request) const;

    Session& m_session;
    SceneWidget* m_scene;
    std::vector<StackCard> m_cards;
};

}  // namespace ringside
