// Follows net/socket.c, net/ipv4/af_inet.c and net/ipv6/af_inet6.c of Linux 6.1.192: the way of recvfrom() to the
// protocol. Left out: the sender's address, control messages, security modules.

#include "engine/linux/net/inline.h"

namespace ringside {
namespace {

struct __x64_sys_recvfrom : args::__x64_sys_recvfrom {
    using Self = __x64_sys_recvfrom;

    Next receive(K& k) { return k.returns(fn::__sys_recvfrom, fd, size); }
    using stages = Stages<Stage<"take the arguments from the registers", &Self::receive, cost::check>>;
};

struct __sys_recvfrom : args::__sys_recvfrom {
    using Self = __sys_recvfrom;
    SocketId sock;

    Next lookup(K& k) {
        // descriptors 0 to 2 are no sockets here
        if (fd < 3 || fd - 3 >= k.current.files.size()) return ret(std::int64_t{-9});  // EBADF
        sock = k.current.files[fd - 3];
        return k.returns(fn::sock_recvmsg, sock, size);
    }
    using stages = Stages<Stage<"which socket is this descriptor?", &Self::lookup, cost::lookup>>;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("sock", s.sock, Unit::none, "the socket");
    }
};

struct sock_recvmsg : args::sock_recvmsg {
    using Self = sock_recvmsg;

    Next receive(K& k) { return k.returns(k.socket(sock).ops_recvmsg, sock, size); }
    using stages = Stages<Stage<"call the address family", &Self::receive, cost::check>>;
};

struct inet_recvmsg : args::inet_recvmsg {
    using Self = inet_recvmsg;

    Next receive(K& k) { return k.returns(k.socket(sock).prot_recvmsg, sock, size); }
    using stages = Stages<Stage<"call the protocol", &Self::receive, cost::check>>;
};

struct inet6_recvmsg : args::inet6_recvmsg {
    using Self = inet6_recvmsg;

    Next receive(K& k) { return k.returns(k.socket(sock).prot_recvmsg, sock, size); }
    using stages = Stages<Stage<"call the protocol", &Self::receive, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(__x64_sys_recvfrom, "net/socket.c", "The system call recvfrom()."),
    RS_DEFINE(__sys_recvfrom, "net/socket.c", "Finds the socket of a descriptor and reads from it."),
    RS_DEFINE(sock_recvmsg, "net/socket.c", "Reads from a socket of any family."),
    RS_DEFINE(inet_recvmsg, "net/ipv4/af_inet.c", "Reads from a socket of IPv4."),
    RS_DEFINE(inet6_recvmsg, "net/ipv6/af_inet6.c", "Reads from a socket of IPv6."),
};

}  // namespace

std::span<const FunctionInfo> socketFunctions() { return kFunctions; }

}  // namespace ringside
