#include "views/capture/drop_card.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/session/format.h"

namespace ringside {
namespace {

QString code(const QString& text, const Theme& theme) {
    return QStringLiteral("<span style=\"font-family:'%1'\">%2</span>")
        .arg(theme.font(TextToken::mono).family(), text.toHtmlEscaped());
}

}  // namespace

QString withCode(const QString& text, const Theme& theme) {
    QString out;
    const QStringList parts = text.split(QLatin1Char('`'));
    for (int i = 0; i < parts.size(); ++i) out += i % 2 == 0 ? parts[i].toHtmlEscaped() : code(parts[i], theme);
    return out;
}

DropCard::DropCard(const RunState& run, const Texts& texts, QWidget* parent)
    : QFrame(parent), m_run(run), m_texts(texts), m_theme(makeTheme(ThemeKind::light)) {
    setProperty("card", true);
    setObjectName("drop-card");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    for (QLabel** label : {&m_title, &m_why, &m_facts, &m_advice}) {
        *label = new QLabel;
        (*label)->setWordWrap(true);
        (*label)->setTextFormat(Qt::RichText);
        (*label)->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(*label);
    }
    m_title->setObjectName("drop-title");
    m_facts->setObjectName("drop-facts");
    auto* row = new QHBoxLayout;
    m_go = new QPushButton;
    m_go->setObjectName("drop-go");
    m_go->setProperty("primary", true);
    m_try = new QPushButton;
    m_try->setObjectName("drop-try");
    row->addWidget(m_go);
    row->addWidget(m_try);
    row->addStretch();
    column->addLayout(row);
    connect(m_go, &QPushButton::clicked, this, [this] { emit goRequested(m_packet); });
    connect(m_try, &QPushButton::clicked, this, [this] {
        const DropStory* story = m_run.hasRun() ? m_run.whyDropped(m_packet) : nullptr;
        if (story && story->row) emit tryRequested(story->row->remedy);
    });
    hide();
}

void DropCard::setTheme(const Theme& theme) {
    m_theme = theme;
    rebuild();
}

void DropCard::setPacket(std::uint32_t packet) {
    m_packet = packet;
    rebuild();
}

void DropCard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();
    QFrame::changeEvent(event);
}

QString DropCard::remedyText(DropRemedy remedy) const {
    switch (remedy) {
        case DropRemedy::open_sockets:
            return m_run.capture() && !m_run.request().replay.sockets ? tr("Try it with open sockets") : QString();
        case DropRemedy::lossless_pace:
            return m_run.capture() && m_run.request().replay.pace == Pace::recorded ? tr("Try it at a slower pace")
                                                                                    : QString();
        case DropRemedy::no_rp_filter:
            return tr("Try it with rp_filter = 0");
        case DropRemedy::no_l2_multicast:
            return tr("Try it without this setting");
        case DropRemedy::forward:
            return tr("Try it with ip_forward = 1");
        case DropRemedy::none:
            break;
    }
    return {};
}

void DropCard::rebuild() {
    const DropStory* story = m_run.hasRun() && m_packet ? m_run.whyDropped(m_packet) : nullptr;
    setVisible(story != nullptr);
    if (!story) return;
    const QString red = m_theme.color(Role::drop_text).name();
    const QString reason =
        story->reason == Drop::NOT_DROPPED ? tr("lost in the card") : fromView(nameOf(story->reason));
    m_title->setText(
        QStringLiteral("<b>%1</b> · <b style=\"color:%2\">✕ %3</b>")
            .arg(tr("Packet %1 was dropped in %2")
                     .arg(countText(story->packet).toHtmlEscaped(), code(m_run.functionName(story->function), m_theme)),
                 red, reason));
    setAccessibleName(tr("Why packet %1 died: %2").arg(countText(story->packet), reason));
    m_go->setText(tr("Go to the drop"));
    if (!story->row) {
        for (QLabel* label : {m_why, m_facts, m_advice}) label->hide();
        m_try->hide();
        return;
    }
    m_why->setText(withCode(m_texts.text(story->row->why), m_theme));
    QStringList facts;
    if (!story->condition.empty()) {
        facts += QStringLiteral("<span style=\"font-family:'%1'\">%2</span>")
                     .arg(m_theme.font(TextToken::mono).family(),
                          QString::fromStdString(story->condition).remove(QLatin1Char('`')).toHtmlEscaped());
    }
    for (const MovedCounter& counter : story->counters) {
        facts += QStringLiteral("%1 %2 → <b>%3</b>")
                     .arg(code(QString::fromStdString(counter.name), m_theme), QString::number(counter.before),
                          QString::number(counter.after));
    }
    if (!story->command.empty())
        facts += QStringLiteral("%1 %2").arg(tr("On a real machine:"),
                                             code(QString::fromStdString(story->command), m_theme));
    m_facts->setText(facts.join(QStringLiteral("<br>")));
    m_advice->setText(
        QStringLiteral("<b>%1</b> %2")
            .arg(tr("What would have saved it:"), withCode(m_texts.text(dropAdvice(story->row->advice)), m_theme)));
    for (QLabel* label : {m_why, m_facts, m_advice}) label->show();
    const QString remedy = remedyText(story->row->remedy);
    m_try->setText(remedy);
    m_try->setVisible(!remedy.isEmpty());
}

}  // namespace ringside
