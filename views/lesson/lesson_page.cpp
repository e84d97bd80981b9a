#include "views/lesson/lesson_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include "views/lesson/glossary_card.h"

namespace ringside {
namespace {

QFrame* rule() {
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setObjectName("rule");
    line->setFixedHeight(1);
    return line;
}

}  // namespace

LessonPage::LessonPage(const RunState& run, const Texts& texts, Travel& travel, Opening& opening, Acting& acting,
                       NoteBook& notes, QWidget* parent)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_travel(travel),
      m_opening(opening),
      m_acting(acting),
      m_words(run, texts, opening.dataFolder()) {
    auto* lesson = new QVBoxLayout(this);
    lesson->setContentsMargins(0, 0, 0, 0);
    lesson->setSpacing(6);
    m_number = new QLabel;
    m_number->setObjectName("lesson-number");
    m_number->setProperty("tone", "tertiary");
    m_title = new QLabel;
    m_title->setObjectName("lesson-title");
    m_title->setWordWrap(true);
    m_dots = new ProgressDots;
    m_step = new QLabel;
    m_step->setObjectName("lesson-step");
    m_step->setProperty("tone", "secondary");
    lesson->addWidget(m_number);
    lesson->addWidget(m_title);
    lesson->addWidget(m_dots);
    auto* steps = new QHBoxLayout;
    steps->setContentsMargins(0, 0, 12, 0);
    m_back = new QPushButton;
    m_back->setObjectName("lesson-back");
    m_back->setProperty("flat", true);
    m_next = new QPushButton;
    m_next->setObjectName("lesson-next");
    steps->addWidget(m_step, 1);
    steps->addWidget(m_back);
    steps->addWidget(m_next);
    lesson->addLayout(steps);
    lesson->addWidget(rule());

    m_scroll = new QScrollArea;
    m_scroll->setObjectName("lesson-scroll");
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto* inside = new QWidget;
    inside->setProperty("panel", true);
    inside->setAttribute(Qt::WA_StyledBackground);
    auto* text = new QVBoxLayout(inside);
    text->setContentsMargins(0, 8, 10, 8);
    text->setSpacing(12);
    m_stepTitle = new QLabel;
    m_stepTitle->setObjectName("step-title");
    m_stepTitle->setWordWrap(true);
    m_body = new MarkdownView;
    m_body->setObjectName("narration");
    m_question = new QuestionCard(m_run, m_texts, m_acting);
    m_end = new MarkdownView;
    m_end->setObjectName("end-learned");
    m_exercise = new ExerciseCard(m_run, m_texts, m_opening);
    text->addWidget(m_stepTitle);
    text->addWidget(m_body);
    text->addWidget(m_question);
    m_endPage = new QWidget;
    m_endPage->setObjectName("end-page");
    auto* end = new QVBoxLayout(m_endPage);
    end->setContentsMargins(0, 0, 0, 0);
    end->setSpacing(12);
    m_endTitle = new QLabel;
    m_endTitle->setWordWrap(true);
    m_score = new QLabel;
    m_score->setObjectName("end-score");
    m_score->setWordWrap(true);
    m_nextLesson = new QPushButton;
    m_nextLesson->setObjectName("next-lesson");
    m_nextLesson->setProperty("primary", true);
    m_again = new QPushButton;
    m_again->setObjectName("lesson-again");
    m_again->setProperty("flat", true);
    for (QWidget* each : std::initializer_list<QWidget*>{m_endTitle, m_end, m_score, m_exercise}) end->addWidget(each);
    end->addWidget(m_nextLesson, 0, Qt::AlignLeft);
    end->addWidget(m_again, 0, Qt::AlignLeft);
    text->addWidget(m_endPage);
    connect(m_again, &QPushButton::clicked, this, [this] { m_travel.goToStep(0); });
    connect(m_nextLesson, &QPushButton::clicked, this, [this] {
        if (!m_nextId.empty()) m_opening.openNamed(QString::fromStdString(m_nextId));
    });
    m_note = new NoteEditor(m_run, notes);
    text->addWidget(m_note);
    text->addStretch();
    text->addWidget(rule());
    m_simplified = new QWidget;
    auto* note = new QVBoxLayout(m_simplified);
    note->setContentsMargins(0, 0, 0, 0);
    note->setSpacing(2);
    m_simplifiedTitle = new QLabel;
    m_simplifiedTitle->setProperty("tone", "secondary");
    m_simplifiedText = new MarkdownView;
    m_simplifiedText->setToken(TextToken::small, Role::text2);
    note->addWidget(m_simplifiedTitle);
    note->addWidget(m_simplifiedText);
    text->addWidget(m_simplified);
    for (MarkdownView* view : {m_body, m_end, m_simplifiedText}) {
        view->setWords(&m_words);
        connect(view, &MarkdownView::wordClicked, this, &LessonPage::explain);
    }
    m_question->setWords(&m_words);
    m_exercise->setWords(&m_words);
    connect(m_question, &QuestionCard::wordClicked, this, &LessonPage::explain);
    connect(m_exercise, &ExerciseCard::wordClicked, this, &LessonPage::explain);
    m_scroll->setWidget(inside);
    connect(m_question, &QuestionCard::answered, this, [this] {
        // the reply stands below what was on the screen; soon, when the layout knows its height
        QTimer::singleShot(30, this, [this] {
            const int bottom = m_question->mapTo(m_scroll->widget(), QPoint(0, m_question->height())).y();
            m_scroll->ensureVisible(0, bottom, 0, 16);
        });
        emit sceneWanted();
    });
    lesson->addWidget(m_scroll, 1);

    connect(m_dots, &ProgressDots::stepClicked, this,
            [this](int step) { m_travel.goToStep(static_cast<std::size_t>(step)); });
    connect(m_back, &QPushButton::clicked, this, [this] { m_travel.back(StepBy::lesson); });
    connect(m_next, &QPushButton::clicked, this, [this] { m_travel.step(StepBy::lesson); });
    connect(m_exercise, &ExerciseCard::labWanted, this, &LessonPage::labWanted);
    connect(&m_run, &RunState::lessonChanged, this, &LessonPage::refresh);
    connect(&m_run, &RunState::moved, this, &LessonPage::refreshStep);
    retranslate();
}

void LessonPage::setTheme(const Theme& theme) {
    m_number->setFont(theme.font(TextToken::caption_bold));
    m_title->setFont(theme.font(TextToken::title));
    m_step->setFont(theme.font(TextToken::small));
    m_stepTitle->setFont(theme.font(TextToken::heading));
    m_simplifiedTitle->setFont(theme.font(TextToken::small_medium));
    m_endTitle->setFont(theme.font(TextToken::heading));
    m_score->setFont(theme.font(TextToken::ui_medium));
    m_theme = theme;
    for (MarkdownView* view : {m_body, m_end, m_simplifiedText}) view->setTheme(theme);
    for (QFrame* line : findChildren<QFrame*>("rule")) {
        line->setStyleSheet(QStringLiteral("color: %1;").arg(theme.color(Role::border).name()));
    }
    m_dots->setTheme(theme);
    m_question->setTheme(theme);
    m_exercise->setTheme(theme);
    m_note->setTheme(theme);
}

void LessonPage::refresh() {
    Player* player = m_run.player();
    if (!player) return;
    const Lesson& lesson = player->lesson();
    const LessonText& text = lesson.text(m_texts.language());
    m_title->setText(QString::fromStdString(text.title));
    const std::size_t step = player->step();
    int locked = static_cast<int>(player->stepCount());
    QStringList titles;
    for (std::size_t i = 0; i < player->stepCount(); ++i) {
        titles << QString::fromStdString(player->title(i, m_texts.language()));
        if (lesson.steps[i].question && player->questionState(i) == QuestionState::open) {
            locked = std::min(locked, static_cast<int>(i) + 1);
        }
    }
    m_dots->setSteps(static_cast<int>(player->stepCount()), static_cast<int>(step), locked, titles);
    const auto [right, asked] = player->score();
    QString line = tr("Lesson %1").arg(lesson.order, 3, 10, QLatin1Char('0'));
    if (right > 0) line += QStringLiteral("  ·  ") + tr("%1 of %2 predicted").arg(right).arg(asked);
    m_number->setText(line);
    m_step->setText(player->finished() ? tr("The end") : tr("Step %1 of %2").arg(step + 1).arg(player->stepCount()));
    QString simplified;
    for (const std::string& id : lesson.simplified) {
        if (const auto found = text.simplified.find(id); found != text.simplified.end()) {
            const ReplyText& t = found->second;
            simplified += QStringLiteral("%1\n\n").arg(
                QString::fromStdString(t.reply.empty() ? t.label : t.label + " " + t.reply));
        }
    }
    // one note a step, in turn: the whole list would push the lesson off the panel
    const QStringList notes = simplified.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts);
    m_simplified->setVisible(!notes.isEmpty());
    m_simplified->setToolTip(QStringLiteral("<p>%1</p>").arg(notes.join(QStringLiteral("</p><p>"))));
    m_simplifiedText->setMarkdownText(notes.isEmpty() ? QString() : notes[static_cast<qsizetype>(step) % notes.size()]);
    refreshEnd();
    refreshStep();
}

void LessonPage::refreshEnd() {
    const Player& player = *m_run.player();
    const bool end = player.finished();
    m_endPage->setVisible(end);
    for (QWidget* each : std::initializer_list<QWidget*>{m_stepTitle, m_body}) each->setVisible(!end);
    if (!end) return m_exercise->clear();
    const LessonText& text = player.lesson().text(m_texts.language());
    m_endTitle->setText(tr("What you have learned"));
    m_end->setMarkdownText(QString::fromStdString(text.end));
    const auto [right, asked] = player.score();
    m_score->setText(tr("✓ Lesson done. Predicted rightly: %1 of %2.").arg(right).arg(asked));
    if (player.lesson().exercises.empty())
        m_exercise->clear();
    else
        m_exercise->show(m_run.lesson(), 0);
    m_nextLesson->setVisible(!m_nextId.empty());
    m_nextLesson->setText(tr("Next lesson: %1").arg(m_nextTitle));
    m_again->setText(tr("From the beginning"));
}

void LessonPage::setNextLesson(const std::string& id, const QString& title) {
    m_nextId = id;
    m_nextTitle = title;
    if (m_run.player()) refreshEnd();
}

void LessonPage::explain(const QString& key, QPoint screen) {
    (new GlossaryCard(m_words, m_theme, this))->open(key, screen);
}

void LessonPage::refreshStep() {
    Player* player = m_run.player();
    if (!player) return;
    const std::size_t step = player->step();
    const QString title = QString::fromStdString(player->title(step, m_texts.language()));
    const Result<std::string> narration = player->narration(step, m_texts.language());
    m_stepTitle->setText(title);
    // most narrations begin with their title in bold; it is not said twice
    QString body = narration ? QString::fromStdString(*narration) : m_texts.text(narration.error());
    const QString opening = QStringLiteral("**%1**").arg(title);
    if (body.startsWith(opening)) body = body.mid(opening.size()).trimmed();
    m_body->setMarkdownText(body);
    m_question->refresh();
    if (player->finished()) m_question->hide();
    m_note->refresh();
    m_back->setEnabled(player->hasPrevious(m_run.position()));
    m_next->setEnabled(player->hasNext());
    const std::string shown = player->lesson().id + std::to_string(step) + (player->finished() ? "end" : "");
    if (shown != m_shownStep) m_scroll->verticalScrollBar()->setValue(0);
    m_shownStep = shown;
}

void LessonPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void LessonPage::retranslate() {
    m_back->setText(tr("Back"));
    m_next->setText(tr("Next"));
    m_back->setAccessibleName(tr("Previous lesson step"));
    m_next->setAccessibleName(tr("Next lesson step"));
    m_simplifiedTitle->setText(tr("Simplified here"));
    m_question->retranslate();
    m_exercise->retranslate();
    m_note->retranslate();
    refresh();
}

}  // namespace ringside
