#pragma once
// What was done in the lessons, as a file.

#include "app/state_file.h"
#include "lessons/progress.h"

namespace ringside {

/// Of one lesson, as it stands in a session file too.
LessonProgress lessonProgressFrom(const QJsonObject& content);
QJsonObject contentOf(const LessonProgress& progress);

/// From a file's content; what makes no sense there is left out.
Progress progressFrom(const QJsonObject& content);
QJsonObject contentOf(const Progress& progress);

/// Where it is kept in a folder.
StateFile progressFile(const QString& folder);

}  // namespace ringside
