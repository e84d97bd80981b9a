// Every member of every struct of the World stands in its field list, and every field counts in the fingerprint.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <typeinfo>

#include "engine/core/fields_cover.h"
#include "engine/core/fields_held.h"
#include "engine/core/fields_visitors.h"
#include "tests/support/machine.h"
#include "tests/support/toy_kernel.h"

namespace ringside {
namespace {

/// Walks over all described types that a type is made of; notes how many bytes of each no field has.
class TypeWalk : public EveryRow<TypeWalk> {
  public:
    template <class T>
    void operator()(std::string_view, const T&, Unit = Unit::none, std::string_view = {}) {
        visit<T>();
    }
    template <class T>
    void visit() {
        if constexpr (Described<T>) {
            if (!unlisted.emplace(typeid(T).name(), unlistedMembers<T>()).second) return;
            const T object = T();
            T::describe(*this, object);
        } else if constexpr (!std::is_void_v<typename Held<T>::type>) {
            visit<typename Held<T>::type>();
        }
    }
    std::map<std::string, std::size_t> unlisted;
};

TEST(EveryField, StandsInItsList) {
    TypeWalk walk;
    walk.visit<World>();
    EXPECT_GT(walk.unlisted.size(), 25U);
    for (const auto& [type, bytes] : walk.unlisted)
        EXPECT_EQ(bytes, 0U) << type << " has members that describe() neither shows nor hides nor sets apart";
}

struct Forgetful {
    std::uint32_t listed = 0;
    bool forgotten = false;  // fits where padding would be
    std::uint64_t also = 0;
    std::string text;
    std::array<std::uint16_t, 3> list{};

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("listed", s.listed);
        v("also", s.also);
        v.hidden("text", s.text);
        v("first", s.list[0]);
        v("second", s.list[1]);
        const std::uint16_t derived = s.list[2];
        v("third", derived);  // of a temporary: no member
    }
};

TEST(EveryField, AMemberThatIsForgottenIsFound) {
    EXPECT_EQ(unlistedMembers<Forgetful>(), 3U) << "one bool, and one of three numbers";
}

/// Changes one field of a World: number `wanted`, counted over all fields of all parts.
class Poke : public EveryRow<Poke> {
  public:
    explicit Poke(std::size_t wanted) : m_wanted(wanted) {}
    template <class T>
    void operator()(std::string_view name, T& value, Unit = Unit::none, std::string_view = {}) {
        if constexpr (!std::is_const_v<T>) {  // else a derived row
            const std::string outer = m_path;
            m_path += "." + std::string(name);
            touch(value);
            m_path = outer;
        }
    }
    std::string done;  ///< path of the field that was changed

  private:
    bool mine() {
        if (m_count++ != m_wanted) return false;
        done = m_path;
        return true;
    }
    template <class T>
    void touch(T& value) {
        if (!done.empty()) return;
        if constexpr (std::is_same_v<T, bool>) {
            if (mine()) value = !value;
        } else if constexpr (std::is_enum_v<T>) {
            if (mine()) value = static_cast<T>(static_cast<unsigned>(value) ^ 1U);
        } else if constexpr (std::is_integral_v<T>) {
            if (mine()) value = static_cast<T>(value ^ 1);
        } else if constexpr (FunctionReference<T>) {
            if (mine()) value.id = value ? static_cast<FunctionId>(value.id ^ 1U) : FunctionId{0};
        } else if constexpr (Described<T>) {
            T::describe(*this, value);
        } else {
            inside(value);
        }
    }
    template <class Tag>
    void inside(Id<Tag>& id) {
        if (mine()) id.slot ^= 1U;
    }
    void inside(std::string& text) {
        if (mine()) text += 'x';
    }
    void inside(MacAddr& mac) {
        if (mine()) mac.bytes[5] ^= 1U;
    }
    void inside(IpAddr& ip) {
        if (!mine()) return;
        if (ip.version == 0) ip.version = 4;
        ip.bytes[3] ^= 1U;
    }
    void inside(InterfaceAddress& a) {
        if (mine()) a.prefix_length ^= 1U;
    }
    void inside(CpuMask& mask) {
        if (mine()) mask.set(77);
    }
    void inside(Bytes& bytes) {
        if (bytes.size() != 0 && mine()) bytes.write()[0] ^= 1U;
    }
    template <class T>
    void inside(Cow<T>& part) {
        touch(part.write());
    }
    template <class T, class I, std::size_t N>
    void inside(Pool<T, I, N>& pool) {
        std::vector<I> ids;
        pool.each([&](I id, const T&) { ids.push_back(id); });
        if (!ids.empty()) touch(pool.write(ids.front()));
        if (ids.size() > 1) touch(pool.write(ids.back()));
        if (done.empty() && mine()) pool.alloc();
    }
    template <class T>
    void inside(std::vector<T>& list) {
        if (!list.empty()) touch(list.front());
        if (list.size() > 1) touch(list.back());
        if (done.empty() && mine()) list.emplace_back();
    }
    template <class T, std::size_t N>
    void inside(std::array<T, N>& list) {
        for (T& item : list) touch(item);
    }
    template <class T, std::size_t N>
    void inside(T (&list)[N]) {
        for (T& item : list) touch(item);
    }
    void inside(Stack& stack) {
        if (mine()) stack.top().result ^= 1U;
        if (mine()) stack.top().stage ^= 1U;
        if (mine()) stack.top().interrupt = !stack.top().interrupt;
    }
    void inside(Agenda& agenda) {
        if (mine()) agenda.add(1, Due::clock_event, 0, 0, 0, 0);
    }
    void inside(MinTree& clock) {
        if (mine()) clock.set(0, clock.key(0) ^ 1);
    }
    template <class T, std::size_t N>
    void inside(Log<T, N>& log) {
        if (mine()) log.append({});
    }

    std::size_t m_wanted, m_count = 0;
    std::string m_path;
};

/// A machine in the middle of its work: packets in the card, on lists, at a socket, a sleeping and a running task.
test::Machine busy() {
    test::Machine m;
    m.addReader("reader", 0, 5000, 0);
    m.addReader("other", 0, 5001, 0);
    m.addHog("hog", 1, kSecond);
    m.addHog("second", 1, kSecond);
    for (int i = 0; i < 40; ++i) m.addDatagram(kMicrosecond * (10 + i), 5000);
    m.start();
    return m;
}

TEST(EveryField, CountsInTheFingerprint) {
    test::Machine m = busy();
    m.runTo("__udp_enqueue_schedule_skb");
    m.runTo("udp_recvmsg");
    const std::uint64_t before = worldHash(m.world, *m.inputs);
    std::size_t n = 0;
    std::set<std::string> seen;
    for (;; ++n) {
        World changed = m.world;
        Poke poke(n);
        World::describe(poke, changed);
        if (poke.done.empty()) break;
        seen.insert(poke.done);
        ASSERT_NE(worldHash(changed, *m.inputs), before) << poke.done;
    }
    EXPECT_GT(n, 500U);
    EXPECT_GT(seen.size(), 250U);
    for (const char* path :
         {".machine.task.loops", ".machine.cpu.last_seq", ".machine.nic.vector.itr_waiting", ".machine.skb.dst_noref",
          ".agenda", ".clock", ".fates", ".machine.net.sysctl.net.ipv4.ip_forward"})
        EXPECT_TRUE(seen.contains(path)) << path;
}

TEST(EveryField, WhatIsPendingCountsWithItsCause) {
    const auto hashWith = [](Time time, Due due, MachineNo machine, std::uint32_t arg, std::uint32_t arg2,
                             Position cause) {
        Start start = test::toyStart(1);
        start.world.agenda.add(time, due, machine, arg, arg2, cause);
        return worldHash(start.world, *start.inputs);
    };
    const std::uint64_t base = hashWith(5, Due::clock_event, 0, 1, 2, 3);
    EXPECT_EQ(hashWith(5, Due::clock_event, 0, 1, 2, 3), base);
    EXPECT_NE(hashWith(6, Due::clock_event, 0, 1, 2, 3), base);
    EXPECT_NE(hashWith(5, Due::ipi, 0, 1, 2, 3), base);
    EXPECT_NE(hashWith(5, Due::clock_event, 1, 1, 2, 3), base);
    EXPECT_NE(hashWith(5, Due::clock_event, 0, 9, 2, 3), base);
    EXPECT_NE(hashWith(5, Due::clock_event, 0, 1, 9, 3), base);
    EXPECT_NE(hashWith(5, Due::clock_event, 0, 1, 2, 9), base);
}

TEST(EveryField, OldFatesCountToo) {
    const Start start = test::toyStart(1);
    World one = start.world, other = one;
    for (std::uint32_t i = 0; i < 200; ++i) {
        one.fates.append({i, kNoFunction, Fate::delivered, Drop::NOT_DROPPED, 0});
        other.fates.append({i, kNoFunction, i == 3 ? Fate::dropped : Fate::delivered, Drop::NOT_DROPPED, 0});
    }
    EXPECT_NE(worldHash(one, *start.inputs), worldHash(other, *start.inputs));
}

}  // namespace
}  // namespace ringside
