#pragma once
// A scenario that a test builds by hand and runs, with what its events were.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scenario/scenario.h"

namespace ringside::test {

/// One run. Fill in `scenario`, then start(); everything else follows the World.
class Machine {
  public:
    Scenario scenario;  ///< two CPUs, eth0 with 10.0.0.1/24 and interrupt on CPU 0, no tasks, no traffic

    Machine();
    /// A socket bound to `port`, and a task `name` that reads `datagrams` from it (0: for ever), computing `think`
    /// after each, then exits.
    void addReader(std::string name, CpuNo cpu, std::uint16_t port, std::uint32_t datagrams, Time think = 0);
    /// A task that computes for `time` and exits.
    void addHog(std::string name, CpuNo cpu, Time time, int nice = 0);
    /// A task with this program.
    void addTask(std::string name, CpuNo cpu, std::vector<Op> program, int nice = 0);
    /// A datagram for `port` that reaches the card at `at`.
    void addDatagram(Time at, std::uint16_t port, std::size_t payload = 100);
    /// Builds the World; fails the test if the scenario is not sound.
    void start();

    /// One event; false at the end. The invariants of the run queues are checked after it.
    bool step();
    /// Until the end, or until an event of the function (and stage text, if given) has happened; true if it has.
    bool runTo(std::string_view function, std::string_view stage = {});
    /// Until the next event would be later than `time`, or the end.
    void runUntil(Time time);
    void runToEnd(std::uint64_t most = 20'000'000);

    [[nodiscard]] const Task& task(std::string_view comm) const;
    [[nodiscard]] std::string functionName() const;
    [[nodiscard]] std::string stageName() const;

    World world;
    std::shared_ptr<const Inputs> inputs;
    Event event;
    std::vector<std::string> entered;  ///< names of the functions entered, in order
    std::vector<Event> traced;         ///< events that carried a tracepoint
    std::function<void()> afterEach;   ///< called after each event

  private:
    void checkRunQueues() const;
};

Op recvfrom(std::uint16_t fd = 3);
Op compute(Time time);
Op sleepFor(Time time);
Op jump(std::uint16_t to, std::uint32_t count = 0, std::uint8_t slot = 0);
Op exitProgram();

/// Whether the names appear in this order, not necessarily next to each other.
bool inOrder(const std::vector<std::string>& names, const std::vector<std::string>& wanted);

}  // namespace ringside::test
