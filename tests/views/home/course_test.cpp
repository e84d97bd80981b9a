// The course as a value: parts, marks, where the learner is.
#include "views/home/course.h"

#include <gtest/gtest.h>

#include "tests/support/paths.h"
#include "views/home/held_file.h"

namespace ringside {
namespace {

LessonInfo lesson(const char* id, int order, const char* part, std::vector<std::string> steps) {
    LessonInfo info;
    info.id = id;
    info.order = order;
    info.part = part;
    info.title = {{"en", std::string("Title of ") + id}, {"zh_CN", std::string("题目 ") + id}};
    for (const std::string& step : steps) info.steps.push_back({step, {{"en", "Step " + step}}});
    return info;
}

Catalog catalog() {
    return {{lesson("a", 10, "orientation", {"one", "two", "three"}), lesson("b", 310, "sk-buff", {"one", "two"}),
             lesson("c", 20, "orientation", {"one"}), lesson("d", 900, "of-our-own", {"one"})},
            {}};
}

TEST(Course, PartsStandAsTheirFirstLessonsDo) {
    const Course course = courseOf(catalog(), {}, "en");
    ASSERT_EQ(course.parts.size(), 3U);
    EXPECT_EQ(course.parts[0].name, "Orientation");
    EXPECT_EQ(course.parts[0].lessons.size(), 2U);
    EXPECT_EQ(course.parts[1].name, "sk_buff");
    EXPECT_EQ(course.parts[2].name, "Of our own") << "a part that has no name here is called as it is";
    EXPECT_EQ(course.count(), 4);
    EXPECT_EQ(course.done(), 0);
    EXPECT_EQ(course.here(), nullptr);
    ASSERT_NE(course.first(), nullptr);
    EXPECT_EQ(course.first()->title, "Title of a");
    EXPECT_EQ(courseOf(catalog(), {}, "zh_CN").first()->title, QStringLiteral("题目 a"));
    EXPECT_EQ(courseOf({}, {}, "en").first(), nullptr);
}

TEST(HeldFile, IsKnownByItsFirstBytes) {
    const QString root = QString::fromStdString(sourceDir());
    for (const char* file : {"/assets/samples/dns-lookup.pcap", "/assets/samples/burst-with-losses.pcapng",
                             "/tests/scenarios/udp_rx.yaml", "/lessons/catalog/310-skb-anatomy"})
        EXPECT_TRUE(seemsOpenable(root + QLatin1String(file))) << file;
    for (const char* file : {"/README.md", "/lessons/catalog", "/nothing-there", "/assets/icons/ringside.svg"})
        EXPECT_FALSE(seemsOpenable(root + QLatin1String(file))) << file;
}

TEST(Course, MarksTellWhatWasDoneAndWhereOneIs) {
    Progress progress;
    progress.lessons["a"] = {"two", {}, {}, false};
    progress.lessons["b"] = {"one", {}, {}, false};
    progress.lessons["c"] = {"one", {}, {}, true};
    progress.last = "a";
    Course course = courseOf(catalog(), progress, "en");
    EXPECT_EQ(course.parts[0].lessons[0].mark, LessonMark::here);
    EXPECT_EQ(course.parts[0].lessons[0].step, 2);
    EXPECT_EQ(course.parts[0].lessons[0].stepTitle, "Step two");
    EXPECT_EQ(course.parts[1].lessons[0].mark, LessonMark::begun);
    EXPECT_EQ(course.parts[0].lessons[1].mark, LessonMark::done);
    EXPECT_EQ(course.parts[2].lessons[0].mark, LessonMark::to_come);
    ASSERT_NE(course.here(), nullptr);
    EXPECT_EQ(course.here()->id, "a");
    EXPECT_EQ(course.done(), 1);
    EXPECT_EQ(course.parts[0].done(), 1);

    // done, and left at its end: nothing to go on with
    progress.lessons["a"] = {"three", {}, {}, true};
    course = courseOf(catalog(), progress, "en");
    EXPECT_EQ(course.here(), nullptr);
    EXPECT_EQ(course.parts[0].lessons[0].mark, LessonMark::done);
    // once more, and on the way
    progress.lessons["a"] = {"two", {}, {}, true};
    EXPECT_EQ(courseOf(catalog(), progress, "en").here()->id, "a");
    // a step that the lesson no longer has
    progress.lessons["a"] = {"gone", {}, {}, false};
    course = courseOf(catalog(), progress, "en");
    EXPECT_EQ(course.here(), nullptr);
    EXPECT_EQ(course.parts[0].lessons[0].mark, LessonMark::to_come);
}

}  // namespace
}  // namespace ringside
