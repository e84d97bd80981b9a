// A learner's way through a lesson: moments, hidden future, judged answers, exercises.

#include "lessons/player.h"

#include <gtest/gtest.h>

#include "lessons/catalog.h"
#include "tests/lessons/small_lesson.h"

namespace ringside {
namespace {

class PlayerTest : public ::testing::Test {
  protected:
    PlayerTest() {
        Result<Lesson> lesson = SmallLesson().parse();
        EXPECT_TRUE(lesson.ok()) << lesson.error().message();
        m_lesson = std::make_shared<const Lesson>(std::move(*lesson));
        m_timeline.emplace(std::move(*m_lesson->scenario.start()));
        m_run.emplace(*m_timeline);
        m_player.emplace(m_lesson, *m_run);
    }
    std::shared_ptr<const Lesson> m_lesson;
    std::optional<Timeline> m_timeline;
    std::optional<TimelineRun> m_run;
    std::optional<Player> m_player;
};

TEST_F(PlayerTest, HidesTheFutureUntilTheQuestionIsAnswered) {
    Player& p = *m_player;
    const Position first = *p.moment(0), second = *p.moment(1), third = *p.moment(2);
    ASSERT_LT(first, second);
    ASSERT_LT(second, third);
    EXPECT_EQ(p.horizon(), first);
    EXPECT_EQ(p.allowed(third), first) << "scrubbing stops where the question is asked";
    EXPECT_EQ(p.allowed(first - 1), first - 1) << "the past is free";
    EXPECT_EQ(*p.goTo(2), first) << "a later step cannot be jumped to";
    EXPECT_EQ(p.step(), 0U);
    ASSERT_NE(p.openQuestion(), nullptr);
    EXPECT_EQ(p.openQuestion()->id, "who");
    p.movedTo(third);
    EXPECT_EQ(p.step(), 0U) << "not even by other means";

    const Result<Grade> wrong = p.answer("cpu", "en");
    ASSERT_TRUE(wrong.ok()) << wrong.error().message();
    EXPECT_FALSE(wrong->right);
    EXPECT_EQ(wrong->reply, "No: RDH is 1.") << "filled in from the moment that decided it";
    EXPECT_EQ(wrong->right_ids, std::vector<std::string>{"card"});
    EXPECT_EQ(wrong->right_text, "The card");
    EXPECT_EQ(p.horizon(), second) << "up to the next question";
    EXPECT_EQ(*p.next(), second);
    EXPECT_EQ(p.questionState(0), QuestionState::answered);
    EXPECT_FALSE(p.grade(0)->right);

    p.skip();
    EXPECT_EQ(p.questionState(1), QuestionState::skipped);
    EXPECT_EQ(p.horizon(), std::nullopt);
    EXPECT_EQ(*p.next(), third);
    EXPECT_EQ(p.openQuestion(), nullptr);
    EXPECT_EQ(*p.next(), third) << "the last step stays";
    EXPECT_EQ(*p.previous(), second);
    EXPECT_EQ(p.score(), (std::pair<std::size_t, std::size_t>{0, 2}));
    p.movedTo(third + 5);
    EXPECT_EQ(p.step(), 2U);
    p.movedTo(0);
    EXPECT_EQ(p.step(), 0U);
}

TEST_F(PlayerTest, JudgesNumbersAndTheirTraps) {
    Player& p = *m_player;
    ASSERT_TRUE(p.answer("card", "en")->right);
    ASSERT_TRUE(p.next().ok());
    EXPECT_EQ(p.answer("many", "en").error().message(), "expected a number, found \"many\"");
    EXPECT_NE(p.openQuestion(), nullptr) << "an answer that is none leaves it open";
    const Position asked = *p.moment(1);
    const Result<Grade> trap = gradeAnswer(*m_lesson, 1, "1", *m_run, asked, "en");
    EXPECT_FALSE(trap->right);
    EXPECT_EQ(trap->reply, "Not yet: 0.");
    EXPECT_EQ(gradeAnswer(*m_lesson, 1, "17", *m_run, asked, "en")->reply, "No.");
    const Result<Grade> right = p.answer("0", "zh_CN");
    EXPECT_TRUE(right->right);
    EXPECT_EQ(right->reply, "对。");
    EXPECT_EQ(right->right_text, "0");
    EXPECT_EQ(p.answer("0", "en").error().message(), "expected an open question, found none in this step");
    EXPECT_EQ(p.score(), (std::pair<std::size_t, std::size_t>{2, 2}));
}

TEST_F(PlayerTest, RefusesAChoiceThatIsNotThere) {
    EXPECT_EQ(m_player->answer("nobody", "en").error().message(),
              "dir/lesson.yaml:21:7: expected one of the question's choices, found \"nobody\"");
    EXPECT_NE(m_player->openQuestion(), nullptr);
}

TEST_F(PlayerTest, TheAnswerFollowsTheRunAndIsNotTypedIn) {
    // the same question, asked where the card has no descriptor to fill: the other choice is right
    Result<Lesson> lesson = SmallLesson().parse({{"nics.eth0.addresses", "[10.0.0.1/24]"}});
    ASSERT_TRUE(lesson.ok());
    lesson->steps[0].question->until = lesson->steps[0].at;
    lesson->steps[0].question->until->function = "nic";
    const Result<Grade> grade = gradeAnswer(*lesson, 0, "cpu", *m_run, *m_player->moment(0), "en");
    ASSERT_TRUE(grade.ok()) << grade.error().message();
    EXPECT_TRUE(grade->right) << "judged at the card's first step, before RDH moved";
}

TEST_F(PlayerTest, NarrationIsFilledInAtItsOwnMoment) {
    EXPECT_EQ(*m_player->narration(0, "en"), "It has 146 bytes, and waits.\n\nA second paragraph.");
    EXPECT_EQ(*m_player->narration(2, "zh_CN"), "100 字节。");
    EXPECT_EQ(m_player->title(2, "zh_CN"), "入队。");
    EXPECT_EQ(*m_player->prompt(1, "en"), "How many skbs?");
}

TEST_F(PlayerTest, ExercisesAreJudgedByRunning) {
    const Exercise& exercise = m_lesson->exercises[0];
    EXPECT_FALSE(tryExercise(*m_lesson, exercise, {})->reached);
    const Result<ExerciseTry> solved = tryExercise(*m_lesson, exercise, {{"port", "5001"}});
    ASSERT_TRUE(solved.ok()) << solved.error().message();
    EXPECT_TRUE(solved->reached);
    EXPECT_TRUE(solved->ended);
    EXPECT_EQ(tryExercise(*m_lesson, exercise, {{"ring", "64"}}).error().message(),
              "dir/lesson.yaml:38:5: expected a setting of the exercise, found \"ring\"");
    EXPECT_EQ(m_player->hints("lose-it"), 0U);
    EXPECT_EQ(m_player->moreHints(exercise), 1U);
    EXPECT_EQ(m_player->moreHints(exercise), 2U);
    EXPECT_EQ(m_player->moreHints(exercise), 2U) << "there are no more";
    EXPECT_FALSE(m_player->isSolved("lose-it"));
    m_player->solved("lose-it");
    EXPECT_TRUE(m_player->isSolved("lose-it"));
}

TEST_F(PlayerTest, ASkippedQuestionStaysAnswerable) {
    Player& p = *m_player;
    ASSERT_TRUE(p.goTo(0).ok());
    p.skip();
    EXPECT_EQ(p.openQuestion(), nullptr) << "it hides nothing any more";
    ASSERT_TRUE(p.goTo(1).ok());
    ASSERT_TRUE(p.goTo(0).ok());
    ASSERT_NE(p.unanswered(), nullptr);
    EXPECT_EQ(p.unanswered()->id, "who");
    ASSERT_TRUE(p.answer("card", "en").ok());
    EXPECT_EQ(p.questionState(0), QuestionState::answered);
    EXPECT_EQ(p.unanswered(), nullptr);
    EXPECT_EQ(p.score().first, 1U);
    EXPECT_FALSE(p.answer("card", "en").ok()) << "once";
    p.skip();
    ASSERT_TRUE(p.goTo(2).ok()) << "the question of step 1 is open";
    EXPECT_EQ(p.step(), 1U);
    EXPECT_EQ(p.unanswered(), p.openQuestion());
}

TEST_F(PlayerTest, TheEndIsAPlaceOfItsOwn) {
    Player& p = *m_player;
    EXPECT_FALSE(p.finished());
    p.finish();
    EXPECT_FALSE(p.finished()) << "only after the last step";
    p.skipAll();
    ASSERT_TRUE(p.goTo(2).ok());
    EXPECT_TRUE(p.hasNext());
    p.finish();
    EXPECT_TRUE(p.finished());
    EXPECT_FALSE(p.hasNext());
    EXPECT_TRUE(p.hasPrevious(*p.moment(2)));
    EXPECT_EQ(p.step(), 2U) << "the moment stays the last one";
    ASSERT_TRUE(p.goTo(2).ok());
    EXPECT_FALSE(p.finished()) << "back to the last step";
    p.finish();
    p.movedTo(*p.moment(1));
    EXPECT_FALSE(p.finished());
    EXPECT_EQ(p.step(), 1U);
}

TEST_F(PlayerTest, NothingLiesBeforeTheFirstStep) {
    Player& p = *m_player;
    const Position first = *p.moment(0);
    ASSERT_TRUE(p.goTo(0).ok());
    EXPECT_FALSE(p.hasPrevious(first));
    EXPECT_FALSE(p.hasPrevious(first - 1)) << "the start of the run is no step";
    EXPECT_TRUE(p.hasPrevious(first + 1)) << "back to the step's moment";
    p.skip();
    ASSERT_TRUE(p.goTo(1).ok());
    EXPECT_TRUE(p.hasPrevious(*p.moment(1)));
}

TEST_F(PlayerTest, OpenedAtAStepTheQuestionsBeforeItAreSkipped) {
    Player& p = *m_player;
    EXPECT_EQ(*p.openAt(2), *p.moment(2));
    EXPECT_EQ(p.step(), 2U);
    EXPECT_EQ(p.questionState(0), QuestionState::skipped);
    EXPECT_EQ(p.horizon(), std::nullopt);
    Player other(m_lesson, *m_run);
    EXPECT_EQ(*other.openAt(1), *other.moment(1));
    EXPECT_EQ(other.questionState(1), QuestionState::open) << "its own question is asked";
}

TEST_F(PlayerTest, EachPartOfAGoalSaysHowItStands) {
    SmallLesson small;
    const std::string goal = "goal: 'drops(\"NO_SOCKET\") == 1'";
    small.yaml.replace(small.yaml.find(goal), goal.size(),
                       "goal:\n      - {id: dropped, when: 'drops(\"NO_SOCKET\") == 1'}\n"
                       "      - {id: arrived, when: nic.eth0.rx.rdh == 1}\n"
                       "      - {id: unknown, when: 'skb.len == 1'}");
    const std::string at = "- port: ";
    for (std::string* text : {&small.en, &small.zh}) {
        text->replace(text->find(at), at.size(),
                      "- dropped: Drops: {{drops(\"NO_SOCKET\")}} of 1\n- arrived: RDH: {{nic.eth0.rx.rdh}}\n"
                      "- unknown: Length: {{skb.len}} bytes\n- port: ");
    }
    const Result<Lesson> lesson = small.parse();
    ASSERT_TRUE(lesson.ok()) << lesson.error().message();
    const Exercise& exercise = lesson->exercises[0];
    ASSERT_EQ(exercise.goal.size(), 3U);
    Timeline timeline(std::move(*lesson->scenario.start()));
    TimelineRun run(timeline);
    const Position end = timeline.seek(Matcher::kBudget);
    const std::vector<GoalState> states = goalStates(*lesson, exercise, run, end, "en");
    ASSERT_EQ(states.size(), 3U);
    EXPECT_FALSE(states[0].holds);
    EXPECT_EQ(states[0].text, "Drops: 0 of 1");
    EXPECT_TRUE(states[1].holds);
    EXPECT_EQ(states[1].text, "RDH: 1");
    EXPECT_FALSE(states[2].holds) << "what cannot be told does not hold";
    EXPECT_EQ(states[2].text, "Length: – bytes");
    EXPECT_TRUE(goalStates(*m_lesson, m_lesson->exercises[0], *m_run, 1, "en").empty()) << "a goal without words";
}

TEST_F(PlayerTest, SkipAllOpensEverything) {
    m_player->skipAll();
    EXPECT_EQ(m_player->horizon(), std::nullopt);
    EXPECT_EQ(*m_player->goTo(2), *m_player->moment(2));
}

}  // namespace
}  // namespace ringside
