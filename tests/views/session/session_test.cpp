// What the session says and keeps for the views.

#include <gtest/gtest.h>

#include "engine/capture/decode.h"
#include "tests/support/paths.h"
#include "views/session/format.h"
#include "views/session/session.h"

namespace ringside {
namespace {

TEST(Session, SaysEveryNoteWithItsNumbersAndNothingElse) {
    Session session(sourceDir());
    for (const char* language : {"en", "zh_CN"}) {
        session.texts.setLanguage(QString::fromLatin1(language));
        for (int i = 0; i <= static_cast<int>(NoteKind::checksumFilled); ++i) {
            // a text with fewer places than arguments made Qt warn, which fails this test
            const PacketNote note{static_cast<NoteKind>(i), 17, 1};
            const QString said = session.texts.text(note);
            EXPECT_FALSE(said.contains(QLatin1Char('%'))) << said.toStdString();
            EXPECT_EQ(session.texts.language() == "en", said.toStdString() == noteText(note)) << said.toStdString();
        }
    }
}

TEST(Session, ATimeThatNeverComesIsSaidSo) {
    EXPECT_EQ(timeText(kNever), "never");
    EXPECT_EQ(timeText(kNever - 1).right(2), " s");
    EXPECT_EQ(timeText(0), "0.000 µs");
}

TEST(Session, ALibrarysMessageStandsInASentenceOfOurs) {
    Texts texts(sourceDir());
    const Error refused{"a.pcap", "a capture file (pcap or pcapng)",
                        "text that begins \"#!/bin/sh\" (libpcap: unknown file format)"};
    const Error bytes{"a.pcap", "a capture file (pcap or pcapng)", "bytes 00 ff 10 20 (libpcap: unknown file format)"};
    EXPECT_EQ(
        texts.text(refused),
        QStringLiteral("a.pcap: expected a capture file (pcap or pcapng), found text that begins with “#!/bin/sh”"));
    EXPECT_TRUE(texts.text(bytes).endsWith(QStringLiteral("the bytes 00 ff 10 20")));
    EXPECT_EQ(texts.text(Error{"a.yaml:3:1", "a YAML value", "end of map not found"}),
              QStringLiteral("a.yaml:3:1: expected a YAML value, found something that is none (yaml-cpp: “end of map "
                             "not found”)"));
    EXPECT_EQ(texts.text(Error{"", "", "an error: Input/output error"}),
              QStringLiteral("an error of the system (“Input/output error”)"));
    const std::string cut = "truncated dump file; tried to read 16 header bytes, only got 3";
    EXPECT_EQ(texts.damage(cut), "the file is cut off there");
    EXPECT_TRUE(texts.damage("something new").contains(QStringLiteral("“something new”")));
}

}  // namespace
}  // namespace ringside
