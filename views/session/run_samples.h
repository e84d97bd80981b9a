#pragma once
// A run in a few thousand samples: what scrubber and charts draw of it. Taken while the run is played in the
// background, after every event of a short run; of a long one at a stride that doubles whenever there are too many.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/core/event.h"
#include "engine/world/world.h"

namespace ringside {

/// CPUs that get a lane of their own.
inline constexpr std::size_t kLanes = 8;
inline constexpr std::size_t kMaxSamples = 8192;

/// What a CPU is doing.
struct LaneSample {
    Context context = Context::idle;  ///< of the frame that runs
    TaskId task{};
    std::uint32_t packet = 0;     ///< the packet that is handled, where the sample is of its event
    std::array<Time, 5> spent{};  ///< time by Context since the start
};

/// The state at one position.
struct Sample {
    Position position = 0;
    Time time = 0;
    std::uint32_t ring_used = 0;  ///< receive descriptors filled and not yet taken, of all cards
    std::uint32_t ring_size = 0;
    std::int64_t socket_memory = 0;  ///< sk_rmem_alloc of all sockets
    std::int64_t socket_limit = 0;   ///< sk_rcvbuf of all sockets
    std::uint64_t received = 0;      ///< frames the cards took from the wire
    std::uint64_t delivered = 0, dropped = 0;
    std::array<LaneSample, kLanes> lanes{};
};

/// A loss, for the drops row.
struct DropMark {
    Position position = 0;  ///< of the sample it was seen in
    Time time = 0;
    std::uint32_t packet = 0;
    Drop reason = Drop::NOT_DROPPED;
};

struct SampleSeries {
    std::vector<Sample> samples;  ///< in order of position; the first is position 0
    std::vector<DropMark> drops;  ///< in order; the first kMaxSamples
    Position stride = 1;

    [[nodiscard]] bool empty() const { return samples.empty(); }
    [[nodiscard]] Position last() const { return samples.empty() ? 0 : samples.back().position; }
    /// Index of the last sample that is not after a position (time); the series is not empty.
    [[nodiscard]] std::size_t indexAt(Position position) const;
    [[nodiscard]] std::size_t indexAtTime(Time time) const;
    /// What CPU `lane` did between two samples: the context with most time, or the one it was in.
    [[nodiscard]] Context dominant(std::size_t from, std::size_t to, std::size_t lane) const;
    /// Forgets what is after a position.
    void cutAfter(Position position);
};

/// Fills a series while a run is played.
class SampleRecorder {
  public:
    SampleRecorder() = default;
    /// Goes on from what another recorder had, up to `position`; `world` is the one there.
    SampleRecorder(SampleSeries series, const World& world);

    /// How many events to play until the next record().
    [[nodiscard]] Position stride() const { return m_series.stride; }
    /// Takes the state after `event`; the first call may have an event with seq 0.
    void record(const World& world, const Event& event);
    [[nodiscard]] const SampleSeries& series() const { return m_series; }

  private:
    SampleSeries m_series;
    std::uint64_t m_seen = 0, m_delivered = 0, m_dropped = 0;
};

}  // namespace ringside
