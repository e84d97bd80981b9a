#pragma once
// A machine whose invariants are checked after every event, frames for it, and single kernel functions called on it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/linux/functions.h"
#include "engine/protocol/build.h"
#include "engine/step/step.h"
#include "tests/support/invariants.h"
#include "tests/support/machine.h"

namespace ringside::test {

/// Machine with eth0 at 10.0.0.1/24 and 2001:db8::1/64.
class NetMachine : public Machine {
  public:
    NetMachine() {
        scenario.nics[0].addresses.push_back({*IpAddr::parse("2001:db8::1"), 64});
        afterEach = [this] {
            if (testing::Test::HasFailure()) return;  // one broken rule is enough
            EXPECT_THAT(m_byHand ? brokenInvariants(world) : brokenInvariants(world, *inputs), testing::IsEmpty())
                << "after event " << event.seq << ", " << functionName();
            if (event.drop != Drop::NOT_DROPPED) drops.push_back(event);
        };
    }
    NetMachine(const NetMachine&) = delete;
    NetMachine& operator=(const NetMachine&) = delete;

    /// A frame of 10.0.0.2 for 10.0.0.1, to be changed.
    [[nodiscard]] FrameSpec frame() const {
        FrameSpec f;
        f.srcMac = *MacAddr::parse("52:54:00:00:00:02");
        f.dstMac = scenario.nics[0].mac;
        f.src = *IpAddr::parse("10.0.0.2");
        f.dst = *IpAddr::parse("10.0.0.1");
        return f;
    }
    /// The same between 2001:db8::2 and 2001:db8::1.
    [[nodiscard]] FrameSpec frame6() const {
        FrameSpec f = frame();
        f.src = *IpAddr::parse("2001:db8::2");
        f.dst = *IpAddr::parse("2001:db8::1");
        return f;
    }
    static UdpSpec udp(std::uint16_t port = 5000, std::size_t payload = 100) {
        UdpSpec u;
        u.source = 4000;
        u.dest = port;
        for (std::size_t i = 0; i < payload; ++i) u.payload.push_back(static_cast<std::uint8_t>(i));
        return u;
    }
    void send(Time at, std::vector<std::uint8_t> bytes) { scenario.frames.push_back({at, std::move(bytes)}); }

    [[nodiscard]] const NetDevice& device() const { return world.machine().device(2); }
    [[nodiscard]] const Counters& counters() const { return *world.net().counters; }
    [[nodiscard]] const Socket& socket(std::uint32_t slot = 1) const {
        return std::as_const(world.machine().sockets)[SocketId{slot}];
    }
    [[nodiscard]] std::string nameOfFunction(FunctionId id) const { return inputs->function(id).name; }
    /// What became of packet `number`; the test fails unless that is told exactly once.
    [[nodiscard]] PacketFate fate(std::uint32_t number) const {
        PacketFate found;
        int times = 0;
        world.fates.each([&](const PacketFate& f) {
            if (f.packet != number) return;
            found = f;
            ++times;
        });
        EXPECT_EQ(times, 1) << "fates of packet " << number;
        return found;
    }
    /// "NO_SOCKET@__udp4_lib_rcv"
    [[nodiscard]] std::string dropOf(std::uint32_t number) const {
        const PacketFate f = fate(number);
        return std::string(nameOf(f.reason)) + "@" + nameOfFunction(f.function);
    }
    /// Every frame of the traffic has exactly one fate and no packet is left anywhere.
    void expectAllAccountedFor() {
        EXPECT_EQ(world.fates.size(), scenario.frames.size());
        for (std::uint32_t n = 1; n <= scenario.frames.size(); ++n) static_cast<void>(fate(n));
        EXPECT_EQ(world.machine().skbs.size(), 0U);
    }

    /// Calls one function on CPU 0, which must be halted, and returns its result.
    template <class R, class... A>
    R call(Fn<R(A...)> f, std::type_identity_t<A>... args) {
        m_byHand = true;  // what it is given and returns is in the test's hands
        Cpu& cpu = world.machine().cpu(0);
        Stack& stack = world.machine().tasks.write(cpu.current).stack.write();
        const std::size_t depth = stack.size();
        Frame& frame = stack.push();
        frame.function = f.id;
        frame.context = Context::softirq;
        detail::packArguments(frame.locals.data(), args...);
        cpu.waiting = false;
        world.clock.set(0, world.now);
        // over when the top returns and everything between was left by "return f(x)"
        const auto over = [&] {
            for (std::size_t i = depth; i + 1 < stack.size(); ++i) {
                if (stack[i].state != FrameState::tail) return false;
            }
            return stack.top().state == FrameState::returning;
        };
        while (world.machine().oops.empty() && !over()) {
            advance(world, *inputs, {Choice::Kind::cpu, 0}, event);
            if (afterEach) afterEach();
        }
        if (!world.machine().oops.empty()) return R();
        const std::uint64_t result = stack.top().result;
        while (stack.size() > depth) stack.pop();
        cpu.waiting = true;
        world.clock.set(0, kNever);
        if constexpr (!std::is_void_v<R>) return detail::fromResult<R>(result);
    }
    [[nodiscard]] const SkBuff& skb(SkbId id) const { return std::as_const(world.machine().skbs)[id]; }
    [[nodiscard]] const Buffer& head(SkbId id) const { return std::as_const(world.machine().buffers)[skb(id).head]; }

    std::vector<Event> drops;

  private:
    bool m_byHand = false;
};

/// How often a function was entered.
inline std::ptrdiff_t calls(const NetMachine& m, const char* function) {
    return std::count(m.entered.begin(), m.entered.end(), function);
}

}  // namespace ringside::test
