// What was done in a lesson is found again in the same lesson, and in one that changed since.
#include "lessons/progress.h"

#include <gtest/gtest.h>

#include "tests/lessons/small_lesson.h"

namespace ringside {
namespace {

class ProgressTest : public ::testing::Test {
  protected:
    ProgressTest() { begin(SmallLesson()); }
    /// A player at the first step of this lesson.
    void begin(const SmallLesson& texts) {
        Result<Lesson> lesson = texts.parse();
        ASSERT_TRUE(lesson.ok()) << lesson.error().message();
        m_player.reset();
        m_run.reset();
        m_lesson = std::make_shared<const Lesson>(std::move(*lesson));
        m_timeline.emplace(std::move(*m_lesson->scenario.start()));
        m_run.emplace(*m_timeline);
        m_player.emplace(m_lesson, *m_run);
        ASSERT_TRUE(m_player->goTo(0).ok());
    }
    std::shared_ptr<const Lesson> m_lesson;
    std::optional<Timeline> m_timeline;
    std::optional<TimelineRun> m_run;
    std::optional<Player> m_player;
};

TEST_F(ProgressTest, StepAnswersAndExercisesAreFoundAgain) {
    ASSERT_TRUE(m_player->answer("cpu", "en").ok());
    ASSERT_TRUE(m_player->next().ok());
    m_player->solved("lose-it");
    const LessonProgress kept = progressOf(*m_player, {});
    EXPECT_EQ(kept, (LessonProgress{"raised", {{"arrives", "cpu"}}, {"lose-it"}, false}));

    begin(SmallLesson());
    resume(*m_player, kept, "en");
    EXPECT_EQ(m_player->step(), 1U);
    ASSERT_NE(m_player->grade(0), nullptr);
    EXPECT_FALSE(m_player->grade(0)->right);
    EXPECT_EQ(m_player->questionState(1), QuestionState::open) << "the question of the step one was at is still asked";
    EXPECT_TRUE(m_player->isSolved("lose-it"));
    EXPECT_EQ(progressOf(*m_player, {}), kept);
}

TEST_F(ProgressTest, TheLastStepIsTheEndAndStaysReached) {
    m_player->skip();
    ASSERT_TRUE(m_player->next().ok());
    EXPECT_FALSE(progressOf(*m_player, {}).done);
    ASSERT_TRUE(m_player->answer("0", "en").ok());
    EXPECT_FALSE(progressOf(*m_player, {}).done) << "one step before the last";
    ASSERT_TRUE(m_player->next().ok());
    const LessonProgress done = progressOf(*m_player, {});
    EXPECT_TRUE(done.done);
    ASSERT_TRUE(m_player->goTo(0).ok());
    const LessonProgress back = progressOf(*m_player, done);
    EXPECT_TRUE(back.done) << "going back undoes nothing";
    EXPECT_EQ(back.step, "arrives");

    begin(SmallLesson());
    resume(*m_player, back, "en");
    EXPECT_EQ(m_player->step(), 0U);
    EXPECT_EQ(m_player->questionState(0), QuestionState::skipped);
    ASSERT_NE(m_player->grade(1), nullptr) << "the answer beyond the step is kept";
    EXPECT_EQ(progressOf(*m_player, back), back);
}

TEST_F(ProgressTest, WhatALessonNoLongerHasIsPassedOver) {
    resume(*m_player, {"gone", {{"arrives", "card"}}, {}, false}, "en");
    EXPECT_EQ(m_player->step(), 0U);
    EXPECT_EQ(m_player->questionState(0), QuestionState::open);
    resume(*m_player, {"queued", {{"arrives", "no-such-choice"}}, {}, false}, "en");
    EXPECT_EQ(m_player->step(), 0U) << "an answer that is none any more is asked again";
    EXPECT_EQ(m_player->questionState(0), QuestionState::open);
}

TEST_F(ProgressTest, ALessonThatWasNeverOpenedHasAnEmptyValue) {
    Progress all;
    all.lessons["small"].step = "raised";
    EXPECT_TRUE(all.of("small").begun());
    EXPECT_FALSE(all.of("smal").begun());
    EXPECT_FALSE(all.of("small2").begun());
}

}  // namespace
}  // namespace ringside
