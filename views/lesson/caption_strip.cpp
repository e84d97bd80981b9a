#include "views/lesson/caption_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QRegularExpression>

namespace ringside {

CaptionStrip::CaptionStrip(const RunState& run, const Texts& texts, QWidget* parent)
    : QFrame(parent), m_run(run), m_texts(texts) {
    setObjectName("caption-strip");
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(28, 10, 28, 10);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    m_title = new QLabel;
    m_step = new QLabel;
    m_step->setProperty("tone", "secondary");
    row->addWidget(m_title, 1);
    row->addWidget(m_step);
    m_text = new MarkdownView;
    column->addLayout(row);
    column->addWidget(m_text);
    connect(&m_run, &RunState::lessonChanged, this, &CaptionStrip::refresh);
    connect(&m_run, &RunState::moved, this, &CaptionStrip::refresh);
    refresh();
}

void CaptionStrip::setTheme(const Theme& scenes) {
    const bool room = scenes.projector;
    Theme theme = scenes;
    theme.projector = false;
    m_title->setFont(room ? theme.font(TextToken::title, 24) : theme.font(TextToken::heading));
    m_step->setFont(room ? theme.font(TextToken::body, 18) : theme.font(TextToken::small));
    Theme text = theme;
    // a room reads this from nine metres
    if (room) text.text_percent = theme.text_percent * 13 / 10;
    m_text->setTheme(text);
    refresh();
}

void CaptionStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QFrame::changeEvent(event);
}

void CaptionStrip::refresh() {
    Player* player = m_run.player();
    if (!player) {
        m_title->setText(m_run.title(m_texts.language()));
        m_step->clear();
        const bool event = m_run.hasRun() && m_run.event();
        m_text->setMarkdownText(
            event ? QStringLiteral("`%1`  %2")
                        .arg(m_run.functionName(m_run.event()->function), m_texts.stage(m_run.inputs(), *m_run.event()))
                  : QString());
        return;
    }
    const std::size_t step = player->step();
    m_title->setText(QString::fromStdString(player->title(step, m_texts.language())));
    m_step->setText(tr("Step %1 of %2").arg(step + 1).arg(player->stepCount()));
    const Result<std::string> narration = player->narration(step, m_texts.language());
    QString text = narration ? QString::fromStdString(*narration) : QString();
    const qsizetype paragraph = text.indexOf(QStringLiteral("\n\n"));
    if (paragraph > 0) text.truncate(paragraph);
    // two or three sentences: the rest is what the teacher says
    qsizetype end = 0;
    int sentences = 0;
    for (auto it = QRegularExpression(QStringLiteral("[.!?](?=\\s)|[。!?]")).globalMatch(text);
         it.hasNext() && sentences < 3;) {
        const auto match = it.next();
        if (match.capturedEnd() > 330 && sentences > 0) break;
        end = match.capturedEnd();
        ++sentences;
    }
    if (end > 0) text.truncate(end);
    if (text.count(QStringLiteral("**")) % 2) text += QStringLiteral("**");
    m_text->setMarkdownText(text);
}

}  // namespace ringside
