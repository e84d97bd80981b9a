// What answers a query, and in which order; the same every time.
#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <algorithm>
#include <random>

#include "views/search/search_index.h"
#include "views/search/state_fields.h"

namespace ringside {
namespace {

std::optional<SearchTier> tierOf(const char* query, const char* name, const char* about = "") {
    return searchTier(searchFolded(QString::fromUtf8(query)), searchFolded(QString::fromUtf8(name)),
                      searchFolded(QString::fromUtf8(about)));
}

TEST(SearchRank, EachWayToMatchHasItsTier) {
    EXPECT_EQ(tierOf("udp_rcv", "udp_rcv"), SearchTier::exact);
    EXPECT_EQ(tierOf("UDP_RCV", "udp_rcv"), SearchTier::exact);
    EXPECT_EQ(tierOf("udp", "udp_rcv"), SearchTier::begins);
    EXPECT_EQ(tierOf("rcv", "udp_rcv"), SearchTier::word);
    EXPECT_EQ(tierOf("udp", "__udp4_lib_rcv"), SearchTier::word);
    EXPECT_EQ(tierOf("cv", "udp_rcv"), SearchTier::inside);
    EXPECT_EQ(tierOf("rcv udp", "udp_rcv"), SearchTier::words);
    EXPECT_EQ(tierOf("nrs", "netif_receive_skb"), SearchTier::initials);
    EXPECT_EQ(tierOf("netrecskb", "netif_receive_skb"), SearchTier::initials);
    EXPECT_EQ(tierOf("checksum udp", "udp_rcv", "verifies the checksum"), SearchTier::about);
    EXPECT_EQ(tierOf("from  the   WIRE", "From the wire to recvfrom()"), SearchTier::begins);
    EXPECT_EQ(tierOf("网线", "从网线到 recvfrom()"), SearchTier::inside);
}

TEST(SearchRank, WhatIsNoAnswerIsNone) {
    EXPECT_EQ(tierOf("tcp", "udp_rcv"), std::nullopt);
    EXPECT_EQ(tierOf("nr", "netif_receive_skb"), std::nullopt) << "two letters are no initials";
    EXPECT_EQ(tierOf("nks", "netif_receive_skb"), std::nullopt) << "a letter within a word goes on with nothing";
    EXPECT_EQ(tierOf("udp nothing", "udp_rcv", "of udp"), std::nullopt);
    EXPECT_EQ(tierOf("nnnnnnnnnnnnn", "n_n_n_n_n_n_n_n_n_n_n_n_n"), std::nullopt) << "more than twelve";
}

SearchIndex small() {
    SearchIndex index;
    const auto add = [&](SearchGroup group, const char* name, const char* about = "") {
        SearchItem item;
        item.group = group;
        item.name = QString::fromUtf8(name);
        item.about = QString::fromUtf8(about);
        index.add(std::move(item));
    };
    add(SearchGroup::command, "Step");
    add(SearchGroup::lesson, "Softirqs");
    add(SearchGroup::function, "__do_softirq", "runs what is pending");
    add(SearchGroup::function, "do_softirq", "runs what is pending");
    add(SearchGroup::function, "raise_softirq_irqoff");
    add(SearchGroup::field, "cpu.softirq_pending");
    add(SearchGroup::field, "step");
    return index;
}

QStringList namesOf(const SearchIndex& index, const char* query, std::size_t each = 6) {
    QStringList names;
    for (const SearchIndex::Hit& hit : index.find(QString::fromUtf8(query), each))
        names << index.items()[hit.item].name;
    return names;
}

TEST(SearchIndex, GroupsStandByTheirBestAnswer) {
    const SearchIndex index = small();
    EXPECT_EQ(namesOf(index, "softirq"),
              (QStringList{"Softirqs", "do_softirq", "__do_softirq", "raise_softirq_irqoff", "cpu.softirq_pending"}));
    EXPECT_EQ(namesOf(index, "do_softirq"), (QStringList{"do_softirq", "__do_softirq"}));
    EXPECT_EQ(namesOf(index, "cpu"), (QStringList{"cpu.softirq_pending"}));
    EXPECT_EQ(namesOf(index, "step"), (QStringList{"step", "Step"})) << "as good: fields stand before commands";
    EXPECT_EQ(namesOf(index, "pending"), (QStringList{"cpu.softirq_pending", "do_softirq", "__do_softirq"}));
    EXPECT_TRUE(namesOf(index, "nothing like it").isEmpty());
}

TEST(SearchIndex, AGroupIsShortAndAnEmptyQueryShowsEach) {
    const SearchIndex index = small();
    EXPECT_EQ(namesOf(index, "softirq", 1), (QStringList{"Softirqs", "do_softirq", "cpu.softirq_pending"}));
    EXPECT_EQ(namesOf(index, ""), (QStringList{"Softirqs", "__do_softirq", "do_softirq", "raise_softirq_irqoff",
                                               "cpu.softirq_pending", "step", "Step"}));
}

TEST(SearchFields, HaveTheNamesThatPeopleLookFor) {
    const std::vector<StateField> fields = stateFields();
    EXPECT_GT(fields.size(), 200U);
    for (const char* path : {"skb.data_len", "sock.sk_rmem_alloc", "counters.udp.RcvbufErrors", "task.state"}) {
        EXPECT_TRUE(std::any_of(fields.begin(), fields.end(), [&](const StateField& f) { return f.path == path; }))
            << path;
    }
    std::vector<std::string> paths;
    for (const StateField& field : fields) paths.push_back(field.path);
    std::sort(paths.begin(), paths.end());
    const auto twice = std::adjacent_find(paths.begin(), paths.end());
    EXPECT_EQ(twice, paths.end()) << *twice << " stands there twice";
}

}  // namespace
}  // namespace ringside
