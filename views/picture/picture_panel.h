#pragma once
// A scene of the open run in the centre of the window: the path of a packet, or an sk_buff close up. Follows the
// Session; a step moves what moved, a seek just draws.

#include <QWidget>

#include "views/scene/path_adapter.h"
#include "views/scene/scene_widget.h"
#include "views/scene/skb_scene.h"
#include "views/session/session.h"
#include "views/theme/theme.h"

namespace ringside {

enum class PictureKind : std::uint8_t { path, skb };

class PicturePanel : public QWidget {
    Q_OBJECT
  public:
    PicturePanel(Session& session, PictureKind kind, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setReducedMotion(bool reduced);
    [[nodiscard]] SceneWidget& scene() { return *m_scene; }

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void retranslate();
    void moved(Session::Motion motion);
    void rebuild();
    void activate(const QString& item);
    [[nodiscard]] PathInput path() const;
    [[nodiscard]] SkbInput skb() const;
    [[nodiscard]] std::uint32_t shownSkb() const;

    Session& m_session;
    PictureKind m_kind;
    Theme m_theme;
    SceneWidget* m_scene;
    PathInput m_path;
    SkbInput m_skb;
    mutable std::uint32_t m_lastSkb = 0;  ///< the sk_buff shown while events are about none
};

}  // namespace ringside
