// Follows net/core/dev.c of Linux 6.1.192: NAPI and the NET_RX softirq. Modelled: state bits, the poll list with
// budget, time limit, repoll and time_squeeze, napi_complete_done(), the flush of rx_list. Left out: threaded and busy
// polling, deferred hard interrupts, RPS.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct napi_schedule_prep : args::napi_schedule_prep {
    using Self = napi_schedule_prep;

    Next claim(K& k) {
        Napi& napi = k.write(n);
        if ((napi.state & NAPIF_STATE_DISABLE) != 0) return ret(false);
        const bool mine = (napi.state & NAPIF_STATE_SCHED) == 0;
        napi.state |= mine ? NAPIF_STATE_SCHED : NAPIF_STATE_MISSED;
        return ret(mine);
    }
    using stages = Stages<Stage<"set SCHED; was it set already?", &Self::claim, cost::check>>;
};

struct __napi_schedule : args::__napi_schedule {
    using Self = __napi_schedule;

    Next queue(K& k) {
        k.pushBack(k.cpu.softnet.poll_list, n);
        k.raiseSoftirq(Softirq::NET_RX);
        k.trace(Tracepoint::softirq_raise, static_cast<std::uint32_t>(Softirq::NET_RX));
        return ret();
    }
    using stages = Stages<Stage<"onto this CPU's poll list, raise NET_RX", &Self::queue, cost::list_step>>;
};

struct net_rx_action : args::net_rx_action {
    using Self = net_rx_action;
    Time time_limit;
    std::int32_t budget;
    NapiList list, repoll;
    NapiId n;

    Next splice(K& k) {
        time_limit = jiffiesAt(k.now()) + jiffiesFor(Time{k.sysctl().netdev_budget_usecs} * kMicrosecond);
        budget = static_cast<std::int32_t>(k.sysctl().netdev_budget);
        list = std::exchange(k.cpu.softnet.poll_list, {});
        return next<&Self::poll>();
    }
    Next poll(K& k) {
        if (list.empty()) {
            // what was put on the CPU's list meanwhile has raised the softirq itself
            if (repoll.empty()) return ret();
            return finish(k);
        }
        n = list.first;
        k.remove(list, n);
        return k.call<&Self::polled>(fn::__napi_poll, n);
    }
    Next polled(K& k, std::uint32_t result) {
        if ((result & kRepoll) != 0) k.pushBack(repoll, n);
        n = {};
        budget -= static_cast<std::int32_t>(result & ~kRepoll);
        if (budget <= 0 || jiffiesAt(k.now()) >= time_limit) {
            ++k.cpu.softnet.time_squeeze;
            return next<&Self::finish>();
        }
        return poll(k);
    }
    Next finish(K& k) {
        // what was not polled, what came meanwhile, what has to be polled again: in this order
        k.splice(list, k.cpu.softnet.poll_list);
        k.splice(list, repoll);
        k.splice(k.cpu.softnet.poll_list, list);
        if (!k.cpu.softnet.poll_list.empty()) {
            k.raiseSoftirq(Softirq::NET_RX);
            k.trace(Tracepoint::softirq_raise, static_cast<std::uint32_t>(Softirq::NET_RX));
        }
        return ret();
    }
    using stages = Stages<Stage<"take over the poll list", &Self::splice, cost::list_step>,
                          Stage<"poll the next device", &Self::poll, cost::list_step>,
                          Stage<"budget or time used up?", &Self::polled, cost::check>,
                          Stage<"raise NET_RX again for what is left", &Self::finish, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("time_limit", s.time_limit, Unit::count, "jiffy at which it stops");
        v("budget", s.budget, Unit::count, "packets it may still take");
        v("list", s.list, Unit::none, "NAPI instances to be polled");
        v("repoll", s.repoll, Unit::none, "NAPI instances that used their whole weight");
        v("n", s.n, Unit::none, "the one that is polled");
    }
};

struct __napi_poll : args::__napi_poll {
    using Self = __napi_poll;
    std::uint32_t work, weight;

    Next poll(K& k) {
        const Napi& napi = k.napi(n);
        weight = napi.weight;
        if ((napi.state & NAPIF_STATE_SCHED) == 0) return ret(0U);
        return k.call<&Self::polled>(napi.poll, n, weight);
    }
    Next polled(K& k, std::uint32_t done) {
        work = done;
        k.trace(Tracepoint::napi_poll, work << 16U | weight, n.slot);
        if (work < weight) return ret(work);
        // the whole weight was used: the device stays scheduled and is polled again
        Napi& napi = k.write(n);
        if (napi.rx_list.qlen == 0) return ret(work | kRepoll);
        return k.call<&Self::flushed>(fn::netif_receive_skb_list_internal, std::exchange(napi.rx_list, {}));
    }
    Next flushed(K&) { return ret(work | kRepoll); }
    using stages = Stages<Stage<"call the driver's poll function", &Self::poll, cost::check>,
                          Stage<"was the whole weight used?", &Self::polled, cost::check>,
                          Stage<"gro_normal_list has gone up: poll again later", &Self::flushed, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("work", s.work, Unit::count, "packets taken");
        v("weight", s.weight, Unit::count, "most packets of one poll");
    }
};

struct napi_complete_done : args::napi_complete_done {
    using Self = napi_complete_done;

    Next flush(K& k) {
        Napi& napi = k.write(n);
        if (napi.rx_list.qlen == 0) return complete(k);
        return k.call<&Self::complete>(fn::netif_receive_skb_list_internal, std::exchange(napi.rx_list, {}));
    }
    Next complete(K& k) {
        Napi& napi = k.write(n);
        RS_ASSERT((napi.state & NAPIF_STATE_SCHED) != 0);
        if ((napi.state & NAPIF_STATE_MISSED) != 0) {
            napi.state &= ~NAPIF_STATE_MISSED;
            return k.call<&Self::again>(fn::__napi_schedule, n);
        }
        napi.state &= ~NAPIF_STATE_SCHED;
        return ret(true);
    }
    Next again(K&) { return ret(false); }
    using stages = Stages<Stage<"gro_normal_list: the waiting packets go up", &Self::flush, cost::check>,
                          Stage<"clear SCHED, unless an interrupt was missed", &Self::complete, cost::field>,
                          Stage<"one more poll", &Self::again, cost::check>>;
};

constexpr const char* kSource = "net/core/dev.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(napi_schedule_prep, kSource, "Claims a NAPI instance: only one who finds SCHED unset may schedule it."),
    RS_DEFINE(__napi_schedule, kSource, "Puts a NAPI instance on this CPU's poll list and raises NET_RX."),
    RS_DEFINE(net_rx_action, kSource, "The NET_RX softirq: polls each device that waits, within a budget."),
    RS_DEFINE(__napi_poll, kSource, "Polls one device."),
    RS_DEFINE(napi_complete_done, kSource,
              "Ends polling: the collected packets go up the stack, the device may interrupt again."),
};

}  // namespace

std::span<const FunctionInfo> devFunctions() { return kFunctions; }

}  // namespace ringside
