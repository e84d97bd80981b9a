#include "app/lazy_panel.h"

#include <QLabel>
#include <QScrollArea>

namespace ringside {

PanelPlace::PanelPlace(QWidget* parent) : QWidget(parent) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
}

void PanelPlace::waitFor(std::function<bool()> ready) {
    m_ready = std::move(ready);
    m_waiting = new QLabel;
    m_waiting->setAlignment(Qt::AlignCenter);
    m_waiting->setWordWrap(true);
    m_waiting->setProperty("tone", "tertiary");
    layout()->addWidget(m_waiting);
}

void PanelPlace::setWaitingText(const QString& text) {
    if (m_waiting) m_waiting->setText(text);
}

void PanelPlace::look() {
    if (!isHidden() && (!m_ready || m_ready())) fill();
}

void PanelPlace::showEvent(QShowEvent* event) {
    look();
    QWidget::showEvent(event);
}

void PanelPlace::put(QWidget* panel) {
    delete m_waiting;
    m_waiting = nullptr;
    QWidget* shown = panel;
    if (m_scrolling) {
        auto* scroll = new QScrollArea;
        scroll->setWidgetResizable(true);
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setWidget(panel);
        shown = scroll;
    }
    layout()->addWidget(shown);
    shown->show();
}

}  // namespace ringside
