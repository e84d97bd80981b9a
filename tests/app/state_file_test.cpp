// What is remembered comes back; what cannot be used is set aside whole and never overwritten.
#include "app/state_file.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include "app/progress_file.h"
#include "app/settings.h"

namespace ringside::test {
namespace {

class StateFileTest : public ::testing::Test {
  protected:
    [[nodiscard]] QString path(const QString& name = QStringLiteral("settings.json")) const {
        return m_folder.filePath(name);
    }
    void put(const QByteArray& bytes) const {
        QFile file(path());
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(bytes), bytes.size());
    }
    [[nodiscard]] static QByteArray bytesOf(const QString& file) {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArrayLiteral("(not there)");
    }
    /// Reads what is there: it must be set aside for this reason, and stay there when settings are written.
    void setAside(const QByteArray& bytes, StateTrouble::Kind kind) const {
        put(bytes);
        StateFile file = settingsFile(m_folder.path());
        EXPECT_TRUE(file.read().isEmpty());
        ASSERT_TRUE(file.trouble()) << bytes.left(60).toStdString();
        EXPECT_EQ(file.trouble()->kind, kind) << bytes.left(60).toStdString();
        EXPECT_EQ(bytesOf(file.trouble()->aside), bytes);
        EXPECT_TRUE(file.write(Settings().content()));
        EXPECT_EQ(bytesOf(file.trouble()->aside), bytes) << "it was overwritten";
        StateFile again = settingsFile(m_folder.path());
        EXPECT_FALSE(again.read().isEmpty());
        EXPECT_FALSE(again.trouble()) << "the next start has nothing to complain of";
    }
    QTemporaryDir m_folder;
};

TEST_F(StateFileTest, NothingThereIsNoTrouble) {
    StateFile file = settingsFile(path(QStringLiteral("not/there/yet")));
    EXPECT_TRUE(file.read().isEmpty());
    EXPECT_FALSE(file.trouble());
    EXPECT_TRUE(file.write({{QStringLiteral("text"), 130}})) << "the folder is made";
    EXPECT_EQ(settingsFile(path(QStringLiteral("not/there/yet"))).read().value("text").toInt(), 130);
}

TEST_F(StateFileTest, WhatCannotBeUsedIsSetAsideWhole) {
    using Kind = StateTrouble::Kind;
    setAside("", Kind::damaged);
    setAside("{\"what\": \"ringside settings\", \"version\": 1, \"text\": 1", Kind::damaged);
    setAside("{\"what\": \"ringside settings\"}", Kind::damaged);
    setAside("{\"what\": \"ringside settings\", \"version\": 0}", Kind::damaged);
    setAside("{\"what\": \"ringside settings\", \"version\": 2, \"text\": 115}", Kind::newer);
    setAside("{\"what\": \"ringside progress\", \"version\": 1}", Kind::foreign);
    setAside("{\"editor.fontSize\": 12}", Kind::foreign);
    setAside("[1, 2]", Kind::foreign);
    setAside(QByteArray((16 << 20) + 1, ' '), Kind::damaged);
    EXPECT_EQ(QDir(m_folder.path()).entryList({QStringLiteral("*.aside-*")}).size(), 9) << "each has its own name";
}

TEST_F(StateFileTest, WhatCannotBeReadStaysWhereItIs) {
    ASSERT_TRUE(QDir(m_folder.path()).mkdir(QStringLiteral("settings.json")));
    StateFile file = settingsFile(m_folder.path());
    EXPECT_TRUE(file.read().isEmpty());
    ASSERT_TRUE(file.trouble());
    EXPECT_EQ(file.trouble()->kind, StateTrouble::Kind::unreadable);
    EXPECT_FALSE(file.write({}));
    EXPECT_TRUE(QFileInfo(path()).isDir());
}

TEST_F(StateFileTest, AFolderThatCannotBeMadeFailsTheWrite) {
    put("a file, not a folder");
    EXPECT_FALSE(settingsFile(path()).write({}));
    EXPECT_EQ(bytesOf(path()), "a file, not a folder");
}

TEST_F(StateFileTest, SettingsComeBack) {
    Settings kept;
    kept.theme = ThemeKind::high_contrast;
    kept.text_percent = 130;
    kept.language = QStringLiteral("zh_CN");
    kept.reduced_motion = true;
    kept.speed = 6;
    kept.geometry = QByteArray("\x01\x00\xff", 3);
    kept.layout = "layout";
    kept.gave_way = QStringList{QStringLiteral("inspector-dock")};
    const QDateTime day(QDate(2026, 3, 4), QTime(5, 6, 7), Qt::UTC);
    kept.recent = {{QStringLiteral("/a/b.pcap"), day, 5'000'000'000}, {QStringLiteral("/a/c.yaml"), day, 0}};
    ASSERT_TRUE(settingsFile(m_folder.path()).write(kept.content()));
    const Settings again = Settings::from(settingsFile(m_folder.path()).read());
    EXPECT_EQ(again.theme, kept.theme);
    EXPECT_EQ(again.text_percent, 130);
    EXPECT_EQ(again.language, kept.language);
    EXPECT_TRUE(again.reduced_motion);
    EXPECT_EQ(again.speed, 6);
    EXPECT_EQ(again.geometry, kept.geometry);
    EXPECT_EQ(again.layout, kept.layout);
    EXPECT_EQ(again.gave_way, kept.gave_way);
    EXPECT_EQ(again.recent, kept.recent);
}

TEST_F(StateFileTest, ValuesThatMakeNoSenseAreLeftOut) {
    const Settings settings = Settings::from({{QStringLiteral("theme"), QStringLiteral("pink")},
                                              {QStringLiteral("text"), 101},
                                              {QStringLiteral("speed"), 7},
                                              {QStringLiteral("language"), 5},
                                              {QStringLiteral("recent"), QStringLiteral("none")}});
    EXPECT_EQ(settings.theme, ThemeKind::light);
    EXPECT_EQ(settings.text_percent, 100);
    EXPECT_EQ(settings.speed, 6);
    EXPECT_TRUE(settings.language.isEmpty());
    EXPECT_TRUE(settings.recent.empty());
    EXPECT_EQ(Settings::from({{QStringLiteral("speed"), -1}}).speed, 0);
    const QJsonArray files{QJsonObject{{QStringLiteral("path"), QStringLiteral("/a")}},
                           QJsonObject{{QStringLiteral("opened"), QStringLiteral("2026-03-04T05:06:07Z")}},
                           QJsonObject{{QStringLiteral("path"), QStringLiteral("/b")},
                                       {QStringLiteral("opened"), QStringLiteral("2026-03-04T05:06:07Z")},
                                       {QStringLiteral("packets"), -3}}};
    const Settings recent = Settings::from({{QStringLiteral("recent"), files}});
    ASSERT_EQ(recent.recent.size(), 1U);
    EXPECT_EQ(recent.recent[0].path, "/b");
    EXPECT_EQ(recent.recent[0].packets, 0U);
}

TEST_F(StateFileTest, RecentFilesAreFewAndTheNewestIsFirst) {
    Settings settings;
    const QDateTime day(QDate(2026, 3, 4), QTime(5, 6, 7), Qt::UTC);
    for (std::size_t i = 0; i < kMostRecent; ++i) settings.remember({QString::number(i), day, 0});
    ASSERT_EQ(settings.recent.size(), kMostRecent);
    EXPECT_EQ(settings.recent.back().path, "0");
    settings.remember({QStringLiteral("0"), day, 3});
    ASSERT_EQ(settings.recent.size(), kMostRecent) << "the same file is there once";
    EXPECT_EQ(settings.recent.front().path, "0");
    EXPECT_EQ(settings.recent.front().packets, 3U);
    settings.remember({QStringLiteral("one more"), day, 0});
    ASSERT_EQ(settings.recent.size(), kMostRecent);
    EXPECT_EQ(settings.recent.back().path, "2") << "the oldest is let go";
    settings.forget(QStringLiteral("0"));
    EXPECT_EQ(settings.recent.size(), kMostRecent - 1);
}

TEST_F(StateFileTest, ProgressComesBack) {
    Progress kept;
    kept.last = "small";
    kept.lessons["small"] = {"raised", {{"arrives", "cpu"}, {"raised", "0"}}, {"lose-it"}, true};
    kept.lessons["other"] = {"one", {}, {}, false};
    ASSERT_TRUE(progressFile(m_folder.path()).write(contentOf(kept)));
    EXPECT_EQ(progressFrom(progressFile(m_folder.path()).read()), kept);
    EXPECT_EQ(progressFrom({}), Progress{});
    const QJsonObject odd{
        {QStringLiteral("last"), 3},
        {QStringLiteral("lessons"), QJsonObject{{QStringLiteral("a"), 1},
                                                {QStringLiteral("b"), QJsonObject{{QStringLiteral("answers"), 2}}},
                                                {QStringLiteral("c"), QJsonObject{{QStringLiteral("done"), true}}}}}};
    Progress left;
    left.lessons["c"].done = true;
    EXPECT_EQ(progressFrom(odd), left);
}

}  // namespace
}  // namespace ringside::test
