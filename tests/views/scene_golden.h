#pragma once
// Text goldens of pictures, and a place to look at them.

#include <string>

#include "views/scene/display_list.h"
#include "views/theme/theme.h"

namespace ringside {

/// Holds a text against tests/golden/scene/NAME.txt. A difference fails, prints the lines that differ and leaves
/// NAME.txt.actual. With RINGSIDE_UPDATE_GOLDEN=1 in the environment the golden is written instead.
void expectGolden(const std::string& name, const std::string& actual);

/// Writes a picture to $RINGSIDE_PICTURES/NAME.png when that is set; for looking at.
void lookAt(const std::string& name, const DisplayList& list, const Theme& theme);

}  // namespace ringside
