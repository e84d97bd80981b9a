// Follows net/socket.c (sock_close), net/ipv4/af_inet.c (inet_release), net/core/sock.c (__sk_destruct) and
// net/ipv4/udp.c (udp_destruct_sock) of Linux 6.1.192: the end of a UDP socket. Its last holder closes it, from then on
// no packet finds it, and after an RCU grace period what nobody read is thrown away. Simplified: the model keeps the
// struct, so that its counters can still be read. Left out: multicast memberships, lingering, the send side.
#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// The last reference to the file is gone.
struct sock_close : args::sock_close {
    using Self = sock_close;

    Next close(K& k) { return k.returns(fn::inet_release, sock); }

    using stages = Stages<Stage<"release the socket", &Self::close, cost::check>>;
};

/// Takes the socket out of the hash tables and leaves it to RCU.
struct inet_release : args::inet_release {
    using Self = inet_release;

    Next unhash(K& k) {
        k.write(sock).closed = true;
        return k.returns(fn::call_rcu, sock.slot, RcuCallback{fn::__sk_destruct});
    }

    using stages =
        Stages<Stage<"no packet finds the socket any more; free it after a grace period", &Self::unhash, cost::lookup>>;
};

/// The RCU callback of a closed socket.
struct __sk_destruct : args::__sk_destruct {
    using Self = __sk_destruct;

    Next destruct(K& k) { return k.returns(fn::udp_destruct_sock, SocketId{head}); }

    using stages =
        Stages<Stage<"no reader under RCU sees the socket any more: destroy it", &Self::destruct, cost::check>>;
};

/// What was never read is thrown away.
struct udp_destruct_sock : args::udp_destruct_sock {
    using Self = udp_destruct_sock;
    std::uint32_t total;
    SkbId skb;

    Next each(K& k) {
        Socket& s = k.write(sk);
        skb = s.reader_queue.first ? k.popFront(s.reader_queue) : k.popFront(s.sk_receive_queue);
        if (!skb && s.sk_rx_dst) return k.call<&Self::route>(fn::udp_rmem_release, sk, total, false);
        if (!skb) return k.returns(fn::udp_rmem_release, sk, total, false);
        total += k.skb(skb).truesize;
        return k.drop<&Self::each>(std::exchange(skb, {}), Drop::NOT_SPECIFIED);
    }
    Next route(K& k) { return k.returns(fn::dst_release, std::exchange(k.write(sk).sk_rx_dst, {})); }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("total", s.total, Unit::bytes, "memory of the packets thrown away");
        v("skb", s.skb, Unit::none, "the packet");
    }
    using stages = Stages<Stage<"throw away the next packet that nobody read", &Self::each, cost::list_step>,
                          Stage<"inet_sock_destruct: give up the route it kept", &Self::route, cost::field>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(sock_close, "net/socket.c", "Closes a socket whose last file descriptor is gone."),
    RS_DEFINE(inet_release, "net/ipv4/af_inet.c", "Takes a socket out of the hash tables."),
    RS_DEFINE(__sk_destruct, "net/core/sock.c", "Destroys a socket after an RCU grace period."),
    RS_DEFINE(udp_destruct_sock, "net/ipv4/udp.c", "Throws away what a closed UDP socket still holds."),
};

}  // namespace

std::span<const FunctionInfo> closeFunctions() { return kFunctions; }

}  // namespace ringside
