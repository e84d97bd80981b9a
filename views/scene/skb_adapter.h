#pragma once
// What the skb scene shows of an sk_buff in a World.

#include "engine/world/world.h"
#include "views/scene/skb_scene.h"
#include "views/scene/words.h"

namespace ringside {

/// The input for the living sk_buff with this serial (SkBuff::id). `before` is the World one step earlier (null: none):
/// pointers that stood elsewhere there leave ghosts, bytes that differ are marked. An sk_buff that is not alive gives
/// an empty picture that says so.
/// `frame`: where a whole frame is known to begin though the kernel has set no header offset yet; kUnset: nowhere.
SkbInput skbInput(const World& world, std::uint32_t skb, const World* before, const Words& words = {},
                  std::uint32_t frame = kUnset);

/// Headers and payload of the linear part, from the first known header on. What the kernel has not reached yet is
/// named by the bytes and says so.
std::vector<ByteLayer> byteLayers(const World& world, SkbId skb, const Words& words = {}, std::uint32_t frame = kUnset);

/// Where the kernel stopped for a call: the call, its line and the bytes past the buffer, as the lab shows what it
/// refuses. `input.title` is the function's name. Nothing happens where it did not stop.
void showPanic(SkbInput& input, const World& world);

}  // namespace ringside
