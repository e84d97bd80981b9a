#pragma once
// What must hold of every World after every step, whatever happens in it.

#include <string>
#include <vector>

#include "engine/world/world.h"

namespace ringside::test {

/// One sentence for each rule that is broken; empty when all is well. Rules: head ≤ data ≤ tail ≤ end; len == tail −
/// data + data_len; lists have the length they say, link both ways, and no sk_buff is on two; every buffer's dataref is
/// the number of sk_buffs that use it; socket memory is to the byte what its
/// queues, the reader and the packets on their way between hold; ring indices lie in the
/// ring; a dst_entry has the references that packets, nexthops and sockets hold, and without any it waits for RCU.
std::vector<std::string> brokenInvariants(const World& world);
/// Those, and what functions hold: no freed sk_buff after their own stage, no list twice, each sk_buff that is on its
/// way known to one stack.
std::vector<std::string> brokenInvariants(const World& world, const Inputs& inputs);

}  // namespace ringside::test
