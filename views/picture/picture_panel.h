#pragma once
// A scene of the open run in the centre of the window: the path of a packet, or an sk_buff close up. Follows the
// run; a step moves what moved, a seek just draws.

#include <QWidget>

#include "views/scene/path_adapter.h"
#include "views/scene/scene_widget.h"
#include "views/scene/skb_scene.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"
#include "views/theme/theme.h"

namespace ringside {

enum class PictureKind : std::uint8_t { path, skb };

class ThingMenus;

class PicturePanel : public QWidget {
    Q_OBJECT
  public:
    PicturePanel(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, PictureKind kind,
                 QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setReducedMotion(bool reduced);
    [[nodiscard]] SceneWidget& scene() { return *m_scene; }
    /// Items have a menu.
    void setMenus(const ThingMenus& menus);

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void retranslate();
    void moved(Motion motion);
    void rebuild();
    void activate(const QString& item);
    [[nodiscard]] PathInput path() const;
    [[nodiscard]] SkbInput skb() const;
    [[nodiscard]] std::uint32_t shownSkb() const;

    const RunState& m_run;
    const Texts& m_texts;
    ViewState& m_view;
    Travel& m_travel;
    PictureKind m_kind;
    Theme m_theme;
    SceneWidget* m_scene;
    PathInput m_path;
    SkbInput m_skb;
    mutable std::uint32_t m_lastSkb = 0;  ///< the sk_buff shown while events are about none
};

}  // namespace ringside
