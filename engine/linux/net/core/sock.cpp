// Follows net/core/{sock,filter,datagram}.c of Linux 6.1.192. Modelled: memory in whole pages, waking the reader,
// the wait for a packet, taking one from the reader's queue, copying a packet that is not linear or not yet verified.
// Left out: socket filters, cgroups, memory limits of the protocol, signals, MSG_PEEK.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct sk_filter_trim_cap : args::sk_filter_trim_cap {
    using Self = sk_filter_trim_cap;

    Next run(K&) { return ret(std::int32_t{0}); }
    using stages = Stages<Stage<"no filter is attached", &Self::run, cost::check>>;
};

struct __sk_mem_raise_allocated : args::__sk_mem_raise_allocated {
    using Self = __sk_mem_raise_allocated;

    Next raise(K& k) {
        constexpr std::uint32_t page = 4096;
        k.write(sk).sk_forward_alloc += static_cast<std::int32_t>((size + page - 1) / page * page);
        return ret(true);
    }
    using stages = Stages<Stage<"reserve whole pages ahead", &Self::raise, cost::field>>;
};

struct sock_def_readable : args::sock_def_readable {
    using Self = sock_def_readable;

    Next wake(K& k) {
        if (k.socket(sk).wait_queue.empty()) return ret();
        return k.returns(fn::__wake_up_sync_key, WaitQueueId::of(sk),
                         static_cast<std::uint32_t>(TaskState::TASK_INTERRUPTIBLE));
    }
    using stages = Stages<Stage<"does anybody sleep here?", &Self::wake, cost::check>>;
};

struct __skb_try_recv_from_queue : args::__skb_try_recv_from_queue {
    using Self = __skb_try_recv_from_queue;
    SkbId skb;

    Next take(K& k) {
        if (k.socket(sk).reader_queue.qlen == 0) return ret(SkbId{});
        skb = k.popFront(k.write(sk).reader_queue);
        return ret(skb);
    }
    using stages = Stages<Stage<"take the first packet of reader_queue", &Self::take, cost::list_step>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the packet");
    }
};

struct __skb_wait_for_more_packets : args::__skb_wait_for_more_packets {
    using Self = __skb_wait_for_more_packets;

    Next prepare(K& k) {
        return k.call<&Self::sleep>(fn::prepare_to_wait_exclusive, WaitQueueId::of(sk),
                                    WakeFunction{fn::receiver_wake_function},
                                    static_cast<std::uint32_t>(TaskState::TASK_INTERRUPTIBLE));
    }
    Next sleep(K& k) {
        // a packet may have come before this reader stood in the wait queue
        if (k.socket(sk).sk_receive_queue.qlen != 0) return k.call<&Self::done>(fn::finish_wait, WaitQueueId::of(sk));
        if (k.current.signalPending()) {
            timeo = 0;  // C: the error of an interrupted call; nobody is left to see which
            return k.call<&Self::done>(fn::finish_wait, WaitQueueId::of(sk));
        }
        return k.call<&Self::woken>(fn::schedule_timeout, timeo);
    }
    Next woken(K& k, Time left) {
        timeo = left;
        return k.call<&Self::done>(fn::finish_wait, WaitQueueId::of(sk));
    }
    Next done(K&) { return ret(timeo); }
    using stages = Stages<Stage<"join the wait queue", &Self::prepare, cost::list_step>,
                          Stage<"still empty? sleep", &Self::sleep, cost::check>,
                          Stage<"leave the wait queue", &Self::woken, cost::list_step>,
                          Stage<"look again", &Self::done, cost::check>>;
};

struct __skb_datagram_iter : args::__skb_datagram_iter {
    using Self = __skb_datagram_iter;
    std::uint8_t frag;
    SkbId part;
    std::uint32_t copied;

    Next linear(K& k) {
        const SkBuff& s = k.skb(skb);
        take(k, s.headlen());
        part = k.buffer(s.head).frag_list;
        return more(k);
    }
    Next page(K& k) {
        take(k, k.buffer(k.skb(skb).head).frags[frag++].size);
        return more(k);
    }
    Next list(K& k) {
        const SkBuff& p = k.skb(part);
        take(k, p.len);
        part = p.next;
        return more(k);
    }
    Next verdict(K& k) {
        if (!checksum) return ret(std::int32_t{0});
        const SkBuff& s = k.skb(skb);
        return ret(csumFold(csumAdd(s.csum, net::csumSkb(k, skb, 0, s.len))) == 0 ? std::int32_t{0} : net::kEINVAL);
    }

    void take(K& k, std::uint32_t size) {
        const std::uint32_t part_size = std::min(len - copied, size);
        copied += part_size;
        k.spend(net::perByte(part_size));
    }
    Next more(K& k) {
        if (copied < len && frag < k.buffer(k.skb(skb).head).frags.size()) return next<&Self::page>();
        return copied < len && part ? next<&Self::list>() : verdict(k);
    }
    using stages = Stages<Stage<"copy the linear part to user space", &Self::linear, cost::copy>,
                          Stage<"copy the next page fragment", &Self::page, cost::copy>,
                          Stage<"copy the next sk_buff of frag_list", &Self::list, cost::copy>,
                          Stage<"is the sum right?", &Self::verdict, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("copied", s.copied, Unit::bytes, "bytes copied");
        v.hidden("frag", s.frag);
        v.hidden("part", s.part);
    }
};

/// The reference that early demultiplexing took; the model counts none.
struct sock_efree : args::sock_efree {
    using Self = sock_efree;

    Next put(K&) { return ret(); }
    using stages = Stages<Stage<"one reference to the socket less", &Self::put, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(sk_filter_trim_cap, "net/core/filter.c", "Runs the socket's filter, if it has one."),
    RS_DEFINE(__sk_mem_raise_allocated, "net/core/sock.c", "Reserves memory for a socket, in whole pages."),
    RS_DEFINE(sock_def_readable, "net/core/sock.c", "Tells who waits on the socket that there is something to read."),
    RS_DEFINE(__skb_try_recv_from_queue, "net/core/datagram.c", "Takes the first packet of the reader's queue."),
    RS_DEFINE(__skb_wait_for_more_packets, "net/core/datagram.c",
              "Sleeps until a packet comes, or for the time that is left."),
    RS_DEFINE(__skb_datagram_iter, "net/core/datagram.c",
              "Copies a packet to user space piece by piece, summing it if need be."),
    RS_DEFINE(sock_efree, "net/core/sock.c", "The destructor of a packet that early demultiplexing gave a socket."),
};

}  // namespace

std::span<const FunctionInfo> sockFunctions() { return kFunctions; }

}  // namespace ringside
