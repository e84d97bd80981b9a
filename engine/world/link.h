#pragma once
// The cable of a card: what it costs to cross it, and what it has carried; and packets that are not of the traffic
// file.

#include <string_view>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/fields.h"
#include "engine/core/log.h"
#include "engine/core/types.h"

namespace ringside {

/// One end of a link: a card of a machine.
struct LinkEnd {
    MachineNo machine = 0;
    std::int32_t ifindex = 0;  ///< 0: no card, the world outside
    friend bool operator==(const LinkEnd&, const LinkEnd&) = default;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("machine", s.machine, Unit::index, "the machine");
        v("ifindex", s.ifindex, Unit::index, "interface of its card; 0 is the world outside");
    }
};

/// A frame that crossed a link, or was lost there.
struct Carried {
    std::uint32_t packet = 0;
    std::uint32_t length = 0;  ///< bytes from the Ethernet header on
    Time time = 0;             ///< when its last bit arrived
    bool lost = false;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("packet", s.packet);
        v.hidden("length", s.length);
        v.hidden("time", s.time);
        v.hidden("lost", s.lost);
    }
};

/// A link between two ports. Frames of the traffic come from `b`, the world outside, to the card at `a`.
struct Link {
    LinkEnd a, b;
    std::uint64_t rate = 0;  ///< bits a second; 0: no time
    Time delay = 0;          ///< from the last bit's departure to its arrival
    std::uint32_t loss = 0;  ///< frames lost in a million
    Time free_at = 0;        ///< when the last frame has left the other end
    Log<Carried> carried;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("a", s.a, Unit::none, "one end");
        v("b", s.b, Unit::none, "the other end");
        v("rate", s.rate, Unit::count, "bits a second; 0 is no limit");
        v("delay", s.delay, Unit::nanoseconds, "time a frame needs to cross it");
        v("loss", s.loss, Unit::count, "frames lost in a million");
        v("free_at", s.free_at, Unit::nanoseconds, "when the last frame has left the other end");
        v.apart("carried", s.carried);
    }
};

/// How a packet that is not of the traffic came to be.
enum class Origin : std::uint8_t { injected, sent };
std::string_view nameOf(Origin origin);

/// A packet that is not of the traffic: its number stands behind the traffic's.
struct MadePacket {
    Origin origin = Origin::injected;
    LinkEnd from;           ///< the card that sent it; none: a learner put it on the wire
    std::uint32_t skb = 0;  ///< serial of the sk_buff it was sent from
    Time time = 0;          ///< when it was put on the wire
    Bytes frame;            ///< from the Ethernet header on, without check sequence

    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("origin", s.origin);
        v.hidden("from", s.from);
        v.hidden("skb", s.skb);
        v.hidden("time", s.time);
        v.hidden("frame", s.frame);
    }
};

}  // namespace ringside
