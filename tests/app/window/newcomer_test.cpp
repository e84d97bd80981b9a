// Somebody's first five minutes in the window as it starts, once with the mouse alone and once with the keyboard alone:
// begin, step, predict, answer, go back, try an exercise, go on to the next lesson; open a capture, find what was lost,
// ask why and return. The mouse only hits what lies on top where it clicks, the keys go to whatever has the focus.
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>

#include "tests/app/window/window_fixture.h"

namespace ringside::test {
namespace {

class Newcomer : public WindowTest {
  protected:
    [[nodiscard]] bool seen(const char* name) const {
        const auto* widget = window->findChild<QWidget*>(QString::fromLatin1(name));
        return widget && widget->isVisible();
    }
    bool comes(const char* name) {
        return until([&] { return seen(name); }, 10'000);
    }
    Player* player() { return session().run.player(); }
    [[nodiscard]] bool lesson(const char* id) {
        return until([&] { return player() && player()->lesson().id == id; });
    }
    /// No way is being travelled and nothing is being searched.
    void rest() {
        EXPECT_TRUE(until([&] { return !session().travel.onTheWay(); })) << "step " << player()->step();
        settle();
    }
    [[nodiscard]] bool atDrop() { return session().run.event() && session().run.event()->drop != Drop::NOT_DROPPED; }

    // --- the mouse
    /// Presses and releases where the middle of the widget is seen, as a person would: scrolled into sight first. False
    /// where something else lies there.
    bool press(QWidget* widget) { return press(widget, widget->visibleRegion().boundingRect().center()); }
    bool press(QWidget* widget, QPoint at) {
        QWidget* top = widget->window();
        const QPoint there = widget->mapTo(top, at);
        QWidget* hit = top->childAt(there);
        if (!hit || (hit != widget && !widget->isAncestorOf(hit))) return false;
        QTest::mouseClick(hit, Qt::LeftButton, Qt::NoModifier, hit->mapFrom(top, there));
        settle();
        return true;
    }
    void mouse(const char* name) {
        ASSERT_TRUE(comes(name)) << name;
        auto* widget = child<QWidget>(name);
        ASSERT_TRUE(widget->isEnabled()) << name;
        // the wheel would do it
        for (QWidget* up = widget->parentWidget(); up; up = up->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(up)) area->ensureWidgetVisible(widget);
        }
        settle();
        ASSERT_TRUE(press(widget)) << "something else lies over " << name;
    }

    // --- the keyboard
    /// Tab until that widget has the focus.
    void tabTo(const char* name) {
        for (int n = 0; n < 80; ++n) {
            const QWidget* focus = QApplication::focusWidget();
            if (focus && focus->objectName() == QLatin1String(name)) return;
            key(Qt::Key_Tab);
        }
        FAIL() << "Tab does not come to " << name;
    }
};

TEST_F(Newcomer, ByMouseAlone) {
    mouse("home-begin");
    ASSERT_TRUE(lesson("wire-to-recvfrom"));
    while (!player()->openQuestion()) {
        const std::size_t step = player()->step();
        mouse("lesson-next");
        rest();
        ASSERT_GT(player()->step(), step);
    }
    mouse("answer-2");
    mouse("question-check");
    ASSERT_TRUE(comes("question-reply"));
    const std::size_t answered = player()->step();
    mouse("lesson-back");
    EXPECT_EQ(player()->step(), answered - 1);
    window->setReducedMotion(true);  // who has seen the way travelled may leave it out
    while (!player()->finished()) {
        if (player()->openQuestion()) mouse("question-skip");
        mouse("lesson-next");
        rest();
    }
    mouse("exercise-try");
    auto* result = child<QLabel>("exercise-result");
    ASSERT_TRUE(until([&] { return result->text().contains(QStringLiteral("✗")); })) << "what is missing is said";
    mouse("next-lesson");
    ASSERT_TRUE(lesson("skb-anatomy"));

    mouse("home");
    mouse("sample-mix.pcap");
    ASSERT_TRUE(until([&] { return session().run.capture() && session().run.ended(); }));
    mouse("capture-sockets");  // nobody listens
    ASSERT_TRUE(until([&] { return session().run.ended() && !session().opening.busy(); }));
    auto* table = child<QTableView>("capture-table");
    const auto row = [&] {
        for (int r = 0; r < table->model()->rowCount(); ++r) {
            const std::uint32_t number = table->model()->index(r, 0).data().toUInt();
            const PacketFate* fate = session().run.fates().find(number);
            if (fate && fate->fate == Fate::dropped) return r;
        }
        return -1;
    };
    ASSERT_TRUE(until([&] { return row() >= 0; }));
    table->scrollTo(table->model()->index(row(), 0));
    settle();
    ASSERT_TRUE(press(table->viewport(), table->visualRect(table->model()->index(row(), 1)).center()));
    ASSERT_TRUE(comes("drop-card")) << "why it died stands beside the list";
    EXPECT_FALSE(child<QLabel>("drop-title")->text().isEmpty());
    mouse("drop-go");
    ASSERT_TRUE(until([&] { return atDrop(); }));
    EXPECT_EQ(window->centre(), CentreView::path);
    mouse("view-4");
    EXPECT_EQ(window->centre(), CentreView::capture);
    EXPECT_EQ(table->currentIndex().row(), row()) << "the list is where it was left";
}

TEST_F(Newcomer, ByKeyboardAlone) {
    ASSERT_TRUE(comes("home-begin"));
    tabTo("home-begin");
    key(Qt::Key_Return);
    ASSERT_TRUE(lesson("wire-to-recvfrom"));
    settle();
    while (!player()->openQuestion()) {
        const std::size_t step = player()->step();
        key(Qt::Key_Right);
        rest();
        ASSERT_GT(player()->step(), step);
    }
    key(Qt::Key_F6, Qt::ShiftModifier);
    ASSERT_EQ(QApplication::focusWidget()->objectName(), "answer-0")
        << "the panel before the scene, its question first";
    key(Qt::Key_Down);
    key(Qt::Key_Return);
    ASSERT_TRUE(until([&] { return player()->grade(player()->step()) != nullptr; })) << "Enter checks";
    const std::size_t answered = player()->step();
    key(Qt::Key_Left);
    EXPECT_EQ(player()->step(), answered - 1) << "arrows step after an answer";
    window->setReducedMotion(true);
    for (int n = 0; n < 60 && !player()->finished(); ++n) {
        key(Qt::Key_Right);
        rest();
    }
    ASSERT_TRUE(player()->finished());
    tabTo("exercise-try");
    key(Qt::Key_Space);
    auto* result = child<QLabel>("exercise-result");
    ASSERT_TRUE(until([&] { return result->text().contains(QStringLiteral("✗")); }));
    tabTo("next-lesson");
    key(Qt::Key_Return);
    ASSERT_TRUE(lesson("skb-anatomy"));

    key(Qt::Key_Home, Qt::AltModifier);
    ASSERT_TRUE(comes("sample-mix.pcap"));
    tabTo("sample-mix.pcap");
    key(Qt::Key_Return);
    ASSERT_TRUE(until([&] { return session().run.capture() && session().run.ended(); }));
    ASSERT_EQ(window->centre(), CentreView::capture);
    auto* table = child<QTableView>("capture-table");
    ASSERT_TRUE(until([&] { return table->hasFocus(); }))
        << "arrows browse at once, not " << QApplication::focusWidget()->objectName().toStdString();
    tabTo("capture-sockets");
    key(Qt::Key_Space);  // nobody listens
    ASSERT_TRUE(until([&] { return session().run.ended() && !session().opening.busy(); }));
    tabTo("capture-table");
    const auto dropped = [&] {
        const std::uint32_t number = table->model()->index(table->currentIndex().row(), 0).data().toUInt();
        const PacketFate* fate = session().run.fates().find(number);
        return fate && fate->fate == Fate::dropped;
    };
    for (int n = 0; n < 40 && !dropped(); ++n) key(Qt::Key_Down);
    ASSERT_TRUE(dropped());
    ASSERT_TRUE(comes("drop-card"));
    const int row = table->currentIndex().row();
    key(Qt::Key_Return);
    ASSERT_TRUE(until([&] { return window->centre() == CentreView::path; })) << "Enter goes into the scene";
    key(Qt::Key_X);
    ASSERT_TRUE(until([&] { return atDrop(); })) << "X goes to a drop";
    key(Qt::Key_5);
    EXPECT_EQ(window->centre(), CentreView::capture);
    EXPECT_EQ(table->currentIndex().row(), row);
}

}  // namespace
}  // namespace ringside::test
