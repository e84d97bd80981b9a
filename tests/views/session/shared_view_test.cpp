// Views that share one view state: what one asks for, the others show.

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

#include "tests/support/paths.h"
#include "views/events/event_list.h"
#include "views/session/session.h"
#include "views/timeline/timeline_panel.h"

namespace ringside {
namespace {

class SharedViewTest : public ::testing::Test {
  protected:
    void SetUp() override {
        session.opening.openNamed(QString::fromStdString(sourceDir() + "/tests/scenarios/drop_rcvbuf.yaml"));
        ASSERT_TRUE(QTest::qWaitFor(
            [this] { return !session.opening.busy() && session.run.ended() && !session.explorer.running(); }, 20000));
    }
    Session session{sourceDir()};
};

TEST_F(SharedViewTest, ThePanelsFilterIsTheSharedOne) {
    EventList first(session.run, session.texts, session.view, session.travel);
    const int all = first.model().rowCount();
    first.filter().setText("drop");
    EXPECT_EQ(session.view.now().filter, "drop");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !first.model().searching(); }, 5000));
    EXPECT_GT(first.model().rowCount(), 0);
    EXPECT_LT(first.model().rowCount(), all);
    EventList second(session.run, session.texts, session.view, session.travel);
    EXPECT_EQ(second.filter().text(), "drop") << "made later, shows the same";
    session.view.setFilter({});
    EXPECT_EQ(first.filter().text(), QString());
    EXPECT_EQ(first.model().rowCount(), all);
}

TEST_F(SharedViewTest, TheTimelineShowsTheSharedRangeAndTheMouseGoesBack) {
    TimelinePanel panel(session.run, session.view, session.travel, session.explorer);
    panel.resize(900, 200);
    panel.show();
    TimelineView& lanes = panel.view();
    const double whole = lanes.data().to;
    const auto turn = [&lanes] {
        const QPointF at(500, 60);
        QWheelEvent wheel(at, lanes.mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&lanes, &wheel);
    };
    turn();
    turn();
    ASSERT_TRUE(session.view.now().zoom);
    EXPECT_EQ(session.view.now().zoom->to, lanes.data().to);
    EXPECT_LT(lanes.data().to - lanes.data().from, whole);
    QTest::mouseClick(&lanes, Qt::BackButton);
    EXPECT_FALSE(session.view.now().zoom) << "one turning of the wheel is one step";
    EXPECT_EQ(lanes.data().to, whole);
    QTest::mouseClick(&lanes, Qt::ForwardButton);
    EXPECT_TRUE(session.view.now().zoom);
    session.view.setAxis(TimelineAxis::time);
    EXPECT_EQ(lanes.data().axis, TimelineAxis::time);
    EXPECT_EQ(lanes.data().to, static_cast<double>(session.run.samples().samples.back().time));
}

TEST_F(SharedViewTest, AJumpToAnotherPacketsEventShowsThatPacket) {
    session.travel.goToPacket(2);
    EXPECT_EQ(session.view.packet(), 2U);
    EXPECT_EQ(session.run.event()->packet, 2U);
    EventFilter other;
    other.packet = 5;
    const Found found = session.run.find(other, Direction::forward, 0);
    ASSERT_TRUE(found);
    session.travel.seek(found.position);
    EXPECT_EQ(session.view.packet(), 5U) << "the picture is of the event that was gone to";
}

TEST_F(SharedViewTest, AJumpToAWakeUpShowsThePacketThatWoke) {
    session.opening.openNamed("wire-to-recvfrom#wake");
    ASSERT_TRUE(QTest::qWaitFor([this] { return session.run.player() && session.run.position() > 200; }, 20000));
    EXPECT_EQ(session.run.event()->packet, 0U) << "the wake-up is about a task";
    EXPECT_EQ(session.view.packet(), 1U);
}

TEST_F(SharedViewTest, AJumpToBeforeAnyPacketShowsNone) {
    session.travel.seek(2);
    EXPECT_EQ(session.view.packet(), 0U);
}

TEST_F(SharedViewTest, WhatIsLookedAtEndsWithTheRun) {
    session.view.follow(2, true);
    session.view.zoom(AxisRange{1, 9});
    session.opening.openNamed("wire-to-recvfrom");
    ASSERT_TRUE(QTest::qWaitFor([this] { return session.run.player() != nullptr; }, 20000));
    EXPECT_EQ(session.view.now().followed, Followed{});
    EXPECT_FALSE(session.view.now().zoom);
    EXPECT_EQ(session.view.now().step_by, StepBy::lesson);
}

}  // namespace
}  // namespace ringside
