// The capture view on a sample of our own: rows, fates, filters, the choice of host and sockets, one packet close up.

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <set>

#include "tests/support/paths.h"
#include "tests/support/qt/wait.h"
#include "views/capture/capture_panel.h"
#include "views/scene/path_adapter.h"
#include "views/scene/stack_cards.h"
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
    void withoutSockets() {
        auto* box = panel.findChild<QCheckBox*>("capture-sockets");
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        ASSERT_TRUE(QTest::qWaitFor([this] { return !session.opening.busy() && !session.run.request().replay.sockets; },
                                    20000));
        settle();
    }
    /// The first packet that was dropped for this reason; 0: none.
    std::uint32_t firstDropped(Drop reason) {
        for (std::uint32_t n = 1; n <= session.run.capture()->count(); ++n) {
            const PacketFate* fate = session.run.fates().find(n);
            if (fate && fate->reason == reason) return n;
        }
        return 0;
    }
    QTableView& table() { return *panel.findChild<QTableView*>("capture-table"); }
    QString cell(int row, int column) { return panel.model().index(row, column).data().toString(); }

    Session session{sourceDir()};
    CapturePanel panel{session.run, session.texts, session.travel, session.opening, session.acting};
};

TEST_F(CaptureView, EveryPacketHasARowAndAFate) {
    const QAbstractItemModelTester tester(&panel.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_EQ(panel.model().rowCount(), static_cast<int>(session.run.capture()->count()));
    for (int row = 0; row < panel.model().rowCount(); ++row) {
        EXPECT_NE(cell(row, PacketModel::fate), QStringLiteral("…")) << "packet " << row + 1;
        EXPECT_FALSE(cell(row, PacketModel::source).isEmpty());
        EXPECT_FALSE(cell(row, PacketModel::destination).isEmpty());
        EXPECT_FALSE(cell(row, PacketModel::protocol).isEmpty());
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
        EXPECT_EQ(cell(row, PacketModel::protocol), QStringLiteral("ARP"));
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

TEST_F(CaptureView, ARowTellsItsFateByGlyphWordAndReason) {
    withoutSockets();
    for (int row = 0; row < panel.model().rowCount(); ++row) {
        const PacketFate* fate = session.run.fates().find(static_cast<std::uint32_t>(row) + 1);
        ASSERT_NE(fate, nullptr);
        const QModelIndex cell = panel.model().index(row, PacketModel::fate);
        EXPECT_FALSE(cell.data(Qt::DecorationRole).value<QIcon>().isNull());
        const bool dropped = fate->fate == Fate::dropped;
        EXPECT_EQ(cell.data(Qt::ForegroundRole).isValid(), dropped);
        if (dropped && fate->reason == Drop::NO_SOCKET) {
            EXPECT_EQ(cell.data().toString(), QStringLiteral("NO_SOCKET  __udp4_lib_rcv"));
        }
    }
}

TEST_F(CaptureView, EnterGoesToTheEventThatDropsAndTheCardTellsWhy) {
    withoutSockets();
    const std::uint32_t packet = firstDropped(Drop::NO_SOCKET);
    ASSERT_NE(packet, 0U);
    auto* card = panel.findChild<DropCard*>();
    EXPECT_FALSE(card->isVisibleTo(&panel)) << "the first packet did not die";
    QSignalSpy path(&panel, &CapturePanel::pathRequested);
    table().setFocus();
    for (std::uint32_t n = 1; n < packet; ++n) QTest::keyClick(&table(), Qt::Key_Down);
    ASSERT_TRUE(QTest::qWaitFor([card] { return !card->isHidden(); }, 5000));
    EXPECT_EQ(card->packet(), packet);
    EXPECT_TRUE(panel.findChild<QLabel*>("drop-title")->text().contains("NO_SOCKET"));
    const QString facts = panel.findChild<QLabel*>("drop-facts")->text();
    for (const char* told : {"__udp4_lib_lookup() = NULL", "udp.NoPorts", "nstat -az UdpNoPorts"})
        EXPECT_TRUE(facts.contains(QString::fromUtf8(told))) << told << " in " << facts.toStdString();
    const auto whole = [card] {
        const QList<QLabel*> labels = card->findChildren<QLabel*>();
        return std::all_of(labels.begin(), labels.end(),
                           [](const QLabel* l) { return l->height() >= l->heightForWidth(l->width()); });
    };
    EXPECT_TRUE(QTest::qWaitFor(whole, 5000)) << "no line of the card is cut";
    QTest::keyClick(&table(), Qt::Key_Return);
    EXPECT_EQ(path.count(), 1);
    ASSERT_TRUE(session.run.event());
    EXPECT_EQ(session.run.event()->drop, Drop::NO_SOCKET);
    EXPECT_EQ(session.run.event()->packet, packet);
    // red at this very event, though the fate is logged later
    EXPECT_EQ(session.run.fates().find(packet, session.run.position()), nullptr);
    PathView view;
    view.followed = session.view.packet();
    view.walk = &session.run.walk(view.followed);
    EXPECT_TRUE(pathInput(session.run.world(), session.run.inputs(), &*session.run.event(), view).followedDropped);
    view.followed = packet - 1;
    view.walk = &session.run.walk(view.followed);
    EXPECT_FALSE(pathInput(session.run.world(), session.run.inputs(), &*session.run.event(), view).followedDropped);
    bool red = false;
    for (const StackCard& one : stackCards(session.run.world(), session.run.inputs(), &*session.run.event())) {
        for (const StackLine& line : one.lines)
            red = red || (line.tone == Tone::drop && line.function == QStringLiteral("__udp4_lib_rcv"));
    }
    EXPECT_TRUE(red);
}

TEST_F(CaptureView, TheWalkEndsWhereThePacketDiesAndTakesOneThere) {
    withoutSockets();
    const std::uint32_t packet = firstDropped(Drop::NO_SOCKET);
    table().selectRow(static_cast<int>(packet) - 1);
    auto* steps = panel.findChild<QListWidget*>("capture-steps");
    ASSERT_TRUE(QTest::qWaitFor([steps] { return steps->count() > 5; }, 20000));
    const QListWidgetItem* last = steps->item(steps->count() - 1);
    EXPECT_TRUE(last->text().startsWith("__udp4_lib_rcv")) << last->text().toStdString();
    EXPECT_TRUE(last->text().endsWith("NO_SOCKET"));
    Position before = 0;
    for (int i = 0; i < steps->count(); ++i) {
        const Position position = steps->item(i)->data(Qt::UserRole).toULongLong();
        EXPECT_GE(position, before);
        before = position;
    }
    emit steps->itemActivated(steps->item(steps->count() - 1));
    EXPECT_EQ(session.run.position(), before);
    EXPECT_EQ(session.run.event()->drop, Drop::NO_SOCKET);
    EXPECT_EQ(session.view.packet(), packet);
}

TEST_F(CaptureView, TryItOpensTheSockets) {
    withoutSockets();
    table().selectRow(static_cast<int>(firstDropped(Drop::NO_SOCKET)) - 1);
    auto* again = panel.findChild<QPushButton*>("drop-try");
    ASSERT_TRUE(QTest::qWaitFor([again] { return again->isVisible(); }, 5000));
    QTest::mouseClick(again, Qt::LeftButton);
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return !session.opening.busy() && session.run.request().replay.sockets; }, 20000));
    settle();
    EXPECT_EQ(firstDropped(Drop::NO_SOCKET), 0U);
}

TEST_F(CaptureView, DropsAreGoneThroughInBothDirections) {
    withoutSockets();
    std::vector<Position> forward, backward;
    session.travel.toStart();
    while (session.travel.toNextDrop(Direction::forward)) {
        forward.push_back(session.run.position());
        EXPECT_EQ(session.view.packet(), session.run.event()->packet);
        ASSERT_LT(forward.size(), 100U);
    }
    session.travel.toEnd();
    while (session.travel.toNextDrop(Direction::backward)) backward.push_back(session.run.position());
    std::reverse(backward.begin(), backward.end());
    EXPECT_EQ(forward, backward);
    std::set<Position> dropped;  // the pieces of a datagram die together
    for (std::size_t i = 0; i < session.run.fates().size(); ++i) {
        const PacketFate& fate = session.run.fates()[i];
        if (fate.fate == Fate::dropped) dropped.insert(session.run.whyDropped(fate.packet)->position);
    }
    EXPECT_EQ(forward, std::vector<Position>(dropped.begin(), dropped.end()));
    EXPECT_GT(dropped.size(), 1U);
}

TEST_F(CaptureView, AFilterFollowsItsData) {
    auto* filter = panel.findChild<QLineEdit*>("capture-filter");
    filter->setText("NO_SOCKET");
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 5000));
    EXPECT_EQ(panel.model().rowCount(), 0);
    EXPECT_TRUE(panel.findChild<QPushButton*>("capture-clear")->isVisible());
    withoutSockets();
    int lost = 0;
    for (std::size_t i = 0; i < session.run.fates().size(); ++i)
        lost += session.run.fates()[i].reason == Drop::NO_SOCKET ? 1 : 0;
    EXPECT_GT(lost, 0);
    EXPECT_EQ(panel.model().rowCount(), lost);
    EXPECT_FALSE(panel.findChild<QPushButton*>("capture-clear")->isVisible());
}

TEST_F(CaptureView, TheListHasTheFocusAndNothingFoundCanBeCleared) {
    panel.activateWindow();
    EXPECT_EQ(panel.focusWidget(), &table());
    const int all = panel.model().rowCount();
    panel.findChild<QLineEdit*>("capture-filter")->setText("nothing like it");
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 5000));
    EXPECT_EQ(panel.model().rowCount(), 0);
    auto* clear = panel.findChild<QPushButton*>("capture-clear");
    ASSERT_TRUE(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 5000));
    EXPECT_EQ(panel.model().rowCount(), all);
    EXPECT_FALSE(clear->isVisible());
}

}  // namespace
}  // namespace ringside
