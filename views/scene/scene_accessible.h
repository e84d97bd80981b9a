#pragma once
// Gives screen readers the items of a SceneWidget as children with name, state and place.

namespace ringside {

/// Teaches Qt's accessibility about SceneWidget; may be called any number of times.
void installSceneAccessibility();

}  // namespace ringside
