// What the session says and keeps for the views.

#include <gtest/gtest.h>

#include "engine/capture/decode.h"
#include "tests/support/paths.h"
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

}  // namespace
}  // namespace ringside
