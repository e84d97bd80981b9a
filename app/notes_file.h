#pragma once
// Notes on the steps of lessons, as a file.

#include "app/state_file.h"
#include "views/session/note_book.h"

namespace ringside {

/// Of one lesson, as they stand in a session file too. What is no text is left out.
LessonNotes lessonNotesFrom(const QJsonObject& content);
QJsonObject contentOf(const LessonNotes& notes);

/// From a file's content; what makes no sense there is left out.
Notes notesFrom(const QJsonObject& content);
QJsonObject contentOf(const Notes& notes);

/// Where they are kept in a folder.
StateFile notesFile(const QString& folder);

}  // namespace ringside
