#pragma once
// Traffic that is simply a list of frames.

#include <vector>

#include "engine/world/inputs.h"

namespace ringside {

/// One frame of the traffic: when, and its bytes from the Ethernet header on without frame check sequence.
struct TrafficFrame {
    Time time = 0;
    std::vector<std::uint8_t> bytes;
    std::uint16_t card = FrameSource::kByAddress;  ///< number of the card on whose link it comes
};

/// Frames held in memory, in order of time.
class FrameList final : public FrameSource {
  public:
    explicit FrameList(std::vector<TrafficFrame> frames);
    [[nodiscard]] std::uint64_t count() const override { return m_frames.size(); }
    [[nodiscard]] Time time(std::uint64_t i) const override { return m_frames[i].time; }
    std::span<const std::uint8_t> frame(std::uint64_t i, std::vector<std::uint8_t>&) const override {
        return m_frames[i].bytes;
    }
    [[nodiscard]] std::uint16_t card(std::uint64_t i) const override { return m_frames[i].card; }
    [[nodiscard]] std::uint64_t identity() const override { return m_identity; }

  private:
    std::vector<TrafficFrame> m_frames;
    std::uint64_t m_identity;
};

}  // namespace ringside
