#include "views/lesson/glossary_card.h"

#include <QGuiApplication>
#include <QLabel>
#include <QScreen>
#include <QVBoxLayout>

namespace ringside {

GlossaryCard::GlossaryCard(const LessonWords& words, const Theme& theme, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_words(words), m_theme(theme) {
    setObjectName("glossary-card");
    setProperty("card", true);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(6);
    m_title = new QLabel;
    m_title->setObjectName("glossary-title");
    m_title->setFont(theme.font(TextToken::layer));
    m_says = new QLabel;
    m_says->setObjectName("glossary-says");
    m_see = new QLabel;
    m_see->setObjectName("glossary-see");
    for (QLabel* label : {m_says, m_see}) {
        label->setWordWrap(true);
        label->setFont(theme.font(TextToken::ui));
        column->addWidget(label);
    }
    column->insertWidget(0, m_title);
    m_says->setTextFormat(Qt::PlainText);
    m_see->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_see, &QLabel::linkActivated, this, &GlossaryCard::show);
    setFixedWidth(qRound(340 * theme.text_percent / 100.0));
}

void GlossaryCard::show(const QString& key) {
    const std::optional<WordEntry> entry = m_words.entry(key);
    if (!entry) return;
    m_title->setText(entry->code.isEmpty() ? entry->title : QStringLiteral("%1  ·  %2").arg(entry->title, entry->code));
    m_says->setText(entry->says);
    QStringList links;
    for (const QString& other : entry->see) {
        if (const std::optional<WordEntry> seen = m_words.entry(other))
            links << QStringLiteral("<a href=\"%1\" style=\"color: %2\">%3</a>")
                         .arg(other, m_theme.color(Role::text).name(), seen->title.toHtmlEscaped());
    }
    m_see->setText(tr("See also: %1").arg(links.join(QStringLiteral(", "))));
    m_see->setVisible(!links.isEmpty());
    setAccessibleName(entry->title);
    setAccessibleDescription(entry->says);
    adjustSize();
}

void GlossaryCard::open(const QString& key, QPoint at) {
    show(key);
    const QScreen* screen = QGuiApplication::screenAt(at);
    QRect room = screen ? screen->availableGeometry() : QRect(at, size());
    move(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())),
         at.y() + height() + 18 > room.bottom() ? std::max(room.top(), at.y() - height() - 8) : at.y() + 18);
    QFrame::show();
}

}  // namespace ringside
