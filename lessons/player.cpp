#include "lessons/player.h"

#include <algorithm>

namespace ringside {

Player::Player(std::shared_ptr<const Lesson> lesson, RunAccess& run)
    : m_lesson(std::move(lesson)), m_run(run), m_moments(m_lesson->steps.size()) {
    for (std::size_t i = 0; i < stepCount(); ++i) {
        if (m_lesson->steps[i].question) m_questions[i] = QuestionState::open;
    }
}

Result<Position> Player::moment(std::size_t step) {
    RS_ASSERT(step < stepCount());
    // nth counts from the step before, so the moments are found in order
    std::size_t known = step;
    while (known > 0 && !m_moments[known]) --known;
    for (std::size_t i = known; i <= step; ++i) {
        if (m_moments[i]) continue;
        const Result<Matcher> matcher = Matcher::compile(m_lesson->steps[i].at, m_run.inputs());
        if (!matcher) return matcher.error();
        Result<Position> found = matcher->find(m_run, i == 0 ? 0 : *m_moments[i - 1]);
        if (!found) return found;
        m_moments[i] = *found;
    }
    return *m_moments[step];
}

Result<Position> Player::goTo(std::size_t step) {
    step = std::min(step, stepCount() - 1);
    for (std::size_t i = 0; i < step; ++i) {
        if (questionState(i) == QuestionState::open) {
            step = i;
            break;
        }
    }
    Result<Position> position = moment(step);
    if (!position) return position;
    m_step = step;
    m_finished = false;
    return position;
}

Result<Position> Player::next() { return goTo(m_step + 1); }
Result<Position> Player::previous() { return goTo(m_step == 0 ? 0 : m_step - 1); }

Result<Position> Player::openAt(std::size_t step) {
    for (auto& [asking, state] : m_questions) {
        if (asking < step && state == QuestionState::open) state = QuestionState::skipped;
    }
    return goTo(step);
}

void Player::finish() { m_finished = m_step + 1 == stepCount() && !openQuestion(); }

bool Player::hasPrevious(Position position) {
    if (m_finished || m_step > 0) return true;
    const Result<Position> first = moment(0);
    return first && position > *first;
}

void Player::movedTo(Position position) {
    m_finished = false;
    std::size_t at = 0;
    for (std::size_t i = 0; i < stepCount(); ++i) {
        const Result<Position> p = moment(i);
        if (!p || *p > position) break;
        at = i;
        if (questionState(i) == QuestionState::open) break;
    }
    m_step = at;
}

std::optional<Position> Player::horizon() {
    for (std::size_t i = 0; i < stepCount(); ++i) {
        if (questionState(i) != QuestionState::open) continue;
        const Result<Position> position = moment(i);
        return position ? std::optional(*position) : std::nullopt;
    }
    return std::nullopt;
}

Position Player::allowed(Position position) {
    const std::optional<Position> last = horizon();
    return last ? std::min(position, *last) : position;
}

const Question* Player::openQuestion() const {
    if (questionState(m_step) != QuestionState::open) return nullptr;
    return &*m_lesson->steps[m_step].question;
}

const Question* Player::unanswered() const {
    const LessonStep& step = m_lesson->steps[m_step];
    return step.question && questionState(m_step) != QuestionState::answered ? &*step.question : nullptr;
}

QuestionState Player::questionState(std::size_t step) const {
    const auto it = m_questions.find(step);
    return it == m_questions.end() ? QuestionState::skipped : it->second;
}

Result<Grade> Player::answer(const std::string& answer, std::string_view language) {
    if (!unanswered()) return Error{"", "an open question", "none in this step"};
    const Result<Position> asked = moment(m_step);
    if (!asked) return asked.error();
    Result<Grade> grade = gradeAnswer(*m_lesson, m_step, answer, m_run, *asked, language);
    if (!grade) return grade;
    m_questions[m_step] = QuestionState::answered;
    m_grades[m_step] = *grade;
    m_given[m_step] = answer;
    return grade;
}

const Grade* Player::grade(std::size_t step) const {
    const auto it = m_grades.find(step);
    return it == m_grades.end() ? nullptr : &it->second;
}

const std::string* Player::given(std::size_t step) const {
    const auto it = m_given.find(step);
    return it == m_given.end() ? nullptr : &it->second;
}

Result<Grade> Player::solution(std::size_t step, std::string_view language) {
    const Result<Position> at = moment(step);
    if (!at) return at.error();
    return rightAnswer(*m_lesson, step, m_run, *at, language);
}

void Player::skip() {
    if (openQuestion()) m_questions[m_step] = QuestionState::skipped;
}

void Player::skipAll() {
    for (auto& [step, state] : m_questions) {
        if (state == QuestionState::open) state = QuestionState::skipped;
    }
}

std::pair<std::size_t, std::size_t> Player::score() const {
    std::size_t right = 0;
    for (const auto& [step, grade] : m_grades) right += grade.right;
    return {right, m_questions.size()};
}

Result<std::string> Player::filled(std::size_t step, const std::string& text, const std::string& place) {
    const Result<Position> at = moment(step);
    if (!at) return at.error();
    const std::optional<Event> event = *at ? m_run.event(*at) : std::nullopt;
    const Event none{};
    const World world = m_run.world(*at);
    return fillIn(text, {world, m_run.inputs(), event ? *event : none, {&m_run, 0, *at}}, place);
}

Result<std::string> Player::narration(std::size_t step, std::string_view language) {
    const LessonText& text = m_lesson->text(language);
    const auto it = text.steps.find(m_lesson->steps[step].id);
    if (it == text.steps.end())
        return Error{text.file, "the step \"" + m_lesson->steps[step].id + "\"", "no such heading"};
    return filled(step, it->second.body, text.file + ":" + std::to_string(it->second.line) + ":1");
}

std::string Player::title(std::size_t step, std::string_view language) const {
    const LessonText& text = m_lesson->text(language);
    const auto it = text.steps.find(m_lesson->steps[step].id);
    return it == text.steps.end() ? m_lesson->steps[step].id : it->second.title;
}

Result<std::string> Player::prompt(std::size_t step, std::string_view language) {
    const LessonStep& of = m_lesson->steps[step];
    if (!of.question) return Error{of.place, "a question", "none in this step"};
    const LessonText& text = m_lesson->text(language);
    const auto it = text.steps.find(of.id);
    if (it == text.steps.end() || !it->second.questions.contains(of.question->id)) {
        return Error{text.file, "the question \"" + of.question->id + "\"", "no such heading"};
    }
    const QuestionText& question = it->second.questions.at(of.question->id);
    return filled(step, question.prompt, text.file + ":" + std::to_string(question.line) + ":1");
}

std::size_t Player::moreHints(const Exercise& exercise) {
    return m_hints[exercise.id] = std::min(m_hints[exercise.id] + 1, exercise.hints);
}

std::size_t Player::hints(const std::string& exercise) const {
    const auto it = m_hints.find(exercise);
    return it == m_hints.end() ? 0 : it->second;
}

}  // namespace ringside
