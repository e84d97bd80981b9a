#pragma once
// Moments named by what happens in them: "the second time ip_rcv_core() is entered on CPU 0". Never by an index, so
// that a change of the engine cannot silently shift a lesson.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/core/result.h"
#include "lessons/run_access.h"
#include "lessons/yaml.h"

namespace ringside {

/// Conditions on an event; those that are not given hold for all.
struct Selector {
    enum class Kind : std::uint8_t { event, start, end };
    Kind kind = Kind::event;
    std::string
        function;       ///< entered, unless `stage` or `tracepoint` is given too; a hardware function: any of its steps
    std::string stage;  ///< words that one stage of that function has
    std::string tracepoint;
    std::string drop;  ///< a reason, or "any"
    std::string context;
    std::optional<CpuNo> cpu;
    std::string task;                     ///< name or pid of the current task
    std::optional<std::uint32_t> packet;  ///< number on the wire
    std::optional<std::uint32_t> skb;     ///< serial of the sk_buff
    std::uint32_t nth = 1;                ///< the how-manieth match after the place where the search begins
    std::string place;                    ///< file:line:column, for messages

    /// As in the lesson: "{function: udp_rcv, nth: 2}".
    [[nodiscard]] std::string toString() const;
};

/// Reads `at: {function: udp_rcv, stage: lookup}`, `at: start` or `at: end`. Throws YamlFailure.
Selector readSelector(const YamlView& yaml);

/// A selector whose names were found in the function table of a run.
class Matcher {
  public:
    /// Errors at the selector's place: a function the model does not have, a stage the function does not have (or two
    /// of its stages match), an unknown tracepoint, reason or context.
    static Result<Matcher> compile(const Selector& selector, const Inputs& inputs);

    /// Whether the event that led to `position` matches, `nth` aside.
    [[nodiscard]] bool matches(RunAccess& run, Position position, const Event& event) const;
    /// The nth matching position after `from`, looking at no more than `budget` events. The error tells how many
    /// matches there were.
    [[nodiscard]] Result<Position> find(RunAccess& run, Position from, std::uint64_t budget = kBudget) const;
    [[nodiscard]] const Selector& selector() const { return m_selector; }

    static constexpr std::uint64_t kBudget = 2'000'000;

  private:
    Selector m_selector;
    FunctionId m_function = kNoFunction;
    std::optional<std::uint8_t> m_stage;
    Tracepoint m_tracepoint = Tracepoint::none;
    Drop m_drop = Drop::NOT_DROPPED;
    std::optional<Context> m_context;
    bool m_hardware = false;
};

}  // namespace ringside
