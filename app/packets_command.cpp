#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/event_json.h"
#include "app/open_input.h"
#include "engine/capture/decode.h"
#include "engine/capture/summary.h"
#include "engine/protocol/constants.h"
#include "engine/step/step.h"

namespace ringside {
namespace {

using Json = nlohmann::ordered_json;

Json ethernet(const DecodedPacket& p) {
    if (!p.eth) return nullptr;
    Json eth{{"dst", p.eth->dst.toString()}, {"src", p.eth->src.toString()}};
    if (p.eth->type) eth["type"] = *p.eth->type;
    if (p.eth->len) eth["len"] = *p.eth->len;
    return eth;
}

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

Json ip(const DecodedPacket& p) {
    if (!p.ip) return nullptr;
    const DecodedIp& i = *p.ip;
    Json o{{"version", i.version}, {"src", i.src.toString()}, {"dst", i.dst.toString()},
           {"ttl", i.ttl},         {"proto", i.proto},        {"len", i.len}};
    if (i.version == 4) {
        o.update(Json{{"hdr_len", i.hdrLen},
                      {"dsfield", i.dsfield},
                      {"id", i.id},
                      {"df", i.df},
                      {"mf", i.mf},
                      {"frag_offset_8", i.fragOffset8},
                      {"checksum", i.checksum},
                      {"checksum_status", checksumStatusWord(i.checksumStatus)}});
    } else {
        Json ext = Json::array();
        for (const std::uint8_t header : i.ext) ext.push_back(extensionName(header));
        o.update(Json{{"flow", i.flow}, {"tclass", i.dsfield}, {"ext", std::move(ext)}});
        if (i.frag)
            o["frag"] = {{"offset_8", i.frag->offset8}, {"mf", i.frag->mf}, {"id", i.frag->id}, {"nxt", i.frag->nxt}};
    }
    return o;
}

Json arp(const DecodedPacket& p) {
    if (!p.arp) return nullptr;
    return {{"op", p.arp->op},
            {"spa", p.arp->spa.toString()},
            {"tpa", p.arp->tpa.toString()},
            {"sha", p.arp->sha.toString()},
            {"tha", p.arp->tha.toString()}};
}

Json status(ChecksumStatus s) {
    if (s == ChecksumStatus::absent) return nullptr;
    return checksumStatusWord(s);
}

Json udp(const DecodedPacket& p) {
    if (!p.udp) return nullptr;
    return {{"sport", p.udp->sport},
            {"dport", p.udp->dport},
            {"length", p.udp->length},
            {"checksum", p.udp->checksum},
            {"checksum_status", status(p.udp->checksumStatus)}};
}

Json tcp(const DecodedPacket& p) {
    if (!p.tcp) return nullptr;
    const DecodedTcp& t = *p.tcp;
    return {{"sport", t.sport},
            {"dport", t.dport},
            {"flags", t.flags},
            {"seq", t.seq},
            {"ack", t.ack},
            {"hdr_len", t.hdrLen},
            {"payload_len", t.payloadLen},
            {"window", t.window},
            {"urg", t.urg},
            {"checksum", t.checksum},
            {"checksum_status", status(t.checksumStatus)}};
}

Json icmp(const std::optional<DecodedIcmp>& i) {
    if (!i) return nullptr;
    return {{"type", i->type},
            {"code", i->code},
            {"checksum", i->checksum},
            {"checksum_status", status(i->checksumStatus)}};
}

/// Fate of every packet, by number - 1. A packet whose way has not ended when nothing is left to happen waits in a
/// queue: it is delivered as far as the kernel is concerned when that is a socket's, and ignored otherwise.
std::vector<PacketFate> simulate(Start& start) {
    std::vector<PacketFate> fates(start.inputs->traffic->count());
    for (std::size_t i = 0; i < fates.size(); ++i) fates[i].packet = static_cast<std::uint32_t>(i + 1);
    Event event;
    while (step(start.world, *start.inputs, event)) {
    }
    const auto put = [&](const PacketFate& fate) {
        if (fate.packet >= 1 && fate.packet <= fates.size()) fates[fate.packet - 1] = fate;
    };
    start.world.machine().skbs.each([&](SkbId, const SkBuff& skb) {
        if (skb.owner == SkbOwner::receive_queue || skb.owner == SkbOwner::reader_queue)
            put({skb.packet, kNoFunction, Fate::delivered, Drop::NOT_DROPPED, start.world.now});
    });
    start.world.fates.each(put);
    return fates;
}

}  // namespace

int packetsCommand(const PacketsOptions& options, std::FILE* out, std::FILE* err) {
    Result<OpenedInput> opened = openCapture(options.input, err);
    if (!opened) {
        fmt::print(err, "ringside: {}\n", opened.error().message());
        return 1;
    }
    Result<Start> start = opened->scenario.start();
    if (!start) {
        fmt::print(err, "ringside: {}\n", start.error().message());
        return 1;
    }
    const std::vector<PacketFate> fates = simulate(*start);
    PacketReader reader = opened->capture->reader();
    std::string line;
    for (std::uint64_t n = 1; n <= opened->capture->count(); ++n) {
        const Result<PacketView> view = reader.packet(n);
        if (!view) {
            fmt::print(err, "ringside: {}\n", view.error().message());
            return 1;
        }
        const DecodedPacket p = decodePacket(*view);
        const PacketFate& fate = fates[n - 1];
        const char* function = fate.function == kNoFunction ? nullptr : start->inputs->function(fate.function).name;
        const std::string_view reason = fate.reason == Drop::NOT_DROPPED ? std::string_view{} : nameOf(fate.reason);
        std::vector<std::string> notes;
        for (const PacketNote& note : p.notes) notes.push_back(noteText(note));
        if (options.format == "jsonl") {
            Json row{{"n", n},
                     {"ts_ns", view->tsNs},
                     {"caplen", view->caplen},
                     {"len", view->len},
                     {"linktype", view->linktype},
                     {"eth", ethernet(p)},
                     {"vlan", p.vlan.empty() ? Json(nullptr) : Json(p.vlan)},
                     {"ip", ip(p)},
                     {"arp", arp(p)},
                     {"udp", udp(p)},
                     {"tcp", tcp(p)},
                     {"icmp", icmp(p.icmp)},
                     {"icmpv6", icmp(p.icmpv6)},
                     {"fate", nameOf(fate.fate)},
                     {"reason", reason.empty() ? Json(nullptr) : Json(reason)},
                     {"function", function ? Json(function) : Json(nullptr)},
                     {"notes", notes}};
            line = row.dump(-1, ' ', false, Json::error_handler_t::replace);
        } else {
            line = fmt::format("{:>6}  {:>5}  {:<58} {:<9}", n, view->len, packetSummary(p), nameOf(fate.fate));
            if (!reason.empty()) line += fmt::format(" {}", reason);
            if (function) line += fmt::format(" in {}", function);
            for (const std::string& note : notes) line += "; " + note;
        }
        line += '\n';
        std::fwrite(line.data(), 1, line.size(), out);
    }
    if (opened->capture->damage()) {
        std::fflush(out);
        fmt::print(err, "ringside: {}\n", opened->capture->damageLine());
        return 1;
    }
    return 0;
}

}  // namespace ringside
