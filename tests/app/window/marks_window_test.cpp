// Breakpoints and marks in the window: by keys, kept from one start to the next.
#include <QDockWidget>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QToolButton>

#include "tests/app/window/window_fixture.h"
#include "views/message/message_bar.h"
#include "views/scene/scene_widget.h"

namespace ringside::test {
namespace {

class MarksWindowTest : public WindowTest {
  protected:
    QString said() { return window->findChild<MessageBar*>()->text(); }
    void scenario() { open(QString::fromStdString(sourceDir() + "/tests/scenarios/drop_rcvbuf.yaml")); }
    void hunted() {
        ASSERT_TRUE(until([this] { return !session().hunt.busy(); }));
        settle();
    }
};

TEST_F(MarksWindowTest, ABreakpointIsTypedHitAndKept) {
    scenario();
    EXPECT_FALSE(child<QDockWidget>("marks-dock")->isVisible()) << "nobody asked for it";
    key(Qt::Key_B, Qt::ControlModifier);
    EXPECT_TRUE(child<QDockWidget>("marks-dock")->isVisible());
    auto* edit = child<QLineEdit>("breakpoint-edit");
    ASSERT_TRUE(edit->hasFocus());
    QTest::keyClicks(edit, QStringLiteral("drop"));
    key(Qt::Key_Return);
    ASSERT_EQ(session().marks.now().breakpoints.size(), 1U);
    EXPECT_EQ(edit->text(), QString());
    child<SceneWidget>("path-scene")->setFocus();
    window->actions()[Act::run_on_to_stop]->trigger();
    hunted();
    const Position stopped = session().run.position();
    ASSERT_TRUE(session().run.event());
    ASSERT_NE(session().run.event()->drop, Drop::NOT_DROPPED);
    EXPECT_TRUE(said().contains(QStringLiteral("drop"))) << said().toStdString();
    window->actions()[Act::run_back_to_stop]->trigger();
    hunted();
    EXPECT_EQ(session().run.position(), stopped) << "there is none before";
    window->actions()[Act::break_here]->trigger();
    EXPECT_EQ(session().marks.now().breakpoints.size(), 2U);
    session().marks.setBreakpointOn(1, false);
    const Marks before = session().marks.now();
    beginAgain();
    EXPECT_EQ(session().marks.now().breakpoints, before.breakpoints);
}

TEST_F(MarksWindowTest, MarksOfARunComeBackWithItAndWithNoOther) {
    scenario();
    session().travel.seek(12);
    key(Qt::Key_A, Qt::ShiftModifier);
    session().travel.seek(40);
    key(Qt::Key_B, Qt::ShiftModifier);
    EXPECT_TRUE(said().contains(QStringLiteral("28 events"))) << said().toStdString();
    key(Qt::Key_M);
    EXPECT_TRUE(child<QListWidget>("bookmark-list")->isVisible());
    ASSERT_EQ(session().marks.now().bookmarks.size(), 1U);
    EXPECT_EQ(session().marks.now().bookmarks[0].place.position, 40U);
    key(Qt::Key_Escape);
    const Marks marks = session().marks.now();
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    EXPECT_TRUE(session().marks.now().bookmarks.empty());
    EXPECT_FALSE(session().marks.now().markers[0]);
    beginAgain();
    scenario();
    EXPECT_EQ(session().marks.now().bookmarks, marks.bookmarks);
    EXPECT_EQ(session().marks.now().markers, marks.markers);
}

TEST_F(MarksWindowTest, ItemsOfTheSceneHaveAMenuByMouseAndKey) {
    scenario();
    auto* scene = child<SceneWidget>("path-scene");
    scene->setFocus();
    const auto menu = [this] {
        auto* found = window->findChild<QMenu*>(QStringLiteral("item-menu"));
        return found && found->isVisible() ? found : nullptr;
    };
    QString stop;
    for (const Item& item : scene->displayList().items())
        if (item.id.startsWith(QStringLiteral("stop:")) && stop.isEmpty()) stop = item.id;
    ASSERT_FALSE(stop.isEmpty());
    const QPoint at = scene->itemRect(stop).center();
    QContextMenuEvent mouse(QContextMenuEvent::Mouse, at, scene->mapToGlobal(at));
    QCoreApplication::sendEvent(scene, &mouse);
    ASSERT_TRUE(menu());
    for (QAction* action : menu()->actions())
        if (action->text() == QStringLiteral("Break here")) action->trigger();
    EXPECT_EQ(session().marks.now().breakpoints.size(), 1U);
    menu()->close();
    settle();
    scene->setFocusedItem(stop);
    QContextMenuEvent keys(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QCoreApplication::sendEvent(scene, &keys);
    EXPECT_TRUE(menu());
    if (menu()) menu()->close();
}

TEST_F(MarksWindowTest, MoreKindsOfStepStandInTheTransport) {
    scenario();
    auto* more = child<QToolButton>("transport-more");
    ASSERT_TRUE(more->isVisible());
    ASSERT_TRUE(more->menu());
    EXPECT_TRUE(more->menu()->actions().contains(window->actions()[Act::step_into]));
    EXPECT_TRUE(more->menu()->actions().contains(window->actions()[Act::run_back_to_stop]));
    for (QAction* action : more->menu()->actions())
        EXPECT_TRUE(action->isSeparator() || !action->shortcut().isEmpty()) << action->text().toStdString();
}

}  // namespace
}  // namespace ringside::test
