// The table of events has a stretch of them at a time: what it shows and where it goes is as if it had all.

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QTest>

#include "tests/support/paths.h"
#include "tests/support/qt/wait.h"
#include "views/events/event_list.h"
#include "views/session/session.h"

namespace ringside::test {
namespace {

constexpr int kRows = 160;

class EventPageTest : public ::testing::Test {
  protected:
    void SetUp() override {
        session.opening.openNamed(QString::fromStdString(sourceDir() + "/tests/scenarios/drop_rcvbuf.yaml"));
        ASSERT_TRUE(until([this] { return !session.opening.busy() && session.run.ended(); }));
        all = static_cast<int>(session.run.explored());
        ASSERT_GT(all, 4 * kRows);
        list.resize(700, 300);
        list.show();
        ASSERT_TRUE(until([this] { return list.model().rowCount() == all && bar().maximum() > 0; }));
    }
    QScrollBar& bar() { return *list.findChild<QScrollBar*>("event-scroll"); }
    /// The row of the model that stands at the table's top; the last screen is set against the bottom instead.
    int top() { return list.page().first() + list.table().verticalScrollBar()->value(); }
    /// What stands in a row of the model, asked of the page; empty: the page does not have it.
    QString shown(int row) { return list.page().indexOf(row, EventModel::time).data().toString(); }
    QString known(int row) { return list.model().index(row, EventModel::time).data().toString(); }
    int chosen() { return list.page().first() + list.table().currentIndex().row(); }

    Session session{sourceDir()};
    EventList list{session.run, session.texts, session.view, session.travel, nullptr, kRows};
    int all = 0;
};

TEST_F(EventPageTest, HasNoMoreThanItsRowsAndTheyAreTheRightOnes) {
    EXPECT_EQ(list.page().rowCount(), kRows);
    for (const int row : {0, kRows / 2, all / 2, all - 1}) {
        list.page().bring(row);
        EXPECT_EQ(list.page().rowCount(), kRows);
        EXPECT_EQ(shown(row), known(row)) << row;
        EXPECT_FALSE(shown(row).isEmpty());
        // the header counts all events
        const int in = row - list.page().first();
        EXPECT_EQ(list.page().headerData(in, Qt::Vertical, Qt::DisplayRole),
                  list.model().headerData(row, Qt::Vertical, Qt::DisplayRole));
    }
    EXPECT_FALSE(list.page().indexOf(0, 0).isValid());
    EXPECT_FALSE(list.page().indexOf(all, 0).isValid());
    EXPECT_FALSE(list.page().bring(all - 1)) << "stands at the end already";
}

TEST_F(EventPageTest, TheBarStandsForAllEvents) {
    EXPECT_EQ(bar().maximum() + bar().pageStep(), all);
    for (const int row : {all / 2, 3, bar().maximum(), all / 3, 0}) {
        bar().setValue(row);
        EXPECT_EQ(top(), row);
        EXPECT_EQ(bar().value(), row);
        if (row < bar().maximum()) {
            EXPECT_EQ(list.page().first() + list.table().rowAt(1), row) << "as it is drawn";
        }
    }
}

TEST_F(EventPageTest, ScrollingOnComesToTheEndWithoutALeap) {
    QScrollBar& own = *list.table().verticalScrollBar();
    int before = top();
    while (bar().value() < bar().maximum()) {
        own.setValue(own.value() + 1);
        ASSERT_EQ(top(), before + 1);
        before = top();
    }
    EXPECT_EQ(before, bar().maximum());
    while (bar().value() > 0) {
        own.setValue(own.value() - 1);
        ASSERT_EQ(top(), --before);
    }
}

TEST_F(EventPageTest, TheKeysGoThroughAllEvents) {
    list.table().setFocus();
    QTest::keyClick(&list.table(), Qt::Key_End, Qt::ControlModifier);
    EXPECT_EQ(chosen(), all - 1);
    QTest::keyClick(&list.table(), Qt::Key_Up);
    EXPECT_EQ(chosen(), all - 2);
    QTest::keyClick(&list.table(), Qt::Key_Home, Qt::ControlModifier);
    EXPECT_EQ(chosen(), 0);
    for (int i = 1; i <= 2 * kRows; ++i) {
        QTest::keyClick(&list.table(), Qt::Key_Down);
        ASSERT_EQ(chosen(), i);
    }
}

TEST_F(EventPageTest, AClickGoesToTheEventThatIsShown) {
    bar().setValue(all / 2);
    const QModelIndex at = list.page().indexOf(all / 2 + 2, EventModel::time);
    QTest::mouseClick(list.table().viewport(), Qt::LeftButton, {}, list.table().visualRect(at).center());
    EXPECT_EQ(session.run.position(), list.model().positionOf(all / 2 + 2));
    session.travel.seek(5);
    EXPECT_EQ(chosen(), 4) << "it follows from afar";
    EXPECT_TRUE(
        list.table().viewport()->rect().contains(list.table().visualRect(list.table().currentIndex()).center()));
}

TEST_F(EventPageTest, AFilterAndItsEndFillThePageAnew) {
    bar().setValue(all - 10);
    list.filter().setText("drop");
    ASSERT_TRUE(until([this] { return !list.model().searching() && list.model().rowCount() > 0; }));
    EXPECT_LT(list.model().rowCount(), kRows);
    EXPECT_EQ(list.page().rowCount(), list.model().rowCount());
    EXPECT_EQ(list.page().first(), 0);
    list.filter().clear();
    ASSERT_TRUE(until([this] { return list.model().rowCount() == all; }));
    EXPECT_EQ(list.page().rowCount(), kRows);
}

}  // namespace
}  // namespace ringside::test
