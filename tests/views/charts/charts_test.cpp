// The charts draw what the run did, thinned without losing a peak; a click goes there.

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "tests/support/paths.h"
#include "views/charts/charts_panel.h"
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
    ChartsPanel panel(session.run, session.travel);
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
    QTest::qWait(50);
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
    // the last thing that had happened by the middle of the time axis
    const SampleSeries& series = session.run.samples();
    EXPECT_EQ(session.run.position(), series.samples[series.indexAtTime(series.samples.back().time / 2)].position);
    EXPECT_GT(row->playhead(), 0);
}

}  // namespace
}  // namespace ringside
