// The charts draw what the run did, thinned without losing a peak; a click goes there.

#include <gtest/gtest.h>

#include <QLayout>
#include <QLegendMarker>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>

#include "tests/support/paths.h"
#include "tests/support/qt/wait.h"
#include "views/charts/charts_panel.h"
#include "views/session/format.h"
#include "views/session/session.h"

namespace ringside {
namespace {

TEST(Charts, ThinningKeepsPeaksEndsAndOrder) {
    std::vector<QPointF> points;
    for (int i = 0; i < 100000; ++i) points.emplace_back(i, i == 54321 ? 1000.0 : i == 777 ? -5.0 : 1.0);
    const std::vector<QPointF> few = thinned(points, 2000);
    EXPECT_LE(few.size(), 2000U);
    EXPECT_EQ(few.front(), points.front());
    EXPECT_EQ(few.back(), points.back());
    EXPECT_NE(std::find(few.begin(), few.end(), points[54321]), few.end());
    EXPECT_NE(std::find(few.begin(), few.end(), points[777]), few.end());
    for (std::size_t i = 1; i < few.size(); ++i) ASSERT_LT(few[i - 1].x(), few[i].x());
    EXPECT_EQ(thinned(few, 2000), few);
}

TEST(Charts, ARunIsDrawnAndAClickSeeks) {
    Session session{sourceDir()};
    ChartsPanel panel(session.run, session.texts, session.view, session.travel);
    panel.setTheme(makeTheme(ThemeKind::light));
    panel.resize(1000, 700);
    panel.show();
    session.opening.openNamed(QString::fromStdString(sourceDir() + "/tests/scenarios/drop_rcvbuf.yaml"));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            return !session.opening.busy() && session.run.hasRun() && session.run.ended() &&
                   !session.explorer.running();
        },
        20000));
    test::settle();
    for (ChartRow* row : panel.rows()) EXPECT_GT(row->pointCount(0), 1);
    for (ChartRow* row : panel.rows()) {  // one time axis for all
        EXPECT_NEAR(row->chart()->plotArea().left(), panel.rows()[0]->chart()->plotArea().left(), 3);
        EXPECT_NEAR(row->chart()->plotArea().right(), panel.rows()[0]->chart()->plotArea().right(), 3);
        EXPECT_GT(row->chart()->plotArea().width(), 500);
    }
    EXPECT_EQ(session.run.position(), 0U);
    ChartRow* row = panel.rows()[2];
    const QRectF plot = row->chart()->plotArea();
    QTest::mouseClick(row->viewport(), Qt::LeftButton, {},
                      row->mapFromScene(QPointF(plot.center().x(), plot.center().y())));
    EXPECT_GT(session.run.position(), 0U);
    // the last thing that had happened by the middle of what is shown
    const RunSamples& series = session.run.samples();
    const double middle = (row->span().begin + row->span().end) / 2 * unitOf(series.samples.back().time).nanoseconds;
    EXPECT_EQ(session.run.position(), series.samples[series.indexAtTime(static_cast<Time>(middle))].position);
    EXPECT_GT(row->playhead(), 0);
}

TEST(Charts, GapsAreNotBridged) {
    ChartRow row;
    ChartLine line{"x", Role::ink, Qt::SolidLine, {{0, 1}, {1, 1}, {2, NAN}, {3, NAN}, {4, 5}, {5, 5}}, true};
    row.setData("a < b", "ms", {0, 5}, {line, {"none", Role::ink, Qt::SolidLine, {{0, NAN}}, true}});
    EXPECT_EQ(row.lineCount(), 2);
    EXPECT_EQ(row.pointCount(0), 4);
    EXPECT_EQ(row.pointCount(1), 0);
    EXPECT_EQ(row.chart()->series().size(), 3) << "two pieces, and a line without values";
    int named = 0;
    for (QLegendMarker* marker : row.chart()->legend()->markers()) named += marker->isVisible();
    EXPECT_EQ(named, 2) << "a name a line";
    EXPECT_EQ(row.chart()->title(), "a &lt; b");
}

TEST(Charts, AStepIsRoundAndThereAreFewOfThem) {
    EXPECT_DOUBLE_EQ(roundStep(30, 6), 5);
    EXPECT_DOUBLE_EQ(roundStep(30.1, 6), 10);
    EXPECT_DOUBLE_EQ(roundStep(0.0031, 6), 0.001);
    EXPECT_DOUBLE_EQ(roundStep(17, 3), 10);
    EXPECT_DOUBLE_EQ(roundStep(212992, 3), 100000);
    EXPECT_DOUBLE_EQ(roundStep(0, 3), 1);
}

TEST(Charts, TheAxisIsWhereSomethingMoves) {
    const ChartLine still{"still", Role::ink, Qt::SolidLine, {{0, 2}, {20, 2}}, true};
    EXPECT_EQ(movingSpan({still}, 20), (TimeSpan{0, 20}));
    const ChartLine early{"early", Role::ink, Qt::SolidLine, {{0, 0}, {1, 1}, {2, 0}, {20, 0}}, true};
    const TimeSpan span = movingSpan({still, early}, 20);
    EXPECT_GT(span.begin, 0.5);
    EXPECT_LT(span.begin, 1);
    EXPECT_GT(span.end, 2);
    EXPECT_LT(span.end, 2.5);
    EXPECT_EQ(movingSpan({{"gap", Role::ink, Qt::SolidLine, {{0, NAN}, {9, NAN}}, true}}, 20), (TimeSpan{0, 20}));
}

TEST(Charts, TicksStandAtRoundNumbersAndAnEmptyChartSaysWhy) {
    ChartRow row;
    const auto axis = [&row](Qt::Orientation of) { return qobject_cast<QValueAxis*>(row.chart()->axes(of).front()); };
    row.setData("x", "s", {0, 30}, {{"x", Role::ink, Qt::SolidLine, {{0, 0}, {30, 17}}, true}});
    EXPECT_DOUBLE_EQ(axis(Qt::Horizontal)->tickInterval(), 5);
    EXPECT_DOUBLE_EQ(axis(Qt::Vertical)->tickInterval(), 10);
    EXPECT_DOUBLE_EQ(axis(Qt::Vertical)->max(), 20);
    EXPECT_EQ(row.emptyBecause(), "");
    EXPECT_EQ(row.valuesAt(29).join(";"), "x 0");
    EXPECT_EQ(row.valuesAt(30).join(";"), "x 17");
    row.setData("x", "s", {0, 30}, {{"x", Role::ink, Qt::SolidLine, {{0, 0}, {30, 0}}, true}});
    EXPECT_TRUE(row.emptyBecause().startsWith("0 ")) << row.emptyBecause().toStdString();
    row.setData("x", "s", {0, 30}, {{"x", Role::ink, Qt::SolidLine, {{0, NAN}}, true}});
    EXPECT_TRUE(row.emptyBecause().startsWith("No value")) << row.emptyBecause().toStdString();
}

TEST(Charts, TheWheelZoomsRoundThePointer) {
    ChartRow row;
    row.resize(800, 200);
    row.show();
    row.setData("x", "s", {0, 10}, {{"x", Role::ink, Qt::SolidLine, {{0, 0}, {10, 17}}, true}});
    test::settle();
    TimeSpan asked{0, 0};
    QObject::connect(&row, &ChartRow::zoomed, [&](TimeSpan span) { asked = span; });
    const QPointF at = row.mapFromScene(row.chart()->plotArea().center());
    QWheelEvent wheel(at, row.viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(row.viewport(), &wheel);
    EXPECT_NEAR(asked.begin, 1, 0.1);
    EXPECT_NEAR(asked.end, 9, 0.1);
}

class OwnSeriesTest : public ::testing::Test {
  protected:
    void SetUp() override {
        panel.setTheme(makeTheme(ThemeKind::light));
        panel.resize(1000, 900);
        panel.show();
        session.opening.openNamed(QString::fromStdString(sourceDir() + "/tests/scenarios/drop_rcvbuf.yaml"));
        ASSERT_TRUE(QTest::qWaitFor([this] { return !session.opening.busy() && known(); }, 20000));
    }
    bool known() { return session.run.ended() && !session.explorer.running(); }
    void type(const char* expression) {
        auto* edit = panel.findChild<QLineEdit*>("series-expression");
        edit->setText(QString::fromLatin1(expression));
        QTest::keyClick(edit, Qt::Key_Return);
        EXPECT_TRUE(QTest::qWaitFor([this] { return known(); }, 20000));
        test::settle();
    }
    Session session{sourceDir()};
    ChartsPanel panel{session.run, session.texts, session.view, session.travel};
};

TEST_F(OwnSeriesTest, AnExpressionBecomesAChartAndCanBeTakenAway) {
    ASSERT_EQ(panel.rows().size(), 3U);
    EXPECT_LE(panel.layout()->totalSizeHint().height(), 520) << "fits a page without scrolling";
    type(" socket[udp:5000].sk_rmem_alloc / 2 ");
    ASSERT_EQ(panel.rows().size(), 4U);
    EXPECT_EQ(panel.complaint(), "");
    EXPECT_EQ(panel.rows()[3]->chart()->title(), "socket[udp:5000].sk_rmem_alloc / 2");
    EXPECT_GT(panel.rows()[3]->pointCount(0), 1);
    EXPECT_EQ(panel.findChild<QLineEdit*>("series-expression")->text(), "") << "room for the next";
    type("socket[udp:5000].sk_rmem_alloc / 2");
    EXPECT_EQ(panel.rows().size(), 4U) << "once is enough";
    type("cpu[1].context");
    EXPECT_EQ(panel.rows().size(), 5U);
    QTest::mouseClick(panel.findChild<QPushButton*>("series-remove"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([this] { return known() && panel.rows().size() == 4; }, 20000));
    EXPECT_EQ(panel.rows()[3]->chart()->title(), "cpu[1].context");
}

TEST_F(OwnSeriesTest, ABadExpressionIsSaidAndChangesNothing) {
    const auto says = [this](const char* expression) {
        type(expression);
        EXPECT_EQ(panel.rows().size(), 3U) << expression;
        EXPECT_TRUE(session.view.now().series.empty()) << expression;
        return panel.complaint().toStdString();
    };
    EXPECT_EQ(says("nic.eth0.rx.usde"), "expected \"used\", found \"usde\" in nic.eth0.rx.usde");
    EXPECT_EQ(says("entries(\"udp_rcv\")"), "A count over a part of the run has no value at a moment.");
    EXPECT_EQ(says("task.udprx.comm"),
              "expected a number, found task.udprx.comm, which is the text \"udprx\" in task.udprx.comm");
    EXPECT_NE(says("1 +").find("expected an expression"), std::string::npos);
    EXPECT_NE(says("sum(socket[*].sprot)").find("sum(socket[*].sk_rmem_alloc)"), std::string::npos) << "an example";
    auto* edit = panel.findChild<QLineEdit*>("series-expression");
    EXPECT_EQ(edit->text(), "sum(socket[*].sprot)") << "stays, to be mended";
    edit->setText("cpu[0]");
    EXPECT_EQ(panel.complaint(), "") << "gone while one types on";
}

}  // namespace
}  // namespace ringside
