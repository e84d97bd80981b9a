#pragma once
// The picture of a moment of a lesson, without a window.

#include <string>

#include "engine/history/timeline.h"
#include "views/scene/display_list.h"
#include "views/theme/theme.h"

namespace ringside {

/// Where the timeline stands, in the scene of this name ("path", "ring", "skb", "cpu"), of the size of the scene in an
/// ordinary window. English words of the engine in the titles.
DisplayList drawStep(Timeline& timeline, const std::string& scene, const Theme& theme);

}  // namespace ringside
