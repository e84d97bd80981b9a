// On to a breakpoint and back, who changed a value, watched values, marked places: in a run with drops.

#include "views/session/hunt.h"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QCompleter>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>

#include "lessons/expression.h"
#include "lessons/state_value.h"
#include "tests/support/paths.h"
#include "tests/support/qt/wait.h"
#include "views/events/event_list.h"
#include "views/inspector/field_path.h"
#include "views/inspector/inspector_panel.h"
#include "views/marks/breakpoint_page.h"
#include "views/marks/places_page.h"
#include "views/marks/watch_page.h"
#include "views/marks/word_edit.h"
#include "views/menus/thing_menus.h"
#include "views/session/format.h"
#include "views/session/session.h"

namespace ringside {
namespace {

constexpr const char* kMemory = "sum(socket[*].sk_rmem_alloc)";

class HuntTest : public ::testing::Test {
  protected:
    void SetUp() override {
        session.opening.openNamed(QString::fromStdString(sourceDir() + "/tests/scenarios/drop_rcvbuf.yaml"));
        ASSERT_TRUE(test::until(
            [this] { return !session.opening.busy() && session.run.ended() && !session.explorer.running(); }));
        QObject::connect(&session.messages, &Messages::message, &session.messages,
                         [this](Messages::Kind, const QString& text) { said = text; });
    }
    void wait() {
        ASSERT_TRUE(test::until([this] { return !session.hunt.busy(); }));
    }
    /// Every position whose event this says yes to.
    std::vector<Position> events(const std::function<bool(const Event&)>& met) {
        std::vector<Position> all;
        for (Position p = 1; p <= session.run.explored(); ++p)
            if (met(*session.run.eventAt(p))) all.push_back(p);
        return all;
    }
    double value(const std::string& text, Position p) {
        const World world = session.run.timeline().at(p);
        const auto v =
            Expression::parse(text)->evaluate({world, session.run.inputs(), session.run.eventAt(p).value_or(Event{})});
        return v ? *v : -1;
    }
    MarkParts parts() {
        return {session.run,    session.marks, session.hunt,
                session.travel, session.texts, [this](const MarkedPlace& p) { session.travel.seek(p.position); }};
    }
    ThingMenus menus() {
        return ThingMenus(
            {session.run, session.view, session.travel, session.hunt, session.marks, session.texts, session.messages});
    }
    static QAction* action(const QMenu& menu, const QString& text) {
        for (QAction* each : menu.actions())
            if (each->text() == text) return each;
        ADD_FAILURE() << "no " << text.toStdString();
        return nullptr;
    }
    Session session{sourceDir()};
    QString said;
};

TEST_F(HuntTest, GoesFromBreakpointToBreakpointAndBack) {
    const std::vector<Position> drops = events([](const Event& e) { return e.drop != Drop::NOT_DROPPED; });
    ASSERT_GE(drops.size(), 1U);
    session.marks.addBreakpoint(QStringLiteral("drop"));
    for (const Position p : drops) {
        session.hunt.toBreakpoint(Direction::forward);
        wait();
        EXPECT_EQ(session.run.position(), p);
        EXPECT_TRUE(said.endsWith(QStringLiteral(": drop"))) << said.toStdString();
        ASSERT_TRUE(session.hunt.met());
        EXPECT_EQ(session.hunt.met()->position, p);
    }
    session.hunt.toBreakpoint(Direction::forward);
    wait();
    EXPECT_EQ(session.run.position(), drops.back()) << "none is left: it stays";
    EXPECT_TRUE(said.contains(QStringLiteral("is not met after"))) << said.toStdString();
    session.travel.toEnd();
    for (std::size_t i = drops.size(); i-- > 0;) {
        session.hunt.toBreakpoint(Direction::backward);
        wait();
        EXPECT_EQ(session.run.position(), drops[i]);
    }
    session.hunt.toBreakpoint(Direction::backward);
    wait();
    EXPECT_EQ(session.run.position(), drops.front());
    EXPECT_TRUE(said.contains(QStringLiteral("is not met before"))) << said.toStdString();
}

TEST_F(HuntTest, TheNearestOfSeveralStopsAndSaysWhich) {
    const std::string over = std::string(kMemory) + " > 1000";
    const auto entered = events([this](const Event& e) {
        return e.kind == EventKind::enter && session.run.functionName(e.function) == QLatin1String("udp_rcv");
    });
    Position rises = 0;
    for (Position p = 1; p <= session.run.explored() && rises == 0; ++p)
        if (value(over, p) == 1 && value(over, p - 1) != 1) rises = p;
    ASSERT_GT(rises, 0U);
    ASSERT_FALSE(entered.empty());
    session.marks.addBreakpoint(QString::fromStdString(over));
    session.marks.addBreakpoint(QStringLiteral("udp_rcv"));
    session.hunt.toBreakpoint(Direction::forward);
    wait();
    EXPECT_EQ(session.run.position(), std::min(rises, entered.front()));
    session.marks.setBreakpointOn(1, false);
    session.travel.toStart();
    session.hunt.toBreakpoint(Direction::forward);
    wait();
    EXPECT_EQ(session.run.position(), rises) << "one that is off does not stop";
    EXPECT_EQ(session.hunt.met()->what.toStdString(), over);
    session.marks.setBreakpointOn(0, false);
    session.hunt.toBreakpoint(Direction::forward);
    EXPECT_FALSE(session.hunt.busy());
    EXPECT_TRUE(said.contains(QStringLiteral("No breakpoint is switched on"))) << said.toStdString();
}

TEST_F(HuntTest, WhoLastChangedAValue) {
    std::vector<Position> changes;
    for (Position p = 1; p <= session.run.explored(); ++p)
        if (value(kMemory, p) != value(kMemory, p - 1)) changes.push_back(p);
    ASSERT_GT(changes.size(), 1U);
    session.travel.toEnd();
    for (std::size_t i = changes.size(); i-- > changes.size() - 2;) {
        session.hunt.toLastChange(QString::fromLatin1(kMemory));
        wait();
        EXPECT_EQ(session.run.position(), changes[i]);
        EXPECT_TRUE(said.contains(QStringLiteral("→"))) << said.toStdString();
    }
    session.travel.seek(changes.front());
    session.hunt.toLastChange(QString::fromLatin1(kMemory));
    wait();
    EXPECT_EQ(session.run.position(), changes.front());
    EXPECT_TRUE(said.contains(QStringLiteral("did not change before"))) << said.toStdString();
}

TEST_F(HuntTest, WhoGoesElsewhereIsNotFetchedFromThere) {
    session.travel.toEnd();
    session.hunt.toLastChange(QString::fromLatin1(kMemory));
    session.travel.seek(5);
    EXPECT_FALSE(session.hunt.busy());
    test::settle();
    EXPECT_EQ(session.run.position(), 5U);
}

TEST_F(HuntTest, EveryKindOfMistakeHasASentenceInBothLanguages) {
    for (const char* language : {"en", "zh_CN"}) {
        session.texts.setLanguage(QString::fromLatin1(language));
        for (const char* text : {"", "udp_rvc", "packet", "task nobody", "ip_rcv_core: no such words", "skb.len > (",
                                 "entries(\"udp_rcv\") > 1", "no such thing at all"}) {
            const QString wrong = session.hunt.wrong(QString::fromLatin1(text));
            EXPECT_FALSE(wrong.isEmpty()) << text;
            EXPECT_FALSE(wrong.contains(QLatin1Char('%'))) << wrong.toStdString();
        }
        EXPECT_EQ(session.hunt.wrong(QStringLiteral("drop SOCKET_RCVBUFF")), QString());
    }
    EXPECT_TRUE(session.hunt.wrong(QStringLiteral("udp_rvc")).contains(QStringLiteral("udp_rcv")));
}

TEST_F(HuntTest, TheListOfBreakpointsByKeyboardAlone) {
    BreakpointPage page(parts());
    page.setTheme(makeTheme(ThemeKind::light));
    page.show();
    QTest::keyClicks(&page.edit(), QStringLiteral("skb.len >"));
    QTest::keyClick(&page.edit(), Qt::Key_Return);
    EXPECT_TRUE(session.marks.now().breakpoints.empty());
    EXPECT_TRUE(page.complaint().contains(QStringLiteral("cannot be read as an expression")))
        << page.complaint().toStdString();
    page.edit().clear();
    QTest::keyClicks(&page.edit(), QStringLiteral("drop"));
    EXPECT_EQ(page.complaint(), QString());
    QTest::keyClick(&page.edit(), Qt::Key_Return);
    ASSERT_EQ(session.marks.now().breakpoints.size(), 1U);
    ASSERT_EQ(page.list().count(), 1);
    EXPECT_EQ(page.list().item(0)->checkState(), Qt::Checked);
    page.list().setCurrentRow(0);
    QTest::keyClick(&page.list(), Qt::Key_Space);
    EXPECT_FALSE(session.marks.now().breakpoints[0].on);
    QTest::keyClick(&page.list(), Qt::Key_Delete);
    EXPECT_TRUE(session.marks.now().breakpoints.empty());
    EXPECT_FALSE(page.edit().accessibleName().isEmpty());
    EXPECT_FALSE(page.list().accessibleName().isEmpty());
}

TEST_F(HuntTest, WordsAreCompleted) {
    const QStringList words = conditionWords(session.run);
    for (const char* word : {"udp_rcv", "SOCKET_RCVBUFF", "drop", "skb.len"})
        EXPECT_TRUE(words.contains(QLatin1String(word))) << word;
    // each name of the state is one that expressions know, as far as the thing is there
    int known = 0;
    for (const QString& word : words) {
        if (!word.startsWith(QLatin1String("socket["))) continue;
        const auto value = stateValue(session.run.world(), session.run.inputs(), Event{}, word.toStdString());
        EXPECT_TRUE(value.ok()) << word.toStdString();
        ++known;
    }
    EXPECT_GT(known, 3);
    WordEdit edit([words] { return words; });
    edit.show();
    edit.setFocus();
    QFocusEvent focus(QEvent::FocusIn);
    QCoreApplication::sendEvent(&edit, &focus);
    QTest::keyClicks(&edit, QStringLiteral("packet 1 if skb.data_l"));
    emit edit.words().activated(QStringLiteral("skb.data_len"));
    EXPECT_EQ(edit.text(), "packet 1 if skb.data_len") << "the word alone is replaced";
}

TEST_F(HuntTest, AWatchedValueIsShownWithItsHistory) {
    WatchPage page(parts());
    page.setTheme(makeTheme(ThemeKind::light));
    page.show();
    QTest::keyClicks(&page.edit(), QString::fromLatin1(kMemory));
    QTest::keyClick(&page.edit(), Qt::Key_Return);
    QTest::keyClicks(&page.edit(), QStringLiteral("1 +"));
    QTest::keyClick(&page.edit(), Qt::Key_Return);
    ASSERT_EQ(session.marks.now().watched.size(), 1U);
    EXPECT_FALSE(page.complaint().isEmpty());
    ASSERT_TRUE(test::until([this] { return session.run.samples().find(kMemory) && !session.explorer.running(); }));
    EXPECT_GT(session.run.samples().find(kMemory)->values.size(), 2U);
    Position change = 0;
    for (Position p = 1; p <= session.run.explored() && change == 0; ++p)
        if (value(kMemory, p) != value(kMemory, p - 1)) change = p;
    session.travel.seek(change);
    const QString now = QString::number(value(kMemory, change)), old = QString::number(value(kMemory, change - 1));
    EXPECT_EQ(page.list().topLevelItem(0)->text(1), old + QStringLiteral(" → ") + now);
    session.travel.seek(change - 1);
    EXPECT_EQ(page.list().topLevelItem(0)->text(1), old);
    QTest::keyClick(&page.list(), Qt::Key_Delete);
    EXPECT_TRUE(session.marks.now().watched.empty());
}

TEST_F(HuntTest, MarkersTellWhatLiesBetweenAndBookmarksLead) {
    PlacesPage page(parts());
    page.setTheme(makeTheme(ThemeKind::light));
    page.show();
    session.travel.seek(3);
    session.marks.setMarker(0, placeHere(session.run));
    session.travel.toEnd();
    session.marks.setMarker(1, placeHere(session.run));
    test::settle();
    const Position between = session.run.position() - 3;
    EXPECT_TRUE(page.between().isVisible());
    const QStringList lines = differenceOf(session.run, session.run.position(), 3);
    EXPECT_TRUE(lines.front().startsWith(countText(between) + QStringLiteral(" events")))
        << lines.front().toStdString();
    EXPECT_TRUE(page.between().text().contains(lines.front()));
    // a counter of the scenario's loss moved
    EXPECT_TRUE(lines.join(QLatin1Char(' ')).contains(QStringLiteral("RcvbufErrors +")))
        << lines.join(QLatin1Char(' ')).toStdString();
    session.travel.seek(7);
    page.addHere();
    ASSERT_EQ(session.marks.now().bookmarks.size(), 1U);
    EXPECT_EQ(session.marks.now().bookmarks[0].place, (MarkedPlace{7, 0}));
    page.list().item(0)->setText(QStringLiteral("look here"));
    EXPECT_EQ(session.marks.now().bookmarks[0].name, "look here");
    test::settle();
    session.travel.toStart();
    QTest::keyClick(&page.list(), Qt::Key_Return);
    EXPECT_EQ(session.run.position(), 7U);
    QTest::keyClick(&page.list(), Qt::Key_Delete);
    EXPECT_TRUE(session.marks.now().bookmarks.empty());
}

TEST_F(HuntTest, MenusOfFunctionPacketAndItem) {
    const auto entered = events([this](const Event& e) {
        return e.kind == EventKind::enter && session.run.functionName(e.function) == QLatin1String("udp_rcv");
    });
    ASSERT_FALSE(entered.empty());
    QMenu menu;
    const Event event = *session.run.eventAt(entered.front());
    menus().addFunction(menu, event.function);
    action(menu, QStringLiteral("Run on until the next udp_rcv"))->trigger();
    wait();
    EXPECT_EQ(session.run.position(), entered.front());
    action(menu, QStringLiteral("Break here"))->trigger();
    ASSERT_EQ(session.marks.now().breakpoints.size(), 1U);
    EXPECT_EQ(session.marks.now().breakpoints[0].text, "udp_rcv");
    action(menu, QStringLiteral("What is this?"))->trigger();
    EXPECT_TRUE(said.startsWith(QStringLiteral("udp_rcv ("))) << said.toStdString();
    QMenu packet;
    menus().addPacket(packet, event.packet);
    action(packet, QStringLiteral("Follow packet %1").arg(event.packet))->trigger();
    EXPECT_EQ(session.view.now().followed, (Followed{event.packet, true}));
    for (const char* item : {"stop:udp_rcv", "packet:1", "cpu:0", "frame:0:3"}) {
        QMenu some;
        EXPECT_TRUE(menus().addItem(some, QLatin1String(item), QStringLiteral("udp_rcv"))) << item;
        action(some, QStringLiteral("Copy the name"))->trigger();
        EXPECT_EQ(QGuiApplication::clipboard()->text(), "udp_rcv");
        // what a scene breaks at can be read
        for (QAction* each : some.actions())
            if (each->text() == QStringLiteral("Break here")) each->trigger();
    }
    for (const Breakpoint& one : session.marks.now().breakpoints)
        EXPECT_EQ(session.hunt.wrong(one.text), QString()) << one.text.toStdString();
}

TEST_F(HuntTest, AClickOnAnEventGoesThereAndItsMenuBreaksAtTheStage) {
    EventList list(session.run, session.texts, session.view, session.travel);
    list.setMenus(menus());
    list.setTheme(makeTheme(ThemeKind::light));
    list.resize(700, 400);
    list.show();
    test::settle();
    const QModelIndex index = list.table().model()->index(4, EventModel::function);
    QTest::mouseClick(list.table().viewport(), Qt::LeftButton, {}, list.table().visualRect(index).center());
    EXPECT_EQ(session.run.position(), 5U);
    const auto stages = events([](const Event& e) { return e.kind == EventKind::stage; });
    ASSERT_FALSE(stages.empty());
    std::unique_ptr<QMenu> menu(list.rowMenu(static_cast<int>(stages.front()) - 1));
    action(*menu, QStringLiteral("Break here"))->trigger();
    ASSERT_EQ(session.marks.now().breakpoints.size(), 1U);
    session.travel.toStart();
    session.hunt.toBreakpoint(Direction::forward);
    wait();
    EXPECT_EQ(session.run.position(), stages.front());
}

TEST_F(HuntTest, EveryValueOfTheInspectorCanBeAskedWhoChangedIt) {
    const auto sent = events([](const Event& e) { return e.skb != 0 && e.depth > 2 && e.cpu != kNoCpu; });
    ASSERT_GT(sent.size(), 20U);
    session.travel.seek(sent[20]);
    const Event event = *session.run.event();
    const auto inputs = session.run.timeline().sharedInputs();
    using Kind = Selection::Kind;
    int named = 0, rows = 0;
    for (const Kind kind : {Kind::automatic, Kind::nic, Kind::ring, Kind::device, Kind::socket, Kind::task, Kind::cpu,
                            Kind::counters, Kind::sysctl}) {
        Selection selection{kind, 0};
        if (kind == Kind::task) selection.id = event.task.slot;
        InspectorModel model;
        model.setWords([](const std::string& n) { return QString::fromStdString(n); },
                       [](std::string_view) { return QString(); });
        model.setValues(inspect(selection, session.run.world(), *inputs, &event), nullptr);
        const std::function<void(const QModelIndex&)> walk = [&](const QModelIndex& parent) {
            for (int r = 0; r < model.rowCount(parent); ++r) {
                const QModelIndex row = model.index(r, 0, parent);
                if (row.data(InspectorModel::groupRole).toBool()) {
                    walk(row);
                    continue;
                }
                const QString path = row.data(InspectorModel::pathRole).toString();
                const ValueReader read = fieldReader(selection, path, session.run.world(), inputs, &event);
                const QString name = fieldName(selection, path, session.run.world(), *inputs, &event);
                named += !name.isEmpty();
                ++rows;
                const QString shown = row.data(InspectorModel::valueRole).toString();
                const Value value = read(session.run.world(), event);
                EXPECT_TRUE(value.leaf()) << path.toStdString();
                // a number without a unit is the same in both
                bool number = false;
                const qlonglong wanted = shown.toLongLong(&number);
                if (number && path != QLatin1String("@pointers.head")) {
                    // the fields of a header are texts
                    const bool text = value.kind == Value::Kind::text;
                    EXPECT_EQ(text ? QString::fromStdString(value.text).toLongLong() : value.number, wanted)
                        << path.toStdString();
                }
            }
        };
        walk({});
    }
    EXPECT_GT(rows, 150);
    EXPECT_GT(named, rows / 2) << "most have a name that can be watched";
}

TEST_F(HuntTest, TheInspectorsRowLeadsToTheEventThatChangedIt) {
    // the length of one sk_buff, asked at the last event about it
    const auto about = events([](const Event& e) { return e.skb == 1; });
    ASSERT_GT(about.size(), 5U);
    session.travel.seek(about.back() - 1);
    const auto lengthAt = [this](Position p) -> std::int64_t {
        const World world = session.run.timeline().at(p);
        const SkbId id = world.machine().findSkb(1);
        return id ? static_cast<std::int64_t>(world.machine().skbs[id].len) : -1;
    };
    Position wanted = session.run.position() - 1;
    while (wanted > 0 && lengthAt(wanted) == lengthAt(wanted - 1)) --wanted;
    ASSERT_GT(wanted, 0U);
    session.view.select({Selection::Kind::skb, 1});
    InspectorPanel panel(session.run, session.texts, session.view, session.travel);
    panel.setMenus(menus());
    panel.setTheme(makeTheme(ThemeKind::light));
    panel.show();
    panel.filter().setText(QStringLiteral("len"));
    QModelIndex row;
    const std::function<void(const QModelIndex&)> walk = [&](const QModelIndex& parent) {
        for (int r = 0; r < panel.model().rowCount(parent); ++r) {
            const QModelIndex one = panel.model().index(r, 0, parent);
            if (one.data(InspectorModel::pathRole).toString() == QLatin1String("@lengths.len")) row = one;
            walk(one);
        }
    };
    walk({});
    ASSERT_TRUE(row.isValid());
    panel.tree().setCurrentIndex(row);
    ASSERT_TRUE(panel.whoChanged());
    wait();
    EXPECT_EQ(session.run.position(), wanted);
}

}  // namespace
}  // namespace ringside
