#pragma once
// A file that is held over the window, looked at before it is let go.

#include <QString>

namespace ringside {

/// Whether a file seems to be one that can be opened: a capture by its first bytes, a scenario by its ending, a folder
/// with a lesson. Reads four bytes.
bool seemsOpenable(const QString& path);

}  // namespace ringside
