// A capture as traffic of a scenario: which host is ours, which sockets are open, who reads them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/capture/capture.h"
#include "engine/capture/decode.h"
#include "engine/scenario/scenario.h"

namespace ringside {

/// How a capture is replayed.
struct ReplayOptions {
    std::optional<IpAddr> host;  ///< ours; else the capture's best guess
    bool sockets = true;         ///< open the UDP ports that traffic goes to, each with a process that reads it
    Pace pace = Pace::unlost;
    std::uint16_t cpus = 2;
    std::size_t max_sockets = 64;  ///< the ports that are open; traffic to the others finds no socket
    NicSpec nic;                   ///< the card; its addresses are the capture's
    Sysctl sysctl;
    NetSysctl net_sysctl;
};

/// The frames of a capture as they enter the simulated NIC. Packets that were no frame on this machine's wire, or of
/// which too little was kept, are empty frames (see onWire()). May be read from several threads: each takes a reader of
/// its own for the time of a call.
class ReplayTraffic final : public FrameSource {
  public:
    ReplayTraffic(std::shared_ptr<const Capture> capture, std::vector<IpAddr> host, MacAddr ours, std::uint32_t mtu);
    ~ReplayTraffic() override;
    [[nodiscard]] std::uint64_t count() const override { return m_capture->count(); }
    [[nodiscard]] Time time(std::uint64_t i) const override { return m_times[i]; }
    std::span<const std::uint8_t> frame(std::uint64_t i, std::vector<std::uint8_t>& scratch) const override;
    [[nodiscard]] bool decidable(std::uint64_t i) const override;
    [[nodiscard]] std::uint64_t identity() const override;
    [[nodiscard]] std::string problem() const override;

  private:
    class Readers;
    struct Reader;
    /// The reader's copy of frame i, made where it is not there.
    struct Kept;
    const Kept& keep(Reader& reader, std::uint64_t i) const;
    void make(PacketReader& packets, std::uint64_t i, Kept& kept) const;
    std::shared_ptr<const Capture> m_capture;
    std::vector<IpAddr> m_host;
    MacAddr m_ours;
    std::uint32_t m_mtu;
    std::vector<Time> m_times;  ///< since the first packet; a packet earlier than the one before it arrives with it
    std::unique_ptr<Readers> m_readers;
};

/// The scenario that receives this capture: one NIC with the host's addresses and Ethernet address, a socket for each
/// UDP port traffic goes to, and a process a socket that reads it forever. Fails where `options.host` does not occur in
/// the capture.
Result<Scenario> replayScenario(std::shared_ptr<const Capture> capture, const ReplayOptions& options);

}  // namespace ringside
