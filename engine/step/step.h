#pragma once
// Picks what can happen next and does one step of it. Choosing is apart from doing, so that an explorer can take every
// choice.

#include <cstddef>
#include <span>
#include <vector>

#include "engine/core/event.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// Something that can happen next: the head of the agenda, or one step of a CPU.
struct Choice {
    enum class Kind : std::uint8_t { none, agenda, cpu };
    Kind kind = Kind::none;
    CpuNo cpu = kNoCpu;  ///< its place in World::clock, which counts the CPUs of all machines
    friend bool operator==(const Choice&, const Choice&) = default;
};

/// By the written rule: the agenda's head if it is not later than every CPU, else the CPU with the smallest local time
/// (the lower number on a tie). None when nothing is left to happen, or after a panic.
Choice firstChoice(const World& world);

/// Everything that could happen next, the first choice first. For explorers; the rule above makes a run deterministic.
std::vector<Choice> choices(const World& world);

/// Does one choice. True when it made an event (position went up by one and `event` describes it); agenda items such as
/// a stale timer make none.
bool advance(World& world, const Inputs& inputs, Choice choice, Event& event);

/// One event by the first choice; false when the run is over.
bool step(World& world, const Inputs& inputs, Event& event);

/// Makes many events of one World, quickly: it remembers where each CPU, its current task and that task's stack are. So
/// while one lives, nobody else may copy the World or write to it; what only reads it may come between two batches.
class Stepper {
  public:
    /// O(CPUs).
    Stepper(World& world, const Inputs& inputs);
    ~Stepper();
    Stepper(const Stepper&) = delete;
    Stepper& operator=(const Stepper&) = delete;

    /// The same as step() for each of `events`: as long as one CPU goes first it is not looked up again. Returns how
    /// many were made; fewer than asked for when the run is over.
    std::size_t many(std::span<Event> events);

  private:
    World& m_world;
    const Inputs& m_inputs;
    std::vector<struct Runner> m_runners;
};

/// One batch; where many follow each other, a Stepper is quicker.
std::size_t stepMany(World& world, const Inputs& inputs, std::span<Event> events);

}  // namespace ringside
