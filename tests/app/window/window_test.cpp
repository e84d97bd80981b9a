// The window as a person uses it: opening, stepping, seeking, asking, choosing, dropping.
#include <QDockWidget>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QTableView>
#include <QToolButton>

#include "tests/app/window/window_fixture.h"
#include "tests/support/paths.h"
#include "views/capture/capture_panel.h"
#include "views/charts/charts_panel.h"
#include "views/events/event_list.h"
#include "views/inspector/inspector_panel.h"
#include "views/lab/lab_panel.h"
#include "views/lesson/lesson_panel.h"
#include "views/message/message_bar.h"
#include "views/scene/scene_widget.h"
#include "views/timeline/timeline_view.h"

namespace ringside::test {
namespace {

using MainWindowTest = WindowTest;

TEST_F(MainWindowTest, WithNothingOpenStepsAreOffAndLessonsAreOffered) {
    EXPECT_FALSE(session().run.hasRun());
    EXPECT_FALSE(child<QToolButton>("transport-step")->isEnabled());
    EXPECT_FALSE(child<QToolButton>("transport-back")->isEnabled());
    EXPECT_FALSE(window->actions()[Act::step]->isEnabled());
    ASSERT_TRUE(until([&] { return window->findChild<QWidget*>("course-wire-to-recvfrom") != nullptr; }));
    click(child<QWidget>("course-wire-to-recvfrom"));
    ASSERT_TRUE(until([&] { return session().run.hasRun(); }));
    EXPECT_EQ(child<QLabel>("lesson-title")->text(), "From the wire to recvfrom()");
    EXPECT_TRUE(child<QToolButton>("transport-step")->isEnabled());
    EXPECT_TRUE(window->windowTitle().contains("From the wire"));
}

TEST_F(MainWindowTest, KeysStepByStageFunctionPacketAndBack) {
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    EXPECT_EQ(session().run.position(), 0U);
    session().view.setStepBy(StepBy::stage);
    key(Qt::Key_Right);
    EXPECT_EQ(session().run.position(), 1U);
    key(Qt::Key_Right);
    EXPECT_EQ(session().run.position(), 2U);
    key(Qt::Key_Left);
    EXPECT_EQ(session().run.position(), 1U);
    key(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(session().run.event()->kind, EventKind::enter);
    key(Qt::Key_Right, Qt::ControlModifier);
    EXPECT_NE(session().run.event()->packet, 0U) << "the next packet's first event";
    key(Qt::Key_End);
    EXPECT_EQ(session().run.position(), session().run.explored());
    EXPECT_FALSE(child<QToolButton>("transport-step")->isEnabled()) << "at the end the button is disabled, not hidden";
    EXPECT_TRUE(child<QToolButton>("transport-step")->isVisible());
    key(Qt::Key_Home);
    EXPECT_EQ(session().run.position(), 0U);
}

TEST_F(MainWindowTest, KeysStepIntoOverAndOutOfACallAndAlongPacketTaskAndCpu) {
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    EventFilter udp;
    udp.functions.emplace();
    for (const FunctionInfo& info : session().run.inputs().functions)
        if (std::string_view(info.name) == "udp_rcv") udp.functions->set(info.id);
    const Found call = session().run.timeline().find(udp, Direction::forward, 0);
    ASSERT_TRUE(call);
    const auto at = [&](Position position) {
        session().travel.seek(position);
        return *session().run.event();
    };
    const Event entry = at(call.position);
    const auto here = [&] { return *session().run.event(); };
    key(Qt::Key_D);
    EXPECT_EQ(here().depth, entry.depth + 1);
    EXPECT_EQ(here().kind, EventKind::enter);
    key(Qt::Key_U, Qt::ShiftModifier);
    EXPECT_EQ(here().depth, entry.depth) << "back at the place of the call";
    key(Qt::Key_O);
    EXPECT_LE(here().depth, entry.depth) << "the call is passed over";
    at(call.position);
    key(Qt::Key_U);
    EXPECT_LT(here().depth, entry.depth);
    EXPECT_GT(session().run.position(), call.position);
    at(call.position);
    key(Qt::Key_O, Qt::ShiftModifier);
    EXPECT_LE(here().depth, entry.depth);
    EXPECT_LT(session().run.position(), call.position);
    at(call.position);
    key(Qt::Key_P);
    EXPECT_EQ(here().packet, entry.packet);
    EXPECT_GT(session().run.position(), call.position);
    at(call.position);
    key(Qt::Key_T);
    EXPECT_EQ(here().task, entry.task);
    key(Qt::Key_C, Qt::ShiftModifier);
    EXPECT_EQ(here().cpu, entry.cpu);
    EXPECT_EQ(session().run.position(), call.position);
    // where there is nothing to step along, nothing moves and that is said
    key(Qt::Key_Home);
    key(Qt::Key_U);
    EXPECT_EQ(session().run.position(), 0U);
    EXPECT_TRUE(child<MessageBar>("message-bar")->text().contains("no such step"));
}

TEST_F(MainWindowTest, WhyLeadsAlongTheCausesToTheWire) {
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    session().explorer.runOn();
    EventFilter udp;
    udp.functions.emplace();
    for (const FunctionInfo& info : session().run.inputs().functions)
        if (std::string_view(info.name) == "udp_rcv") udp.functions->set(info.id);
    const Found call = session().run.timeline().find(udp, Direction::forward, 0);
    ASSERT_TRUE(call);
    session().travel.seek(call.position);
    key(Qt::Key_W);
    auto* menu = child<QMenu>("why-menu");
    QList<QAction*> causes;
    for (QAction* action : menu->actions())
        if (!action->isSeparator()) causes << action;
    ASSERT_GT(causes.size(), 4);
    EXPECT_TRUE(causes.front()->text().startsWith("called by "));
    EXPECT_FALSE(causes.back()->isEnabled());
    EXPECT_TRUE(causes.back()->text().contains("wire"));
    causes[causes.size() - 2]->trigger();
    EXPECT_EQ(session().run.functionName(session().run.event()->function), "wire");
    EXPECT_EQ(session().run.event()->packet, 1U);
    menu->close();
    // the same from a row of the list
    EventList* list = window->findChild<EventList*>();
    ASSERT_NE(list, nullptr);
    const int row = list->model().rowOf(call.position);
    const std::unique_ptr<QMenu> of_row(list->rowMenu(row));
    QMenu* why = of_row->actions().back()->menu();
    ASSERT_NE(why, nullptr);
    EXPECT_EQ(why->actions().size(), causes.size() + 1);
    of_row->actions()[1]->trigger();
    EXPECT_EQ(session().run.position(), call.position) << "there again";
}

TEST_F(MainWindowTest, SpacePlaysAndPauses) {
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    session().view.setSpeed(6);
    key(Qt::Key_Space);
    EXPECT_TRUE(session().travel.playing());
    ASSERT_TRUE(until([&] { return session().run.position() >= 3; }));
    key(Qt::Key_Space);
    EXPECT_FALSE(session().travel.playing());
    const Position rest = session().run.position();
    QTest::qWait(200);
    EXPECT_EQ(session().run.position(), rest) << "nothing moves unless asked";
    key(Qt::Key_BracketLeft);
    EXPECT_EQ(session().view.now().speed, 5);
    EXPECT_EQ(child<QSlider>("speed")->value(), 5);
}

TEST_F(MainWindowTest, AClickOnTheScrubberSeeks) {
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    auto* timeline = child<TimelineView>("timeline");
    const TimelineData& data = timeline->data();
    const Position wanted = session().run.explored() / 2;
    const QPoint place(qRound(data.x(static_cast<double>(wanted))), timeline->height() / 2);
    QTest::mouseClick(timeline, Qt::LeftButton, {}, place);
    settle();
    EXPECT_NEAR(static_cast<double>(session().run.position()), static_cast<double>(wanted), 2.0);
    EXPECT_NEAR(timeline->playheadX(), place.x(), 2.0);
    // dragging goes on
    QTest::mousePress(timeline, Qt::LeftButton, {}, place);
    QMouseEvent move(QEvent::MouseMove, place + QPoint(-80, 0), timeline->mapToGlobal(place + QPoint(-80, 0)),
                     Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(timeline, &move);
    QTest::mouseRelease(timeline, Qt::LeftButton, {}, place);
    EXPECT_LT(session().run.position(), wanted);
}

TEST_F(MainWindowTest, TheEventListFiltersAndAClickGoesThere) {
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    auto* list = window->findChild<EventList*>();
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(static_cast<Position>(list->model().rowCount()), session().run.explored());
    key(Qt::Key_F, Qt::ControlModifier);
    EXPECT_EQ(QApplication::focusWidget(), &list->filter());
    QTest::keyClicks(&list->filter(), "udp_rcv");
    ASSERT_TRUE(until([&] { return !list->model().searching() && list->model().rowCount() > 0; }));
    for (int row = 0; row < list->model().rowCount(); ++row) {
        EXPECT_TRUE(list->model().index(row, EventModel::function).data().toString().contains("udp_rcv"));
    }
    const QModelIndex last = list->model().index(list->model().rowCount() - 1, EventModel::function);
    const Position wanted = list->model().positionOf(last.row());
    const QModelIndex shown = list->page().indexOf(last.row(), EventModel::function);
    list->table().scrollTo(shown);
    const QPoint at = list->table().visualRect(shown).center();
    QTest::mouseClick(list->table().viewport(), Qt::LeftButton, {}, at);
    settle();
    EXPECT_EQ(session().run.position(), wanted);
    list->filter().setText("no_such_function");
    ASSERT_TRUE(until([&] { return list->model().rowCount() == 0; }));
    EXPECT_FALSE(list->table().isVisible());
}

TEST_F(MainWindowTest, ArrowsInATableBelongToIt) {
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    session().travel.seek(20);
    auto* table = child<QTableView>("event-table");
    table->setFocus();
    key(Qt::Key_Down);
    EXPECT_EQ(session().run.position(), 20U);
    EXPECT_EQ(table->currentIndex().row(), 20);
    key(Qt::Key_Escape);
    EXPECT_NE(QApplication::focusWidget(), table) << "Esc returns to the scene";
    session().view.setStepBy(StepBy::stage);
    key(Qt::Key_Right);
    EXPECT_EQ(session().run.position(), 21U);
}

TEST_F(MainWindowTest, AnOpenQuestionHidesWhatComesAndAnAnswerShowsIt) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    ASSERT_NE(session().run.player()->openQuestion(), nullptr);
    const Position asked = session().run.position();
    EXPECT_EQ(session().run.limit(), asked);
    EXPECT_EQ(child<QLabel>("event-counter")->text(), QStringLiteral("event %1").arg(asked)) << "its length tells";
    auto* list = window->findChild<EventList*>();
    EXPECT_EQ(static_cast<Position>(list->model().rowCount()), asked) << "the event list would give the answer away";
    auto* check = child<QPushButton>("question-check");
    EXPECT_FALSE(check->isEnabled());
    child<QRadioButton>("answer-1")->click();
    EXPECT_TRUE(check->isEnabled());
    check->click();
    settle();
    ASSERT_NE(session().run.player()->grade(1), nullptr);
    EXPECT_TRUE(session().run.player()->grade(1)->right);
    EXPECT_GT(session().run.limit(), asked);
    EXPECT_GT(static_cast<Position>(list->model().rowCount()), asked);
    EXPECT_TRUE(child<QLabel>("lesson-number")->text().contains("1 of 5 predicted"));
}

TEST_F(MainWindowTest, TheReplyToAnAnswerIsBroughtIntoSight) {
    window->resize(1440, 800);
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    settle();
    child<QRadioButton>("answer-0")->click();
    child<QPushButton>("question-check")->click();
    auto* reply = child<QWidget>("question-reply");
    EXPECT_TRUE(until([&] { return reply->visibleRegion().boundingRect().bottom() >= reply->height() - 2; }))
        << "its last line is out of sight";
}

TEST_F(MainWindowTest, SteppingOnSkipsAQuestion) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    const Position asked = session().run.position();
    session().travel.setPlaying(true);
    QTest::qWait(700);
    EXPECT_EQ(session().run.position(), asked) << "playing does not give an answer away";
    key(Qt::Key_Right);
    EXPECT_GT(session().run.position(), asked);
    EXPECT_EQ(session().run.player()->questionState(1), QuestionState::skipped);
}

TEST_F(MainWindowTest, DigitsAreTheAnswerWhileANumberIsAskedFor) {
    open("wire-to-recvfrom");
    const Lesson& lesson = session().run.player()->lesson();
    std::size_t asks = 0;
    while (!lesson.steps[asks].question || lesson.steps[asks].question->kind != Question::Kind::number) ++asks;
    while (session().run.player()->step() < asks) session().travel.step(StepBy::lesson);
    settle();
    ASSERT_NE(session().run.player()->openQuestion(), nullptr);
    const CentreView before = window->centre();
    // as the platform delivers it: to whatever has the focus by then
    window->activateWindow();
    QTest::mouseClick(child<QWidget>("question-card"), Qt::LeftButton, {}, QPoint(4, 4));
    QTest::keyClick(window->windowHandle(), Qt::Key_5);
    settle();
    EXPECT_EQ(window->centre(), before) << "a click beside the field and a digit left for the capture";
    EXPECT_EQ(child<QLineEdit>("question-number")->text(), "5");
}

TEST_F(MainWindowTest, TheLanguageChangesWhileItRuns) {
    open("wire-to-recvfrom");
    window->setLanguage("zh_CN");
    settle();
    EXPECT_EQ(child<QLabel>("lesson-title")->text(), QStringLiteral("从网线到 recvfrom()"));
    for (const char* name : {"granularity-0", "granularity-1", "granularity-2", "granularity-3"}) {
        const QString text = child<QToolButton>(name)->text();
        EXPECT_FALSE(text.isEmpty());
        EXPECT_GT(text[0].unicode(), 0x2e80) << text.toStdString() << " is not Chinese";
    }
    click(child<QToolButton>("language"));
    EXPECT_EQ(session().texts.language(), "en");
    EXPECT_EQ(child<QToolButton>("granularity-0")->text(), "Stage");
}

TEST_F(MainWindowTest, ThemesAndTextSizesReachTheWidgets) {
    open("wire-to-recvfrom");
    const int before = child<QLabel>("lesson-title")->font().pixelSize();
    window->actions()[Act::dark]->trigger();
    EXPECT_LT(qApp->palette().color(QPalette::Window).lightness(), 60);
    EXPECT_EQ(child<SceneWidget>("path-scene")->theme().kind, ThemeKind::dark);
    key(Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_EQ(window->settings().text_percent, 115);
    EXPECT_GT(child<QLabel>("lesson-title")->font().pixelSize(), before);
    key(Qt::Key_0, Qt::ControlModifier);
    EXPECT_EQ(window->settings().text_percent, 100);
}

TEST_F(MainWindowTest, TheProjectorLeavesSceneAndCaption) {
    open("wire-to-recvfrom");
    key(Qt::Key_F);
    EXPECT_TRUE(window->projector());
    EXPECT_TRUE(child<SceneWidget>("path-scene")->theme().projector);
    EXPECT_FALSE(child<QDockWidget>("inspector-dock")->isVisible());
    EXPECT_FALSE(child<QDockWidget>("lesson-dock")->isVisible());
    EXPECT_TRUE(child<QWidget>("caption-strip")->isVisible());
    const std::size_t step = session().run.player()->step();
    key(Qt::Key_PageDown);
    EXPECT_TRUE(until([&] { return session().run.player()->step() == step + 1; })) << "a presenter's remote";
    key(Qt::Key_Escape);
    EXPECT_FALSE(window->projector());
    EXPECT_TRUE(child<QDockWidget>("inspector-dock")->isVisible());
    EXPECT_TRUE(child<QDockWidget>("lesson-dock")->isVisible());
}

TEST_F(MainWindowTest, TheInspectorMarksWhatAStepChanged) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    auto* inspector = window->findChild<InspectorPanel*>();
    ASSERT_NE(inspector, nullptr);
    EXPECT_TRUE(inspector->model().changes().contains(QStringLiteral("fifo_bytes: 0 → 146")))
        << inspector->model().changes().join("; ").toStdString();
    inspector->filter().setText("rx_total");
    EXPECT_EQ(inspector->model().rowCount(), 1);
    inspector->filter().setText("nothing like it");
    EXPECT_TRUE(inspector->model().empty());
}

TEST_F(MainWindowTest, ADroppedCaptureIsOpened) {
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(sample("dns-lookup.pcap"))});
    QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &files, Qt::LeftButton, {});
    QApplication::sendEvent(window.get(), &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(400, 400), Qt::CopyAction, &files, Qt::LeftButton, {});
    QApplication::sendEvent(window.get(), &drop);
    ASSERT_TRUE(until([&] { return session().run.capture() != nullptr; }));
    EXPECT_EQ(window->centre(), CentreView::capture);
    ASSERT_TRUE(until([&] { return session().run.ended(); }));
    bool known = false;
    for (std::uint32_t packet = 1; packet <= session().run.capture()->count(); ++packet)
        known |= session().run.fates().find(packet) != nullptr;
    EXPECT_TRUE(known) << "no packet's fate was found by the background run";
}

TEST_F(MainWindowTest, ABadFileIsSaidAndWhatWasOpenStays) {
    open("wire-to-recvfrom");
    session().opening.openNamed(QString::fromStdString(sourceDir() + "/README-that-is-not-there.pcap"));
    auto* bar = child<MessageBar>("message-bar");
    ASSERT_TRUE(until([&] { return !bar->text().isEmpty(); }));
    EXPECT_TRUE(bar->text().contains("no such file")) << bar->text().toStdString();
    EXPECT_TRUE(session().run.player() != nullptr) << "the lesson was lost";
    click(child<QToolButton>("message-close"));
    EXPECT_TRUE(bar->text().isEmpty());
    window->setLanguage(QStringLiteral("zh_CN"));
    session().opening.openNamed(QString::fromStdString(sourceDir() + "/app/run"));
    ASSERT_TRUE(until([&] { return !bar->text().isEmpty(); }));
    EXPECT_TRUE(bar->text().contains(QStringLiteral("/app/run：应为抓包文件"))) << bar->text().toStdString();
}

TEST_F(MainWindowTest, TheLabUndoesAndRedoesByKey) {
    key(Qt::Key_4);
    ASSERT_EQ(window->centre(), CentreView::lab);
    auto* lab = window->findChild<LabPanel*>();
    ASSERT_TRUE(lab->model().apply(LabOp::alloc_skb, 256));
    ASSERT_TRUE(lab->model().apply(LabOp::skb_reserve, 64));
    const auto data = [&] { return lab->model().world().machine().skbs[lab->model().chosen()].data; };
    EXPECT_EQ(data(), 64U);
    key(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(data(), 0U);
    key(Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(data(), 64U);
}

TEST_F(MainWindowTest, WhatNobodyLookedAtIsNotMade) {
    EXPECT_EQ(window->findChild<LabPanel*>(), nullptr);
    EXPECT_EQ(window->findChild<CapturePanel*>(), nullptr);
    EXPECT_EQ(window->findChild<ChartsPanel*>(), nullptr);
    EXPECT_EQ(window->findChild<LessonPage*>(), nullptr);
    EXPECT_EQ(window->findChild<InspectorPanel*>(), nullptr) << "nothing is open: there is nothing to inspect";
    EXPECT_EQ(window->findChildren<SceneWidget*>().size(), 0) << "Home is shown, no scene";
    // what is made later looks and speaks as the window does by then
    window->setTheme(ThemeKind::dark);
    window->setLanguage(QStringLiteral("zh_CN"));
    key(Qt::Key_4);
    EXPECT_GT(child<QPushButton>("lab-clear")->text()[0].unicode(), 0x2e80);
    open(QStringLiteral("wire-to-recvfrom"));
    key(Qt::Key_2);
    EXPECT_EQ(child<SceneWidget>("skb-scene")->theme().kind, ThemeKind::dark);
    EXPECT_NE(window->findChild<LessonPage*>(), nullptr);
    EXPECT_NE(window->findChild<InspectorPanel*>(), nullptr);
    EXPECT_EQ(window->findChild<CapturePanel*>(), nullptr);
}

TEST_F(MainWindowTest, AWidgetIsStyledAgainOnlyWhenTheThemeChanged) {
    struct Counts : QObject {
        int styled = 0;
        bool eventFilter(QObject* watched, QEvent* event) override {
            styled += event->type() == QEvent::StyleChange;
            return QObject::eventFilter(watched, event);
        }
    } counts;
    open(QStringLiteral("wire-to-recvfrom"));
    child<QToolButton>("transport-step")->installEventFilter(&counts);
    window->setTheme(ThemeKind::light);
    window->setTextSize(100);
    EXPECT_EQ(counts.styled, 0) << "nothing changed";
    window->setProjector(true);
    EXPECT_GT(counts.styled, 0) << "a room reads the bars too";
    window->setProjector(false);
    settle();
    counts.styled = 0;
    window->setTheme(ThemeKind::dark);
    EXPECT_GT(counts.styled, 0);
}

TEST_F(MainWindowTest, EveryButtonHasAName) {
    open("wire-to-recvfrom");
    for (const QAbstractButton* button : window->findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || button->objectName().startsWith("qt_")) continue;
        EXPECT_FALSE(button->text().isEmpty() && button->accessibleName().isEmpty() && button->toolTip().isEmpty())
            << "a screen reader finds no name for " << button->objectName().toStdString();
    }
}

TEST_F(MainWindowTest, TheKeySheetOpensAndCloses) {
    key(Qt::Key_F1);
    auto* sheet = window->findChild<QDialog*>("shortcut-sheet");
    ASSERT_NE(sheet, nullptr);
    EXPECT_TRUE(sheet->isVisible());
    QTest::keyClick(sheet, Qt::Key_Question);
    ASSERT_TRUE(until([&] { return window->findChild<QDialog*>("shortcut-sheet") == nullptr; }));
}

TEST_F(MainWindowTest, ItIsRememberedHowItLooked) {
    window->actions()[Act::dark]->trigger();
    window->setTextSize(115);
    window->setLanguage("zh_CN");
    beginAgain();
    EXPECT_EQ(window->settings().theme, ThemeKind::dark);
    EXPECT_EQ(window->settings().text_percent, 115);
    EXPECT_EQ(window->settings().language, "zh_CN");
    EXPECT_LT(qApp->palette().color(QPalette::Window).lightness(), 60);
}

}  // namespace
}  // namespace ringside::test
