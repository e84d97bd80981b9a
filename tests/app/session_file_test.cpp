// A session file is written whole, comes back as it was, and one that cannot be used says why and stays as it is.
#include "app/session_file.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include "app/autosave.h"
#include "app/place_text.h"
#include "engine/linux/table.h"

namespace ringside::test {
namespace {

SavedSession everything() {
    SavedSession session;
    OpenRequest& request = session.request;
    request.kind = OpenRequest::Kind::capture;
    request.name = "/tmp/a b.pcap";
    request.replay.host = IpAddr::parse("10.0.0.2");
    request.replay.sockets = false;
    request.replay.pace = Pace::recorded;
    request.progress.step = "ip";
    request.progress.answers["dma"] = "nic";
    request.settings["irq"] = "1";
    session.content = QStringLiteral("abc");
    session.run.inputs = 0xfedcba9876543210;
    session.run.fingerprint = ~std::uint64_t{0};
    session.run.place = {(Position{1} << 53) + 1, 2};
    session.run.branch = 1;
    const FunctionId put = linux61Table().back().id;
    session.run.branches = {{0, "", {{{10, 0}, SetSysctl{"net.core.netdev_budget", -3}, false}}},
                            {0,
                             "mine",
                             {{{5, 0}, InjectFrame{{0, 255, 7}, 12}, false},
                              {{6, 1}, KillTask{42}, true},
                              {{7, 0}, LabCall{put, SkbId{3}, 100, 1}, false},
                              {{8, 0}, WriteData{SkbId{3}, {1, 2}}, false}}}};
    session.view.filter = QStringLiteral("drop");
    session.view.selection = {Selection::Kind::socket, 3};
    session.view.followed = {17, true};
    session.view.axis = TimelineAxis::time;
    session.view.zoom = AxisRange{0.5, 7};
    session.view.step_by = StepBy::packet;
    session.view.speed = 5;
    session.view.series = {QStringLiteral("jiffies")};
    session.centre = QStringLiteral("skb");
    session.layout = QByteArray("\0\1x", 3);
    session.gave_way = QStringList{QStringLiteral("events-dock")};
    session.notes["ip"] = QStringLiteral("a note, 备注");
    session.marks.insert(QLatin1String("a"), 5);
    return session;
}

class SessionFile : public ::testing::Test {
  protected:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("a.ringside")); }
    void put(const QByteArray& bytes) const {
        QFile file(path());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(bytes), bytes.size());
    }
    [[nodiscard]] QByteArray there() const {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Not used, for this reason, and not written over.
    void refused(const QByteArray& bytes, SessionProblem why) const {
        put(bytes);
        SessionProblem problem{};
        EXPECT_FALSE(readSession(path(), problem)) << bytes.left(80).toStdString();
        EXPECT_EQ(problem, why) << bytes.left(80).toStdString();
        EXPECT_EQ(writeSession(path(), everything()), SessionWritten::not_ours);
        EXPECT_EQ(there(), bytes);
    }
    QTemporaryDir m_folder;
};

TEST_F(SessionFile, ComesBackAsItWas) {
    const SavedSession session = everything();
    ASSERT_EQ(writeSession(path(), session), SessionWritten::yes);
    SessionProblem problem{};
    const auto read = readSession(path(), problem);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->run, session.run) << "also a position that no double has";
    EXPECT_EQ(read->view, session.view);
    EXPECT_EQ(read->request.kind, session.request.kind);
    EXPECT_EQ(read->request.name, session.request.name);
    EXPECT_EQ(read->request.replay.host, session.request.replay.host);
    EXPECT_EQ(read->request.replay.sockets, false);
    EXPECT_EQ(read->request.replay.pace, Pace::recorded);
    EXPECT_EQ(read->request.progress, session.request.progress);
    EXPECT_EQ(read->request.settings, session.request.settings);
    EXPECT_EQ(read->content, session.content);
    EXPECT_EQ(read->centre, session.centre);
    EXPECT_EQ(read->layout, session.layout);
    EXPECT_EQ(read->gave_way, session.gave_way);
    EXPECT_EQ(read->notes, session.notes);
    EXPECT_EQ(read->marks, session.marks);
    EXPECT_EQ(bytesOf(*read), bytesOf(session));
    EXPECT_EQ(writeSession(path(), session), SessionWritten::yes) << "its own file is written again";
}

TEST_F(SessionFile, OneThatIsDamagedAnywhereIsNotUsed) {
    const QByteArray good = bytesOf(everything());
    refused(good.left(good.size() / 2), SessionProblem::damaged);
    refused(good.left(good.size() - 3), SessionProblem::damaged);
    // each part, changed so that it still is JSON
    for (const char* part : {"input", "run", "view", "window", "notes", "marks", "check"}) {
        QJsonObject content = QJsonDocument::fromJson(good).object();
        content.remove(QLatin1String(part));
        refused(QJsonDocument(content).toJson(), SessionProblem::damaged);
        content = QJsonDocument::fromJson(good).object();
        content.insert(QLatin1String(part), QJsonObject{{QStringLiteral("x"), 1}});
        refused(QJsonDocument(content).toJson(), SessionProblem::damaged);
    }
    QByteArray one = good;
    one.replace("net.core.netdev_budget", "net.core.netdev_budgeT");
    ASSERT_NE(one, good);
    refused(one, SessionProblem::damaged);
}

TEST_F(SessionFile, ANewerAForeignAndAMissingOneAreToldApart) {
    QJsonObject content = QJsonDocument::fromJson(bytesOf(everything())).object();
    content.insert(QLatin1String("version"), 2);
    refused(QJsonDocument(content).toJson(), SessionProblem::newer);
    refused("{\"what\": \"shopping\"}", SessionProblem::foreign);
    refused("#!/bin/sh\n", SessionProblem::foreign);
    refused(QByteArray("\xd4\xc3\xb2\xa1\0\0", 6), SessionProblem::foreign);
    SessionProblem problem{};
    EXPECT_FALSE(readSession(m_folder.filePath(QStringLiteral("none.ringside")), problem));
    EXPECT_EQ(problem, SessionProblem::unreadable);
    EXPECT_FALSE(readSession(m_folder.path(), problem));
    EXPECT_EQ(problem, SessionProblem::unreadable);
    EXPECT_EQ(writeSession(QStringLiteral("/nowhere/a.ringside"), everything()), SessionWritten::failed);
}

TEST_F(SessionFile, AContentMarkTellsFilesApart) {
    put(QByteArray(300'000, 'a'));
    const QString mark = contentMark(path());
    EXPECT_FALSE(mark.isEmpty());
    put(QByteArray(300'000, 'a'));
    EXPECT_EQ(contentMark(path()), mark);
    put(QByteArray(300'001, 'a'));
    EXPECT_NE(contentMark(path()), mark);
    put(QByteArray(299'999, 'a') + 'b');
    EXPECT_NE(contentMark(path()), mark);
    put("");
    EXPECT_FALSE(contentMark(path()).isEmpty());
    EXPECT_EQ(contentMark(QStringLiteral("/nowhere")), QString());
}

TEST_F(SessionFile, WhatACrashLeftIsOfferedToTheNextWindowAndNotToASecondOne) {
    const QString folder = m_folder.filePath(QStringLiteral("state"));
    {
        Autosave first(folder), second(folder);
        EXPECT_TRUE(first.keep(everything()));
        EXPECT_TRUE(second.keep(everything()));
        EXPECT_TRUE(first.left().isEmpty());
        EXPECT_TRUE(Autosave(folder).left().isEmpty()) << "the windows are still open";
        second.clear();
    }
    Autosave next(folder);
    ASSERT_EQ(next.left().size(), 1) << "one of them ended without clear()";
    SessionProblem problem{};
    EXPECT_TRUE(readSession(next.left().front(), problem));
    EXPECT_TRUE(next.keep(everything())) << "and it is not written over";
    EXPECT_EQ(next.left().size(), 1);
    next.forgetLeft();
    next.clear();
    EXPECT_TRUE(next.left().isEmpty());
}

TEST(PlaceText, TellsStepsPositionsAndPacketsApart) {
    EXPECT_EQ(typedPlace("wire-to-recvfrom#ip"), TypedPlace(StepPlace{"wire-to-recvfrom", "ip"}));
    EXPECT_EQ(typedPlace(" ringside wire-to-recvfrom#ip "), TypedPlace(StepPlace{"wire-to-recvfrom", "ip"}));
    EXPECT_EQ(typedPlace("#ip"), TypedPlace(StepPlace{"", "ip"}));
    EXPECT_EQ(typedPlace("skb-anatomy"), TypedPlace(StepPlace{"skb-anatomy", ""}));
    EXPECT_EQ(typedPlace("1234"), TypedPlace(PositionPlace{1234}));
    EXPECT_EQ(typedPlace("0"), TypedPlace(PositionPlace{0}));
    EXPECT_EQ(typedPlace("packet 17"), TypedPlace(PacketPlace{17}));
    EXPECT_EQ(typedPlace("P17"), TypedPlace(PacketPlace{17}));
    for (const char* nothing : {"", "  ", "packet 0", "packet 99999999999", "a b", "-5", "a#b#c", "#"})
        EXPECT_FALSE(typedPlace(QString::fromLatin1(nothing))) << nothing;
}

}  // namespace
}  // namespace ringside::test
