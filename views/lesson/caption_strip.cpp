#include "views/lesson/caption_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QRegularExpression>
#include <algorithm>

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
    m_step->setObjectName("caption-step");
    m_title->setObjectName("caption-title");
    m_title->setWordWrap(true);
    m_step->setProperty("tone", "secondary");
    row->addWidget(m_title, 1);
    row->addWidget(m_step);
    m_text = new MarkdownView;
    column->addLayout(row);
    m_question = new MarkdownView;
    m_question->setObjectName("caption-question");
    column->addWidget(m_text);
    column->addWidget(m_question);
    connect(&m_run, &RunState::lessonChanged, this, &CaptionStrip::refresh);
    connect(&m_run, &RunState::moved, this, &CaptionStrip::refresh);
    refresh();
}

void CaptionStrip::setTheme(const Theme& scenes) {
    const bool room = scenes.projector;
    Theme theme = scenes;
    theme.projector = false;
    if (room) theme.text_percent = qRound(std::min(theme.text_percent, kMostRoomPercent) * scenes.room);
    m_title->setFont(room ? theme.font(TextToken::title, 24) : theme.font(TextToken::heading));
    m_step->setFont(room ? theme.font(TextToken::layer, 20) : theme.font(TextToken::small));
    Theme text = theme;
    // a room reads this from nine metres
    if (room) text.text_percent = theme.text_percent * 13 / 10;
    m_text->setTheme(text);
    m_question->setTheme(text);
    m_room = room;
    refresh();
}

void CaptionStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QFrame::changeEvent(event);
}

void CaptionStrip::refresh() {
    Player* player = m_run.player();
    m_question->hide();
    m_text->show();
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
    m_step->setText(player->finished() ? tr("The end") : tr("Step %1 of %2").arg(step + 1).arg(player->stepCount()));
    const std::string shown = player->lesson().id + "#" + std::to_string(step);
    if (shown != m_shown) m_revealed = false;
    m_shown = shown;
    const QString asked = !m_room ? QString() : player->finished() ? exercise(*player) : question(*player);
    m_question->setMarkdownText(asked);
    m_question->setVisible(!asked.isEmpty());
    // a question stands under the title alone: with the text above it the scene would have no room
    m_text->setVisible(asked.isEmpty() || player->finished());
    const Result<std::string> narration = player->narration(step, m_texts.language());
    QString text = narration ? QString::fromStdString(*narration) : QString();
    const qsizetype paragraph = text.indexOf(QStringLiteral("\n\n"));
    if (paragraph > 0) text.truncate(paragraph);
    // two or three sentences: the rest is what the teacher says
    qsizetype end = 0;
    int sentences = 0;
    for (auto it = QRegularExpression(QStringLiteral("[.!?](?=\\s)|[。!?]")).globalMatch(text);
         it.hasNext() && sentences < (asked.isEmpty() ? 3 : 1);) {
        const auto match = it.next();
        if (match.capturedEnd() > 330 && sentences > 0) break;
        end = match.capturedEnd();
        ++sentences;
    }
    const bool cut = end > 0 && end < text.trimmed().size();
    if (end > 0) text.truncate(end);
    if (text.count(QStringLiteral("**")) % 2) text += QStringLiteral("**");
    // there is more of it, which the teacher says
    if (cut) text += QStringLiteral(" …");
    if (player->finished()) text = QString::fromStdString(player->lesson().text(m_texts.language()).end);
    m_text->setMarkdownText(text);
}

QString CaptionStrip::question(Player& player) {
    const std::size_t step = player.step();
    const std::optional<Question>& question = player.lesson().steps[step].question;
    if (!question) return {};
    const Result<std::string> prompt = player.prompt(step, m_texts.language());
    if (!prompt) return m_texts.text(prompt.error());
    QString text = QStringLiteral("**%1** %2\n\n").arg(tr("Predict:"), QString::fromStdString(*prompt));
    const Result<Grade> right = m_revealed ? player.solution(step, m_texts.language()) : Result<Grade>(Grade{});
    const LessonText& words = player.lesson().text(m_texts.language());
    const auto& replies = words.steps.at(player.lesson().steps[step].id).questions.at(question->id).replies;
    int number = 0;
    for (const QuestionChoice& choice : question->choices) {
        const bool is =
            m_revealed && right &&
            std::find(right->right_ids.begin(), right->right_ids.end(), choice.id) != right->right_ids.end();
        const QString label = QString::fromStdString(replies.at(choice.id).label);
        // lines of one paragraph: the space between paragraphs is the scene's
        text += is ? QStringLiteral("✓ **%1**  \n").arg(label)
                   : QStringLiteral("%1 %2  \n").arg(QChar(0x2460 + number)).arg(label);
        ++number;
    }
    if (!m_revealed) return text + tr("*A: the answer*");
    if (!right) return text + m_texts.text(right.error());
    if (question->choices.empty()) text += QStringLiteral("✓ **%1** ").arg(QString::fromStdString(right->right_text));
    return text + QString::fromStdString(right->reply);
}

QString CaptionStrip::exercise(const Player& player) {
    if (player.lesson().exercises.empty()) return {};
    const auto& exercises = player.lesson().text(m_texts.language()).exercises;
    const auto words = exercises.find(player.lesson().exercises.front().id);
    if (words == exercises.end()) return {};
    return QStringLiteral("**%1** %2")
        .arg(QString::fromStdString(words->second.title), QString::fromStdString(words->second.body));
}

bool CaptionStrip::reveal() {
    const Player* player = m_run.player();
    if (!player || player->finished() || m_revealed || !player->lesson().steps[player->step()].question) return false;
    m_revealed = true;
    refresh();
    return true;
}

}  // namespace ringside
