// A session in the window: saved and opened it is the same moment of the same run; nothing is lost without a question.
#include <QAction>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include "engine/scenario/scenario.h"
#include "tests/app/window/window_fixture.h"
#include "views/message/message_bar.h"

namespace ringside::test {
namespace {

class SessionWindow : public WindowTest {
  protected:
    [[nodiscard]] QString file(const char* name = "a.ringside") const {
        return folder.filePath(QString::fromLatin1(name));
    }
    std::uint64_t hash() { return fingerprint(session().run.world(), session().run.inputs()); }
    MessageBar& bar() { return *window->findChild<MessageBar*>(); }
    /// Opens a session and waits until it is shown.
    void openSession(const QString& name) {
        QSignalSpy taken(&session().opening, &Opening::taken);
        window->openSession(name);
        ASSERT_TRUE(until([&] { return taken.count() > 0; })) << bar().text().toStdString();
        settle();
    }
    /// Opens one that must not open.
    QString refusedSession(const QString& name) {
        QSignalSpy taken(&session().opening, &Opening::taken);
        bar().dismiss();
        window->openSession(name);
        until([&] { return bar().isVisible() && !session().opening.busy(); });
        EXPECT_EQ(taken.count(), 0);
        return bar().text();
    }
    /// Presses a button of the next question, which is then gone.
    void answerNext(const char* start) {
        QTimer::singleShot(0, window.get(), [start] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            ASSERT_NE(box, nullptr) << "nothing was asked";
            for (QAbstractButton* button : box->buttons())
                if (button->text().startsWith(QLatin1String(start))) return button->click();
            FAIL() << "no such answer";
        });
    }
    void twoBranches() {
        open(sample("mix.pcap"));
        session().travel.seek(40);
        ASSERT_TRUE(session().acting.intervene(SetSysctl{"net.core.netdev_budget", 16}));
        session().travel.seek(20);
        ASSERT_TRUE(session().acting.intervene(SetSysctl{"net.ipv4.ip_forward", 1}));
        ASSERT_EQ(session().run.branches().size(), 3U);
        session().acting.switchBranch(1);
        session().travel.seek(90);
    }
};

TEST_F(SessionWindow, ABusyRunComesBackExactly) {
    twoBranches();
    window->setCentre(CentreView::skb);
    session().view.setFilter("drop");
    session().view.follow(3, true);
    session().marks.addBreakpoint("udp_rcv");
    session().marks.addBookmark({90, 1}, "here");
    const Marks marks = session().marks.now();
    child<QWidget>("events-dock")->hide();
    const std::uint64_t before = hash();
    const View view = session().view.now();
    ASSERT_TRUE(window->saveSession(file()));
    EXPECT_FALSE(window->unsaved());
    beginAgain();
    openSession(file());
    EXPECT_EQ(hash(), before);
    EXPECT_EQ(session().run.position(), 90U);
    EXPECT_EQ(session().run.branch(), 1U);
    ASSERT_EQ(session().run.branches().size(), 3U);
    EXPECT_EQ(session().run.branches()[2].fork.position, 20U);
    EXPECT_EQ(session().view.now(), view);
    EXPECT_EQ(session().marks.now(), marks);
    EXPECT_EQ(window->centre(), CentreView::skb);
    EXPECT_TRUE(child<QWidget>("events-dock")->isHidden());
    EXPECT_FALSE(window->unsaved());
    ASSERT_TRUE(until([&] { return session().run.ended(); }));
    session().acting.switchBranch(2);
    EXPECT_EQ(session().run.world().machine().sysctl->netdev_budget, 300U);
}

TEST_F(SessionWindow, ALessonComesBackWithItsAnswersAndNotes) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    static_cast<void>(session().acting.answer("cpu"));
    session().travel.goToStep(2);
    session().travel.step(StepBy::stage);
    window->notes().write("wire-to-recvfrom", "frame", "mine");
    const std::uint64_t before = hash();
    const Position position = session().run.position();
    ASSERT_TRUE(window->saveSession(file()));
    // somebody else's Ringside
    window->close();
    window.reset();
    ASSERT_TRUE(QFile::remove(folder.filePath(QStringLiteral("progress.json"))));
    ASSERT_TRUE(QFile::remove(folder.filePath(QStringLiteral("notes.json"))));
    begin();
    openSession(file());
    EXPECT_EQ(session().run.position(), position);
    EXPECT_EQ(hash(), before);
    ASSERT_NE(session().run.player(), nullptr);
    EXPECT_EQ(session().run.player()->step(), 2U);
    ASSERT_NE(session().run.player()->given(1), nullptr);
    EXPECT_EQ(*session().run.player()->given(1), "cpu");
    EXPECT_EQ(window->notes().note("wire-to-recvfrom", "frame"), "mine");
}

TEST_F(SessionWindow, AScenarioNeedsItsFileNoMore) {
    const QString scenario = folder.filePath(QStringLiteral("mine.yaml"));
    ASSERT_TRUE(QFile::copy(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"), scenario));
    open(scenario);
    session().travel.seek(30);
    const std::uint64_t before = hash();
    ASSERT_TRUE(window->saveSession(file()));
    ASSERT_TRUE(QFile::remove(scenario));
    openSession(file());
    EXPECT_EQ(hash(), before);
}

TEST_F(SessionWindow, ACaptureThatMovedIsFoundOrAskedFor) {
    const QString one = folder.filePath(QStringLiteral("one")), two = folder.filePath(QStringLiteral("two"));
    ASSERT_TRUE(QDir().mkpath(one) && QDir().mkpath(two));
    ASSERT_TRUE(QFile::copy(sample("mix.pcap"), one + "/mine.pcap"));
    open(one + "/mine.pcap");
    session().travel.seek(50);
    const std::uint64_t before = hash();
    ASSERT_TRUE(window->saveSession(two + "/a.ringside"));
    session().opening.close();
    // beside the session
    ASSERT_TRUE(QFile::rename(one + "/mine.pcap", two + "/mine.pcap"));
    openSession(two + "/a.ringside");
    EXPECT_EQ(hash(), before);
    session().opening.close();
    // nowhere to be seen: asked for, and another one is not taken for it
    ASSERT_TRUE(QFile::rename(two + "/mine.pcap", one + "/elsewhere.pcap"));
    const auto choose = [&](const QString& name) {
        QTimer::singleShot(0, window.get(), [name] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            ASSERT_NE(dialog, nullptr) << "it was not asked for";
            dialog->selectFile(name);
            QTimer::singleShot(50, dialog, [dialog] { dialog->findChild<QPushButton*>()->click(); });
        });
    };
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    choose(sample("dns-lookup.pcap"));
    EXPECT_TRUE(refusedSession(two + "/a.ringside").contains("another capture"));
    choose(one + "/elsewhere.pcap");
    openSession(two + "/a.ringside");
    EXPECT_EQ(hash(), before);
}

TEST_F(SessionWindow, WhatCannotBeOpenedIsSaidAndWhatIsOpenStays) {
    open("wire-to-recvfrom");
    ASSERT_TRUE(window->saveSession(file()));
    const std::uint64_t before = hash();
    const auto put = [&](const QByteArray& bytes) {
        QFile out(file("b.ringside"));
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    };
    QFile in(file());
    ASSERT_TRUE(in.open(QIODevice::ReadOnly));
    const QByteArray good = in.readAll();
    put(good.left(100));
    EXPECT_TRUE(refusedSession(file("b.ringside")).contains("damaged"));
    put("hello");
    EXPECT_TRUE(refusedSession(file("b.ringside")).contains("not a session"));
    EXPECT_FALSE(window->saveSession(file("b.ringside"))) << "nor is it written over";
    EXPECT_TRUE(bar().text().contains("left as it is"));
    SessionProblem problem{};
    SavedSession other = *sessionFrom(good, problem);
    ++other.run.inputs;
    put(bytesOf(other));
    EXPECT_TRUE(refusedSession(file("b.ringside")).contains("another input"));
    other = *sessionFrom(good, problem);
    ++other.run.fingerprint;
    put(bytesOf(other));
    EXPECT_TRUE(refusedSession(file("b.ringside")).contains("comes out differently"));
    EXPECT_EQ(hash(), before);
}

TEST_F(SessionWindow, WhatWasDoneIsAskedAbout) {
    twoBranches();
    EXPECT_TRUE(window->unsaved());
    answerNext("Stay");
    window->close();
    EXPECT_TRUE(window->isVisible());
    answerNext("Stay");
    session().opening.openNamed("wire-to-recvfrom");
    EXPECT_FALSE(session().opening.busy());
    EXPECT_EQ(session().run.branches().size(), 3U);
    ASSERT_TRUE(window->saveSession(file()));
    session().travel.seek(10);
    EXPECT_FALSE(window->unsaved()) << "looking around is no work";
    ASSERT_TRUE(session().acting.intervene(SetSysctl{"net.core.netdev_budget", 5}));
    answerNext("Save");
    EXPECT_TRUE(window->close());
    SessionProblem problem{};
    ASSERT_TRUE(readSession(file(), problem));
    EXPECT_EQ(readSession(file(), problem)->run.branches.size(), 4U);
}

TEST_F(SessionWindow, AfterACrashItIsOfferedAndAfterACleanEndNot) {
    twoBranches();
    const std::uint64_t before = hash();
    window->autosave();
    const QString kept = folder.filePath(QStringLiteral("open-1.ringside"));
    ASSERT_TRUE(QFile::exists(kept));
    const QString copy = folder.filePath(QStringLiteral("copy"));
    ASSERT_TRUE(QFile::copy(kept, copy));
    answerNext("Do not");
    window->close();
    EXPECT_FALSE(QFile::exists(kept));
    window.reset();
    begin();
    EXPECT_FALSE(bar().isVisible()) << "a clean end";
    window->close();
    window.reset();
    // as if it had not come to its end
    ASSERT_TRUE(QFile::copy(copy, kept));
    begin();
    ASSERT_TRUE(bar().isVisible());
    QSignalSpy taken(&session().opening, &Opening::taken);
    for (QPushButton* button : bar().findChildren<QPushButton*>())
        if (button->text() == "Restore") click(button);
    ASSERT_TRUE(until([&] { return taken.count() > 0; }));
    settle();
    EXPECT_EQ(hash(), before);
    EXPECT_TRUE(window->unsaved()) << "it never was in a file of theirs";
    answerNext("Do not");
    beginAgain();
    EXPECT_FALSE(bar().isVisible());
}

TEST_F(SessionWindow, AFileOpensFromTheCommandLineAndFromRecent) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    const std::uint64_t before = hash();
    ASSERT_TRUE(window->saveSession(file()));
    ASSERT_FALSE(window->settings().recent.empty());
    EXPECT_EQ(window->settings().recent.front().path, file());
    beginAgain();
    QSignalSpy taken(&session().opening, &Opening::taken);
    window->openFirst(file());
    ASSERT_TRUE(until([&] { return taken.count() > 0; }));
    settle();
    EXPECT_EQ(hash(), before);
    EXPECT_EQ(window->centre(), CentreView::path);
}

}  // namespace
}  // namespace ringside::test
