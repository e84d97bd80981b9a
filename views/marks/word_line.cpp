#include "views/marks/word_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <utility>

#include "views/marks/word_edit.h"

namespace ringside {

WordLine::WordLine(const QString& name, std::function<QStringList()> words, std::function<QString(const QString&)> take,
                   QWidget* parent)
    : QWidget(parent), m_take(std::move(take)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    m_edit = new WordEdit(std::move(words));
    m_edit->setObjectName(name + QStringLiteral("-edit"));
    m_add = new QPushButton;
    m_add->setObjectName(name + QStringLiteral("-add"));
    row->addWidget(m_edit, 1);
    row->addWidget(m_add);
    column->addLayout(row);
    m_wrong = new QLabel;
    m_wrong->setObjectName(name + QStringLiteral("-wrong"));
    m_wrong->setWordWrap(true);
    m_wrong->hide();
    column->addWidget(m_wrong);
    connect(m_edit, &QLineEdit::returnPressed, this, &WordLine::enter);
    connect(m_edit, &QLineEdit::textEdited, m_wrong, &QWidget::hide);
    connect(m_add, &QPushButton::clicked, this, &WordLine::enter);
}

void WordLine::setTheme(const Theme& theme) {
    m_edit->setFont(theme.font(TextToken::mono));
    QPalette palette = m_wrong->palette();
    palette.setColor(QPalette::WindowText, theme.color(Role::drop_text));
    m_wrong->setPalette(palette);
}

void WordLine::setTexts(const QString& placeholder, const QString& accessible, const QString& tip) {
    m_edit->setPlaceholderText(placeholder);
    m_edit->setAccessibleName(accessible);
    m_edit->setToolTip(tip);
    m_add->setText(tr("Add"));
}

QString WordLine::complaint() const { return m_wrong->isHidden() ? QString() : m_wrong->text(); }

void WordLine::enter() {
    const QString wrong = m_take(m_edit->text().trimmed());
    m_wrong->setText(wrong);
    m_wrong->setVisible(!wrong.isEmpty());
    if (wrong.isEmpty()) m_edit->clear();
}

}  // namespace ringside
