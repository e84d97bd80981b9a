// The learner's marks as a value and as JSON.

#include "views/session/marks.h"

#include <gtest/gtest.h>

#include <QJsonArray>
#include <QSignalSpy>

#include "views/session/mark_book.h"

namespace ringside {
namespace {

Marks some() {
    Marks marks;
    marks.breakpoints = {{QStringLiteral("udp_rcv"), true}, {QStringLiteral("drop NO_SOCKET"), false}};
    marks.watched = {QStringLiteral("skb.len"), QStringLiteral("sum(socket[*].sk_rmem_alloc)")};
    marks.markers = {MarkedPlace{17, 0}, std::nullopt};
    marks.bookmarks = {{{5, 0}, QStringLiteral("here")}, {{9'000'000'000, 2}, QStringLiteral("a branch")}};
    return marks;
}

TEST(Marks, GoToJsonAndBack) {
    EXPECT_EQ(Marks::fromJson(some().toJson()), some());
    EXPECT_EQ(Marks::fromJson({}), Marks{});
    Marks second;
    second.markers[1] = MarkedPlace{3, 1};
    EXPECT_EQ(Marks::fromJson(second.toJson()), second);
}

TEST(Marks, WhatCannotBeReadIsLeftOut) {
    QJsonObject content = some().toJson();
    content.insert(QLatin1String("breakpoints"), QJsonArray{1, QJsonObject{{QStringLiteral("text"), QString()}},
                                                            QJsonObject{{QStringLiteral("text"), "drop"}}});
    content.insert(QLatin1String("watched"), QStringLiteral("no list"));
    content.insert(QLatin1String("bookmarks"), QJsonArray{QJsonObject{{QStringLiteral("position"), -1}}});
    const Marks marks = Marks::fromJson(content);
    ASSERT_EQ(marks.breakpoints.size(), 1U);
    EXPECT_EQ(marks.breakpoints[0], (Breakpoint{QStringLiteral("drop"), true}));
    EXPECT_TRUE(marks.watched.empty());
    EXPECT_TRUE(marks.bookmarks.empty());
}

TEST(Marks, WhatSpeaksOfOneRunAndWhatOfAny) {
    const Marks any = some().ofAnyRun(), run = some().ofThisRun();
    EXPECT_EQ(any.breakpoints.size(), 2U);
    EXPECT_EQ(any.watched.size(), 2U);
    EXPECT_TRUE(any.bookmarks.empty() && !any.markers[0]);
    EXPECT_TRUE(run.breakpoints.empty() && run.watched.empty());
    ASSERT_EQ(run.bookmarks.size(), 1U) << "a branch is gone when the run is opened again";
    EXPECT_TRUE(run.markers[0]);
}

TEST(MarkBook, TellsEachChangeOnce) {
    MarkBook book;
    QSignalSpy changed(&book, &MarkBook::changed);
    book.addBreakpoint(QStringLiteral("drop"));
    book.addBreakpoint(QStringLiteral("drop"));
    EXPECT_EQ(changed.count(), 1);
    book.setBreakpointOn(0, false);
    book.addBreakpoint(QStringLiteral("drop"));
    EXPECT_TRUE(book.now().breakpoints[0].on) << "asked for again, it is on again";
    EXPECT_EQ(book.now().breakpoints.size(), 1U);
    EXPECT_FALSE(book.toggleBreakpoint(QStringLiteral("drop")));
    EXPECT_TRUE(book.toggleBreakpoint(QStringLiteral("udp_rcv")));
    ASSERT_EQ(book.now().breakpoints.size(), 1U);
    book.removeBreakpoint(7);
    EXPECT_EQ(book.now().breakpoints.size(), 1U);
    book.watch(QStringLiteral("skb.len"));
    book.watch(QStringLiteral("skb.len"));
    EXPECT_EQ(book.now().watched.size(), 1U);
}

TEST(MarkBook, BookmarksStandInOrderAndOnceAtAPlace) {
    MarkBook book;
    EXPECT_EQ(book.addBookmark({20, 0}, QStringLiteral("b")), 0U);
    EXPECT_EQ(book.addBookmark({10, 0}, QStringLiteral("a")), 0U);
    EXPECT_EQ(book.addBookmark({20, 0}, QStringLiteral("c")), 1U);
    EXPECT_EQ(book.addBookmark({20, 1}, QStringLiteral("d")), 2U);
    ASSERT_EQ(book.now().bookmarks.size(), 3U);
    EXPECT_EQ(book.now().bookmarks[1].name, "c");
    book.renameBookmark(0, QStringLiteral("z"));
    book.removeBookmark(1);
    ASSERT_EQ(book.now().bookmarks.size(), 2U);
    EXPECT_EQ(book.now().bookmarks[0].name, "z");
}

}  // namespace
}  // namespace ringside
