#pragma once
// What IPv4 and IPv6 share of UDP's checksum handling: include/net/udp.h, skbuff.h (__skb_checksum_validate) and the
// socket search of both families.

#include "engine/linux/net/inline.h"

namespace ringside::net {

/// The state in which a transport handler finds the checksum: settled, or `psum` kept for whoever verifies later.
/// False: it is bad. Follows __skb_checksum_validate() with complete == false: short packets are verified here, longer
/// ones by the reader.
inline bool checksumInit(K& k, SkbId skb, bool zeroCheck, std::uint32_t psum) {
    const SkBuff& old = k.skb(skb);
    if (csumUnnecessary(old) || zeroCheck) {
        SkBuff& s = k.write(skb);
        s.csum_valid = true;
        if (s.ip_summed == IpSummed::CHECKSUM_UNNECESSARY) {
            if (s.csum_level == 0)
                s.ip_summed = IpSummed::CHECKSUM_NONE;
            else
                --s.csum_level;
        }
        return true;
    }
    if (old.ip_summed == IpSummed::CHECKSUM_COMPLETE && csumFold(csumAdd(psum, old.csum)) == 0) {
        k.write(skb).csum_valid = true;
        return true;
    }
    const bool now = old.len <= kChecksumBreak;
    const bool valid = now && csumFold(csumAdd(psum, csumSkb(k, skb, 0, old.len))) == 0;
    if (now) k.spend(perByte(old.len));
    SkBuff& s = k.write(skb);
    s.ip_summed = IpSummed::CHECKSUM_NONE;
    s.csum = psum;
    s.csum_valid = valid;
    return valid || !now;
}

/// udp_lib_checksum_complete(): verifies what nobody has verified yet. `skb->csum` holds the pseudo header's sum and
/// stands for data from here on.
inline bool checksumComplete(K& k, SkbId skb) {
    const SkBuff& s = k.skb(skb);
    if (csumUnnecessary(s)) return true;
    k.spend(perByte(s.len));
    const bool good = csumFold(csumAdd(s.csum, csumSkb(k, skb, 0, s.len))) == 0;
    k.write(skb).csum_valid = good;
    return good;
}

}  // namespace ringside::net
