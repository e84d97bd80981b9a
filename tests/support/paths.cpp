#include "tests/support/paths.h"

namespace ringside {

std::string sourceDir() { return RINGSIDE_SOURCE_DIR; }
std::string testDir() { return sourceDir() + "/tests"; }

}  // namespace ringside
