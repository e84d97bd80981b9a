#pragma once
// A lesson on paper: each step with its picture, its text and what is asked there; the answers on the last page.

#include <QString>
#include <optional>

#include "engine/core/result.h"
#include "lessons/lesson.h"
#include "views/session/note_book.h"
#include "views/session/texts.h"
#include "views/theme/theme.h"

class QPagedPaintDevice;

namespace ringside {

/// How it is drawn, and what else is on it.
struct HandoutOptions {
    ThemeKind theme = ThemeKind::light;
    LessonNotes notes = {};  ///< printed below their steps
};

/// Writes a PDF in the language of `texts`. The lesson is run anew. Errors: a run that does not start, a moment that is
/// not found, a file that cannot be written. Returns the file's name.
Result<QString> writeHandout(const Lesson& lesson, const Texts& texts, const QString& file,
                             const HandoutOptions& options = {});
/// The same onto a printer, or whatever device has pages; its resolution is to be kHandoutDpi.
std::optional<Error> printHandout(const Lesson& lesson, const Texts& texts, QPagedPaintDevice& device,
                                  const HandoutOptions& options = {});
inline constexpr int kHandoutDpi = 96;

}  // namespace ringside
