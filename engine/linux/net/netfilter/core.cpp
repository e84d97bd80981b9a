// Follows net/netfilter/core.c of Linux 6.1.192. Modelled: registering a function at a hook point, calling those that
// are registered in order of priority, the verdicts ACCEPT, DROP and STOLEN. Left out: QUEUE, hooks of devices.

#include "engine/linux/net/netfilter.h"

#include "engine/linux/register.h"

namespace ringside {

void nfRegisterNetHook(Net& net, const NfHookEntry& entry) {
    std::vector<NfHookEntry>& hooks = net.nf_hooks.write();
    // nf_hook_entries_grow(): before those of the same priority
    const auto place = std::find_if(hooks.begin(), hooks.end(),
                                    [&](const NfHookEntry& other) { return entry.priority <= other.priority; });
    hooks.insert(place, entry);
}

namespace {

constexpr std::int32_t kEPERM = -1;

struct nf_hook_slow : args::nf_hook_slow {
    using Self = nf_hook_slow;

    Next each(K& k) {
        const NfHookEntry* entry = net::nfHook(k.net(), state, s);
        if (!entry) {
            skb = {};
            return ret(std::int32_t{1});
        }
        return k.call<&Self::verdict>(entry->hook, skb, state);
    }
    Next verdict(K& k, std::uint32_t said) {
        const std::int32_t error = -static_cast<std::int32_t>(said >> NF_VERDICT_QBITS);  // NF_DROP_GETERR()
        switch (said & NF_VERDICT_MASK) {
            case NF_ACCEPT:
                ++s;
                return each(k);
            case NF_STOLEN:
                skb = {};
                return ret(error);
            case NF_DROP:
                s = static_cast<std::uint32_t>(error);
                return k.drop<&Self::dropped>(std::exchange(skb, {}), Drop::NETFILTER_DROP);
            default:
                return ret(std::int32_t{0});  // WARN_ON_ONCE(1)
        }
    }
    Next dropped(K&) {
        const auto error = static_cast<std::int32_t>(s);
        return ret(error == 0 ? kEPERM : error);
    }
    using stages = Stages<Stage<"call the next function of the hook point", &Self::each, cost::list_step>,
                          Stage<"what is its verdict?", &Self::verdict, cost::check>,
                          Stage<"return: the packet was dropped", &Self::dropped, cost::check>>;
};

struct nf_hook_slow_list : args::nf_hook_slow_list {
    using Self = nf_hook_slow_list;
    SkbList sublist;
    SkbId skb;

    Next each(K& k) {
        skb = k.popFront(head);
        if (!skb) return ret(SkbEnds{sublist.first, sublist.last});
        return k.call<&Self::hooked>(fn::nf_hook_slow, skb, state, 0U);
    }
    Next hooked(K& k, std::int32_t result) {
        const SkbId passed = std::exchange(skb, {});
        if (result == 1) k.pushBack(sublist, passed, SkbOwner::sub_list);
        return each(k);
    }
    using stages = Stages<Stage<"take the next packet", &Self::each, cost::list_step>,
                          Stage<"keep what passed", &Self::hooked, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("sublist", s.sublist, Unit::none, "packets that passed");
        v("skb", s.skb, Unit::none, "the packet");
    }
};

constexpr const char* kSource = "net/netfilter/core.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(nf_hook_slow, kSource, "Calls the functions of a hook point until one has a packet."),
    RS_DEFINE(nf_hook_slow_list, kSource, "Takes each packet of a list through a hook point."),
};

}  // namespace

std::span<const FunctionInfo> netfilterFunctions() { return kFunctions; }

}  // namespace ringside
