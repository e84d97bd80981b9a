#pragma once
// Where a test finds the source tree. The paths are compiled into one file, so that every other object file is the same
// in every checkout and a compiler cache finds it.

#include <string>

namespace ringside {

/// The checkout's top folder, without a slash at the end.
std::string sourceDir();
/// Its folder tests/.
std::string testDir();

}  // namespace ringside
