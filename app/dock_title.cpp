#include "app/dock_title.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "views/transport/icons.h"

namespace ringside {

DockTitle::DockTitle(QDockWidget* dock) : QWidget(dock) {
    setProperty("dock-title", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 2, 8, 2);
    row->setSpacing(4);
    m_name = new QLabel;
    m_float = new QToolButton;
    m_close = new QToolButton;
    row->addWidget(m_name, 1);
    for (QToolButton* button : {m_float, m_close}) {
        button->setProperty("flat", true);
        button->setFocusPolicy(Qt::NoFocus);  // by keyboard it is the menu
        row->addWidget(button);
    }
    connect(m_float, &QToolButton::clicked, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    connect(m_close, &QToolButton::clicked, dock, &QDockWidget::close);
    connect(dock, &QDockWidget::windowTitleChanged, m_name, &QLabel::setText);
    retranslate();
}

void DockTitle::setTheme(const Theme& theme) {
    m_name->setFont(theme.font(TextToken::ui_bold));
    m_float->setIcon(makeIcon(Icon::detach, theme));
    m_close->setIcon(makeIcon(Icon::close, theme));
}

void DockTitle::retranslate() {
    m_float->setToolTip(tr("Detach or attach this panel"));
    m_close->setToolTip(tr("Close this panel; the View menu brings it back"));
    for (QToolButton* button : {m_float, m_close}) button->setAccessibleName(button->toolTip());
}

void DockTitle::setCollapsed(bool collapsed) {
    m_collapsed = collapsed;
    for (QWidget* part : std::initializer_list<QWidget*>{m_name, m_float, m_close}) part->setVisible(!collapsed);
    updateGeometry();
}

QSize DockTitle::sizeHint() const { return m_collapsed ? QSize(0, 0) : QWidget::sizeHint(); }

QSize DockTitle::minimumSizeHint() const { return m_collapsed ? QSize(0, 0) : QWidget::minimumSizeHint(); }

}  // namespace ringside
