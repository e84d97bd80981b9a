#include "views/picture/picture_panel.h"

#include <QEvent>
#include <QVBoxLayout>

#include "views/picture/scene_items.h"
#include "views/scene/skb_adapter.h"
#include "views/session/format.h"

namespace ringside {

PicturePanel::PicturePanel(Session& session, PictureKind kind, QWidget* parent)
    : QWidget(parent), m_session(session), m_kind(kind), m_theme(makeTheme(ThemeKind::light)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_scene = new SceneWidget;
    m_scene->setObjectName(kind == PictureKind::path ? "path-scene" : "skb-scene");
    m_scene->setBuilder([this](const SceneRequest& request) {
        return m_kind == PictureKind::path ? buildPathScene(m_path, request) : buildSkbScene(m_skb, request);
    });
    column->addWidget(m_scene);
    connect(m_scene, &SceneWidget::itemActivated, this, &PicturePanel::activate);
    connect(&m_session, &Session::moved, this, &PicturePanel::moved);
    connect(&m_session, &Session::runChanged, this, &PicturePanel::rebuild);
    connect(&m_session, &Session::viewChanged, this, &PicturePanel::rebuild);
    connect(&m_session, &Session::languageChanged, this, &PicturePanel::rebuild);
    retranslate();
}

void PicturePanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_scene->setTheme(theme);
    rebuild();
}

void PicturePanel::setReducedMotion(bool reduced) { m_scene->setReducedMotion(reduced); }

void PicturePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void PicturePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    rebuild();
}

void PicturePanel::retranslate() {
    m_scene->setAccessibleName(m_kind == PictureKind::path ? tr("Path of the packet") : tr("sk_buff close up"));
    rebuild();
}

PathInput PicturePanel::path() const {
    if (!m_session.hasRun()) {
        PathInput input;
        input.empty = tr("Nothing is open. Open a lesson, or drop a capture here.");
        return input;
    }
    const std::optional<Event>& event = m_session.event();
    PathView view;
    view.followed = m_session.packet();
    view.projector = m_theme.projector;
    view.walk = &m_session.walk(view.followed);
    view.fate = m_session.fates().find(view.followed, m_session.position());
    return pathInput(m_session.world(), m_session.inputs(), event ? &*event : nullptr, view);
}

std::uint32_t PicturePanel::shownSkb() const {
    const Selection& chosen = m_session.view().selection;
    if (chosen.kind == Selection::Kind::skb) return chosen.id;
    if (m_session.event() && m_session.event()->skb) m_lastSkb = m_session.event()->skb;
    return m_lastSkb;
}

SkbInput PicturePanel::skb() const {
    SkbInput input;
    if (!m_session.hasRun()) {
        input.empty = tr("Nothing is open. Open a lesson, or drop a capture here.");
        return input;
    }
    if (m_session.position() == 0) m_lastSkb = 0;
    const std::uint32_t serial = shownSkb();
    if (!serial) {
        input.empty = tr("No sk_buff has been made yet. Step on: the driver makes one for each packet.");
        return input;
    }
    input = skbInput(m_session.world(), serial, m_session.previous());
    if (const std::optional<Event>& event = m_session.event()) {
        input.title = m_session.functionName(event->function);
        input.sentence = m_session.stageText(*event);
        if (input.sentence.isEmpty()) input.sentence = m_session.text(m_session.inputs().function(event->function).doc);
    }
    return input;
}

void PicturePanel::rebuild() {
    // what nobody sees is made when it is shown
    if (!isVisible()) return;
    if (m_kind == PictureKind::path)
        m_path = path();
    else
        m_skb = skb();
    m_scene->refresh();
}

void PicturePanel::moved(Session::Motion motion) {
    if (!isVisible()) return;
    const bool steps = motion == Session::Motion::forward || motion == Session::Motion::back;
    // above 4x there are no places between: one picture an event
    const bool fast = m_session.playing() && kSpeeds[m_session.view().speed] > 4;
    if (!steps || fast) return rebuild();
    const bool back = motion == Session::Motion::back;
    int milliseconds = 0;
    if (m_kind == PictureKind::path) {
        PathInput now = path();
        moveFrom(now, m_path);
        m_path = std::move(now);
        const FontTextMetrics metrics(m_theme);
        milliseconds =
            pathMotion(m_path, SceneRequest{QSizeF(m_scene->size()) / m_theme.scale(), m_theme, metrics}, back);
    } else {
        m_skb = skb();
        milliseconds = skbMotion(m_skb, back);
    }
    m_scene->animate(milliseconds);
}

void PicturePanel::activate(const QString& item) {
    m_scene->setSelectedItem(item);
    activateItem(m_session, item);
}

}  // namespace ringside
