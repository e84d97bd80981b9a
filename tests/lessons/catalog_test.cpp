// The lessons that are shipped: the checker finds nothing, their runs are the recorded ones and stay as they are.

#include <gtest/gtest.h>

#include "lessons/catalog.h"
#include "lessons/checker.h"
#include "lessons/player.h"
#include "tests/lessons/golden.h"
#include "tests/lessons/lesson_story.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

std::vector<std::string> lessonIds() {
    std::vector<std::string> ids;
    for (const LessonInfo& lesson : readCatalog(catalogFolder(sourceDir())).lessons) ids.push_back(lesson.id);
    return ids;
}

std::shared_ptr<const Lesson> openedLesson(const std::string& id) {
    Result<Lesson> opened = openLesson(id, catalogFolder(sourceDir()));
    EXPECT_TRUE(opened.ok()) << opened.error().message();
    return std::make_shared<const Lesson>(std::move(*opened));
}

std::uint64_t endFingerprint(Timeline& timeline) {
    const Position end = timeline.seek(timeline.position() + Matcher::kBudget);
    return fingerprint(timeline.at(end), timeline.inputs());
}

class ShippedLesson : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedLesson, TheCheckerFindsNothing) {
    const Result<Lesson> lesson = openLesson(GetParam(), catalogFolder(sourceDir()));
    ASSERT_TRUE(lesson.ok()) << lesson.error().message();
    for (const Problem& p : checkLesson(*lesson)) ADD_FAILURE() << p.error.message();
}

TEST_P(ShippedLesson, HappensAsWritten) {
    EXPECT_TRUE(matchesGolden("lessons/" + GetParam() + ".txt", lessonStory(openedLesson(GetParam()))));
}

/// Places with their fingerprints, reached forward: after each call of the lab, then after each event.
std::vector<std::pair<Place, std::uint64_t>> forwardFingerprints(const Lesson& lesson) {
    Timeline timeline(*lesson.scenario.start());
    std::vector<std::pair<Place, std::uint64_t>> all;
    const auto note = [&] { all.emplace_back(timeline.place(), fingerprint(timeline.world(), timeline.inputs())); };
    LabPlayer lab(timeline);
    for (const LabStep& step : lesson.lab) {
        const auto error = lab.play(step);
        EXPECT_FALSE(error.has_value()) << error->message();
        note();
    }
    note();
    while (timeline.stepForward()) note();
    return all;
}

TEST_P(ShippedLesson, SeekingAnywhereIsAsIfPlayedForward) {
    const auto lesson = openedLesson(GetParam());
    auto forward = forwardFingerprints(*lesson);
    ASSERT_GT(forward.size(), 1U);
    Timeline timeline(*lesson->scenario.start(), {.spacing = 32});
    LabPlayer lab(timeline);
    ASSERT_FALSE(lab.play(lesson->lab).has_value());
    EXPECT_EQ(timeline.seek(forward.back().first.position + 1), forward.back().first.position);
    const auto check = [&] {
        for (const auto& [place, expected] : forward) {
            ASSERT_EQ(timeline.seek(place), place);
            ASSERT_EQ(fingerprint(timeline.world(), timeline.inputs()), expected) << "at position " << place.position;
        }
    };
    std::reverse(forward.begin(), forward.end());
    check();
    // to and fro: the near end, the far end, the next nearer ones
    for (std::size_t i = 1; i < forward.size(); i += 2) std::swap(forward[i], forward[forward.size() - 1 - i / 2]);
    check();
    TimelineRun run(timeline);
    Player player(lesson, run);
    for (std::size_t i = 0; i < player.stepCount(); ++i) {
        const Result<Position> moment = player.moment(i);
        ASSERT_TRUE(moment.ok()) << moment.error().message();
        const World world = timeline.at(*moment);
        timeline.seek(Position{0});
        while (timeline.position() < *moment && timeline.stepForward()) {
        }
        EXPECT_EQ(worldHash(world, timeline.inputs()), worldHash(timeline.world(), timeline.inputs()))
            << lesson->steps[i].id;
    }
}

TEST_P(ShippedLesson, RightOrWrongIsSaidOnce) {
    // the verdict stands before each reply, in the window and in the terminal
    const Result<Lesson> lesson = openLesson(GetParam(), catalogFolder(sourceDir()));
    ASSERT_TRUE(lesson.ok());
    std::size_t replies = 0;
    for (const auto& [language, text] : lesson->texts) {
        for (const auto& [step, words] : text.steps) {
            for (const auto& [question, q] : words.questions) {
                for (const auto& [id, reply] : q.replies) {
                    ++replies;
                    for (const std::string_view verdict :
                         {"Right", "Yes", "Correct", "No,", "No.", "No;", "No:", "Wrong", "对，", "对。", "对：",
                          "是的", "不对", "不会。", "错"}) {
                        EXPECT_FALSE(reply.reply.starts_with(verdict)) << language << " " << step << " " << id;
                    }
                }
            }
        }
    }
    EXPECT_GT(replies, 10U);
}

TEST_P(ShippedLesson, ATellingNumberOfPredictionsAndAnExercise) {
    const Result<Lesson> lesson = openLesson(GetParam(), catalogFolder(sourceDir()));
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

TEST(WireToRecvfrom, WhereANumberIsAskedItsPartsAreShown) {
    const auto lesson = openedLesson("wire-to-recvfrom");
    Timeline timeline(*lesson->scenario.start());
    TimelineRun run(timeline);
    Player player(lesson, run);
    const std::size_t step = *lesson->stepIndex("socket");
    ASSERT_TRUE(player.openAt(step).ok());
    for (const char* answer : {"1280", "100", "142", "7"}) {
        const Result<Grade> grade = gradeAnswer(*lesson, step, answer, run, *player.moment(step), "en");
        ASSERT_TRUE(grade.ok()) << grade.error().message();
        EXPECT_NE(grade->reply.find("1024"), std::string::npos) << answer << ": " << grade->reply;
        EXPECT_NE(grade->reply.find("256"), std::string::npos) << answer << ": " << grade->reply;
    }
}

TEST(Addresses, OfSteps) {
    EXPECT_EQ(lessonAddress("wire-to-recvfrom#ip").lesson, "wire-to-recvfrom");
    EXPECT_EQ(lessonAddress("wire-to-recvfrom#ip").step, "ip");
    EXPECT_EQ(lessonAddress("wire-to-recvfrom").step, "");
    EXPECT_EQ(lessonAddress("#ip").lesson, "#ip") << "no lesson, no address";
    const auto lesson = openedLesson("wire-to-recvfrom");
    EXPECT_EQ(lesson->steps[*stepOf(*lesson, "ip")].id, "ip");
    EXPECT_EQ(
        stepOf(*lesson, "udp").error().message().find("wire-to-recvfrom: expected a step of the lesson (asleep, "), 0U);
    const Catalog catalog = readCatalog(catalogFolder(sourceDir()));
    ASSERT_GE(catalog.lessons.size(), 2U);
    EXPECT_EQ(catalog.after(catalog.lessons[0].id), &catalog.lessons[1]);
    EXPECT_EQ(catalog.after(catalog.lessons.back().id), nullptr);
    EXPECT_EQ(catalog.after("no-such"), nullptr);
}

TEST(WireToRecvfrom, RunsTheRecordedScenario) {
    const Result<Lesson> lesson = openLesson("wire-to-recvfrom", catalogFolder(sourceDir()));
    const Result<ScenarioFile> recorded = loadScenario(sourceDir() + "/tests/scenarios/udp_rx.yaml",
                                                       {{"until", "0"}});  // the lesson goes on to the program's end
    ASSERT_TRUE(lesson.ok() && recorded.ok());
    Timeline a(*lesson->scenario.start()), b(*recorded->start());
    EXPECT_EQ(endFingerprint(a), endFingerprint(b));
    const Result<Lesson> other = openLesson("wire-to-recvfrom", catalogFolder(sourceDir()), {{"nics.eth0.ring", "64"}});
    Timeline c(*other->scenario.start());
    EXPECT_NE(endFingerprint(c), endFingerprint(b)) << "the comparison can fail";
}

TEST(Golden, AFailureShowsWhatDiffersAndNothingElse) {
    EXPECT_EQ(textDiff("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\ne\nf\n"), "");
    EXPECT_EQ(textDiff("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nX\ne\nf\n"),
              "  …\n  2: b\n  3: c\n- 4: d\n+ 4: X\n  5: e\n  6: f\n");
    EXPECT_EQ(textDiff("", "new\n"), "+ 1: new\n");
    EXPECT_EQ(textDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "2\n3\n4\n5\n6\n7\n8\n"),
              "- 1: 1\n  2: 2\n  3: 3\n  …\n  7: 7\n  8: 8\n- 9: 9\n");
}

TEST(RecordedScenarios, AllLoadAndBuild) {
    const CheckReport report = checkPath(sourceDir() + "/tests/scenarios");
    for (const Problem& p : report.problems) ADD_FAILURE() << p.error.message();
    EXPECT_GE(report.scenarios, 11U);
}

}  // namespace
}  // namespace ringside
