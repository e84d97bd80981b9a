// The lesson loader, the checker and the catalog: what is refused, and with which words.

#include "lessons/lesson.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "lessons/catalog.h"
#include "lessons/checker.h"
#include "tests/lessons/small_lesson.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

std::string loadError(const SmallLesson& small) {
    const Result<Lesson> lesson = small.parse();
    return lesson ? "no error" : lesson.error().message();
}

/// Messages of the checker's errors, one a line.
std::string problems(const SmallLesson& small) {
    const Result<Lesson> lesson = small.parse();
    if (!lesson) return lesson.error().message();
    std::string all;
    for (const Problem& p : checkLesson(*lesson)) {
        if (p.severity == Problem::Severity::error) all += p.error.message() + "\n";
    }
    return all;
}

TEST(LessonLoader, ReadsStepsQuestionsExercisesAndTexts) {
    const Result<Lesson> lesson = SmallLesson().parse();
    ASSERT_TRUE(lesson.ok()) << lesson.error().message();
    EXPECT_EQ(lesson->id, "small");
    EXPECT_EQ(lesson->order, 7);
    ASSERT_EQ(lesson->steps.size(), 3U);
    EXPECT_EQ(lesson->steps[0].question->choices.size(), 2U);
    EXPECT_EQ(lesson->steps[1].question->kind, Question::Kind::number);
    EXPECT_EQ(lesson->exercises.at(0).knobs.at(0).values, (std::vector<std::string>{"5000", "5001"}));
    const LessonText& en = lesson->text("en");
    EXPECT_EQ(en.title, "A small lesson");
    EXPECT_EQ(en.steps.at("arrives").title, "A frame.");
    EXPECT_EQ(en.steps.at("arrives").body, "It has {{nic.eth0.fifo_bytes}} bytes, and waits.\n\nA second paragraph.");
    const QuestionText& q = en.steps.at("arrives").questions.at("who");
    EXPECT_EQ(q.prompt, "Who moves it?");
    EXPECT_EQ(q.replies.at("cpu").label, "The CPU");
    EXPECT_EQ(q.replies.at("cpu").reply, "No: RDH is {{nic.eth0.rx.rdh}}.");
    EXPECT_EQ(en.exercises.at("lose-it").hints.size(), 2U);
    EXPECT_EQ(en.simplified.at("costs").label, "Costs are notional.");
    EXPECT_EQ(en.end, "That was all.");
    EXPECT_EQ(lesson->text("zh_CN").title, "一课");
    EXPECT_EQ(lesson->text("fr").title, "A small lesson") << "English where a language is missing";
}

TEST(LessonLoader, ChineseLinesAreJoinedWithoutBlanks) {
    SmallLesson small;
    small.replace(small.zh, "一个帧。\n", "一个\n帧。\n");
    EXPECT_NE(small.parse()->text("zh_CN").steps.at("arrives").body.find("一个帧"), std::string::npos);
}

TEST(LessonLoader, BrokenFilesAreRefusedWithPlace) {
    const auto yaml = [](const std::string& from, const std::string& to) {
        SmallLesson small;
        small.replace(small.yaml, from, to);
        return loadError(small);
    };
    EXPECT_EQ(yaml("order: 7", "ordr: 7"),
              "dir/lesson.yaml:2:1: expected one of the keys id, order, part, kernel, scenario, lab, scenes, steps, "
              "exercises, simplified, found "
              "unknown key \"ordr\" (did you mean \"order\"?)");
    EXPECT_EQ(yaml("id: small", "id: [small"),
              "dir/lesson.yaml:2:6: expected YAML, found end of sequence flow not found");
    EXPECT_EQ(yaml("id: small", "id: Small"),
              "dir/lesson.yaml:1:5: expected an id of small letters, digits and hyphens, found \"Small\"");
    EXPECT_EQ(yaml("udp: {port: 5000}", "udp: {port: 500000}"),
              "dir/lesson.yaml:8:19: expected a whole number from 1 to 65535, found \"500000\"")
        << "an inline scenario is read in place";
    EXPECT_EQ(yaml("{function: wire}", "{funktion: wire}"),
              "dir/lesson.yaml:18:10: expected one of the keys function, stage, tracepoint, drop, context, cpu, task, "
              "packet, skb, nth, found "
              "unknown key \"funktion\" (did you mean \"function\"?)");
    EXPECT_EQ(yaml("- id: raised", "- id: arrives"),
              "dir/lesson.yaml:26:9: expected an id of its own, found \"arrives\" a second time");
    EXPECT_EQ(yaml("scenes: [path]", "scenes: [paths]"),
              "dir/lesson.yaml:15:10: expected one of path, skb, ring, cpu, found \"paths\" (did you mean \"path\"?)");
    EXPECT_EQ(yaml("solution: {port: \"5001\"}", "solution: {port: 80}"),
              "dir/lesson.yaml:42:22: expected one of 5000, 5001, found \"80\"");
    EXPECT_EQ(yaml("    solution: {port: \"5001\"}\n", ""),
              "dir/lesson.yaml:38:5: expected a solution or a lab_solution, so that the checker can prove the goal, "
              "found neither");
}

TEST(LessonLoader, BrokenTextsAreRefusedWithPlace) {
    const auto text = [](const std::string& from, const std::string& to) {
        SmallLesson small;
        small.replace(small.en, from, to);
        return loadError(small);
    };
    EXPECT_EQ(text("# A small lesson", "A small lesson"),
              "dir/en.md:1:1: expected \"# \" and the lesson's title on the first line, found \"A small lesson\"");
    EXPECT_EQ(text("## arrives", "## arives"),
              "dir/en.md:5:1: expected the id of a step or exercise of lesson.yaml, simplified or end, found "
              "\"arives\" (did you mean \"arrives\"?)");
    EXPECT_EQ(
        text("**A frame.**", "A frame."),
        "dir/en.md:5:1: expected a title in bold at the beginning of the text (\"**Title.** …\"), found an empty line");
    EXPECT_EQ(text("### who", "### whom"),
              "dir/en.md:11:1: expected the question \"who\" of step \"arrives\", found \"whom\"");
    EXPECT_EQ(text("- card: The card", "- cpu: The card"),
              "dir/en.md:17:1: expected each id once, found \"cpu\" a second time");
    EXPECT_EQ(text("- card: The card", "- The card"), "dir/en.md:17:1: expected \"- id: text\", found \"- The card\"");
    EXPECT_EQ(text("## end\n", "## raised\n\n**x** y\n\n## end\n"),
              "dir/en.md:53:1: expected each step once, found \"raised\" a second time");
}

TEST(Checker, TheSmallLessonIsGood) { EXPECT_EQ(problems(SmallLesson()), ""); }

TEST(Checker, UnreachableAndUnknownMoments) {
    SmallLesson small;
    small.replace(small.yaml, "{function: wire}", "{function: wire, nth: 2}");
    EXPECT_EQ(
        problems(small),
        "dir/lesson.yaml:18:9: expected a moment {function: wire, nth: 2}, found only 1 of them before the run ends\n");
    SmallLesson unknown;
    unknown.replace(unknown.yaml, "{function: wire}", "{function: wir}");
    EXPECT_EQ(problems(unknown),
              "dir/lesson.yaml:18:9: expected a function of the model, found \"wir\" (did you mean \"wire\"?)\n");
}

TEST(Checker, ALanguageThatIsMissingOrDifferent) {
    SmallLesson small;
    small.zh.clear();
    EXPECT_EQ(problems(small), "dir/zh_CN.md: expected the lesson in zh_CN, found no such file\n");
    SmallLesson step;
    step.cut(step.zh, "## raised", "## end");
    EXPECT_TRUE(problems(step).starts_with("dir/zh_CN.md: expected the heading \"## raised\", found none\n"))
        << problems(step);
    SmallLesson reply;
    reply.replace(reply.en, "  > No: RDH is {{nic.eth0.rx.rdh}}.\n", "");
    EXPECT_EQ(problems(reply), "dir/en.md:15:1: expected a reply to \"cpu\" (a line with >), found none\n");
    SmallLesson extra;
    extra.replace(extra.en, "- costs: Costs", "- speed: x\n- costs: Costs");
    EXPECT_EQ(problems(extra), "dir/en.md:47:1: expected an id of lesson.yaml, found \"speed\"\n");
    SmallLesson hint;
    hint.replace(hint.en, "2. Send it elsewhere.\n", "");
    EXPECT_EQ(problems(hint), "dir/en.md:35:1: expected 2 hints, found 1\n");
    SmallLesson gone;
    gone.replace(gone.yaml, "id: raised", "id: arrives2");
    EXPECT_EQ(problems(gone).substr(0, 16), "dir/en.md:20:1: ") << "a heading that is no step any more";
    SmallLesson order;
    order.cut(order.en, "## queued", "## end");
    order.replace(order.en, "## arrives", "## queued\n\n**Queued.** Now.\n\n## arrives");
    EXPECT_EQ(problems(order),
              "dir/en.md: expected the steps in the order of lesson.yaml, found \"queued\" and others in another\n");
}

TEST(Checker, ExpressionsThatFail) {
    SmallLesson insert;
    insert.replace(insert.en, "{{nic.eth0.fifo_bytes}}", "{{nic.eth0.fifo_byte}}");
    EXPECT_EQ(problems(insert), "dir/en.md:5:1: expected \"fifo_bytes\", found \"fifo_byte\" in nic.eth0.fifo_byte\n");
    SmallLesson choice;
    choice.replace(choice.yaml, "when: 'nic.eth0.rx.rdh == 1'", "when: 'nic.eth0.rx.rdhh == 1'");
    EXPECT_NE(problems(choice).find("dir/lesson.yaml:24:28: expected \"rdh\", found \"rdhh\" in nic.eth0.rx.rdhh"),
              std::string::npos)
        << problems(choice);
    SmallLesson both;
    both.replace(both.yaml, "when: 'nic.eth0.rx.rdh == 0'", "when: 'nic.eth0.rx.rdh == 1'");
    EXPECT_NE(problems(both).find(
                  "dir/lesson.yaml:21:7: expected exactly one choice that is right, found 2 in the question \"who\""),
              std::string::npos);
    SmallLesson counted;
    counted.replace(counted.yaml, "answer: skb", "answer: entries(\"ip_rcv_cor\")");
    EXPECT_NE(
        problems(counted).find("expected a function of the model (did you mean ip_rcv_core?), found \"ip_rcv_cor\""),
        std::string::npos)
        << problems(counted);
    SmallLesson trap;
    trap.replace(trap.yaml, "value: \"1\"", "value: \"0\"");
    EXPECT_NE(
        problems(trap).find("dir/lesson.yaml:32:32: expected a value that is wrong, found one is the right answer"),
        std::string::npos)
        << problems(trap);
    SmallLesson focus;
    focus.replace(focus.yaml, "focus: [nic.eth0.fifo]", "focus: [nic.eth0.fofi]");
    EXPECT_EQ(problems(focus),
              "dir/lesson.yaml:17:5, focus: expected a name the state has at this moment, found \"nic.eth0.fofi\"\n");
}

TEST(Checker, AGoalMustBeOpenAtTheStartAndReachedByTheSolution) {
    SmallLesson open;
    open.replace(open.yaml, "goal: 'drops(\"NO_SOCKET\") == 1'", "goal: 'drops(\"NO_SOCKET\") == 0'");
    const std::string text = problems(open);
    EXPECT_NE(text.find("dir/lesson.yaml:39:11: expected a goal that is not reached at the start, found one that is"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("dir/lesson.yaml:39:11: expected a goal that the solution reaches, found one that it does not"),
              std::string::npos)
        << text;
}

TEST(Checker, AnExerciseOfTheLabIsPlayed) {
    const auto lab = [](const std::string& goal, const std::string& calls) {
        SmallLesson small;
        small.cut(small.yaml, "    goal: ", "    hints: 2");
        small.replace(small.yaml, "    hints: 2",
                      "    scenario: {cpus: 1}\n    lab: [alloc_skb: 256]\n    goal: '" + goal +
                          "'\n    lab_solution: " + calls + "\n    hints: 2");
        small.replace(small.en, "- port: Port\n", "");
        small.replace(small.zh, "- port: 端口\n", "");
        return problems(small);
    };
    EXPECT_EQ(lab("skb.len == 10", "[skb_put: 10]"), "");
    EXPECT_EQ(lab("skb.len == 0", "[skb_reserve: 10]"),
              "dir/lesson.yaml:41:11: expected a goal that is not reached at the start, found one that is\n");
    EXPECT_EQ(lab("skb.len == 10", "[skb_put: 11]"),
              "dir/lesson.yaml:41:11: expected a goal that the solution reaches, found one that it does not\n");
    EXPECT_EQ(lab("skb.len == 10", "[{skb_put: 10, on: x}]"),
              "dir/lesson.yaml:42:20: expected a living sk_buff, found \"x\"\n");
}

TEST(Checker, LengthsAreWarnings) {
    const Result<Lesson> lesson = SmallLesson().parse();
    std::size_t warnings = 0;
    for (const Problem& p : checkLesson(*lesson)) warnings += p.severity == Problem::Severity::warning;
    EXPECT_EQ(warnings, 6U) << "three short steps in two languages";
    EXPECT_EQ(textLength("**One** `two` {{a b}} three", "en"), 4U);
    EXPECT_EQ(textLength("一二 `ab` {{x}}。", "zh_CN"), 2U + 2 + 4 + 1);
}

TEST(Catalog, ListsLessonsInOrder) {
    const std::filesystem::path folder = catalogFolder(sourceDir());
    const Catalog catalog = readCatalog(folder);
    for (const Error& e : catalog.errors) ADD_FAILURE() << e.message();
    ASSERT_GE(catalog.lessons.size(), 2U);
    EXPECT_TRUE(std::is_sorted(catalog.lessons.begin(), catalog.lessons.end(),
                               [](const LessonInfo& a, const LessonInfo& b) { return a.order < b.order; }));
    const LessonInfo* first = catalog.find("wire-to-recvfrom");
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->order, 10);
    const LessonInfo* anatomy = catalog.find("skb-anatomy");
    ASSERT_NE(anatomy, nullptr);
    EXPECT_EQ(anatomy->order, 310);
    EXPECT_EQ(anatomy->title.at("en"), "Anatomy of an sk_buff");
    EXPECT_EQ(anatomy->title.at("zh_CN"), "解剖 sk_buff");
    EXPECT_EQ(anatomy->steps.at(0).title.at("en"), "Two objects, not one.");
    EXPECT_EQ(catalog.find("nothing"), nullptr);
}

TEST(Catalog, OpensByIdAndByPathAndNamesTheNearest) {
    const std::filesystem::path folder = catalogFolder(sourceDir());
    EXPECT_EQ(openLesson("skb-anatomy", folder)->id, "skb-anatomy");
    EXPECT_EQ(openLesson((folder / "310-skb-anatomy").string(), folder)->id, "skb-anatomy");
    EXPECT_EQ(openLesson((folder / "310-skb-anatomy" / "lesson.yaml").string(), folder)->id, "skb-anatomy");
    EXPECT_EQ(openLesson("skb-anatomie", folder).error().message(),
              "expected a lesson of the catalog, perhaps \"skb-anatomy\", found \"skb-anatomie\"");
    EXPECT_EQ(openLesson("zzz", folder).error().message(),
              "expected a lesson of the catalog (see `ringside list`), found \"zzz\"");
    EXPECT_EQ(openLesson("wire-to-recvfrom", folder, {{"nics.eth0.ring", "64"}})->scenario.scenario.nics[0].ring, 64);
}

TEST(Catalog, ABrokenLessonIsReportedAndTheOthersAreThere) {
    const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "ringside_catalog";
    std::filesystem::remove_all(folder);
    SmallLesson().write(folder / "007-small");
    SmallLesson broken;
    broken.replace(broken.yaml, "order: 7", "order: seven");
    broken.write(folder / "008-broken");
    const Catalog catalog = readCatalog(folder);
    ASSERT_EQ(catalog.lessons.size(), 1U);
    ASSERT_EQ(catalog.errors.size(), 1U);
    EXPECT_EQ(catalog.errors[0].message(), (folder / "008-broken" / "lesson.yaml").string() +
                                               ":2:8: expected a whole number from 0 to 9999, found \"seven\"");
    EXPECT_EQ(readCatalog(folder / "none").errors.size(), 1U);
    const CheckReport report = checkPath(folder);
    EXPECT_EQ(report.lessons, 2U);
    EXPECT_FALSE(report.ok());
    EXPECT_TRUE(checkPath(folder / "007-small").ok());
    std::filesystem::remove_all(folder);
    EXPECT_EQ(checkPath(folder).problems.at(0).error.message(),
              folder.string() + ": expected a lesson, a scenario or a folder of them, found no such file");
}

TEST(Catalog, AnIdIsFoundASecondTimeWhereverItStands) {
    const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "ringside_twice";
    std::filesystem::remove_all(folder);
    SmallLesson().write(folder / "007-small");
    SmallLesson between;
    between.replace(between.yaml, "id: small", "id: between");
    between.replace(between.yaml, "order: 7", "order: 8");
    between.write(folder / "008-between");
    SmallLesson again;
    again.replace(again.yaml, "order: 7", "order: 9");
    again.write(folder / "009-again");
    const Catalog catalog = readCatalog(folder);
    ASSERT_EQ(catalog.errors.size(), 1U);
    EXPECT_EQ(catalog.errors[0].message(),
              (folder / "009-again").string() + ": expected an id of its own, found \"small\" a second time");
    std::string errors;
    for (const Problem& problem : checkPath(folder).problems) {
        if (problem.severity == Problem::Severity::error) errors += problem.error.message();
    }
    EXPECT_EQ(errors, (folder / "009-again" / "lesson.yaml").string() +
                          ": expected an id of its own, found \"small\" a second time");
    std::filesystem::remove_all(folder);
}

/// The text of the first block of this kind in lessons/README.md.
std::string exampleOf(const std::string& kind) {
    std::ifstream in(sourceDir() + "/lessons/README.md");
    std::stringstream all;
    all << in.rdbuf();
    const std::string text = all.str(), opening = "```" + kind + "\n";
    const std::size_t begin = text.find(opening) + opening.size();
    return text.substr(begin, text.find("```", begin) - begin);
}

TEST(Readme, ItsExampleIsALesson) {
    const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "ringside_readme";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "lesson.yaml") << exampleOf("yaml");
    for (const char* text : {"en.md", "zh_CN.md"}) std::ofstream(folder / text) << exampleOf("markdown");
    std::filesystem::copy_file(sourceDir() + "/tests/scenarios/udp_rx.yaml", folder / "scenario.yaml");
    for (const Problem& problem : checkPath(folder).problems)
        EXPECT_EQ(problem.severity, Problem::Severity::warning) << problem.error.message();
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ringside
