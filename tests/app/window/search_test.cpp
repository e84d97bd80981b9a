// Ctrl K in a real window: what is typed is found, and Enter goes there.
#include <QDockWidget>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QToolButton>

#include "tests/app/window/clipped_text.h"
#include "tests/app/window/window_fixture.h"
#include "views/inspector/inspector_panel.h"
#include "views/message/message_bar.h"
#include "views/search/search_palette.h"

namespace ringside::test {
namespace {

class SearchTest : public WindowTest {
  protected:
    SearchPalette& palette() { return *child<SearchPalette>("search-palette"); }
    /// Opens the palette and types.
    void type(const QString& text) {
        key(Qt::Key_K, Qt::ControlModifier);
        ASSERT_TRUE(palette().isVisible());
        ASSERT_EQ(QApplication::focusWidget(), &palette().field());
        // keyClicks() knows ASCII alone
        palette().field().setText(text);
        settle();
    }
    QString chosen() { return palette().chosen() ? palette().chosen()->name : QString(); }
    QString said() { return child<MessageBar>("message-bar")->text(); }
};

TEST_F(SearchTest, AFunctionIsGoneToInTheRunAndToldWithoutOne) {
    type(QStringLiteral("udp_rcv"));
    EXPECT_EQ(chosen(), "udp_rcv");
    key(Qt::Key_Return);
    EXPECT_FALSE(palette().isVisible());
    EXPECT_TRUE(said().startsWith("udp_rcv (net/ipv4/udp.c): ")) << said().toStdString();
    EXPECT_EQ(window->centre(), CentreView::home);

    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    window->setCentre(CentreView::charts);
    type(QStringLiteral("udp_rcv"));
    key(Qt::Key_Return);
    EXPECT_EQ(window->centre(), CentreView::path);
    ASSERT_TRUE(session().run.event());
    EXPECT_EQ(session().run.functionName(session().run.event()->function), "udp_rcv");
    const Position first = session().run.position();
    session().travel.toEnd();
    type(QStringLiteral("udp_rcv"));
    key(Qt::Key_Return);
    EXPECT_EQ(session().run.position(), first) << "the first event of it, from anywhere";

    type(QStringLiteral("tcp_v4_rcv"));
    key(Qt::Key_Return);
    EXPECT_EQ(session().run.position(), first);
    EXPECT_TRUE(said().contains("Not called in this run")) << said().toStdString();
}

TEST_F(SearchTest, AFunctionBehindAnOpenQuestionIsNotGivenAway) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    ASSERT_NE(session().run.player()->openQuestion(), nullptr);
    const Position asked = session().run.position();
    type(QStringLiteral("udp_rcv"));
    key(Qt::Key_Return);
    EXPECT_EQ(session().run.position(), asked);
    EXPECT_TRUE(said().contains("after the open question")) << said().toStdString();
}

TEST_F(SearchTest, AFieldLeadsToTheInspector) {
    open(QString::fromStdString(sourceDir() + "/tests/scenarios/udp_rx.yaml"));
    key(Qt::Key_I);
    ASSERT_FALSE(child<QDockWidget>("inspector-dock")->isVisible());
    type(QStringLiteral("RcvbufErrors"));
    EXPECT_EQ(chosen(), "counters.udp.RcvbufErrors");
    key(Qt::Key_Return);
    EXPECT_TRUE(child<QDockWidget>("inspector-dock")->isVisible());
    EXPECT_EQ(session().view.now().selection.kind, Selection::Kind::counters);
    EXPECT_EQ(window->findChild<InspectorPanel*>()->filter().text(), "RcvbufErrors");
    EXPECT_FALSE(window->findChild<InspectorPanel*>()->model().empty());
    type(QStringLiteral("UdpRcvbufErrors"));
    EXPECT_EQ(chosen(), "counters.udp.RcvbufErrors") << "as nstat has it";
    key(Qt::Key_Escape);
    type(QStringLiteral("sock.sk_rmem_alloc"));
    key(Qt::Key_Return);
    EXPECT_EQ(session().view.now().selection.kind, Selection::Kind::socket);
    EXPECT_FALSE(window->findChild<InspectorPanel*>()->model().empty());
}

TEST_F(SearchTest, ACommandIsDoneAndOneThatCannotBeIsNotOffered) {
    type(QStringLiteral("dark"));
    EXPECT_EQ(chosen(), "Dark");
    key(Qt::Key_Return);
    EXPECT_EQ(window->settings().theme, ThemeKind::dark);
    type(QStringLiteral("next packet"));
    EXPECT_NE(chosen(), "Next packet") << "there is nothing to step in";
    key(Qt::Key_Escape);
    EXPECT_FALSE(palette().isVisible());
    EXPECT_EQ(window->centre(), CentreView::home);
}

TEST_F(SearchTest, LessonsAndTheirStepsOpen) {
    type({});
    ASSERT_TRUE(until([&] { return chosen() == "From the wire to recvfrom()"; })) << "the first thing there is";
    QTest::keyClicks(&palette().field(), "from the wire");
    key(Qt::Key_Return);
    ASSERT_TRUE(until([&] { return session().run.player() != nullptr; }));
    EXPECT_EQ(session().run.player()->lesson().id, "wire-to-recvfrom");
    // its steps: the questions on the way wait
    ASSERT_TRUE(until([&] { return session().run.ended(); }));
    const Lesson& lesson = session().run.player()->lesson();
    std::size_t open = 0;
    while (!lesson.steps[open].question) ++open;
    ASSERT_GT(open, 0U);
    type(QString::fromStdString(session().run.player()->title(open, "en")));
    key(Qt::Key_Return);
    EXPECT_EQ(session().run.player()->step(), open);
    type(QString::fromStdString(session().run.player()->title(lesson.steps.size() - 1, "en")));
    key(Qt::Key_Return);
    EXPECT_EQ(session().run.player()->step(), lesson.steps.size() - 1);
    EXPECT_EQ(session().run.player()->questionState(open), QuestionState::skipped);
}

TEST_F(SearchTest, AStepOfALessonThatIsNotOpenIsOpenedThere) {
    type(QStringLiteral("010"));
    ASSERT_TRUE(until([&] { return !chosen().isEmpty(); }));
    key(Qt::Key_Escape);
    open("wire-to-recvfrom");
    const QString second = QString::fromStdString(session().run.player()->title(1, "en"));
    beginAgain();
    type({});
    ASSERT_TRUE(until([&] { return chosen() == "From the wire to recvfrom()"; }));
    QTest::keyClicks(&palette().field(), second);
    EXPECT_EQ(chosen(), second);
    key(Qt::Key_Return);
    ASSERT_TRUE(until([&] { return session().run.player() && session().run.player()->step() == 1; }));
}

TEST_F(SearchTest, BothLanguagesFindTheSame) {
    window->setLanguage(QStringLiteral("zh_CN"));
    type(QStringLiteral("from the wire to"));
    ASSERT_TRUE(until([&] { return chosen() == QStringLiteral("从网线到 recvfrom()"); })) << chosen().toStdString();
    key(Qt::Key_Escape);
    type(QStringLiteral("网线到"));
    EXPECT_EQ(chosen(), QStringLiteral("从网线到 recvfrom()"));
}

TEST_F(SearchTest, TheMouseAndTheArrowsChoose) {
    click(child<QWidget>("search-field"));
    ASSERT_TRUE(palette().isVisible());
    QTest::keyClicks(&palette().field(), "softirq");
    const QString first = chosen();
    key(Qt::Key_Down);
    const QString second = chosen();
    EXPECT_NE(second, first);
    EXPECT_FALSE(second.isEmpty()) << "the name of a group cannot be chosen";
    key(Qt::Key_Up);
    EXPECT_EQ(chosen(), first);
    key(Qt::Key_Up);
    EXPECT_FALSE(chosen().isEmpty()) << "round to the last";
    key(Qt::Key_Tab);
    EXPECT_EQ(chosen(), first);
    EXPECT_EQ(QApplication::focusWidget(), &palette().field());
    // letters that are shortcuts elsewhere are typed here
    palette().field().clear();
    key(Qt::Key_F);
    key(Qt::Key_5);
    EXPECT_EQ(palette().field().text(), "f5");
    EXPECT_FALSE(window->projector());
    palette().field().setText(QStringLiteral("high contrast"));
    QListWidget& list = palette().list();
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(list.currentItem()).center());
    EXPECT_EQ(window->settings().theme, ThemeKind::high_contrast);
    EXPECT_FALSE(palette().isVisible());
    key(Qt::Key_K, Qt::ControlModifier);
    QTest::mouseClick(&palette(), Qt::LeftButton, {}, QPoint(10, palette().height() - 10));
    EXPECT_FALSE(palette().isVisible());
}

TEST_F(SearchTest, AWordOfTheGlossaryIsExplained) {
    type({});
    ASSERT_TRUE(until([&] { return !chosen().isEmpty() && palette().chosen()->group == SearchGroup::lesson; }));
    palette().field().setText(QStringLiteral("wait queue"));
    EXPECT_EQ(chosen(), "wait queue");
    EXPECT_EQ(palette().chosen()->group, SearchGroup::glossary);
    key(Qt::Key_Return);
    EXPECT_TRUE(said().startsWith("wait queue: A list of tasks that sleep")) << said().toStdString();
}

TEST_F(SearchTest, LooksWellInBothLanguages) {
    type(QStringLiteral("softirq"));
    ASSERT_TRUE(until([&] { return !chosen().isEmpty(); }));
    int n = 0;
    for (const ThemeKind theme : {ThemeKind::light, ThemeKind::dark, ThemeKind::high_contrast}) {
        for (const char* language : {"en", "zh_CN"}) {
            window->setTheme(theme);
            window->setLanguage(QString::fromLatin1(language));
            settle();
            EXPECT_EQ(clipped(palette()).join(QLatin1Char('\n')).toStdString(), "") << language;
            if (!qEnvironmentVariableIsSet("RINGSIDE_PICTURES")) continue;
            EXPECT_TRUE(window->grab().save(
                QStringLiteral("%1/search-%2.png").arg(qEnvironmentVariable("RINGSIDE_PICTURES")).arg(n++)));
        }
    }
}

TEST_F(SearchTest, TheCrossThatClearsAFieldStandsInItsMiddle) {
    type(QStringLiteral("softirq"));
    QTest::qWait(400);  // it fades in
    const QLineEdit& field = palette().field();
    auto* cross = field.findChild<QToolButton*>();
    ASSERT_NE(cross, nullptr);
    EXPECT_NEAR(cross->geometry().center().y(), field.rect().center().y(), 1) << "it hangs down";
    // where its ink is
    const QImage picture = cross->grab().toImage();
    int top = picture.height(), bottom = 0;
    const QRgb paper = picture.pixel(0, 0);
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (picture.pixel(x, y) == paper) continue;
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    ASSERT_LT(top, bottom);
    EXPECT_NEAR((top + bottom) / 2.0, picture.height() / 2.0, 2);
}

TEST_F(SearchTest, NothingFoundIsSaid) {
    type(QStringLiteral("no such thing at all"));
    EXPECT_TRUE(child<QLabel>("search-none")->isVisible());
    EXPECT_TRUE(child<QLabel>("search-none")->text().contains("no such thing at all"));
    key(Qt::Key_Return);
    EXPECT_TRUE(palette().isVisible());
}

TEST_F(SearchTest, RecentFilesAreFound) {
    open(sample("dns-lookup.pcap"));
    open("wire-to-recvfrom");
    type(QStringLiteral("dns-look"));
    EXPECT_EQ(chosen(), "dns-lookup.pcap");
    key(Qt::Key_Return);
    EXPECT_TRUE(until([&] { return session().run.capture() != nullptr; }));
}

}  // namespace
}  // namespace ringside::test
