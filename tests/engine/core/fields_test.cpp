// Field lists: what the hash sees and what it must not see, and the tree of named values.

#include <gtest/gtest.h>

#include "engine/core/fields_visitors.h"

namespace ringside {
namespace {

using PartId = Id<struct Part>;
enum class Colour : std::uint8_t { red, green };
std::string_view nameOf(Colour c) { return c == Colour::red ? "red" : "green"; }

struct Part {
    std::uint32_t size = 0;
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("size", s.size, Unit::bytes, "how large");
    }
};

struct Port {
    std::string name;
    std::uint16_t number = 0;
    [[nodiscard]] std::string fieldKey() const { return name; }
    template <class V, class S>
    static void describe(V& v, S& s) {
        v("number", s.number, Unit::hex);
    }
};

struct State {
    std::uint8_t small = 1;
    std::uint64_t large = 2;  // padding between the two
    bool on = false;
    Colour colour = Colour::red;
    PartId first{};
    Pool<Part, PartId, 4> parts;
    std::vector<Cow<Port>> ports;
    Bytes bytes{4};
    std::string text = "eth0";
    std::uint32_t loops[2] = {0, 0};
    int unlisted = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("small", s.small, Unit::count);
        v("large", s.large, Unit::flags);
        v("on", s.on);
        v("colour", s.colour);
        v("first", s.first);
        v("parts", s.parts);
        v("ports", s.ports);
        v("bytes", s.bytes);
        v("text", s.text);
        v.hidden("loops", s.loops);
    }
};

TEST(Hash, EqualStatesWhateverTheirHistory) {
    State a, b;
    const PartId gone = b.parts.alloc();
    const PartId kept = b.parts.alloc();
    b.parts.free(gone);
    static_cast<void>(a.parts.alloc());
    const PartId same = a.parts.alloc();
    a.parts.free(PartId{1});
    ASSERT_EQ(same, kept);
    b.ports.reserve(100);
    b.unlisted = 5;
    EXPECT_EQ(hashOf(a), hashOf(b)) << "capacity, freed slots and what is not listed never count";
}

TEST(Hash, EveryListedFieldCounts) {
    const State origin;
    const std::uint64_t hash = hashOf(origin);
    std::vector<State> others(11, origin);
    others[0].small = 2;
    others[1].large = 3;
    others[2].on = true;
    others[3].colour = Colour::green;
    others[4].first = PartId{1};
    static_cast<void>(others[5].parts.alloc());
    others[6].ports.emplace_back();
    others[7].bytes.write()[3] = 1;
    others[8].text = "eth1";
    others[9].large = std::uint64_t{2} << 40;
    others[10].loops[1] = 1;  // hidden, and counts all the same
    for (std::size_t i = 0; i < others.size(); ++i) EXPECT_NE(hashOf(others[i]), hash) << "change " << i;
}

TEST(Hash, IsTheSameEverywhere) {
    // Computed by hand from the definition: another compiler, another build type or another order of fields shows here.
    HashVisitor visitor;
    visitor.word(1);
    visitor.word(0x0123456789abcdefULL);
    const std::uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    visitor.bytes(bytes);
    EXPECT_EQ(visitor.hash(), 0xb2d32efa33d74b70ULL);
}

TEST(Values, TreeByName) {
    State state;
    state.colour = Colour::green;
    state.large = 255;
    state.first = state.parts.alloc();
    state.parts.write(state.first).size = 77;
    state.ports.emplace_back(Port{"eth0", 80});
    state.ports.emplace_back(Port{"lo", 443});
    state.bytes.write()[1] = 0xab;
    const Value value = valueOf(state, "state");
    EXPECT_EQ(value.name, "state");
    EXPECT_EQ(value.at("small")->show(), "1");
    EXPECT_EQ(value.at("large")->show(), "0xff");
    EXPECT_EQ(value.at("on")->show(), "false");
    EXPECT_EQ(value.at("colour")->show(), "green");
    EXPECT_EQ(value.at("colour")->number, 1);
    EXPECT_EQ(value.at("first")->number, 1);
    EXPECT_EQ(value.at("parts.1.size")->show(), "77");
    EXPECT_EQ(value.at("parts[1].size")->number, 77);
    EXPECT_EQ(value.at("ports.lo.number")->show(), "0x1bb");
    EXPECT_EQ(value.at("ports[lo].number")->number, 443);
    EXPECT_EQ(value.at("bytes")->show(), "00ab0000");
    EXPECT_EQ(value.at("text")->text, "eth0");
    EXPECT_EQ(value.at("parts.1.size")->unit, Unit::bytes);
    EXPECT_EQ(value.at("parts.1.size")->doc, "how large");
    EXPECT_FALSE(value.at("parts")->leaf());
    EXPECT_EQ(value.at(""), &value);
    state.first = {};
    EXPECT_EQ(valueOf(state).at("first")->show(), "NULL");
}

TEST(Values, WhatIsNotThere) {
    const Value value = valueOf(State{});
    EXPECT_EQ(value.at("nosuch"), nullptr);
    EXPECT_EQ(value.at("loops"), nullptr) << "hidden";
    EXPECT_EQ(value.at("small.more"), nullptr);
    EXPECT_EQ(value.at("ports[0"), nullptr);
    EXPECT_EQ(value.at("parts.1"), nullptr);
}

}  // namespace
}  // namespace ringside
