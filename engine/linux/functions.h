#pragma once
// Every function of the model by id and prototype: `fn::ip_rcv_core` is a Fn<SkbId(SkbId)>, `args::ip_rcv_core` the
// struct of its arguments, both made from the function lists (functions.def here and in each folder). No file of linux/
// includes another; they call each other by these, as the kernel calls through pointers. Arguments keep the prototype's
// order; what a simplified model does not need is left out.

#include "engine/core/function.h"
#include "engine/core/types.h"
#include "engine/linux/arguments.h"
#include "engine/world/machine/rcu.h"
#include "engine/world/machine/timer.h"
#include "engine/world/machine/wait.h"
#include "engine/world/net/netfilter.h"
#include "engine/world/net/skb.h"

namespace ringside {

/// What __napi_poll() returns: the work done, and in this bit C's `*repoll`.
inline constexpr std::uint32_t kRepoll = 0x8000'0000;

/// What skb_try_coalesce() returns: C's result and `*fragstolen`. `moved`: page fragments only, the head stays.
enum class Coalesced : std::uint8_t { no, copied, moved, stolen };

/// A list as a result, which has no room for its length.
struct SkbEnds {
    SkbId first{}, last{};
};

namespace args {
// NOLINTBEGIN
#define RS_FUNCTION RS_ARGUMENTS
#include "engine/linux/functions.def"
// NOLINTEND
}  // namespace args

namespace fn {

enum Number : FunctionId {
#define RS_FUNCTION(name, ...) k_##name,
#include "engine/linux/functions.def"
    kCount
};

#define RS_FUNCTION(name, ...) inline constexpr args::name::Function name{k_##name};
#include "engine/linux/functions.def"

}  // namespace fn
}  // namespace ringside
