#pragma once
// What never changes during a run: the traffic, the programs, the function table. Shared by all Worlds of the run.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/function.h"
#include "engine/core/types.h"
#include "engine/world/program.h"

namespace ringside {

/// The frames that come over the wire, in order of time. Immutable; may be read from several threads.
class FrameSource {
  public:
    virtual ~FrameSource() = default;
    [[nodiscard]] virtual std::uint64_t count() const = 0;
    /// When frame i (from 0) arrives; not smaller than frame i-1's.
    [[nodiscard]] virtual Time time(std::uint64_t i) const = 0;
    /// The frame from its Ethernet header on, without frame check sequence. `scratch` may be used to hold it; the span
    /// is good until the next call with the same scratch. An empty span: the packet is not for this machine's NIC (sent
    /// by this host, or of a link type that is not walked), and is ignored.
    virtual std::span<const std::uint8_t> frame(std::uint64_t i, std::vector<std::uint8_t>& scratch) const = 0;
    /// Whether enough is known of frame i to tell what becomes of it; asked where it is empty.
    [[nodiscard]] virtual bool decidable(std::uint64_t /*i*/) const { return true; }
    /// What went wrong while frames were read, in one line; empty while all is well.
    [[nodiscard]] virtual std::string problem() const { return {}; }
    /// The card that frame i is for, counted over the cards of all machines; kByAddress: the one that has its
    /// destination address, the first if none has.
    [[nodiscard]] virtual std::uint16_t card(std::uint64_t) const { return kByAddress; }
    static constexpr std::uint16_t kByAddress = 0xffff;
    /// A number that tells this traffic from other traffic; part of the fingerprint.
    [[nodiscard]] virtual std::uint64_t identity() const = 0;
};

/// Whether traffic waits for a model that is slower than the machine it came from.
enum class Pace : std::uint8_t { recorded, unlost };

struct Inputs {
    std::string kernel = "6.1.192";
    std::span<const FunctionInfo> functions;  ///< the table of that kernel version, by FunctionId
    std::vector<Program> programs;
    std::shared_ptr<const FrameSource> traffic;
    Pace pace = Pace::recorded;
    std::uint64_t hash = 0;  ///< of scenario and traffic; part of the fingerprint

    [[nodiscard]] const FunctionInfo& function(FunctionId id) const { return functions[id]; }
};

}  // namespace ringside
