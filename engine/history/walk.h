#pragma once
// A packet's walk as it was recorded: the functions it passed in their order, on which CPU and at which position, and
// the queues it stood in. Taken from the events and the stacks they left, so that nothing about it is guessed.

#include <cstdint>
#include <map>
#include <vector>

#include "engine/core/event.h"
#include "engine/world/inputs.h"
#include "engine/world/net/skb.h"
#include "engine/world/world.h"

namespace ringside {

/// One thing that happened to a packet.
struct WalkStep {
    enum class How : std::uint8_t {
        hardware,  ///< an event of the machine is about it
        enter,     ///< a function was entered with it in its hands, alone or in a list
        within,    ///< a function that holds no packet was entered on its behalf: a lookup, a wake-up
        through,   ///< a function further out had been entered before, and led to the next step
        dropped,   ///< it was given up here
        queued,    ///< it was put into the queue `queue`
        taken,     ///< it left that queue
    };
    How how = How::enter;
    Context context = Context::hardware;
    MachineNo machine = 0;
    CpuNo cpu = kNoCpu;  ///< of that machine
    FunctionId function = kNoFunction;
    SkbOwner queue = SkbOwner::frame;
    Drop drop = Drop::NOT_DROPPED;
    std::uint32_t skb = 0;  ///< SkBuff::id; 0: none yet
    Position position = 0;
    Time time = 0;
    friend bool operator==(const WalkStep&, const WalkStep&) = default;
};

struct PacketWalk {
    std::uint32_t packet = 0;
    Position known = 0;           ///< what happened up to here is in it
    std::vector<WalkStep> steps;  ///< in order of position
};

/// Picks one packet's steps out of events that are given one at a time, each with the World right after it.
class WalkRecorder {
  public:
    WalkRecorder(const Inputs& inputs, std::uint32_t packet) : m_inputs(inputs), m_packet(packet) {}

    /// Costs a look at the entered frame and at the sk_buffs of the packet.
    void see(const World& world, const Event& event);
    /// Events were left out since the last one: what is remembered of stacks does not hold any more.
    void skipped() { m_stacks.clear(); }
    /// Whether the packet is on its way in this World, rather than waiting in a queue or gone: then the next events may
    /// pass it on in a list, without one that is about it alone.
    [[nodiscard]] bool onItsWay(const World& world) const;
    /// Whether the packet is elsewhere in this World than it was after the last event that was seen.
    [[nodiscard]] bool moved(const World& world) const;
    [[nodiscard]] const std::vector<WalkStep>& steps() const { return m_steps; }
    std::vector<WalkStep> take() { return std::move(m_steps); }

  private:
    /// What is known of a frame. `unknown` until it was entered, or asked for, while this recorder was looking.
    enum class Mine : std::uint8_t { unknown, no, yes };
    struct Mark {
        Mine mine = Mine::unknown;
        bool told = false;  ///< it is among the steps
    };
    using Marks = std::vector<Mark>;
    struct Seen {
        MachineNo machine = 0;
        SkbId slot{};
        std::uint32_t id = 0;
        SkbOwner owner = SkbOwner::frame;
    };

    [[nodiscard]] bool holds(const Machine& machine, const Stack& stack, std::size_t depth,
                             bool* nothing = nullptr) const;
    bool mine(const Machine& machine, const Stack& stack, Marks& marks, std::size_t depth) const;
    void entered(const World& world, const Event& event);
    void queues(const World& world, const Event& event);
    void add(WalkStep::How how, const Event& event, FunctionId function);

    const Inputs& m_inputs;
    std::uint32_t m_packet;
    std::map<std::uint64_t, Marks> m_stacks;  ///< by machine and task
    std::vector<Seen> m_skbs;                 ///< those that carry the packet
    std::vector<WalkStep> m_steps;
};

}  // namespace ringside
