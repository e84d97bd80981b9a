#include "app/packet_lines.h"

#include <fmt/format.h>

#include "app/json_writer.h"
#include "engine/capture/summary.h"
#include "engine/protocol/constants.h"

namespace ringside {
namespace {

/// Of an IPv6 extension header, as tshark's filter language calls it.
std::string extensionName(std::uint8_t header) {
    switch (header) {
        case IPPROTO_HOPOPTS:
            return "ipv6.hopopts";
        case IPPROTO_ROUTING:
            return "ipv6.routing";
        case IPPROTO_FRAGMENT:
            return "ipv6.fraghdr";
        case IPPROTO_DSTOPTS:
            return "ipv6.dstopts";
        case IPPROTO_AH:
            return "ah";
        default:
            return ipProtocolName(header);
    }
}

void ethernet(JsonWriter& json, const std::optional<DecodedEthernet>& eth) {
    json.key("eth");
    if (!eth) {
        json.null();
        return;
    }
    json.object().field("dst", eth->dst.toString()).field("src", eth->src.toString());
    if (eth->type) json.field("type", *eth->type);
    if (eth->len) json.field("len", *eth->len);
    json.endObject();
}

void tags(JsonWriter& json, const std::vector<std::uint16_t>& vlan) {
    json.key("vlan");
    if (vlan.empty()) {
        json.null();
        return;
    }
    json.array();
    for (const std::uint16_t id : vlan) json.value(id);
    json.endArray();
}

void ip(JsonWriter& json, const std::optional<DecodedIp>& ip) {
    json.key("ip");
    if (!ip) {
        json.null();
        return;
    }
    const DecodedIp& i = *ip;
    json.object().field("version", i.version).field("src", i.src.toString()).field("dst", i.dst.toString());
    json.field("ttl", i.ttl).field("proto", i.proto).field("len", i.len);
    if (i.version == 4) {
        json.field("hdr_len", i.hdrLen).field("dsfield", i.dsfield).field("id", i.id).field("df", i.df);
        json.field("mf", i.mf).field("frag_offset_8", i.fragOffset8).field("checksum", i.checksum);
        json.field("checksum_status", checksumStatusWord(i.checksumStatus));
    } else {
        json.field("flow", i.flow).field("tclass", i.dsfield).key("ext").array();
        for (const std::uint8_t header : i.ext) json.value(extensionName(header));
        json.endArray();
        if (i.frag) {
            json.key("frag").object().field("offset_8", i.frag->offset8).field("mf", i.frag->mf);
            json.field("id", i.frag->id).field("nxt", i.frag->nxt).endObject();
        }
    }
    json.endObject();
}

void arp(JsonWriter& json, const std::optional<DecodedArp>& arp) {
    json.key("arp");
    if (!arp) {
        json.null();
        return;
    }
    json.object().field("op", arp->op);
    if (const auto& a = arp->addresses) {
        json.field("spa", a->ar_sip.toString()).field("tpa", a->ar_tip.toString());
        json.field("sha", a->ar_sha.toString()).field("tha", a->ar_tha.toString());
    } else {
        for (const char* name : {"spa", "tpa", "sha", "tha"}) json.key(name).null();
    }
    json.endObject();
}

void checksum(JsonWriter& json, std::uint16_t value, ChecksumStatus status) {
    json.field("checksum", value).key("checksum_status");
    if (status == ChecksumStatus::absent)
        json.null();
    else
        json.value(checksumStatusWord(status));
    json.endObject();
}

void udp(JsonWriter& json, const std::optional<DecodedUdp>& udp) {
    json.key("udp");
    if (!udp) {
        json.null();
        return;
    }
    json.object().field("sport", udp->sport).field("dport", udp->dport).field("length", udp->length);
    checksum(json, udp->checksum, udp->checksumStatus);
}

void tcp(JsonWriter& json, const std::optional<DecodedTcp>& tcp) {
    json.key("tcp");
    if (!tcp) {
        json.null();
        return;
    }
    json.object().field("sport", tcp->sport).field("dport", tcp->dport).field("flags", tcp->flags);
    json.field("seq", tcp->seq).field("ack", tcp->ack).field("hdr_len", tcp->hdrLen);
    json.field("payload_len", tcp->payloadLen).field("window", tcp->window).field("urg", tcp->urg);
    checksum(json, tcp->checksum, tcp->checksumStatus);
}

void icmp(JsonWriter& json, std::string_view name, const std::optional<DecodedIcmp>& icmp) {
    json.key(name);
    if (!icmp) {
        json.null();
        return;
    }
    json.object().field("type", icmp->type).field("code", icmp->code);
    checksum(json, icmp->checksum, icmp->checksumStatus);
}

void wordOrNull(JsonWriter& json, std::string_view name, std::string_view word) {
    json.key(name);
    if (word.empty())
        json.null();
    else
        json.value(word);
}

/// A note in a language: its template and the words put into it.
std::string translated(const PacketNote& note, const KernelText& text) {
    std::string out(text(noteTemplate(note.kind)));
    for (int which = 1; which <= 2; ++which) {
        const std::size_t place = out.find(which == 1 ? "%1" : "%2");
        if (place != std::string::npos) out.replace(place, 2, text(noteArgument(note, which)));
    }
    return out;
}

}  // namespace

void appendPacketJson(std::string& out, const PacketView& view, const DecodedPacket& p, const PacketEnd& end) {
    JsonWriter json(out);
    json.object().field("n", view.number).field("ts_ns", view.tsNs).field("caplen", view.caplen);
    json.field("len", view.len).field("linktype", view.linktype);
    ethernet(json, p.eth);
    tags(json, p.vlan);
    ip(json, p.ip);
    arp(json, p.arp);
    udp(json, p.udp);
    tcp(json, p.tcp);
    icmp(json, "icmp", p.icmp);
    icmp(json, "icmpv6", p.icmpv6);
    json.field("fate", end.fate);
    wordOrNull(json, "reason", end.reason);
    wordOrNull(json, "function", end.function);
    json.key("notes").array();
    for (const PacketNote& note : p.notes) json.value(noteText(note));
    json.endArray().endObject();
}

void appendPacketText(std::string& out, const PacketView& view, const DecodedPacket& p, const PacketEnd& end,
                      const KernelText& text) {
    fmt::format_to(std::back_inserter(out), "{:>6}  {:>5}  {:<58} {:<9}", view.number, view.len, packetSummary(p),
                   text(end.fate));
    if (!end.reason.empty()) (out += ' ') += end.reason;
    if (!end.function.empty()) (out += " in ") += end.function;
    for (const PacketNote& note : p.notes) (out += "; ") += translated(note, text);
}

}  // namespace ringside
