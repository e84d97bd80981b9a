// The public captures against what libpcap and tshark say of them (../shared/captures beside the checkout).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/capture/capture.h"
#include "engine/protocol/constants.h"
#include "tests/capture/crc32.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

fs::path captures() { return fs::path(testDir()) / "../../shared/captures"; }

std::vector<json> lines(const fs::path& file) {
    std::ifstream in(file);
    std::vector<json> out;
    for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
    return out;
}

class Oracle : public testing::Test {
  protected:
    void SetUp() override {
        if (!fs::exists(captures())) {
            GTEST_SKIP() << "the captures with an oracle are not beside this checkout (" << captures()
                         << "); the other tests of this program still hold the reader against files of their own";
        }
    }
};

// What a row of `ringside packets` would hold, as far as the oracle compares it.
json row(const PacketView& view, const DecodedPacket& d) {
    json r = {{"ts_ns", std::to_string(view.tsNs)}, {"caplen", view.caplen}, {"len", view.len}};
    r["vlan"] = d.vlan;
    if (d.eth) {
        r["eth"] = {{"dst", d.eth->dst.toString()}, {"src", d.eth->src.toString()}};
        r["eth"]["type"] = d.eth->type ? json(*d.eth->type) : json();
        r["eth"]["len"] = d.eth->len ? json(*d.eth->len) : json();
    }
    if (d.sll) {
        r["sll"] = {{"etype", d.sll->etype}, {"pkttype", d.sll->pkttype}, {"hatype", d.sll->hatype}};
        if (d.sll->src) r["sll"]["src"] = d.sll->src->toString();
        if (d.sll->ifindex) r["sll"]["ifindex"] = *d.sll->ifindex;
    }
    if (d.nullFamily) r["null"] = {{"family", *d.nullFamily}};
    if (d.ip) {
        const DecodedIp& ip = *d.ip;
        json& i = r["ip"] = {{"version", ip.version}, {"src", ip.src.toString()}, {"dst", ip.dst.toString()},
                             {"ttl", ip.ttl},         {"proto", ip.proto},        {"len", ip.len}};
        if (ip.version == 4) {
            i.update({{"hdr_len", ip.hdrLen},
                      {"dsfield", ip.dsfield},
                      {"id", ip.id},
                      {"df", int{ip.df}},
                      {"mf", int{ip.mf}},
                      {"frag_offset_8", ip.fragOffset8},
                      {"checksum", ip.checksum},
                      {"checksum_status", checksumStatusWord(ip.checksumStatus)}});
        } else {
            i.update({{"flow", ip.flow}, {"tclass", ip.dsfield}});
            if (ip.frag) {
                i["frag"] = {{"offset_8", ip.frag->offset8},
                             {"mf", int{ip.frag->mf}},
                             {"id", ip.frag->id},
                             {"nxt", ip.frag->nxt}};
            }
            static const std::map<int, std::string> names{{IPPROTO_HOPOPTS, "ipv6.hopopts"},
                                                          {IPPROTO_ROUTING, "ipv6.routing"},
                                                          {IPPROTO_FRAGMENT, "ipv6.fraghdr"},
                                                          {IPPROTO_DSTOPTS, "ipv6.dstopts"}};
            i["ext"] = json::array();
            for (const std::uint8_t e : ip.ext) {
                if (names.count(e) != 0) i["ext"].push_back(names.at(e));
            }
        }
    }
    if (d.arp) {
        r["arp"] = {{"op", d.arp->op}};
        if (const auto& a = d.arp->addresses) {
            r["arp"].update({{"spa", a->ar_sip.toString()},
                             {"tpa", a->ar_tip.toString()},
                             {"sha", a->ar_sha.toString()},
                             {"tha", a->ar_tha.toString()}});
        }
    }
    if (d.udp) {
        r["udp"] = {{"sport", d.udp->sport},
                    {"dport", d.udp->dport},
                    {"length", d.udp->length},
                    {"checksum", d.udp->checksum},
                    {"checksum_status", checksumStatusWord(d.udp->checksumStatus)}};
    }
    if (d.tcp) {
        r["tcp"] = {{"sport", d.tcp->sport},
                    {"dport", d.tcp->dport},
                    {"flags", d.tcp->flags},
                    {"seq", d.tcp->seq},
                    {"ack", d.tcp->ack},
                    {"hdr_len", d.tcp->hdrLen},
                    {"payload_len", d.tcp->payloadLen},
                    {"window", d.tcp->window},
                    {"urg", d.tcp->urg},
                    {"checksum", d.tcp->checksum},
                    {"checksum_status", checksumStatusWord(d.tcp->checksumStatus)}};
    }
    if (d.icmp) {
        r["icmp"] = {{"type", d.icmp->type},
                     {"code", d.icmp->code},
                     {"checksum_status", checksumStatusWord(d.icmp->checksumStatus)}};
    }
    if (d.icmpv6) {
        r["icmpv6"] = {{"type", d.icmpv6->type},
                       {"code", d.icmpv6->code},
                       {"checksum_status", checksumStatusWord(d.icmpv6->checksumStatus)}};
    }
    return r;
}

// Compares every field the oracle gives; returns how many, and reports each that differs.
int compareLayer(const std::string& where, const std::string& layer, const json& want, const json& got) {
    static const char* words[] = {"bad", "good", "unverified", "none", "illegal"};
    int fields = 0;
    if (!want.is_object()) return 0;
    for (const auto& [name, value] : want.items()) {
        if (value.is_null()) continue;
        json expected = value;
        if (name == "checksum_status") expected = words[value.get<int>()];
        ++fields;
        EXPECT_EQ(got.is_object() && got.contains(name) ? got.at(name) : json(), expected)
            << where << " " << layer << "." << name;
    }
    return fields;
}

TEST_F(Oracle, EveryFileHasLibpcapsCountTimesAndEnding) {
    int files = 0;
    for (const json& f : lines(captures() / "oracle/files.jsonl")) {
        const std::string name = f["file"];
        SCOPED_TRACE(name);
        const json& want = f["libpcap"];
        const auto capture = Capture::open((captures() / "files" / name).string());
        ++files;
        ASSERT_EQ(capture.ok(), want["open"].get<bool>());
        if (!capture) continue;
        EXPECT_EQ(capture->linktype(), want["linktype"].get<int>());
        EXPECT_EQ(linktypeName(capture->linktype()), want["linktype_name"].get<std::string>());
        EXPECT_EQ(capture->snaplen(), want["snaplen"].get<std::uint32_t>());
        ASSERT_EQ(capture->count(), want["count"].get<std::uint64_t>());
        EXPECT_EQ(capture->damage().has_value(), f["class"] == "read-error");
        if (capture->damage()) {
            EXPECT_EQ(capture->damage()->reason, want["error"].get<std::string>());
            EXPECT_EQ(capture->damage()->afterPacket, capture->count());
        }
        std::uint64_t caplen = 0;
        std::uint64_t len = 0;
        for (std::uint64_t n = 1; n <= capture->count(); ++n) {
            caplen += capture->times(n).caplen;
            len += capture->times(n).len;
        }
        EXPECT_EQ(caplen, want["sum_caplen"].get<std::uint64_t>());
        EXPECT_EQ(len, want["sum_len"].get<std::uint64_t>());
        if (capture->count() == 0) continue;
        EXPECT_EQ(std::to_string(capture->times(1).tsNs), want["first_ts_ns"].get<std::string>());
        EXPECT_EQ(std::to_string(capture->times(capture->count()).tsNs), want["last_ts_ns"].get<std::string>());
    }
    EXPECT_EQ(files, 40);
}

TEST_F(Oracle, EveryPacketDecodesAsTsharkDecodesIt) {
    std::map<std::string, json> files;
    for (json& f : lines(captures() / "oracle/files.jsonl")) files[f["file"]] = f;
    std::map<std::string, std::vector<json>> packets;
    for (json& p : lines(captures() / "oracle/packets.jsonl")) packets[p["file"]].push_back(p);
    int fields = 0;
    int rows = 0;
    for (const auto& [name, wanted] : packets) {
        const auto capture = Capture::open((captures() / "files" / name).string());
        ASSERT_TRUE(capture.ok()) << name;
        PacketReader reader = capture->reader();
        for (const json& o : wanted) {
            if (o["pcap"].is_null()) continue;
            const std::uint64_t n = o["n"];
            const std::string where = name + " packet " + std::to_string(n);
            const auto view = reader.packet(n);
            ASSERT_TRUE(view.ok()) << where << ": " << view.error().message();
            ++rows;
            EXPECT_EQ(crc32(view->data), o["pcap"]["crc32"].get<std::uint32_t>()) << where;
            const json got = row(*view, decodePacket(*view));
            for (const char* k : {"ts_ns", "caplen", "len"}) EXPECT_EQ(got[k], o["pcap"][k]) << where << " " << k;
            const json& t = o["tshark"];
            const bool comparable = t.is_object() && t.value("malformed", json()).is_null() &&
                                    t.value("short", json()).is_null() && t["tunnel_before_l3"].empty() &&
                                    files[name]["agree"]["caplen_len_mismatches"] == 0;
            if (!comparable) continue;
            if (t.contains("vlan")) {
                EXPECT_EQ(got["vlan"], t["vlan"]) << where;
            }
            for (const char* layer : {"eth", "sll", "null", "ip", "arp", "udp", "tcp", "icmp", "icmpv6"}) {
                if (t.contains(layer)) fields += compareLayer(where, layer, t[layer], got.value(layer, json()));
            }
        }
    }
    EXPECT_EQ(rows, 412);
    EXPECT_GT(fields, 9000) << "too few fields were compared for the agreement to mean anything";
}

}  // namespace
}  // namespace ringside
