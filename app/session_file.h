#pragma once
// A session file: what somebody had open and did, in one file that can be handed on. See README.md for the format.

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <optional>

#include "engine/history/saved_run.h"
#include "views/session/note_book.h"
#include "views/session/opener.h"
#include "views/session/view_state.h"

namespace ringside {

/// How a session file's name ends.
inline constexpr const char* kSessionEnding = ".ringside";

struct SavedSession {
    OpenRequest request;  ///< the input, without `saved`
    QString content;      ///< of a capture: contentMark() of its file
    SavedRun run;
    View view;
    QString centre;        ///< name of the view in the centre
    QByteArray layout;     ///< of the docks
    QStringList gave_way;  ///< docks that are hidden in it only because a view needed their room
    LessonNotes notes;     ///< of the lesson
    QJsonObject marks;     ///< Marks::toJson()
};

/// Why a file is no session that can be used.
enum class SessionProblem : std::uint8_t { unreadable, damaged, foreign, newer };

/// The bytes of a session file.
QByteArray bytesOf(const SavedSession& session);
/// From these bytes. Where there is none, `problem` says why.
std::optional<SavedSession> sessionFrom(const QByteArray& bytes, SessionProblem& problem);

/// From a file; it is never changed.
std::optional<SavedSession> readSession(const QString& file, SessionProblem& problem);

/// What became of writing: a file that is there and is no session of ours, or is newer or damaged, stays as it is.
enum class SessionWritten : std::uint8_t { yes, not_ours, failed };
/// Written whole or not at all.
SessionWritten writeSession(const QString& file, const SavedSession& session);

/// Tells a file's content from another's without reading a long file whole: length, both ends and places between.
/// Empty: it cannot be read. Some milliseconds.
QString contentMark(const QString& file);

}  // namespace ringside
