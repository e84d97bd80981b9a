#pragma once
// A display list as a file or on paper.

#include <QImage>
#include <QString>

#include "engine/core/result.h"
#include "views/scene/display_list.h"
#include "views/theme/theme.h"

class QPrinter;

namespace ringside {

/// The list as a picture of list.size() * theme.scale() logical pixels, `ratio` device pixels each.
QImage renderImage(const DisplayList& list, const Theme& theme, double ratio = 1);

/// Writes the list to a file; the suffix (.png, .svg, .pdf) chooses the format. The error names the file, and what was
/// expected and found.
Result<QString> exportScene(const DisplayList& list, const Theme& theme, const QString& path, double ratio = 2);

/// Prints the list on one page, as large as it fits.
Result<QString> printScene(const DisplayList& list, const Theme& theme, QPrinter& printer);

}  // namespace ringside
