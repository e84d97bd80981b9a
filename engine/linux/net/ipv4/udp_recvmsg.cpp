// Follows net/ipv4/udp.c and net/ipv6/udp.c of Linux 6.1.192, the reader's side. Modelled: reader_queue and
// sk_receive_queue, memory given back lazily, the checksum that nobody verified before, the copy. Left out: MSG_PEEK
// and other flags, control messages, busy polling. The receive time-out is the one of the program's operation
// (SO_RCVTIMEO).

#include "engine/linux/net/ipv4/udp_sum.h"

namespace ringside {
namespace {

/// sock_rcvtimeo(): the operation that is in the system call says how long.
Time receiveTimeout(const K& k) {
    const std::vector<Op>& ops = k.inputs.programs[k.current.program].ops;
    const op::recvfrom* read = k.current.pc < ops.size() ? std::get_if<op::recvfrom>(&ops[k.current.pc]) : nullptr;
    return read && read->timeout ? read->timeout : kNever;
}

/// skb_queue_splice_tail_init(): the reader takes over what the softirq has queued.
void splice(K& k, Socket& s) {
    if (s.sk_receive_queue.qlen == 0) return;
    if (s.reader_queue.qlen == 0) {
        s.reader_queue = s.sk_receive_queue;
    } else {
        k.write(s.reader_queue.last).next = s.sk_receive_queue.first;
        k.write(s.sk_receive_queue.first).prev = s.reader_queue.last;
        s.reader_queue.last = s.sk_receive_queue.last;
        s.reader_queue.qlen += s.sk_receive_queue.qlen;
    }
    for (SkbId id = s.sk_receive_queue.first; id; id = k.skb(id).next) k.write(id).owner = SkbOwner::reader_queue;
    s.sk_receive_queue = {};
}

template <bool kV6>
UdpCounters& counters(K& k, SkbId skb) {
    // a socket of IPv6 reads IPv4 packets too; they count as IPv4
    return kV6 && k.skb(skb).protocol == ETH_P_IPV6 ? k.counters().udp6 : k.counters().udp;
}

template <bool kV6>
struct UdpRecvmsg : args::udp_recvmsg {
    using Self = UdpRecvmsg;
    SkbId skb;
    std::uint32_t copied;

    Next receive(K& k) { return k.call<&Self::got>(fn::__skb_recv_udp, sk); }
    Next got(K& k, SkbId received) {
        skb = received;
        if (!skb) return ret(std::int64_t{net::kEAGAIN});
        const SkBuff& s = k.skb(skb);
        copied = std::min(len, s.len);
        // a part only: the sum has to be verified before
        if (copied < s.len && !net::checksumComplete(k, skb)) return next<&Self::bad>();
        const bool verified = net::csumUnnecessary(k.skb(skb));
        if (verified && s.data_len == 0) return next<&Self::copy>();
        return k.call<&Self::iterated>(fn::__skb_datagram_iter, skb, copied, !verified);
    }
    Next copy(K& k) {
        k.spend(net::perByte(copied));
        return done(k);
    }
    Next iterated(K& k, std::int32_t error) { return error != 0 ? bad(k) : done(k); }
    Next done(K& k) {
        ++counters<kV6>(k, skb).InDatagrams;
        ++k.write(sk).delivered;
        k.fate(skb, Fate::delivered, Drop::NOT_DROPPED, kV6 ? fn::udpv6_recvmsg.id : fn::udp_recvmsg.id);
        k.about(skb);
        return k.call<&Self::consumed>(fn::skb_consume_udp, sk, std::exchange(skb, {}), copied);
    }
    Next consumed(K&) { return ret(std::int64_t{copied}); }
    Next bad(K& k) {
        UdpCounters& udp = counters<kV6>(k, skb);
        ++udp.InCsumErrors;
        ++udp.InErrors;
        ++k.write(sk).sk_drops;
        return k.drop<&Self::receive>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    using stages = Stages<Stage<"take a packet, or sleep", &Self::receive, cost::check>,
                          Stage<"is its checksum known to be right?", &Self::got, cost::check>,
                          Stage<"copy_linear_skb: copy the data to user space", &Self::copy, cost::copy>,
                          Stage<"the data is copied", &Self::iterated, cost::check>,
                          Stage<"the datagram is delivered", &Self::done, cost::field>,
                          Stage<"return the length", &Self::consumed, cost::check>,
                          Stage<"bad checksum: drop it, try the next", &Self::bad, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the packet");
        v("copied", s.copied, Unit::bytes, "bytes the program gets");
    }
};

struct __skb_recv_udp : args::__skb_recv_udp {
    using Self = __skb_recv_udp;
    SkbId skb;
    Time timeo;
    bool again;

    Next begin(K& k) {
        timeo = receiveTimeout(k);
        return attempt(k);
    }
    Next attempt(K& k) {
        again = false;
        return k.call<&Self::tried>(fn::__skb_try_recv_from_queue, sk);
    }
    Next tried(K& k, SkbId taken) {
        skb = taken;
        if (skb) return k.call<&Self::released>(fn::udp_rmem_release, sk, k.skb(skb).truesize, true);
        if (!again && k.socket(sk).sk_receive_queue.qlen != 0) {
            splice(k, k.write(sk));
            again = true;
            return k.call<&Self::tried>(fn::__skb_try_recv_from_queue, sk);
        }
        if (timeo == 0) return ret(SkbId{});
        return k.call<&Self::woken>(fn::__skb_wait_for_more_packets, sk, timeo);
    }
    Next released(K&) { return ret(std::exchange(skb, {})); }
    Next woken(K& k, Time left) {
        timeo = left;
        return attempt(k);
    }
    using stages = Stages<Stage<"how long may it take?", &Self::begin, cost::check>,
                          Stage<"look again", &Self::attempt, cost::check>,
                          Stage<"none here: take over sk_receive_queue, or sleep", &Self::tried, cost::list_step>,
                          Stage<"hand it to the reader", &Self::released, cost::check>,
                          Stage<"awake: look again", &Self::woken, cost::check>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("skb", s.skb, Unit::none, "the packet");
        v("timeo", s.timeo, Unit::nanoseconds, "how long it may sleep");
        v.hidden("again", s.again);
    }
};

struct udp_rmem_release : args::udp_rmem_release {
    using Self = udp_rmem_release;

    Next release(K& k) {
        Socket& s = k.write(sk);
        auto amount = static_cast<std::int32_t>(size);
        if (partial) {
            s.forward_deficit += amount;
            amount = s.forward_deficit;
            // while packets wait, memory is given back only when a quarter of the buffer has come together
            if (amount < s.sk_rcvbuf / 4 && s.reader_queue.qlen != 0) return ret();
        } else {
            amount += s.forward_deficit;
        }
        s.forward_deficit = 0;
        const std::int32_t pages = (amount + s.sk_forward_alloc - (partial ? 1 : 0)) & ~std::int32_t{4095};
        s.sk_forward_alloc += amount - pages;
        s.sk_rmem_alloc -= amount;
        splice(k, s);
        return ret();
    }
    using stages = Stages<Stage<"give memory back to the socket, if it is worth it", &Self::release, cost::field>>;
};

struct skb_consume_udp : args::skb_consume_udp {
    using Self = skb_consume_udp;

    Next unref(K& k) {
        if (k.skb(skb).users > 1) {
            --k.write(skb).users;
            skb = {};
            return ret();
        }
        if (k.skb(skb).dst) return k.call<&Self::consume>(fn::skb_release_head_state, skb);
        return consume(k);
    }
    Next consume(K& k) { return k.returns(fn::__consume_stateless_skb, std::exchange(skb, {})); }
    using stages = Stages<Stage<"give up a reference; was it the last?", &Self::unref, cost::check>,
                          Stage<"free it", &Self::consume, cost::check>>;
};

using udp_recvmsg = UdpRecvmsg<false>;
using udpv6_recvmsg = UdpRecvmsg<true>;

constexpr const char* kSource = "net/ipv4/udp.c";
constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(udp_recvmsg, kSource, "Reads a datagram: verifies what was not verified, copies, frees."),
    RS_DEFINE(udpv6_recvmsg, "net/ipv6/udp.c", "Reads a datagram from a socket of IPv6."),
    RS_DEFINE(__skb_recv_udp, kSource, "Takes a packet from the socket's queues, sleeping until there is one."),
    RS_DEFINE(udp_rmem_release, kSource, "Uncharges a packet from the receive buffer, lazily."),
    RS_DEFINE(skb_consume_udp, kSource, "Frees a packet that was read."),
};

}  // namespace

std::span<const FunctionInfo> udpRecvmsgFunctions() { return kFunctions; }

}  // namespace ringside
