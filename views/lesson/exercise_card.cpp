#include "views/lesson/exercise_card.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "views/lesson/quiet_box.h"

namespace ringside {

ExerciseCard::ExerciseCard(const RunState& run, const Texts& texts, Opening& opening, QWidget* parent)
    : QFrame(parent),
      m_run(run),
      m_texts(texts),
      m_opening(opening),
      m_theme(makeTheme(ThemeKind::light)),
      m_work(this) {
    setObjectName("exercise-card");
    setProperty("card", true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    m_heading = new QLabel;
    m_heading->setProperty("tone", "tertiary");
    m_title = new QLabel;
    m_title->setWordWrap(true);
    m_body = new MarkdownView;
    m_body->setToken(TextToken::ui);
    m_form = new QWidget;
    m_knobs = new QFormLayout(m_form);
    m_knobs->setContentsMargins(0, 0, 0, 0);
    m_knobs->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_try = new QPushButton;
    m_try->setObjectName("exercise-try");
    m_try->setProperty("primary", true);
    m_watch = new QPushButton;
    m_watch->setObjectName("exercise-watch");
    m_lab = new QPushButton;
    m_lab->setObjectName("exercise-lab");
    m_lab->setProperty("primary", true);
    m_hint = new QPushButton;
    m_hint->setObjectName("exercise-hint");
    m_hint->setProperty("flat", true);
    m_result = new QLabel;
    m_result->setObjectName("exercise-result");
    m_result->setWordWrap(true);
    m_done = new MarkdownView;
    m_done->setToken(TextToken::ui);
    m_hints = new MarkdownView;
    m_hints->setToken(TextToken::ui, Role::text2);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QPushButton* button : {m_try, m_watch, m_lab}) buttons->addWidget(button);
    buttons->addStretch();
    column->addWidget(m_heading);
    column->addWidget(m_title);
    column->addWidget(m_body);
    column->addWidget(m_form);
    column->addLayout(buttons);
    column->addWidget(m_result);
    column->addWidget(m_done);
    column->addWidget(m_hints);
    column->addWidget(m_hint, 0, Qt::AlignLeft);
    connect(m_try, &QPushButton::clicked, this, &ExerciseCard::tryIt);
    connect(m_watch, &QPushButton::clicked, this, &ExerciseCard::watch);
    connect(m_lab, &QPushButton::clicked, this, [this] { emit labWanted(m_lesson, m_index); });
    connect(m_hint, &QPushButton::clicked, this, &ExerciseCard::hint);
    for (MarkdownView* view : {m_body, m_hints, m_done})
        connect(view, &MarkdownView::wordClicked, this, &ExerciseCard::wordClicked);
    hide();
}

void ExerciseCard::setTheme(const Theme& theme) {
    m_theme = theme;
    m_heading->setFont(theme.font(TextToken::caption_bold));
    m_title->setFont(theme.font(TextToken::layer));
    m_result->setFont(theme.font(TextToken::ui_medium));
    for (MarkdownView* view : {m_body, m_hints, m_done}) view->setTheme(theme);
}

void ExerciseCard::show(std::shared_ptr<const Lesson> lesson, std::size_t index) {
    if (m_lesson == lesson && m_index == index && !isHidden()) return;
    m_work.stop();
    m_lesson = std::move(lesson);
    m_index = index;
    const Player* player = m_run.player();
    m_shownHints = player ? player->hints(exercise().id) : 0;
    m_outcome = player && player->isSolved(exercise().id) ? Outcome::solved : Outcome::none;
    m_trouble.reset();
    m_try->setEnabled(true);
    rebuild();
    // after a run of it was watched the settings are those of that run
    if (m_run.request().lesson && m_run.request().exercise == exercise().id) {
        for (const auto& [id, value] : m_run.request().settings) {
            const auto box = m_boxes.find(id);
            if (box == m_boxes.end()) continue;
            const int at = box->second->findData(QString::fromStdString(value));
            if (at >= 0) box->second->setCurrentIndex(at);
        }
    }
    setVisible(true);
}

void ExerciseCard::setWords(const LessonWords* words) {
    for (MarkdownView* view : {m_body, m_hints, m_done}) view->setWords(words);
}

void ExerciseCard::clear() {
    m_work.stop();
    m_lesson.reset();
    hide();
}

const ExerciseText* ExerciseCard::texts() const {
    const auto& all = m_lesson->text(m_texts.language()).exercises;
    const auto found = all.find(exercise().id);
    return found == all.end() ? nullptr : &found->second;
}

void ExerciseCard::rebuild() {
    m_heading->setText(tr("Exercise"));
    m_try->setText(tr("Try it"));
    m_watch->setText(tr("Watch this run"));
    m_lab->setText(tr("Open the lab"));
    if (!m_lesson) return;
    const ExerciseText* text = texts();
    m_title->setText(text ? QString::fromStdString(text->title) : QString::fromStdString(exercise().id));
    m_body->setMarkdownText(text ? QString::fromStdString(text->body) : QString());
    std::map<std::string, int> chosen;
    for (const auto& [id, box] : m_boxes) chosen[id] = box->currentIndex();
    while (m_knobs->rowCount() > 0) m_knobs->removeRow(0);
    m_boxes.clear();
    for (const Knob& knob : exercise().knobs) {
        auto* box = new QuietComboBox;
        box->setObjectName(QStringLiteral("knob-%1").arg(QString::fromStdString(knob.id)));
        for (std::size_t i = 0; i < knob.values.size(); ++i) {
            const QString value = QString::fromStdString(knob.values[i]);
            QString called = value;
            if (text) {
                const auto named = text->labels.find(knob.id + "." + std::to_string(i + 1));
                if (named != text->labels.end()) called = QString::fromStdString(named->second.label);
            }
            box->addItem(called, value);
        }
        if (const auto was = chosen.find(knob.id); was != chosen.end()) box->setCurrentIndex(was->second);
        QString label = QString::fromStdString(knob.key);
        if (text) {
            if (const auto found = text->labels.find(knob.id); found != text->labels.end()) {
                label = QString::fromStdString(found->second.label);
            }
        }
        auto* name = new QLabel(label);
        name->setWordWrap(true);
        name->setToolTip(QString::fromStdString(knob.key));
        box->setAccessibleName(label);
        m_knobs->addRow(name, box);
        m_boxes[knob.id] = box;
    }
    const bool lab = exercise().knobs.empty();
    m_form->setVisible(!lab);
    m_try->setVisible(!lab);
    m_watch->setVisible(!lab);
    m_lab->setVisible(lab);
    const std::size_t hints = text ? text->hints.size() : 0;
    QString shown;
    for (std::size_t i = 0; i < m_shownHints && i < hints; ++i) {
        shown += QStringLiteral("%1. %2\n").arg(i + 1).arg(QString::fromStdString(text->hints[i]));
    }
    m_hints->setMarkdownText(shown);
    m_hints->setVisible(!shown.isEmpty());
    m_hint->setVisible(m_shownHints < hints);
    showResult();
    m_hint->setText(m_shownHints == 0 ? tr("Show a hint")
                                      : tr("Another hint (%1 of %2)").arg(m_shownHints + 1).arg(hints));
}

std::map<std::string, std::string> ExerciseCard::settings() const {
    std::map<std::string, std::string> all;
    for (const auto& [id, box] : m_boxes) all[id] = box->currentData().toString().toStdString();
    return all;
}

void ExerciseCard::tryIt() {
    m_try->setEnabled(false);
    m_outcome = Outcome::running;
    m_trouble.reset();
    showResult();
    auto tried = std::make_shared<std::optional<Result<ExerciseTry>>>();
    m_work.start([this, tried, lesson = m_lesson, index = m_index, chosen = settings(),
                  language = m_texts.language()](std::stop_token) -> Background::Done {
        tried->emplace(tryExercise(*lesson, lesson->exercises[index], chosen, language));
        return [this, tried] {
            m_try->setEnabled(true);
            const Result<ExerciseTry>& result = **tried;
            if (result && result->reached) return setSolved();
            m_outcome = Outcome::missed;
            if (result)
                m_parts = result->parts;
            else
                m_trouble = result.error();
            showResult();
        };
    });
}

void ExerciseCard::setSolved() {
    if (!m_lesson) return;
    if (m_run.player()) m_run.player()->solved(exercise().id);
    m_outcome = Outcome::solved;
    showResult();
}

void ExerciseCard::showResult() {
    QStringList lines;
    m_result->setVisible(m_outcome != Outcome::none);
    m_done->setVisible(m_outcome == Outcome::solved);
    switch (m_outcome) {
        case Outcome::none:
            break;
        case Outcome::running:
            lines << tr("Running…");
            break;
        case Outcome::missed:
            if (m_trouble) {
                lines << m_texts.text(*m_trouble);
                break;
            }
            lines << tr("Not reached with these settings. Watch the run to see why.");
            for (const GoalState& part : m_parts)
                lines << (part.holds ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + QString::fromStdString(part.text);
            break;
        case Outcome::solved:
            lines << tr("✓ Reached.");
            if (const ExerciseText* text = texts()) {
                if (const auto done = text->labels.find("done"); done != text->labels.end())
                    m_done->setMarkdownText(
                        QString::fromStdString(done->second.reply.empty() ? done->second.label : done->second.reply));
            }
            break;
    }
    m_result->setText(lines.join(QLatin1Char('\n')));
}

void ExerciseCard::watch() {
    OpenRequest request;
    request.kind = OpenRequest::Kind::exercise;
    request.lesson = m_lesson;
    request.exercise = exercise().id;
    request.settings = settings();
    request.name = m_lesson->id;
    if (const Player* player = m_run.player()) request.progress = progressOf(*player, {});
    m_opening.open(request);
}

void ExerciseCard::hint() {
    ++m_shownHints;
    if (m_run.player()) m_run.player()->moreHints(exercise());
    rebuild();
}

void ExerciseCard::retranslate() {
    rebuild();
    // what is missing is said in the language it was tried in
    if (m_lesson && m_outcome == Outcome::missed) tryIt();
}

}  // namespace ringside
