#include "views/stacks/stacks_panel.h"

#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "views/menus/thing_menus.h"
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

void StacksPanel::setMenus(const ThingMenus& menus) { giveMenus(*m_scene, menus); }

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
        m_cards = allStackCards(m_run.world(), m_run.inputs(), event);
        m_otherMachines = static_cast<int>(m_run.world().machines.size()) - 1;
    }
    m_scene->refresh();
}

DisplayList StacksPanel::build(const SceneRequest& request) const {
    if (!m_cards.empty()) return buildStacksScene(m_cards, m_otherMachines, request);
    DisplayList list(request.size);
    list.rect(QRectF(QPointF(0, 0), request.size), {Role::bg});
    list.text(QRectF(QPointF(0, 0), request.size), tr("Nothing is open. Choose a lesson, or open a capture."),
              TextToken::ui, Role::text2, Align::center);
    return list;
}

std::vector<StackCard> allStackCards(const World& world, const Inputs& inputs, const Event* event) {
    std::vector<StackCard> cards = stackCards(world, inputs, event);
    // who sleeps keeps a stack too; beside many CPUs there is no room for it
    constexpr std::size_t kCards = 6;
    if (cards.size() >= kCards) return cards;
    for (StackCard& card : sleepingCards(world, inputs, kCards - cards.size())) cards.push_back(std::move(card));
    return cards;
}

DisplayList buildStacksScene(const std::vector<StackCard>& cards, int otherMachines, const SceneRequest& request) {
    DisplayList list(request.size);
    list.rect(QRectF(QPointF(0, 0), request.size), {Role::bg});
    const Canvas canvas{list, request.metrics};
    // as many columns as leave a card readable; the rest goes below
    const double gap = 16, margin = 20;
    const int columns =
        std::clamp(static_cast<int>((request.size.width() - margin) / (280 + gap)), 1, static_cast<int>(cards.size()));
    const int rows = (static_cast<int>(cards.size()) + columns - 1) / columns;
    const double width = std::min(460.0, (request.size.width() - 2 * margin - gap * (columns - 1)) / columns);
    // each row as high as its highest card likes it; where that is too much, all give way alike
    std::vector<double> heights(static_cast<std::size_t>(rows), 0);
    for (std::size_t i = 0; i < cards.size(); ++i) {
        double& row = heights[i / static_cast<std::size_t>(columns)];
        row = std::max(row, wantedHeight(cards[i]));
    }
    double wanted = 0;
    for (const double height : heights) wanted += height;
    const double room = request.size.height() - 2 * margin - gap * (rows - 1);
    const double share = std::min(1.0, room / wanted);
    double top = margin;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const int column = static_cast<int>(i) % columns;
        const double row = heights[i / static_cast<std::size_t>(columns)] * share;
        const double height = std::min(row, wantedHeight(cards[i]));
        drawStackCard(canvas, {margin + column * (width + gap), top, width, height}, cards[i]);
        if (column + 1 == columns) top += row + gap;
    }
    drawOtherMachines(canvas, {margin, request.size.height() - margin + 2}, otherMachines);
    return list;
}

}  // namespace ringside
