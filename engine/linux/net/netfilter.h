#pragma once
// What the kernel has inline in include/linux/netfilter.h: whether a hook point has functions at all.

#include "engine/linux/kernel.h"

namespace ringside::net {

/// The n-th function of a hook point, in order of priority; null: there is none.
inline const NfHookEntry* nfHook(const Net& net, const NfHookState& at, std::uint32_t n) {
    for (const NfHookEntry& entry : *net.nf_hooks) {
        if (entry.pf == at.pf && entry.hooknum == at.hook && n-- == 0) return &entry;
    }
    return nullptr;
}
/// nf_hook(): whether nf_hook_slow() has to be called.
inline bool nfHooked(const K& k, const NfHookState& at) { return nfHook(k.net(), at, 0) != nullptr; }

}  // namespace ringside::net
