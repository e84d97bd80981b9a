// What views share of "what am I looking at": one signal that tells what changed, and the way back. No widget, no run.

#include "views/session/view_state.h"

#include <gtest/gtest.h>

#include <vector>

namespace ringside {
namespace {

class ViewStateTest : public ::testing::Test {
  protected:
    ViewStateTest() {
        QObject::connect(&view, &ViewState::changed, &view, [this](ViewParts parts) { told.push_back(parts); });
    }
    ViewState view;
    std::vector<ViewParts> told;
};

TEST_F(ViewStateTest, TellsOnceWhatIsDifferentAndNothingElse) {
    view.select({Selection::Kind::task, 3});
    view.select({Selection::Kind::task, 3});
    ASSERT_EQ(told.size(), 1U) << "the same again is no change";
    EXPECT_EQ(told[0], ViewParts(ViewPart::selection));
    View next = view.now();
    next.followed = {7, true};
    next.axis = TimelineAxis::time;
    next.speed = 5;
    view.set(next);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1], ViewParts(ViewPart::followed) | ViewPart::range | ViewPart::pace);
}

TEST_F(ViewStateTest, EveryPartIsToldApart) {
    const View before;
    const auto differs = [&](auto change) {
        View after;
        change(after);
        return changesOf(before, after);
    };
    EXPECT_EQ(changesOf(before, before), ViewParts());
    EXPECT_EQ(differs([](View& v) { v.selection.id = 1; }), ViewParts(ViewPart::selection));
    EXPECT_EQ(differs([](View& v) { v.followed.packet = 1; }), ViewParts(ViewPart::followed));
    EXPECT_EQ(differs([](View& v) { v.followed.pinned = true; }), ViewParts(ViewPart::followed));
    EXPECT_EQ(differs([](View& v) { v.axis = TimelineAxis::time; }), ViewParts(ViewPart::range));
    EXPECT_EQ(differs([](View& v) { v.zoom = AxisRange{}; }), ViewParts(ViewPart::range));
    EXPECT_EQ(differs([](View& v) { v.filter = "drop"; }), ViewParts(ViewPart::filter));
    EXPECT_EQ(differs([](View& v) { v.step_by = StepBy::packet; }), ViewParts(ViewPart::pace));
    EXPECT_EQ(differs([](View& v) { v.speed = 0; }), ViewParts(ViewPart::pace));
    EXPECT_EQ(differs([](View& v) { v.series = {"1"}; }), ViewParts(ViewPart::series));
}

TEST_F(ViewStateTest, SpeedStaysOnTheSlider) {
    view.setSpeed(-1);
    EXPECT_EQ(view.now().speed, 0);
    view.setSpeed(kSpeedStops);
    EXPECT_EQ(view.now().speed, kSpeedStops - 1);
}

TEST_F(ViewStateTest, AJumpElsewhereLetsAFollowedPacketGoUnlessItIsPinned) {
    view.arrived(2, false);
    EXPECT_EQ(view.packet(), 2U) << "nothing followed: the packet of the event";
    view.arrived(0, false);
    EXPECT_EQ(view.packet(), 2U) << "an event about none leaves it";
    view.follow(7);
    view.arrived(3, false);
    EXPECT_EQ(view.packet(), 7U) << "a step goes on following";
    view.arrived(0, true);
    view.arrived(7, true);
    EXPECT_EQ(view.packet(), 7U) << "a jump to its own event, or to one about no packet";
    view.arrived(3, true);
    EXPECT_EQ(view.packet(), 3U);
    view.follow(7, true);
    view.arrived(3, true);
    EXPECT_EQ(view.packet(), 7U) << "pinned";
    view.follow(0, true);
    EXPECT_EQ(view.now().followed, Followed{}) << "nothing cannot be pinned";
}

TEST_F(ViewStateTest, ZoomsAreAStackWithAWayBackAndForward) {
    view.zoom(AxisRange{10, 90});
    view.zoom(AxisRange{20, 50});
    view.zoom(AxisRange{22, 48}, true);
    view.zoom(AxisRange{24, 46}, true);
    view.goBack();
    EXPECT_EQ(view.now().zoom, (AxisRange{10, 90})) << "a gesture is one step";
    view.goBack();
    EXPECT_FALSE(view.now().zoom);
    EXPECT_FALSE(view.canGoBack());
    view.goBack();
    EXPECT_FALSE(view.now().zoom) << "nothing before the first";
    view.goForward();
    view.goForward();
    EXPECT_EQ(view.now().zoom, (AxisRange{24, 46}));
    EXPECT_FALSE(view.canGoForward());
    view.goBack();
    view.zoom(AxisRange{1, 2});
    EXPECT_FALSE(view.canGoForward()) << "another way was taken";
}

TEST_F(ViewStateTest, TheWayBackRestoresPlacesButNoSettings) {
    view.follow(4);
    view.select({Selection::Kind::cpu, 1});
    view.setSpeed(6);
    view.setStepBy(StepBy::stage);
    view.goBack();
    EXPECT_EQ(view.now().selection, Selection{});
    EXPECT_EQ(view.now().followed.packet, 4U);
    EXPECT_EQ(view.now().speed, 6);
    view.goBack();
    EXPECT_EQ(view.now().followed.packet, 0U);
    EXPECT_EQ(view.now().step_by, StepBy::stage);
    EXPECT_FALSE(view.canGoBack()) << "a setting is no place";
}

TEST_F(ViewStateTest, AnotherAxisBeginsWithAllOfIt) {
    view.zoom(AxisRange{10, 20});
    view.setAxis(TimelineAxis::time);
    EXPECT_FALSE(view.now().zoom);
    view.goBack();
    EXPECT_EQ(view.now().axis, TimelineAxis::events);
    EXPECT_EQ(view.now().zoom, (AxisRange{10, 20}));
}

TEST_F(ViewStateTest, AnotherRunForgetsWhatSpeaksOfTheOldOne) {
    view.follow(4, true);
    view.arrived(9, false);
    view.zoom(AxisRange{10, 20});
    view.setSpeed(6);
    view.setFilter("drop");
    view.setSeries({"cpu[0].softirq_pending"});
    view.beginRun(StepBy::lesson);
    View expected;
    expected.step_by = StepBy::lesson;
    expected.speed = 6;
    expected.filter = "drop";
    expected.series = {"cpu[0].softirq_pending"};
    EXPECT_EQ(view.now(), expected);
    EXPECT_EQ(view.packet(), 0U);
    EXPECT_FALSE(view.canGoBack());
}

TEST_F(ViewStateTest, TheHistoryHasALimitAndForgetsTheOldest) {
    for (int i = 1; i <= 150; ++i) view.zoom(AxisRange{0, static_cast<double>(i)});
    int steps = 0;
    for (; view.canGoBack(); ++steps) view.goBack();
    EXPECT_EQ(steps, 100);
    EXPECT_EQ(view.now().zoom, (AxisRange{0, 50}));
}

}  // namespace
}  // namespace ringside
