#pragma once
// A lesson on paper: each step with its picture, its text and what is asked there; the answers on the last page.

#include <QString>

#include "engine/core/result.h"
#include "lessons/lesson.h"
#include "views/session/texts.h"
#include "views/theme/theme.h"

namespace ringside {

/// Writes a PDF in the language of `texts`. The lesson is run anew. Errors: a run that does not start, a moment that is
/// not found, a file that cannot be written. Returns the file's name.
Result<QString> writeHandout(const Lesson& lesson, const Texts& texts, const QString& file,
                             ThemeKind kind = ThemeKind::light);

}  // namespace ringside
