// The lessons that are shipped: the checker finds nothing, their runs are the recorded ones and stay as they are.

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "lessons/catalog.h"
#include "lessons/checker.h"
#include "lessons/player.h"
#include "tests/lessons/golden.h"

namespace ringside {
namespace {

std::vector<std::string> lessonIds() {
    std::vector<std::string> ids;
    for (const LessonInfo& lesson : readCatalog(catalogFolder(RINGSIDE_SOURCE_DIR)).lessons) ids.push_back(lesson.id);
    return ids;
}

std::uint64_t endFingerprint(Timeline& timeline) {
    const Position end = timeline.seek(timeline.position() + Matcher::kBudget);
    return fingerprint(timeline.at(end), timeline.inputs());
}

class ShippedLesson : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedLesson, TheCheckerFindsNothing) {
    const Result<Lesson> lesson = openLesson(GetParam(), catalogFolder(RINGSIDE_SOURCE_DIR));
    ASSERT_TRUE(lesson.ok()) << lesson.error().message();
    for (const Problem& p : checkLesson(*lesson)) ADD_FAILURE() << p.error.message();
}

TEST_P(ShippedLesson, MomentsAndFingerprintsAreTheWrittenOnes) {
    Result<Lesson> opened = openLesson(GetParam(), catalogFolder(RINGSIDE_SOURCE_DIR));
    ASSERT_TRUE(opened.ok()) << opened.error().message();
    const auto lesson = std::make_shared<const Lesson>(std::move(*opened));
    Result<Start> start = lesson->scenario.start();
    ASSERT_TRUE(start.ok()) << start.error().message();
    Timeline timeline(std::move(*start));
    LabPlayer lab(timeline);
    const auto error = lab.play(lesson->lab);
    ASSERT_FALSE(error.has_value()) << error->message();
    TimelineRun run(timeline);
    Player player(lesson, run);
    std::string text;
    for (std::size_t i = 0; i < player.stepCount(); ++i) {
        const Result<Position> moment = player.moment(i);
        ASSERT_TRUE(moment.ok()) << moment.error().message();
        text += fmt::format("{:14} position {:4} fingerprint {:016x}\n", lesson->steps[i].id, *moment,
                            fingerprint(timeline.at(*moment), timeline.inputs()));
    }
    text += fmt::format("{:14} position {:4} fingerprint {:016x}\n", "(end)",
                        timeline.seek(timeline.position() + Matcher::kBudget), endFingerprint(timeline));
    EXPECT_TRUE(matchesGolden("lessons/" + GetParam() + ".txt", text));
}

TEST_P(ShippedLesson, ATellingNumberOfPredictionsAndAnExercise) {
    const Result<Lesson> lesson = openLesson(GetParam(), catalogFolder(RINGSIDE_SOURCE_DIR));
    ASSERT_TRUE(lesson.ok());
    std::size_t questions = 0;
    for (const LessonStep& step : lesson->steps) questions += step.question.has_value();
    EXPECT_GE(questions, 3U);
    EXPECT_GE(lesson->exercises.size(), 1U);
    EXPECT_LE(lesson->steps.size(), 13U);
    EXPECT_GE(lesson->steps.size(), 10U);
    EXPECT_FALSE(lesson->simplified.empty());
}

INSTANTIATE_TEST_SUITE_P(Catalog, ShippedLesson, ::testing::ValuesIn(lessonIds()), [](const auto& lesson) {
    std::string name = lesson.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(WireToRecvfrom, RunsTheRecordedScenario) {
    const Result<Lesson> lesson = openLesson("wire-to-recvfrom", catalogFolder(RINGSIDE_SOURCE_DIR));
    const Result<ScenarioFile> recorded =
        loadScenario(std::string(RINGSIDE_SOURCE_DIR) + "/tests/scenarios/udp_rx.yaml");
    ASSERT_TRUE(lesson.ok() && recorded.ok());
    Timeline a(*lesson->scenario.start()), b(*recorded->start());
    EXPECT_EQ(endFingerprint(a), endFingerprint(b));
    const Result<Lesson> other =
        openLesson("wire-to-recvfrom", catalogFolder(RINGSIDE_SOURCE_DIR), {{"nics.eth0.ring", "64"}});
    Timeline c(*other->scenario.start());
    EXPECT_NE(endFingerprint(c), endFingerprint(b)) << "the comparison can fail";
}

TEST(RecordedScenarios, AllLoadAndBuild) {
    const CheckReport report = checkPath(std::string(RINGSIDE_SOURCE_DIR) + "/tests/scenarios");
    for (const Problem& p : report.problems) ADD_FAILURE() << p.error.message();
    EXPECT_GE(report.scenarios, 11U);
}

}  // namespace
}  // namespace ringside
