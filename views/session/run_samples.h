#pragma once
// A run in a few thousand samples: what scrubber and charts draw of it. Taken while the run is played in the
// background, after every event of a short run; of a long one at a stride that doubles whenever there are too many.
// What is sampled is named: a series is an expression over the state, a lane is a CPU.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/event.h"
#include "engine/history/fate_tally.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"
#include "lessons/expression.h"

namespace ringside {

/// The most samples, and the most that all lanes hold together: a machine of many CPUs has fewer samples.
inline constexpr std::size_t kMaxSamples = 8192;
inline constexpr std::size_t kMaxLaneSamples = 8 * kMaxSamples;

/// The moment of a sample.
struct Sample {
    Position position = 0;
    Time time = 0;
};

/// A number over the run, one value a sample; NaN where the expression has none.
struct Series {
    std::string expression;
    std::vector<double> values;
};

/// What a CPU is doing. Not a series of expressions: with 64 CPUs these would be 500 to evaluate at every sample.
struct LaneSample {
    Context context = Context::idle;  ///< of the frame that runs
    TaskId task{};
    std::uint32_t packet = 0;     ///< the packet that is handled, where the sample is of its event
    std::array<Time, 5> spent{};  ///< time by Context since the start
};
/// A CPU over the run, one value a sample.
using Lane = std::vector<LaneSample>;

/// A loss, for the drops row.
struct DropMark {
    Position position = 0;  ///< of the sample it was seen in
    Time time = 0;
    std::uint32_t packet = 0;
    Drop reason = Drop::NOT_DROPPED;
};

struct RunSamples {
    std::vector<Sample> samples;  ///< in order of position; the first is position 0
    std::vector<Series> series;
    std::vector<Lane> lanes;      ///< by CPU
    std::vector<DropMark> drops;  ///< in order; the first kMaxSamples
    Position stride = 1;

    [[nodiscard]] bool empty() const { return samples.empty(); }
    [[nodiscard]] Position last() const { return samples.empty() ? 0 : samples.back().position; }
    /// Index of the last sample that is not after a position (time); there are samples.
    [[nodiscard]] std::size_t indexAt(Position position) const;
    [[nodiscard]] std::size_t indexAtTime(Time time) const;
    /// What a CPU did between two samples: the context with most time, or the one it was in.
    [[nodiscard]] Context dominant(std::size_t from, std::size_t to, std::size_t lane) const;
    /// The series of an expression; null: it is not sampled.
    [[nodiscard]] const Series* find(std::string_view expression) const;
    [[nodiscard]] std::vector<std::string> expressions() const;
    /// Forgets what is after a position.
    void cutAfter(Position position);
};

/// Takes the samples while a run is played. Belongs to one thread at a time.
class SampleRecorder {
  public:
    SampleRecorder() = default;
    /// Begins anew. An expression that cannot be read has no values.
    explicit SampleRecorder(const std::vector<std::string>& expressions);
    /// Goes on from what another recorder had; `world` is the one at its last sample.
    SampleRecorder(RunSamples samples, const World& world);

    /// How many events to play until the next record().
    [[nodiscard]] Position stride() const { return m_samples.stride; }
    /// Takes the state after `event`; the first call may have an event with seq 0.
    void record(const World& world, const Inputs& inputs, const Event& event);
    [[nodiscard]] const RunSamples& samples() const { return m_samples; }

  private:
    void compile();
    void thin();

    RunSamples m_samples;
    std::vector<std::optional<Expression>> m_compiled;  ///< beside m_samples.series
    FateTally m_fates;
};

}  // namespace ringside
