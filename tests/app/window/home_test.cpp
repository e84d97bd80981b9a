// Home, and what is remembered from one start to the next, in a real window.
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

#include "tests/app/window/window_fixture.h"
#include "views/home/home_page.h"
#include "views/home/home_row.h"
#include "views/lesson/lesson_page.h"
#include "views/message/message_bar.h"
#include "views/scene/scene_widget.h"

namespace ringside::test {
namespace {

class HomeTest : public WindowTest {
  protected:
    /// Waits until the lessons are read.
    void homeIsThere() {
        ASSERT_TRUE(until([&] { return window->findChild<QWidget*>("course-wire-to-recvfrom") != nullptr; }));
        settle();
    }
    [[nodiscard]] QStringList shownDocks() const {
        QStringList shown;
        for (const QDockWidget* dock : window->findChildren<QDockWidget*>())
            if (dock->isVisible()) shown << dock->objectName();
        shown.sort();
        return shown;
    }
    void opened() {
        ASSERT_TRUE(until([&] { return session().run.hasRun() && session().run.ended(); }));
        settle();
    }
    void put(const char* name, const QByteArray& bytes) const {
        QFile file(folder.filePath(QLatin1String(name)));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
};

TEST_F(HomeTest, IsAllThereIsToSeeAtTheFirstStart) {
    homeIsThere();
    EXPECT_EQ(window->centre(), CentreView::home);
    EXPECT_EQ(shownDocks(), QStringList());
    EXPECT_TRUE(child<QWidget>("begin-card")->isVisible());
    EXPECT_FALSE(child<QWidget>("continue-card")->isVisible()) << "there is nothing to continue";
    EXPECT_EQ(child<QLabel>("home-total")->text(), "0 of 2");
    for (const QLabel* label : window->findChildren<QLabel*>())
        EXPECT_FALSE(label->isVisible() && label->text().contains("Nothing is open"));
    EXPECT_FALSE(window->actions()[Act::view_path]->isEnabled()) << "a view of no run is a dead end";
    EXPECT_TRUE(window->actions()[Act::view_lab]->isEnabled());
}

TEST_F(HomeTest, BeginIsOneKeyAwayAndTheKeysAreTheScenesThen) {
    homeIsThere();
    EXPECT_EQ(QApplication::focusWidget(), child<QPushButton>("home-begin"));
    key(Qt::Key_Return);
    opened();
    EXPECT_EQ(session().run.player()->lesson().id, "wire-to-recvfrom");
    const CentreView shown = window->centre();
    EXPECT_LE(shown, CentreView::cpus) << "the scene of the first step";
    EXPECT_EQ(shownDocks().size(), 5) << shownDocks().join(' ').toStdString();
    auto* scene = qobject_cast<SceneWidget*>(QApplication::focusWidget());
    ASSERT_NE(scene, nullptr);
    EXPECT_TRUE(scene->isVisible());
    key(Qt::Key_Space);
    EXPECT_TRUE(session().travel.onTheWay()) << "the first key a newcomer presses: on to the next step";
    EXPECT_TRUE(session().run.hasRun());
}

TEST_F(HomeTest, SpacePlaysAfterAClickOnTheToolbar) {
    homeIsThere();
    click(child<QWidget>("course-wire-to-recvfrom"));
    opened();
    click(child<QToolButton>("home"));
    EXPECT_EQ(window->centre(), CentreView::home);
    EXPECT_TRUE(session().run.hasRun()) << "the lesson stays behind Home";
    EXPECT_EQ(shownDocks(), QStringList());
    key(Qt::Key_Escape);
    EXPECT_LE(window->centre(), CentreView::cpus);
    key(Qt::Key_Space);
    EXPECT_TRUE(session().travel.onTheWay());
    EXPECT_LE(window->centre(), CentreView::cpus) << "Space pressed the button again";
    key(Qt::Key_Home, Qt::AltModifier);
    EXPECT_EQ(window->centre(), CentreView::home);
    EXPECT_FALSE(session().travel.onTheWay());
    EXPECT_FALSE(session().travel.playing());
}

TEST_F(HomeTest, ContinueGoesToTheStepAndItsAnswersAreThere) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    settle();
    ASSERT_NE(session().run.player()->openQuestion(), nullptr);
    child<QRadioButton>("answer-1")->click();
    child<QPushButton>("question-check")->click();
    session().travel.goToStep(2);
    settle();
    const Position was = session().run.position();
    ASSERT_EQ(session().run.player()->step(), 2U);
    beginAgain();
    homeIsThere();
    EXPECT_TRUE(child<QWidget>("continue-card")->isVisible());
    EXPECT_EQ(QApplication::focusWidget(), child<QPushButton>("home-continue"));
    EXPECT_EQ(child<HomeRow>("course-wire-to-recvfrom")->content().mark, LessonMark::here);
    key(Qt::Key_Return);
    opened();
    EXPECT_EQ(session().run.position(), was);
    ASSERT_EQ(session().run.player()->step(), 2U);
    ASSERT_NE(session().run.player()->grade(1), nullptr);
    EXPECT_TRUE(session().run.player()->grade(1)->right);

    key(Qt::Key_Home, Qt::AltModifier);
    click(child<QPushButton>("home-again"));
    ASSERT_TRUE(until([&] { return session().run.player() && session().run.player()->step() == 0; }));
    EXPECT_EQ(session().run.player()->grade(1), nullptr);
}

TEST_F(HomeTest, ALessonIsDoneWhenItsEndWasReached) {
    open("wire-to-recvfrom");
    const std::size_t steps = session().run.player()->stepCount();
    for (std::size_t step = 1; step < steps; ++step) {
        session().travel.goToStep(step);
        while (session().run.player()->openQuestion()) session().travel.step(StepBy::lesson);
    }
    session().travel.goToStep(steps - 1);
    beginAgain();
    homeIsThere();
    EXPECT_EQ(child<HomeRow>("course-wire-to-recvfrom")->content().mark, LessonMark::done);
    EXPECT_EQ(child<QLabel>("home-total")->text(), "1 of 2");
    EXPECT_FALSE(child<QWidget>("continue-card")->isVisible());
    click(child<QWidget>("course-wire-to-recvfrom"));
    opened();
    EXPECT_EQ(session().run.player()->step(), 0U) << "a lesson that was left at its end begins again";
}

TEST_F(HomeTest, TheLayoutOutlivesAnEndInEveryView) {
    open("wire-to-recvfrom");
    const QStringList all = shownDocks();
    ASSERT_EQ(all.size(), 5);
    for (const CentreView view : {CentreView::charts, CentreView::lab, CentreView::capture, CentreView::home}) {
        window->setCentre(view);
        settle();
        beginAgain();
        open("wire-to-recvfrom");
        window->setCentre(CentreView::path);
        settle();
        EXPECT_EQ(shownDocks(), all) << "after an end in view " << static_cast<int>(view);
    }
    // what was closed by hand stays closed
    key(Qt::Key_I);
    EXPECT_FALSE(shownDocks().contains("inspector-dock"));
    window->setCentre(CentreView::charts);
    beginAgain();
    open("wire-to-recvfrom");
    window->setCentre(CentreView::path);
    settle();
    EXPECT_FALSE(shownDocks().contains("inspector-dock"));
    EXPECT_TRUE(shownDocks().contains("lesson-dock"));
}

TEST_F(HomeTest, TheProjectorGivesBackWhatHomeTookAway) {
    window->setProjector(true);
    open("wire-to-recvfrom");
    window->setProjector(false);
    settle();
    EXPECT_EQ(shownDocks().size(), 5) << shownDocks().join(' ').toStdString();
}

TEST_F(HomeTest, RecentFilesAreKeptAndOnesThatAreGoneCanBeTakenOff) {
    const QString copy = folder.filePath(QStringLiteral("mine.pcap"));
    ASSERT_TRUE(QFile::copy(sample("dns-lookup.pcap"), copy));
    open(copy);
    key(Qt::Key_Home, Qt::AltModifier);
    ASSERT_EQ(window->findChildren<HomeRow*>("recent").size(), 1);
    EXPECT_EQ(child<HomeRow>("recent")->content().title, "mine.pcap");
    EXPECT_TRUE(child<HomeRow>("recent")->content().right.startsWith("6 packets")) << "how large it is is known";
    beginAgain();
    click(child<HomeRow>("recent"));
    ASSERT_TRUE(until([&] { return session().run.capture() != nullptr; }));
    ASSERT_TRUE(QFile::remove(copy));
    beginAgain();
    EXPECT_EQ(child<HomeRow>("recent")->content().right, "not found");
    click(child<HomeRow>("recent"));
    EXPECT_EQ(window->findChildren<HomeRow*>("recent").size(), 0);
    EXPECT_FALSE(session().run.hasRun());
}

TEST_F(HomeTest, SamplesOpenAndTheLabDoes) {
    homeIsThere();
    click(child<HomeRow>("home-lab"));
    EXPECT_EQ(window->centre(), CentreView::lab);
    EXPECT_EQ(shownDocks(), QStringList()) << "without a run there is nothing beside the lab";
    key(Qt::Key_Home, Qt::AltModifier);
    click(child<HomeRow>("sample-dns-lookup.pcap"));
    ASSERT_TRUE(until([&] { return session().run.capture() != nullptr; }));
    EXPECT_EQ(window->centre(), CentreView::capture);
}

TEST_F(HomeTest, IsChineseThroughout) {
    homeIsThere();
    window->setLanguage(QStringLiteral("zh_CN"));
    settle();
    const auto chinese = [](const QString& text) {
        return std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 0x2e80; });
    };
    for (const HomeRow* row : child<QWidget>("home-page")->findChildren<HomeRow*>()) {
        EXPECT_TRUE(chinese(row->content().title + row->content().detail)) << row->objectName().toStdString();
        EXPECT_TRUE(row->content().detail.isEmpty() || chinese(row->content().detail))
            << row->content().detail.toStdString();
    }
    EXPECT_TRUE(chinese(child<QLabel>("home-headline")->text()));
    EXPECT_TRUE(chinese(child<QPushButton>("home-begin")->text()));
}

TEST_F(HomeTest, ArrowsGoThroughTheCourseAndTabStopsThereOnce) {
    homeIsThere();
    auto* first = child<HomeRow>("course-wire-to-recvfrom");
    auto* second = child<HomeRow>("course-skb-anatomy");
    first->setFocus();
    key(Qt::Key_Right);
    EXPECT_EQ(QApplication::focusWidget(), second) << "the part beside";
    key(Qt::Key_Right);
    EXPECT_EQ(QApplication::focusWidget(), second);
    key(Qt::Key_Up);
    EXPECT_EQ(QApplication::focusWidget(), first);
    key(Qt::Key_Down);
    EXPECT_EQ(QApplication::focusWidget(), second);
    key(Qt::Key_Tab);
    EXPECT_NE(QApplication::focusWidget(), first);
    key(Qt::Key_Backtab);
    EXPECT_EQ(QApplication::focusWidget(), second);
    EXPECT_TRUE(second->accessibleName().contains("310")) << second->accessibleName().toStdString();
    EXPECT_TRUE(second->accessibleName().contains("not begun"));
    key(Qt::Key_Return);
    opened();
    EXPECT_EQ(session().run.player()->lesson().id, "skb-anatomy");
}

TEST_F(HomeTest, TabReachesEverythingAndEverythingHasAName) {
    homeIsThere();
    QSet<const QWidget*> reached;
    for (int i = 0; i < 60; ++i) {
        key(Qt::Key_Tab);
        reached.insert(QApplication::focusWidget());
    }
    for (const QAbstractButton* button : child<QWidget>("home-page")->findChildren<QAbstractButton*>()) {
        if (!button->isVisible()) continue;
        EXPECT_FALSE(button->accessibleName().isEmpty() && button->text().isEmpty())
            << "no name for " << button->objectName().toStdString();
        const bool lesson = button->objectName().startsWith("course-");
        EXPECT_TRUE(lesson || reached.contains(button)) << "Tab does not reach " << button->objectName().toStdString();
    }
}

TEST_F(HomeTest, AFileHeldOverTheWindowIsNamed) {
    homeIsThere();
    const QString before = child<QLabel>("drop-text")->text();
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(sample("dns-lookup.pcap"))});
    QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &files, Qt::LeftButton, {});
    QApplication::sendEvent(window.get(), &enter);
    EXPECT_EQ(child<QLabel>("drop-text")->text(), "Let go to open dns-lookup.pcap");
    QDragLeaveEvent leave;
    QApplication::sendEvent(window.get(), &leave);
    EXPECT_EQ(child<QLabel>("drop-text")->text(), before);
    // one that is none is told of before it is let go
    QMimeData other;
    other.setUrls({QUrl::fromLocalFile(QString::fromStdString(sourceDir() + "/README.md"))});
    QDragEnterEvent again(QPoint(400, 400), Qt::CopyAction, &other, Qt::LeftButton, {});
    QApplication::sendEvent(window.get(), &again);
    EXPECT_EQ(child<QLabel>("drop-text")->text(), "README.md is no capture, scenario or lesson");
}

TEST_F(HomeTest, DamagedFilesAreSetAsideAndSaid) {
    window->close();
    window.reset();
    put("settings.json", "{ \"what\": \"ringside settings\", \"version\": 1, \"theme\": \"dark\"");
    put("progress.json", "{ \"what\": \"ringside progress\", \"version\": 9 }");
    begin();
    const QString said = child<MessageBar>("message-bar")->text();
    EXPECT_TRUE(said.contains("settings.json is damaged")) << said.toStdString();
    EXPECT_TRUE(said.contains("progress.json is of a newer Ringside")) << said.toStdString();
    EXPECT_TRUE(QFile::exists(folder.filePath("settings.json.aside-1")));
    EXPECT_TRUE(QFile::exists(folder.filePath("progress.json.aside-1")));
    beginAgain();
    EXPECT_TRUE(child<MessageBar>("message-bar")->text().isEmpty()) << "it is said once";
    EXPECT_TRUE(QFile::exists(folder.filePath("settings.json.aside-1")));
}

TEST_F(HomeTest, WhatCannotBeSavedIsSaidOnce) {
    window->close();
    window.reset();
    ASSERT_TRUE(QFile::remove(folder.filePath("settings.json")));
    ASSERT_TRUE(QDir(folder.path()).mkdir("settings.json"));
    begin();
    EXPECT_TRUE(child<MessageBar>("message-bar")->text().contains("cannot be read"));
    click(child<QToolButton>("message-close"));
    open(sample("dns-lookup.pcap"));
    EXPECT_TRUE(child<MessageBar>("message-bar")->text().contains("could not be saved"));
    click(child<QToolButton>("message-close"));
    open(sample("mix.pcap"));
    EXPECT_TRUE(child<MessageBar>("message-bar")->text().isEmpty());
}

TEST_F(HomeTest, WhatIsNamedAtTheStartIsOpenedWithoutHome) {
    window->openFirst("wire-to-recvfrom");
    EXPECT_EQ(window->centre(), CentreView::path);
    opened();
    EXPECT_LE(window->centre(), CentreView::cpus);
    beginAgain();
    window->openFirst("/nowhere/at-all.pcap");
    ASSERT_TRUE(until([&] { return window->centre() == CentreView::home; }));
    EXPECT_TRUE(child<MessageBar>("message-bar")->text().contains("no such file"));
}

TEST_F(HomeTest, TwoWindowsLoseNothingOfEachOther) {
    Memory one(folder.path()), other(folder.path());
    Progress a, b;
    a.lessons["a"].step = "first";
    b.lessons["b"].step = "second";
    ASSERT_TRUE(one.keep(a));
    ASSERT_TRUE(other.keep(b));
    const Progress both = Memory(folder.path()).progress();
    EXPECT_EQ(both.of("a").step, "first");
    EXPECT_EQ(both.of("b").step, "second");
    a.lessons["a"].step = "third";
    ASSERT_TRUE(one.keep(a));
    EXPECT_EQ(Memory(folder.path()).progress().of("a").step, "third");
    EXPECT_EQ(Memory(folder.path()).progress().of("b").step, "second");
}

}  // namespace
}  // namespace ringside::test
