#include "engine/capture/replay.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "engine/capture/wire.h"
#include "engine/core/fields_visitors.h"

namespace ringside {

namespace {

constexpr std::size_t kKept = 64;  // a frame is asked for when it arrives and again for its DMA, others in between

}  // namespace

/// A reader, and the frames it made last.
struct ReplayTraffic::Reader {
    explicit Reader(const Capture& capture) : packets(capture.reader()) {}
    struct Kept {
        std::uint64_t frame = ~std::uint64_t{0};
        std::vector<std::uint8_t> bytes;
    };
    PacketReader packets;
    std::array<Kept, kKept> kept;
};

/// Readers that are not in use. A reader is quickest when it reads on from where it was, so the one last used comes
/// first.
class ReplayTraffic::Readers {
  public:
    std::unique_ptr<Reader> take(const Capture& capture) {
        const std::lock_guard lock(m_mutex);
        if (m_idle.empty()) return std::make_unique<Reader>(capture);
        auto reader = std::move(m_idle.back());
        m_idle.pop_back();
        return reader;
    }
    void give(std::unique_ptr<Reader> reader) {
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(reader));
    }

  private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Reader>> m_idle;
};

ReplayTraffic::ReplayTraffic(std::shared_ptr<const Capture> capture, std::vector<IpAddr> host, MacAddr ours)
    : m_capture(std::move(capture)), m_host(std::move(host)), m_ours(ours), m_readers(std::make_unique<Readers>()) {
    m_times.reserve(m_capture->count());
    const Time first = m_capture->count() ? m_capture->times(1).tsNs : 0;
    // the first frame comes 20 µs after the start, when every reader has gone to sleep
    Time latest = 20 * kMicrosecond;
    for (std::uint64_t n = 1; n <= m_capture->count(); ++n) {
        latest = std::max(latest, m_capture->times(n).tsNs - first + 20 * kMicrosecond);
        m_times.push_back(latest);
    }
}

ReplayTraffic::~ReplayTraffic() = default;

std::span<const std::uint8_t> ReplayTraffic::frame(std::uint64_t i, std::vector<std::uint8_t>& scratch) const {
    auto reader = m_readers->take(*m_capture);
    Reader::Kept& kept = reader->kept[i % kKept];
    if (kept.frame != i) {
        kept.frame = i;
        make(reader->packets, i, kept.bytes);
    }
    scratch.assign(kept.bytes.begin(), kept.bytes.end());
    m_readers->give(std::move(reader));
    return scratch;
}

void ReplayTraffic::make(PacketReader& packets, std::uint64_t i, std::vector<std::uint8_t>& bytes) const {
    bytes.clear();
    const Result<PacketView> view = packets.packet(i + 1);
    if (!view) return;
    const DecodedPacket decoded = decodePacket(*view, ChecksumCheck::skip);
    if (directionOf(decoded, m_host) == PacketDirection::fromHost) return;
    WireAddresses addresses;
    addresses.ours = m_ours;
    const WireFrame wire = wireFrame(*view, decoded, m_host, addresses);
    bytes.assign(wire.bytes.begin(), wire.bytes.end());
}

std::uint64_t ReplayTraffic::identity() const {
    HashVisitor hash;
    hash.word(m_capture->count());
    for (std::uint64_t n = 1; n <= m_capture->count(); ++n) {
        const PacketTimes t = m_capture->times(n);
        hash.word(static_cast<std::uint64_t>(t.tsNs));
        hash.word(t.caplen | std::uint64_t{t.len} << 32);
    }
    for (const IpAddr& address : m_host) hash.bytes(address.bytes);
    return hash.hash();
}

Result<Scenario> replayScenario(std::shared_ptr<const Capture> capture, const ReplayOptions& options) {
    std::optional<IpAddr> host = options.host;
    if (host && !capture->census().find(*host)) {
        return Error{capture->path(), "a host that occurs in the capture", host->toString()};
    }
    if (!host) host = capture->guessHost();

    Scenario scenario;
    scenario.name = capture->path();
    scenario.cpus = options.cpus;
    scenario.pace = options.pace;
    NicSpec nic;
    nic.mac = WireAddresses{}.ours;
    std::vector<IpAddr> ours;
    if (host) {
        ours = capture->census().hostAddresses(*host);
        const std::optional<AddressUse> use = capture->census().find(*host);
        if (use && use->mac != MacAddr{} && !use->mac.isMulticast()) nic.mac = use->mac;
        for (const IpAddr& address : ours) {
            if (address.isMulticast() || address.isUnspecified()) continue;
            const std::uint8_t length = address.version == 6 ? 64 : 24;  // the capture does not tell the mask
            nic.addresses.push_back({address, length});
        }
        if (options.sockets) {
            for (const PortUse& port : capture->census().portsTo(17, ours)) {
                if (scenario.sockets.size() >= options.max_sockets) break;
                SocketSpec socket;
                socket.version = port.dst.version;
                socket.port = port.port;
                const bool known = std::any_of(
                    scenario.sockets.begin(), scenario.sockets.end(),
                    [&](const SocketSpec& s) { return s.version == socket.version && s.port == socket.port; });
                if (known) continue;
                TaskSpec task;
                task.name = "reader-" + std::to_string(port.port);
                task.cpu = static_cast<CpuNo>(scenario.sockets.size() % options.cpus);
                task.sockets.push_back(scenario.sockets.size());
                task.program = {Op{Op::Kind::recvfrom, 3, 65536, 0, 0, 0, 0}, Op{Op::Kind::jump, 0, 0, 0, 0, 0, 0}};
                scenario.sockets.push_back(socket);
                scenario.tasks.push_back(std::move(task));
            }
        }
    }
    const MacAddr mac = nic.mac;
    // traffic for others reached the capturing card; the model's card takes it only in promiscuous mode, as a card does
    scenario.nics.push_back(std::move(nic));
    scenario.traffic = std::make_shared<ReplayTraffic>(std::move(capture), std::move(ours), mac);
    return scenario;
}

}  // namespace ringside
