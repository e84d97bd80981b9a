#include "views/picture/picture_panel.h"

#include <QEvent>
#include <QVBoxLayout>

#include "views/menus/thing_menus.h"
#include "views/picture/scene_items.h"
#include "views/scene/skb_adapter.h"
#include "views/session/format.h"

namespace ringside {

PicturePanel::PicturePanel(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, PictureKind kind,
                           QWidget* parent)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_view(view),
      m_travel(travel),
      m_kind(kind),
      m_theme(makeTheme(ThemeKind::light)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_scene = new SceneWidget;
    m_scene->setObjectName(kind == PictureKind::path ? "path-scene" : "skb-scene");
    m_scene->setBuilder([this](const SceneRequest& request) {
        return m_kind == PictureKind::path ? buildPathScene(m_path, request) : buildSkbScene(m_skb, request);
    });
    column->addWidget(m_scene);
    connect(m_scene, &SceneWidget::itemActivated, this, &PicturePanel::activate);
    connect(&m_run, &RunState::moved, this, &PicturePanel::moved);
    connect(&m_run, &RunState::runChanged, this, &PicturePanel::rebuild);
    connect(&m_view, &ViewState::changed, this, &PicturePanel::rebuild);
    connect(&m_texts, &Texts::languageChanged, this, &PicturePanel::rebuild);
    retranslate();
}

void PicturePanel::setMenus(const ThingMenus& menus) { giveMenus(*m_scene, menus); }

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
    if (!m_run.hasRun()) {
        PathInput input;
        input.empty = tr("Nothing is open. Open a lesson, or drop a capture here.");
        return input;
    }
    const std::optional<Event>& event = m_run.event();
    PathView view;
    view.followed = m_view.packet();
    view.projector = m_theme.projector;
    view.walk = &m_run.walk(view.followed);
    view.fate = m_run.fates().find(view.followed, m_run.position());
    return pathInput(m_run.world(), m_run.inputs(), event ? &*event : nullptr, view);
}

std::uint32_t PicturePanel::shownSkb() const {
    const Selection& chosen = m_view.now().selection;
    if (chosen.kind == Selection::Kind::skb) return chosen.id;
    if (m_run.event() && m_run.event()->skb) m_lastSkb = m_run.event()->skb;
    return m_lastSkb;
}

SkbInput PicturePanel::skb() const {
    SkbInput input;
    if (!m_run.hasRun()) {
        input.empty = tr("Nothing is open. Open a lesson, or drop a capture here.");
        return input;
    }
    if (m_run.position() == 0) m_lastSkb = 0;
    const std::uint32_t serial = shownSkb();
    if (!serial) {
        input.empty = tr("No sk_buff has been made yet. Step on: the driver makes one for each packet.");
        return input;
    }
    input =
        skbInput(m_run.world(), serial, m_run.previous(), [this](std::string_view text) { return m_texts.text(text); });
    if (const std::optional<Event>& event = m_run.event()) {
        input.title = m_run.functionName(event->function);
        input.sentence = m_texts.stage(m_run.inputs(), *event);
        if (input.sentence.isEmpty()) input.sentence = m_texts.text(m_run.inputs().function(event->function).doc);
        showPanic(input, m_run.world());
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

void PicturePanel::moved(Motion motion) {
    if (!isVisible()) return;
    const bool steps = motion == Motion::forward || motion == Motion::back;
    // above 4x there are no places between: one picture an event
    const bool fast = m_travel.playing() && kSpeeds[m_view.now().speed] > 4;
    if (!steps || fast) return rebuild();
    const bool back = motion == Motion::back;
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
    activateItem({m_run, m_view, m_travel}, item);
}

}  // namespace ringside
