// The words of the notes: one English sentence a kind, which the views translate and the command line prints.
#include "engine/capture/decode.h"
#include "engine/core/types.h"
#include "engine/protocol/constants.h"

namespace ringside {

std::string_view noteTemplate(NoteKind kind) {
    switch (kind) {
        case NoteKind::linktypeNotWalked:
            return "link type %1 is listed but not walked";
        case NoteKind::cut:
            return "cut by the snap length: %1 of %2 bytes were kept";
        case NoteKind::headerCut:
            return "the bytes end inside a header";
        case NoteKind::keptMoreThanLength:
            return "the file keeps %1 bytes of a packet it says had %2";
        case NoteKind::checksumOffload:
            return "checksum left to offload: the field holds only the sum of the pseudo header, the sender's NIC "
                   "would have filled in the rest";
        case NoteKind::checksumBad:
            return "wrong checksum; in a capture taken on the sending host this mostly means checksum offload";
        case NoteKind::oversize:
            return "a jumbo frame of %1 bytes: a card takes it with an MTU of %2 or more";
        case NoteKind::joined:
            return "%1 bytes: not one frame on the wire, but segments joined by GRO or not yet split by TSO when they "
                   "were captured; or a jumbo frame, which a card takes with an MTU of %2 or more";
        case NoteKind::ipLengthZero:
            return "IP length 0: not one frame on the wire, but what TSO had yet to split or BIG TCP has joined; the "
                   "frame's length is taken instead";
        case NoteKind::ipLengthBad:
            return "IP length %1 does not fit: %2 bytes";
        case NoteKind::ipVersionBad:
            return "IP version %1 does not belong to this type";
        case NoteKind::ipHeaderLengthBad:
            return "IP header length %1 is less than 20";
        case NoteKind::fragment:
            return "fragment at byte %1, %2";
        case NoteKind::payloadNotWalked:
            return "what %1 carries is not walked";
        case NoteKind::etherTypeNotWalked:
            return "type %1 is not walked";
        case NoteKind::llc:
            return "behind LLC; Linux has no handler for it there";
        case NoteKind::vlanTypeUnknown:
            return "Linux does not take type %1 for a VLAN tag";
        case NoteKind::routingHeader:
            return "routing header with %1 segments left: checksums are over the last destination";
        case NoteKind::ipOptions:
            return "%1 bytes of IP options";
        case NoteKind::arpAddresses:
            return "addresses of %1 and %2 bytes, not those of Ethernet and IPv4";
        case NoteKind::timeBack:
            return "the clock went back by %1: replayed right after the packet before it";
        case NoteKind::timeBeyond:
            return "the time in the file is beyond what can be shown, which ends in the year 2261";
        case NoteKind::loopback:
            return "came over the loopback device, where no card takes part";
        case NoteKind::notEnough:
            return "the capture does not hold enough of it to tell what became of it";
        case NoteKind::ethernetMade:
            return "the capture has no Ethernet header; one was made";
        case NoteKind::zerosFilled:
            return "%1 bytes that were not kept are zeros";
        case NoteKind::checksumFilled:
            return "the transport checksum was filled in, as the sender's NIC would have done";
        case NoteKind::checksumLeftOut:
            return "the UDP checksum was taken out: not all bytes of the datagram were kept";
    }
    return "";
}

std::string noteArgument(const PacketNote& note, int which) {
    const std::uint32_t v = which == 1 ? note.a : note.b;
    if (note.kind == NoteKind::timeBack) {
        std::string nanoseconds = std::to_string(note.b + kSecond);
        nanoseconds[0] = '.';
        while (nanoseconds.back() == '0') nanoseconds.pop_back();
        return std::to_string(note.a) + (nanoseconds.size() > 1 ? nanoseconds : "") + " s";
    }
    if (note.kind == NoteKind::linktypeNotWalked) return linktypeName(static_cast<int>(v));
    if (note.kind == NoteKind::payloadNotWalked) return ipProtocolName(static_cast<std::uint8_t>(v));
    if (note.kind == NoteKind::vlanTypeUnknown || (note.kind == NoteKind::etherTypeNotWalked && v <= 0xffff)) {
        return etherTypeName(static_cast<std::uint16_t>(v));
    }
    if (note.kind == NoteKind::fragment && which == 2) return v != 0 ? "more follow" : "the last";
    return std::to_string(v);
}

std::string noteText(const PacketNote& note) {
    std::string text(noteTemplate(note.kind));
    for (int which = 1; which <= 2; ++which) {
        const std::size_t place = text.find(which == 1 ? "%1" : "%2");
        if (place != std::string::npos) text.replace(place, 2, noteArgument(note, which));
    }
    return text;
}

}  // namespace ringside
