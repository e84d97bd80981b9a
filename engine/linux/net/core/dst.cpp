// Follows net/core/dst.c of Linux 6.1.192. Modelled: the references of a dst_entry, freeing after an RCU grace period,
// the functions of one that leads nowhere. Left out: garbage collection, metrics, devices that go away.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct dst_alloc : args::dst_alloc {
    using Self = dst_alloc;

    Next allocate(K& k) {
        const DstId dst = k.machine.dsts.alloc();
        DstEntry& d = k.write(dst);  // dst_init()
        d.dev = dev;
        d.input = d.output = fn::dst_discard_out;
        d.refcnt = initial_ref;
        return ret(dst);
    }
    using stages = Stages<Stage<"a fresh route entry", &Self::allocate, cost::alloc>>;
};

struct dst_release : args::dst_release {
    using Self = dst_release;

    Next put(K& k) {
        DstEntry& d = k.write(dst);
        RS_ASSERT(d.refcnt > 0);
        if (--d.refcnt != 0) return ret();
        return k.returns(fn::call_rcu, dst.slot, RcuCallback{fn::dst_destroy_rcu});
    }
    using stages = Stages<Stage<"give up a reference; was it the last?", &Self::put, cost::field>>;
};

struct dst_destroy_rcu : args::dst_destroy_rcu {
    using Self = dst_destroy_rcu;

    Next destroy(K& k) { return k.returns(fn::dst_destroy, DstId{head}); }
    using stages =
        Stages<Stage<"no reader under RCU sees the entry any more: destroy it", &Self::destroy, cost::check>>;
};

struct dst_destroy : args::dst_destroy {
    using Self = dst_destroy;

    Next release(K& k) {
        RS_ASSERT(k.dst(dst).refcnt == 0);
        k.machine.dsts.free(std::exchange(dst, {}));
        return ret();
    }
    using stages = Stages<Stage<"give the entry back to its cache", &Self::release, cost::free>>;
};

struct dst_discard_out : args::dst_discard_out {
    using Self = dst_discard_out;

    Next discard(K& k) { return k.drop<&Self::done>(std::exchange(skb, {}), Drop::NOT_SPECIFIED); }
    Next done(K&) { return ret(std::int32_t{0}); }
    using stages =
        Stages<Stage<"nothing is done with it", &Self::discard, cost::check>, Stage<"done", &Self::done, cost::check>>;
};

constexpr const char* kSource = "net/core/dst.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(dst_alloc, kSource, "Allocates a route entry for packets to hold."),
    RS_DEFINE(dst_release, kSource,
              "Gives up a reference to a route entry; the last one frees it after a grace period."),
    RS_DEFINE(dst_destroy_rcu, kSource, "The RCU callback of a route entry without references."),
    RS_DEFINE(dst_destroy, kSource, "Frees a route entry."),
    RS_DEFINE(dst_discard_out, kSource, "Frees a packet that leads nowhere."),
};

}  // namespace

std::span<const FunctionInfo> dstFunctions() { return kFunctions; }

}  // namespace ringside
