// What is sampled of a run: named series and one lane a CPU, thinned together, taken again when others are asked for.

#include "views/session/run_samples.h"

#include <gtest/gtest.h>

#include <QTest>
#include <array>
#include <cmath>

#include "lessons/catalog.h"
#include "tests/support/machine.h"
#include "tests/support/paths.h"
#include "views/session/series_table.h"
#include "views/session/session.h"
#include "views/timeline/timeline_data.h"

namespace ringside {
namespace {

class RunSamplesTest : public ::testing::Test {
  protected:
    void open(const char* scenario) {
        session.opening.openNamed(QString::fromStdString(sourceDir() + "/tests/scenarios/" + scenario));
        ASSERT_TRUE(QTest::qWaitFor([this] { return !session.opening.busy() && known(); }, 20000));
    }
    bool known() { return session.run.ended() && !session.explorer.running(); }
    /// Every value of a series against the state at its place.
    void expectTrue(const std::string& expression) {
        const RunSamples& run = session.run.samples();
        const Series* series = run.find(expression);
        ASSERT_NE(series, nullptr) << expression;
        ASSERT_EQ(series->values.size(), run.samples.size());
        const Expression parsed = *Expression::parse(expression);
        for (std::size_t i = 0; i < run.samples.size(); ++i) {
            session.travel.seek(run.samples[i].position);
            const Event event = session.run.event().value_or(Event{});
            const Result<double> value = parsed.evaluate({session.run.world(), session.run.inputs(), event});
            ASSERT_EQ(value.ok(), !std::isnan(series->values[i])) << expression << " at " << run.samples[i].position;
            if (value.ok()) {
                ASSERT_EQ(*value, series->values[i]) << expression << " at " << run.samples[i].position;
            }
        }
    }
    Session session{sourceDir()};
};

/// Every bar of every CPU's lane against the event it stands for.
TEST_F(RunSamplesTest, TheLanesOfEveryLessonAreWhatItsEventsSay) {
    const Catalog catalog = readCatalog(sourceDir() + "/lessons/catalog");
    ASSERT_FALSE(catalog.lessons.empty());
    for (const LessonInfo& lesson : catalog.lessons) {
        session.opening.openNamed(QString::fromStdString(lesson.id));
        ASSERT_TRUE(QTest::qWaitFor([this] { return !session.opening.busy() && known(); }, 20000)) << lesson.id;
        const RunSamples& run = session.run.samples();
        ASSERT_EQ(run.stride, 1U) << lesson.id;
        TimelineData data;
        data.fit(run);
        data.left = 0;
        data.width = 4 * data.to;
        std::vector<std::vector<LaneBar>> bars;
        for (std::size_t lane = 0; lane < run.lanes.size(); ++lane)
            bars.push_back(data.bars(run, lane, run.last() + 1));
        for (Position position = 1; position < run.last(); ++position) {
            const std::optional<Event> event = session.run.timeline().event(position);
            ASSERT_TRUE(event) << lesson.id << ", event " << position;
            if (event->kind == EventKind::hardware) continue;
            for (const LaneBar& bar : bars[event->cpu]) {
                const double middle = 4 * static_cast<double>(position) + 2;
                if (middle < bar.x0 || middle > bar.x1) continue;
                ASSERT_EQ(bar.context, event->context) << lesson.id << ", event " << position;
            }
        }
    }
}

/// A long run at a coarse stride: a CPU that is idle for most of every stretch still shows what it worked.
TEST(TimelineLanes, WorkNeverVanishesAtAnyZoom) {
    RunSamples run;
    run.stride = 1024;
    run.lanes.resize(2);
    constexpr std::size_t kSamples = 4096;
    std::array<Time, 5> busy{}, still{};
    const auto in = [](std::array<Time, 5>& spent, Context c, Time by) { spent[static_cast<std::size_t>(c)] += by; };
    for (std::size_t i = 0; i < kSamples; ++i) {
        run.samples.push_back({i * run.stride, static_cast<Time>(i) * 1000});
        run.lanes[0].push_back({Context::idle, {}, 0, busy});
        run.lanes[1].push_back({Context::idle, {}, 0, still});
        in(busy, Context::idle, 900);
        in(busy, Context::softirq, i % 2 == 0 ? 70 : 60);
        in(busy, Context::hardirq, i % 2 == 0 ? 30 : 40);
        in(still, Context::idle, 1000);
    }
    for (const TimelineAxis axis : {TimelineAxis::events, TimelineAxis::time}) {
        TimelineData data;
        data.axis = axis;
        data.left = 0;
        data.width = 800;
        data.fit(run);
        for (int zoom = 0; zoom < 12; ++zoom) {
            const auto worked = data.bars(run, 0, run.last()), idle = data.bars(run, 1, run.last());
            ASSERT_FALSE(worked.empty());
            for (std::size_t i = 0; i + 1 < worked.size(); ++i) {
                EXPECT_EQ(worked[i].context, Context::softirq) << "zoom " << zoom;
                EXPECT_DOUBLE_EQ(worked[i].share, 0.125) << "zoom " << zoom;
            }
            for (const LaneBar& bar : idle) {
                EXPECT_EQ(bar.context, Context::idle) << "zoom " << zoom;
                EXPECT_EQ(bar.share, 1);
            }
            data.zoom(run, 0.5, 400);
        }
    }
}

TEST_F(RunSamplesTest, EverySeriesOfTheTableIsWhatTheStateHas) {
    open("drop_rcvbuf.yaml");
    const std::vector<std::string> all = seriesExpressions(session.run.world(), {});
    EXPECT_EQ(session.run.samples().expressions(), all);
    for (const std::string& expression : all) expectTrue(expression);
    const Series* dropped = session.run.samples().find("fate.dropped");
    EXPECT_GT(dropped->values.back(), 0);
    EXPECT_EQ(dropped->values.back(), static_cast<double>(session.run.samples().drops.size()));
    EXPECT_EQ(session.run.samples().find("no.such"), nullptr);
}

TEST_F(RunSamplesTest, AnOwnSeriesIsSampledFromTheBeginningAndStaysWithTheNextRun) {
    open("udp_rx.yaml");
    const std::size_t samples = session.run.samples().samples.size();
    // a name that exists in a part of the run only, one of the event, one that cannot be read
    session.view.setSeries({"skb.len", "event.cpu + 1", "nothing.of.the.kind", "1 +"});
    ASSERT_TRUE(QTest::qWaitFor([this] { return known() && session.run.samples().find("1 +"); }, 20000));
    EXPECT_EQ(session.run.samples().samples.size(), samples);
    expectTrue("skb.len");
    expectTrue("event.cpu + 1");
    for (const char* bad : {"nothing.of.the.kind", "1 +"})
        for (const double value : session.run.samples().find(bad)->values) EXPECT_TRUE(std::isnan(value)) << bad;
    open("drop_rcvbuf.yaml");
    ASSERT_TRUE(QTest::qWaitFor([this] { return known() && session.run.samples().find("skb.len"); }, 20000));
    expectTrue("skb.len");
    session.view.setSeries({});
    ASSERT_TRUE(QTest::qWaitFor([this] { return known() && !session.run.samples().find("skb.len"); }, 20000));
}

TEST_F(RunSamplesTest, AnActOfTheLearnerIsPartOfWhatIsSampledAgain) {
    open("udp_rx.yaml");
    session.travel.seek(session.run.explored() / 2);
    const Position here = session.run.position();
    Intervention act = SetSysctl{"net.core.netdev_budget", 7};
    ASSERT_TRUE(session.acting.intervene(act));
    ASSERT_TRUE(QTest::qWaitFor([this] { return known(); }, 20000));
    session.view.setSeries({"sysctl.net.core.netdev_budget"});
    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return known() && session.run.samples().find("sysctl.net.core.netdev_budget"); }, 20000));
    const RunSamples& run = session.run.samples();
    const Series* budget = run.find("sysctl.net.core.netdev_budget");
    EXPECT_EQ(run.last(), session.run.explored());
    for (std::size_t i = 0; i < run.samples.size(); ++i) {
        if (run.samples[i].position == here) continue;  // before or after the act
        EXPECT_EQ(budget->values[i], run.samples[i].position < here ? 300 : 7) << run.samples[i].position;
    }
}

TEST(SampleRecorder, ThinsSeriesAndLanesTogetherWithTheirMoments) {
    test::Machine m;
    m.start();
    World world = m.world;
    SampleRecorder recorder({"position", "position * 2"});
    for (Position p = 0; p <= 20'000; p += recorder.stride()) {
        world.position = p;
        world.now = static_cast<Time>(p) * 3;
        recorder.record(world, *m.inputs, {});
    }
    const RunSamples& run = recorder.samples();
    EXPECT_EQ(run.stride, 4U);
    EXPECT_LE(run.samples.size(), kMaxSamples);
    EXPECT_GT(run.samples.size(), kMaxSamples / 2);
    ASSERT_EQ(run.lanes.size(), world.machine().cpus.size());
    for (const Lane& lane : run.lanes) EXPECT_EQ(lane.size(), run.samples.size());
    for (std::size_t i = 0; i < run.samples.size(); ++i) {
        ASSERT_EQ(run.series[0].values[i], static_cast<double>(run.samples[i].position));
        ASSERT_EQ(run.series[1].values[i], 2.0 * static_cast<double>(run.samples[i].position));
    }
    RunSamples cut = run;
    const Position middle = run.samples[100].position;
    cut.cutAfter(middle + 1);
    EXPECT_EQ(cut.last(), middle);
    EXPECT_EQ(cut.series[1].values.size(), 101U);
    EXPECT_EQ(cut.lanes[0].size(), 101U);
    // another recorder goes on from there
    SampleRecorder next(cut, world);
    world.position = middle + 50;
    next.record(world, *m.inputs, {});
    EXPECT_EQ(next.samples().series[1].values.back(), 2.0 * static_cast<double>(middle + 50));
}

TEST(SampleRecorder, EveryCpuHasALaneAndManyHaveFewerSamples) {
    test::Machine m;
    m.scenario.cpus = 64;
    m.start();
    World world = m.world;
    SampleRecorder recorder(std::vector<std::string>{});
    for (Position p = 0; p < 3000; p += recorder.stride()) {
        world.position = p;
        recorder.record(world, *m.inputs, {});
    }
    EXPECT_EQ(recorder.samples().lanes.size(), 64U);
    EXPECT_LE(recorder.samples().samples.size() * 64, kMaxLaneSamples);
    EXPECT_GT(recorder.samples().samples.size() * 64, kMaxLaneSamples / 4);
}

TEST(SeriesTable, EveryCardHasItsOwnLineWithItsLimit) {
    test::Machine m;
    m.start();
    World world = m.world;
    EXPECT_EQ(seriesLooks(world, {})[0].of, "") << "one card needs no name";
    world.machine().nics.push_back(world.machine().nics[0]);
    world.machine().nics[1].write().name = "eth1";
    const std::vector<SeriesLook> looks = seriesLooks(world, {"2 + 2"});
    ASSERT_GE(looks.size(), 5U);
    EXPECT_EQ(looks[0].expression, "nic[0].rx.used");
    EXPECT_EQ(looks[1].expression, "nic[0].rx.count");
    EXPECT_EQ(looks[2].expression, "nic[1].rx.used");
    EXPECT_EQ(looks[3].expression, "nic[1].rx.count");
    EXPECT_EQ(looks[2].of, "eth1");
    EXPECT_NE(looks[0].style, looks[2].style) << "told apart without colour";
    EXPECT_EQ(looks[0].chart, looks[3].chart);
    EXPECT_EQ(looks.back().expression, "2 + 2");
    for (const SeriesLook& look : looks) EXPECT_TRUE(Expression::parse(look.expression).ok()) << look.expression;
}

}  // namespace
}  // namespace ringside
