#pragma once
// How many packets of a capture had which fate, died where, and came when. Follows a run that is still being played:
// what is learned costs what is new.

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "engine/capture/capture.h"
#include "engine/history/fate_book.h"
#include "views/theme/role.h"

namespace ringside {

/// A fate, and for losses the reason.
struct FateKey {
    bool known = true;
    Fate fate = Fate::delivered;
    Drop reason = Drop::NOT_DROPPED;
    friend auto operator<=>(const FateKey&, const FateKey&) = default;
};
FateKey fateKeyOf(const PacketFate* fate);
/// The tone that goes with it.
Tone toneOf(const FateKey& key);

class CaptureCounts {
  public:
    /// Kinds of packets in a bar of the histogram, from its foot to its top.
    enum Kind : std::uint8_t { delivered, otherwise, dropped, unknown, kinds };
    static constexpr std::size_t kBins = 160;
    struct Bin {
        std::array<std::uint32_t, kinds> of{};
        std::uint32_t first = 0;  ///< the first packet of it, 0: none
    };

    /// Of another capture, or none: no fate is known.
    void open(const Capture* capture);
    /// Takes up the fates that are known now; false: nothing has changed.
    bool learn(const FateBook& book);

    [[nodiscard]] const std::map<FateKey, std::uint64_t>& fates() const { return m_fates; }
    /// Functions in which packets died.
    [[nodiscard]] const std::map<FunctionId, std::uint64_t>& functions() const { return m_functions; }
    /// Bars over the time of the capture; empty without packets.
    [[nodiscard]] const std::vector<Bin>& bins() const { return m_bins; }
    /// Nanoseconds from the earliest packet to where a bar begins; kBins: where the last one ends.
    [[nodiscard]] std::int64_t binBegin(std::size_t bin) const;
    [[nodiscard]] std::size_t binOf(std::uint32_t packet) const;
    /// When a packet came, from the earliest one on.
    [[nodiscard]] std::int64_t timeOf(std::uint32_t packet) const;

  private:
    struct Mark {
        FateKey key{false, Fate::ignored, Drop::NOT_DROPPED};
        FunctionId function = kNoFunction;
    };
    void count(std::uint32_t packet, const Mark& mark, bool add);
    void restart();

    const Capture* m_capture = nullptr;
    std::int64_t m_begin = 0, m_width = 1;
    std::vector<Mark> m_marks;  ///< by packet - 1
    std::size_t m_seen = 0;     ///< fates of the book
    PacketFate m_last{};        ///< the last of these: another one there means another future
    std::map<FateKey, std::uint64_t> m_fates;
    std::map<FunctionId, std::uint64_t> m_functions;
    std::vector<Bin> m_bins;
};

}  // namespace ringside
