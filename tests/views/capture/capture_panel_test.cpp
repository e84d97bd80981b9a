// The capture view on a sample of our own: rows, fates, filters, the choice of host and sockets, one packet close up.

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

#include "tests/support/paths.h"
#include "tests/support/qt/wait.h"
#include "views/capture/capture_panel.h"
#include "views/session/session.h"

namespace ringside {
namespace {

class CaptureView : public testing::Test {
  protected:
    void SetUp() override {
        panel.setTheme(makeTheme(ThemeKind::light));
        panel.resize(1280, 800);
        panel.show();
        open();
    }
    void open() {
        session.opening.openNamed(QString::fromStdString(sourceDir() + "/assets/samples/mix.pcap"));
        settle();
    }
    /// The run is open, played to its end, and the panel has caught up.
    void settle() {
        ASSERT_TRUE(QTest::qWaitFor(
            [this] {
                return !session.opening.busy() && session.run.hasRun() && session.run.ended() &&
                       !session.explorer.running();
            },
            20000));
        QTest::qWait(300);  // the panel follows a run a fifth of a second late
        test::settle();
        ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
    }
    QTableView& table() { return *panel.findChild<QTableView*>("capture-table"); }
    QString cell(int row, int column) { return panel.model().index(row, column).data().toString(); }

    Session session{sourceDir()};
    CapturePanel panel{session.run, session.texts, session.travel, session.opening};
};

TEST_F(CaptureView, EveryPacketHasARowAndAFate) {
    const QAbstractItemModelTester tester(&panel.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_EQ(panel.model().rowCount(), static_cast<int>(session.run.capture()->count()));
    for (int row = 0; row < panel.model().rowCount(); ++row) {
        EXPECT_NE(cell(row, PacketModel::fate), QStringLiteral("…")) << "packet " << row + 1;
        EXPECT_FALSE(cell(row, PacketModel::what).isEmpty());
    }
}

TEST_F(CaptureView, TheFilterFindsAndCountsAndGivesBack) {
    const int all = panel.model().rowCount();
    auto* filter = panel.findChild<QLineEdit*>("capture-filter");
    QTest::keyClicks(filter, "ARP");
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
    ASSERT_GT(panel.model().rowCount(), 0);
    ASSERT_LT(panel.model().rowCount(), all);
    for (int row = 0; row < panel.model().rowCount(); ++row)
        EXPECT_TRUE(cell(row, PacketModel::what).startsWith("ARP"));
    filter->clear();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
    EXPECT_EQ(panel.model().rowCount(), all);
}

TEST_F(CaptureView, AFateFiltersAndASecondClickTakesItAway) {
    const int all = panel.model().rowCount();
    auto* fates = panel.findChild<FateSummary*>();
    std::uint64_t sum = 0;
    for (const auto& [key, n] : fates->counts()) sum += n;
    EXPECT_EQ(sum, static_cast<std::uint64_t>(all));
    QTest::mouseClick(panel.findChild<QToolButton*>("fate-0"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
    EXPECT_EQ(panel.model().rowCount(), static_cast<int>(fates->counts()[0].second));
    test::settle();  // the row was made anew
    QTest::mouseClick(panel.findChild<QToolButton*>("fate-0"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
    EXPECT_EQ(panel.model().rowCount(), all);
}

TEST_F(CaptureView, WithoutSocketsDatagramsFindNone) {
    QTest::mouseClick(panel.findChild<QCheckBox*>("capture-sockets"), Qt::LeftButton, {},
                      QPoint(8, panel.findChild<QCheckBox*>("capture-sockets")->height() / 2));
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return !session.opening.busy() && !session.run.request().replay.sockets; }, 20000));
    settle();
    bool none = false;
    for (int row = 0; row < panel.model().rowCount(); ++row) {
        const PacketFate* fate = session.run.fates().find(static_cast<std::uint32_t>(row) + 1);
        ASSERT_NE(fate, nullptr);
        EXPECT_NE(fate->fate, Fate::delivered);
        none = none || fate->reason == Drop::NO_SOCKET;
    }
    EXPECT_TRUE(none);
}

TEST_F(CaptureView, AFieldMarksItsBytes) {
    table().selectRow(0);
    auto* hex = panel.findChild<QPlainTextEdit*>("packet-hex");
    EXPECT_TRUE(hex->toPlainText().startsWith("0000  "));
    auto* fields = panel.findChild<QTreeWidget*>("packet-fields");
    ASSERT_GT(fields->topLevelItemCount(), 0);
    QTreeWidgetItem* layer = nullptr;
    for (int i = 0; i < fields->topLevelItemCount() && !layer; ++i) {
        if (fields->topLevelItem(i)->childCount() > 1) layer = fields->topLevelItem(i);
    }
    ASSERT_NE(layer, nullptr);
    fields->setCurrentItem(layer->child(1));
    EXPECT_EQ(panel.findChild<PacketDetail*>()->marked(), (std::pair<std::uint32_t, std::uint32_t>{6, 6}));  // h_source
    EXPECT_FALSE(hex->extraSelections().isEmpty());
}

TEST_F(CaptureView, ShowOnItsPathFollowsThePacket) {
    QSignalSpy path(&panel, &CapturePanel::pathRequested);
    table().selectRow(2);
    QTest::mouseClick(panel.findChild<QPushButton*>("capture-walk"), Qt::LeftButton);
    EXPECT_EQ(path.count(), 1);
    EXPECT_EQ(session.view.packet(), 3U);
}

}  // namespace
}  // namespace ringside
