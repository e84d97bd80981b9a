// The capture view on a sample of our own: rows, fates, filters, the choice of host and sockets, one packet close up.

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
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

TEST_F(CaptureView, BytesAreColouredByHeaderAndPointingMarksBothWays) {
    table().selectRow(0);
    auto* hex = panel.findChild<QPlainTextEdit*>("packet-hex");
    auto* fields = panel.findChild<QTreeWidget*>("packet-fields");
    auto* detail = panel.findChild<PacketDetail*>();
    const Theme theme = makeTheme(ThemeKind::light);
    EXPECT_EQ(hex->font().family(), theme.font(TextToken::mono).family());
    EXPECT_EQ(fields->font().family(), theme.font(TextToken::mono).family());
    // every byte of a header has its layer's colour
    const auto fills = [&] {
        std::map<int, QColor> found;  // by place in the text, the last one drawn
        for (const QTextEdit::ExtraSelection& mark : hex->extraSelections())
            for (int at = mark.cursor.selectionStart(); at < mark.cursor.selectionEnd(); ++at)
                found[at] = mark.format.background().color();
        return found;
    };
    EXPECT_EQ(fills().at(6), theme.color(Role::l2)) << "the first byte is Ethernet's";
    EXPECT_EQ(fills().at(6 + 3 * 13), theme.color(Role::l2)) << "so is the 14th";
    EXPECT_EQ(fills().at(6 + 3 * 14), theme.color(Role::l3)) << "ARP begins with the 15th";
    // a field that is pointed at
    QTreeWidgetItem* ethernet = fields->topLevelItem(0);
    for (int i = 0; i < fields->topLevelItemCount() && ethernet->childCount() == 0; ++i)
        ethernet = fields->topLevelItem(i);
    emit fields->itemEntered(ethernet->child(1), 0);
    EXPECT_EQ(detail->marked(), (std::pair<std::uint32_t, std::uint32_t>{6, 6}));
    EXPECT_EQ(fills().at(6 + 3 * 6), theme.color(Role::ink));
    EXPECT_EQ(fills().at(6 + 3 * 12), theme.color(Role::l2)) << "the byte behind it";
    EXPECT_TRUE(panel.findChild<QLabel*>("packet-says")->text().contains("bytes 6 to 11"));
    // a byte that is pointed at
    const QPoint at = detail->placeOf(0);
    QMouseEvent move(QEvent::MouseMove, at, hex->viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(hex->viewport(), &move);
    EXPECT_EQ(detail->marked(), (std::pair<std::uint32_t, std::uint32_t>{0, 6})) << "h_dest";
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(hex->viewport(), &leave);
    EXPECT_EQ(detail->marked(), (std::pair<std::uint32_t, std::uint32_t>{0, 0})) << "nothing was chosen";
    // by keys: the cursor in the bytes chooses their field
    hex->setFocus();
    for (int i = 0; i < 6 + 3 * 7; ++i) QTest::keyClick(hex, Qt::Key_Right);
    EXPECT_EQ(detail->marked(), (std::pair<std::uint32_t, std::uint32_t>{6, 6}));
    EXPECT_EQ(fields->currentItem(), ethernet->child(1));
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
    EXPECT_TRUE(panel.findChild<QPushButton*>("capture-clear")->isVisible()) << "it is still narrowed";
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

/// What was counted, beside the fates of every packet.
void expectCounted(const CaptureCounts& counts, const RunState& run) {
    std::map<FateKey, std::uint64_t> fates;
    std::map<FunctionId, std::uint64_t> functions;
    std::map<std::size_t, std::uint32_t> bins;
    const auto all = static_cast<std::uint32_t>(run.capture()->count());
    for (std::uint32_t n = 1; n <= all; ++n) {
        const PacketFate* fate = run.fates().find(n);
        ++fates[fateKeyOf(fate)];
        if (fate && fate->fate == Fate::dropped) ++functions[fate->function];
        ++bins[counts.binOf(n)];
        EXPECT_GE(counts.timeOf(n), counts.binBegin(counts.binOf(n)));
        EXPECT_LT(counts.timeOf(n), counts.binBegin(counts.binOf(n) + 1));
    }
    EXPECT_EQ(counts.fates(), fates);
    EXPECT_EQ(counts.functions(), functions);
    for (std::size_t b = 0; b < counts.bins().size(); ++b) {
        std::uint32_t sum = 0;
        for (const std::uint32_t n : counts.bins()[b].of) sum += n;
        EXPECT_EQ(sum, bins[b]) << "bar " << b;
    }
}

TEST_F(CaptureView, WhatIsCountedIsWhatTheEngineSays) {
    for (const char* file : {"mix.pcap", "dns-lookup.pcap", "burst-with-losses.pcapng", "burst-with-losses.yaml"}) {
        session.opening.openNamed(QString::fromStdString(sourceDir() + "/assets/samples/") + QLatin1String(file));
        ASSERT_TRUE(QTest::qWaitFor([this] { return !session.opening.busy(); }, 20000));
        settle();
        CaptureCounts counts;
        counts.open(session.run.capture().get());
        EXPECT_EQ(counts.fates().at(fateKeyOf(nullptr)), session.run.capture()->count()) << "nothing is known at first";
        EXPECT_TRUE(counts.learn(session.run.fates())) << file;
        EXPECT_FALSE(counts.learn(session.run.fates())) << "nothing new";
        expectCounted(counts, session.run);
        // learned bit by bit it is the same
        CaptureCounts slowly;
        slowly.open(session.run.capture().get());
        for (Position p = 0; p <= session.run.explored(); p += 1 + session.run.explored() / 7) {
            FateBook part;
            part.learn(session.run.lastKnown().first.fates);
            part.cutAfter(p);
            slowly.learn(part);
        }
        slowly.learn(session.run.fates());
        expectCounted(slowly, session.run);
    }
}

TEST_F(CaptureView, AnotherFutureIsCountedAnew) {
    CaptureCounts counts;
    counts.open(session.run.capture().get());
    counts.learn(session.run.fates());
    const auto with = counts.fates();
    withoutSockets();
    counts.learn(session.run.fates());
    EXPECT_NE(counts.fates(), with);
    expectCounted(counts, session.run);
}

TEST_F(CaptureView, FacetsNarrowTogetherAndAreClearedAtOnce) {
    withoutSockets();
    const int all = panel.model().rowCount();
    const auto rows = [this] {
        EXPECT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
        return panel.model().rowCount();
    };
    const auto press = [this](const char* name, int row) {
        auto* list = panel.findChild<QListWidget*>(name);
        list->setCurrentRow(row);
        QTest::keyClick(list, Qt::Key_Return);
        test::settle();
    };
    auto* functions = panel.findChild<FacetList*>("facet-functions");
    auto* talks = panel.findChild<FacetList*>("facet-conversations");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !talks->items().empty(); }, 20000));
    ASSERT_FALSE(functions->items().empty());
    press("facet-functions-list", 0);
    ASSERT_TRUE(functions->chosen());
    EXPECT_EQ(rows(), static_cast<int>(functions->items()[0].count));
    for (int row = 0; row < panel.model().rowCount(); ++row) {
        const PacketFate* fate = session.run.fates().find(panel.model().packetAt(row));
        EXPECT_EQ(fate->fate, Fate::dropped);
        EXPECT_EQ(fate->function, *functions->chosen());
    }
    const int died = rows();
    press("facet-conversations-list", 0);
    const int both = rows();
    EXPECT_LE(both, died);
    press("facet-functions-list", 0);  // lets go
    EXPECT_FALSE(functions->chosen());
    EXPECT_EQ(rows(), static_cast<int>(talks->items()[0].count));
    auto* clear = panel.findChild<QPushButton*>("capture-clear");
    ASSERT_TRUE(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    EXPECT_EQ(rows(), all);
    EXPECT_FALSE(clear->isVisible());
    EXPECT_FALSE(talks->chosen());
}

TEST_F(CaptureView, ADragOverTheBarsShowsThatTimeAndAClickGoesThere) {
    auto* bars = panel.findChild<TimeHistogram*>();
    const int all = panel.model().rowCount();
    const auto drag = [&](std::size_t from, std::size_t to) {
        const QPoint a(bars->placeOf(from), bars->height() / 2), b(bars->placeOf(to), bars->height() / 2);
        QTest::mousePress(bars, Qt::LeftButton, {}, a);
        QMouseEvent move(QEvent::MouseMove, b, bars->mapToGlobal(b), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(bars, &move);
        QTest::mouseRelease(bars, Qt::LeftButton, {}, b);
        EXPECT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
    };
    CaptureCounts counts;
    counts.open(session.run.capture().get());
    const std::size_t last = counts.binOf(static_cast<std::uint32_t>(all));
    ASSERT_GT(last, 20U);
    drag(0, last / 2);
    std::set<std::uint32_t> shown;
    for (int row = 0; row < panel.model().rowCount(); ++row) shown.insert(panel.model().packetAt(row));
    for (std::uint32_t n = 1; n <= static_cast<std::uint32_t>(all); ++n)
        EXPECT_EQ(shown.contains(n), counts.binOf(n) <= last / 2) << "packet " << n << ", at both sides of the edge";
    EXPECT_LT(panel.model().rowCount(), all);
    // what is filtered by time goes with Esc
    QTest::keyClick(bars, Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
    EXPECT_EQ(panel.model().rowCount(), all);
    // a click chooses nothing and goes
    QTest::mouseClick(bars, Qt::LeftButton, {}, QPoint(bars->placeOf(last), bars->height() / 2));
    EXPECT_FALSE(bars->range());
    EXPECT_EQ(counts.binOf(panel.model().packetAt(table().currentIndex().row())), last);
    // by keys
    QTest::keyClick(bars, Qt::Key_Home);
    QTest::keyClick(bars, Qt::Key_Right, Qt::ShiftModifier);
    ASSERT_TRUE(bars->range());
    EXPECT_EQ(bars->range()->first, 0);
    EXPECT_EQ(bars->range()->second, counts.binBegin(2));
    QTest::keyClick(bars, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !panel.filtering(); }, 20000));
    EXPECT_EQ(panel.model().packetAt(table().currentIndex().row()), 1U);
}

TEST_F(CaptureView, AFileThatGrewIsReadAgain) {
    QTemporaryDir folder;
    const QString path = folder.filePath("growing.pcap");
    const auto bytes = [] {
        QFile whole(QString::fromStdString(sourceDir() + "/assets/samples/mix.pcap"));
        EXPECT_TRUE(whole.open(QIODevice::ReadOnly));
        return whole.readAll();
    }();
    const auto write = [&](qsizetype size) {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes.left(size));
    };
    write(24 + 16 + 42);  // the first packet
    session.opening.openNamed(path);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !session.opening.busy(); }, 20000));
    settle();
    ASSERT_EQ(panel.model().rowCount(), 1);
    write(bytes.size());
    QTest::mouseClick(panel.findChild<QPushButton*>("capture-reload"), Qt::LeftButton);
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return !session.opening.busy() && session.run.capture()->count() == 30; }, 20000));
    settle();
    EXPECT_EQ(panel.model().rowCount(), 30);
}

}  // namespace
}  // namespace ringside
