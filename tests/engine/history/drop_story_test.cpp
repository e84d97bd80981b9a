// Why a packet died: the table against the source of the functions that drop, and the values told against those of runs
// made to lose.

#include "engine/history/drop_story.h"
#include "engine/linux/driver.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "engine/linux/table.h"
#include "tests/engine/net/net_machine.h"
#include "tests/support/paths.h"

namespace ringside::test {
namespace {

/// Reasons that a struct of a source file names, and whether it drops or hands a reason to one that does.
struct Place {
    std::set<std::string> reasons;
    bool drops = false;
};

/// Every struct of linux/ by its name, with those that are made from a template of it.
std::map<std::string, Place> placesOfSource() {
    std::map<std::string, Place> places;
    std::vector<std::pair<std::string, std::string>> made;  // name, template
    static const std::regex begin(R"re(^(?:template <.*> )?struct (\w+)(?: : (?:\w+::)?(\w+)(?:<.*)?)? \{)re"),
        alias(R"re(^using (\w+) = (?:\w+::)?(\w+)[<;])re"), reason(R"re(Drop::([A-Z0-9_]+))re"), end(R"re(^\};)re");
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sourceDir() + "/engine/linux")) {
        if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        std::ifstream in(file);
        std::string inside;
        for (std::string line; std::getline(in, line);) {
            std::smatch found;
            if (std::regex_search(line, found, begin)) {
                inside = found[1];
                if (found[2].matched) made.emplace_back(inside, found[2]);
            } else if (std::regex_search(line, found, alias)) {
                made.emplace_back(found[1], found[2]);
            } else if (std::regex_search(line, end)) {
                inside.clear();
            }
            if (inside.empty()) continue;
            Place& place = places[inside];
            place.drops = place.drops || line.find("k.drop<") != std::string::npos ||
                          line.find("event.drop = ") != std::string::npos;
            for (auto at = std::sregex_iterator(line.begin(), line.end(), reason); at != std::sregex_iterator(); ++at) {
                if ((*at)[1] != "NOT_DROPPED") place.reasons.insert((*at)[1]);
            }
        }
    }
    for (const auto& [name, base] : made) {
        const auto found = places.find(base);
        if (found != places.end() && found->second.drops) {
            places[name].drops = true;
            places[name].reasons.insert(found->second.reasons.begin(), found->second.reasons.end());
        }
    }
    return places;
}

std::optional<Drop> reasonOf(const std::string& name) {
    for (int i = 0; i <= static_cast<int>(Drop::TC_CHAIN_NOTFOUND); ++i) {
        if (nameOf(static_cast<Drop>(i)) == name) return static_cast<Drop>(i);
    }
    return std::nullopt;
}

TEST(DropRows, EveryPlaceThatDropsHasOne) {
    std::set<std::string> functions;
    for (const FunctionInfo& f : linux61Table()) functions.insert(f.name);
    std::size_t checked = 0;
    std::set<std::string> dropping;
    for (const auto& [name, place] : placesOfSource()) {
        for (const std::string& reason : place.reasons) {
            const std::optional<Drop> drop = reasonOf(reason);
            if (!drop) continue;  // Drop::… of something else
            if (place.drops && functions.contains(name)) {
                ++checked;
                dropping.insert(name);
                EXPECT_TRUE(dropRow(*drop, name)) << name << "() drops for " << reason;
            } else if (!place.drops) {
                const auto rows = dropRows();
                EXPECT_TRUE(std::any_of(rows.begin(), rows.end(), [&](const DropRow& r) { return r.reason == *drop; }))
                    << name << " names " << reason;
            }
        }
    }
    EXPECT_GT(checked, 60U);
    for (const char* known : {"udp_queue_rcv_one_skb", "udpv6_queue_rcv_one_skb", "__udp6_lib_rcv", "tcp_v6_rcv",
                              "ip_rcv_core", "e1000_clean_rx_irq", "ip_frag_queue"})
        EXPECT_TRUE(dropping.contains(known)) << known;
}

TEST(DropRows, NameFunctionsOfTheTableOnceAndHaveAllTexts) {
    std::set<std::string> functions, seen, keys;
    for (const FunctionInfo& f : linux61Table()) functions.insert(f.name);
    for (const DropRow& row : dropRows()) {
        EXPECT_TRUE(keys.insert(std::string(row.key)).second) << row.key;
        EXPECT_FALSE(row.why.empty() || row.condition.empty()) << row.key;
        EXPECT_FALSE(dropAdvice(row.advice).empty()) << row.key;
        if (!row.decided.empty()) {
            EXPECT_TRUE(functions.contains(std::string(row.decided)));
        }
        std::istringstream names{std::string(row.functions)};
        for (std::string name; names >> name;) {
            if (name == kCleanRx) continue;
            EXPECT_TRUE(functions.contains(name)) << row.key << ": " << name;
            EXPECT_TRUE(seen.insert(name + std::string(nameOf(row.reason)) + std::to_string(row.stage)).second) << name;
        }
    }
}

/// The stories of all packets of a machine's run that were dropped.
std::vector<DropStory> stories(NetMachine& m) {
    m.start();
    Timeline timeline(Start{m.world, m.inputs});
    timeline.seek(2'000'000);
    std::vector<DropStory> all;
    timeline.world().fates.each([&](const PacketFate& fate) {
        if (std::optional<DropStory> story = dropStory(timeline, fate)) {
            EXPECT_TRUE(story->row) << timeline.inputs().function(story->function).name;
            all.push_back(std::move(*story));
        }
    });
    EXPECT_TRUE(timeline.end());
    return all;
}

using Counters = std::vector<MovedCounter>;

TEST(DropStory, TellsTheValuesThatWereCompared) {
    NetMachine m;
    m.addReader("slow", 1, 5000, 0, kSecond);
    m.scenario.sockets[0].rcvbuf = 2304;
    for (int i = 0; i < 12; ++i) m.send(kMillisecond * (i + 1), udpFrame(m.frame(), NetMachine::udp()));
    const std::vector<DropStory> all = stories(m);
    ASSERT_GE(all.size(), 2U);
    EXPECT_EQ(all[0].reason, Drop::SOCKET_RCVBUFF);
    EXPECT_EQ(all[0].row->key, "rcvbuf");
    EXPECT_THAT(all[0].condition, testing::MatchesRegex("`sk_rmem_alloc` [0-9]+ > `sk_rcvbuf` 4608"));
    const std::string charged = all[0].condition.substr(16, all[0].condition.find(" >") - 16);
    EXPECT_GT(std::stoi(charged), 4608) << "the values are those before the packet was refused";
    EXPECT_EQ(all[0].counters, (Counters{{"udp.RcvbufErrors", 0, 1}, {"sk.sk_drops", 0, 1}, {"udp.InErrors", 0, 1}}));
    EXPECT_EQ(all[1].counters[0], (MovedCounter{"udp.RcvbufErrors", 1, 2}));
    EXPECT_EQ(all[0].command, "nstat -az UdpRcvbufErrors; ss -uanm");
}

TEST(DropStory, KnowsTheFamily) {
    NetMachine m;
    m.send(kMillisecond, udpFrame(m.frame6(), NetMachine::udp(9)));
    const std::vector<DropStory> all = stories(m);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].command, "nstat -az Udp6NoPorts");
    EXPECT_EQ(all[0].counters, (Counters{{"udp6.NoPorts", 0, 1}}));
    EXPECT_EQ(all[0].condition, "`daddr` 2001:db8::1, `dest` 9: __udp6_lib_lookup() = NULL");
}

TEST(DropStory, TellsTheChecksumThatWouldHaveBeenRight) {
    NetMachine m;
    m.addReader("reader", 1, 5000, 0);
    auto good = udpFrame(m.frame(), NetMachine::udp());
    auto bad = good;
    bad[40] ^= 0x55;  // udphdr::check
    m.send(kMillisecond, bad);
    m.send(2 * kMillisecond, good);
    auto header = good;
    header[24] ^= 0x11;  // iphdr::check
    m.send(3 * kMillisecond, header);
    const std::vector<DropStory> all = stories(m);
    ASSERT_EQ(all.size(), 2U);
    const auto hex = [](const std::vector<std::uint8_t>& f, std::size_t at) {
        char text[8];
        std::snprintf(text, sizeof text, "0x%02x%02x", f[at], f[at + 1]);
        return std::string(text);
    };
    EXPECT_THAT(all[0].condition, testing::StartsWith("`check` " + hex(bad, 40) + " ≠ " + hex(good, 40)));
    EXPECT_EQ(all[1].condition, "`check` " + hex(header, 24) + " ≠ " + hex(good, 24));
    EXPECT_EQ(all[1].counters, (Counters{{"ip.InCsumErrors", 0, 1}, {"ip.InHdrErrors", 0, 1}}));
}

TEST(DropStory, TellsOfTheCard) {
    NetMachine m;
    m.scenario.nics[0].fifo = 512;
    for (int i = 0; i < 40; ++i) m.send(kMillisecond, udpFrame(m.frame(), NetMachine::udp(5000, 300)));
    auto runt = std::vector<std::uint8_t>(2000, 1);
    std::copy_n(udpFrame(m.frame(), NetMachine::udp()).begin(), 14, runt.begin());
    m.send(kSecond, runt);
    std::vector<DropStory> card;
    for (DropStory& story : stories(m)) {
        if (story.reason == Drop::NOT_DROPPED) card.push_back(std::move(story));
    }
    ASSERT_GE(card.size(), 2U);
    EXPECT_EQ(card.front().row->key, "fifo");
    EXPECT_THAT(card.front().condition, testing::MatchesRegex("`fifo_bytes` [0-9]+ \\+ 346 > `fifo_size` 512"));
    EXPECT_EQ(card.front().counters[0], (MovedCounter{"nic.rx_missed", 0, 1}));
    EXPECT_EQ(card.back().row->key, "length");
    EXPECT_EQ(card.back().counters, (Counters{{"dev.stats.rx_length_errors", 0, 1}}));
}

TEST(DropStory, StandsAtTheEventThatDrops) {
    NetMachine m;
    m.send(kMillisecond, udpFrame(m.frame(), NetMachine::udp(9)));
    m.start();
    Timeline timeline(Start{m.world, m.inputs});
    timeline.seek(1'000'000);
    std::optional<DropStory> story;
    timeline.world().fates.each([&](const PacketFate& fate) { story = dropStory(timeline, fate); });
    ASSERT_TRUE(story);
    const std::optional<Event> event = timeline.event(story->position);
    ASSERT_TRUE(event);
    EXPECT_EQ(event->drop, Drop::NO_SOCKET);
    EXPECT_EQ(timeline.inputs().function(event->function).name, std::string("__udp4_lib_rcv"));
    EXPECT_EQ(event->packet, 1U);
}

}  // namespace
}  // namespace ringside::test
