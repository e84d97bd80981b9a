#include "views/stacks/stacks_panel.h"

#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "views/picture/scene_items.h"
#include "views/scene/parts/card.h"
#include "views/scene/stack_cards.h"

namespace ringside {

StacksPanel::StacksPanel(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, QWidget* parent)
    : QWidget(parent), m_run(run), m_texts(texts), m_view(view), m_travel(travel), m_scene(new SceneWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_scene);
    m_scene->setObjectName("stacks-scene");
    m_scene->setBuilder([this](const SceneRequest& request) { return build(request); });
    connect(m_scene, &SceneWidget::itemActivated, this, [this](const QString& id) {
        m_scene->setSelectedItem(id);
        activateItem({m_run, m_view, m_travel}, id);
    });
    connect(&m_run, &RunState::moved, this, &StacksPanel::refresh);
    connect(&m_texts, &Texts::languageChanged, this, &StacksPanel::refresh);
}

void StacksPanel::setTheme(const Theme& theme) {
    m_scene->setTheme(theme);
    refresh();
}

void StacksPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void StacksPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

void StacksPanel::refresh() {
    if (!isVisible()) return;
    m_cards.clear();
    if (m_run.hasRun()) {
        const Event* event = m_run.event() ? &*m_run.event() : nullptr;
        m_cards = stackCards(m_run.world(), m_run.inputs(), event);
        m_otherMachines = static_cast<int>(m_run.world().machines.size()) - 1;
    }
    m_scene->refresh();
}

DisplayList StacksPanel::build(const SceneRequest& request) const {
    DisplayList list(request.size);
    list.rect(QRectF(QPointF(0, 0), request.size), {Role::bg});
    const Canvas canvas{list, request.metrics};
    if (m_cards.empty()) {
        list.text(QRectF(QPointF(0, 0), request.size), tr("Nothing is open. Choose a lesson, or open a capture."),
                  TextToken::ui, Role::text2, Align::center);
        return list;
    }
    // as many columns as leave a card readable; the rest goes below
    const double gap = 16, margin = 20;
    const int columns = std::clamp(static_cast<int>((request.size.width() - margin) / (280 + gap)), 1,
                                   static_cast<int>(m_cards.size()));
    const int rows = (static_cast<int>(m_cards.size()) + columns - 1) / columns;
    const double width = std::min(460.0, (request.size.width() - 2 * margin - gap * (columns - 1)) / columns);
    const double room = (request.size.height() - 2 * margin - gap * (rows - 1)) / rows;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const int column = static_cast<int>(i) % columns, row = static_cast<int>(i) / columns;
        const double height = std::min(room, wantedHeight(m_cards[i]));
        drawStackCard(canvas, {margin + column * (width + gap), margin + row * (room + gap), width, height},
                      m_cards[i]);
    }
    drawOtherMachines(canvas, {margin, request.size.height() - margin + 2}, m_otherMachines);
    return list;
}

}  // namespace ringside
