#include "engine/capture/replay.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "engine/capture/wire.h"
#include "engine/core/fields_visitors.h"
#include "engine/protocol/constants.h"

namespace ringside {

namespace {

constexpr std::size_t kKept = 64;  // a frame is asked for when it arrives and again for its DMA, others in between
constexpr Time kLongest = 2 * (std::int64_t{1} << 32) * kSecond;  // 272 years: room is left for what follows

// How long after `first` a packet was captured, at most kLongest; the difference itself may need more than 64 bits.
Time since(Time first, Time time) {
    if (time < first) return 0;
    const std::uint64_t difference = static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(first);
    return static_cast<Time>(std::min<std::uint64_t>(difference, kLongest));
}

}  // namespace

struct ReplayTraffic::Kept {
    std::uint64_t frame = ~std::uint64_t{0};
    std::vector<std::uint8_t> bytes;
    bool decidable = true;
};

/// A reader, and the frames it made last.
struct ReplayTraffic::Reader {
    explicit Reader(const Capture& capture) : packets(capture.reader()) {}
    PacketReader packets;
    std::array<Kept, kKept> kept;
};

/// Readers that are not in use, and what the first that failed said. A reader is quickest when it reads on from where
/// it was, so the one last used comes first.
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

    void fail(const Error& error) {
        const std::lock_guard lock(m_mutex);
        if (m_problem.empty()) m_problem = error.message();
    }
    std::string problem() {
        const std::lock_guard lock(m_mutex);
        return m_problem;
    }

  private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Reader>> m_idle;
    std::string m_problem;
};

ReplayTraffic::ReplayTraffic(std::shared_ptr<const Capture> capture, std::vector<IpAddr> host, MacAddr ours,
                             std::uint32_t mtu)
    : m_capture(std::move(capture)),
      m_host(std::move(host)),
      m_ours(ours),
      m_mtu(mtu),
      m_readers(std::make_unique<Readers>()) {
    m_times.reserve(m_capture->count());
    const Time first = m_capture->count() ? m_capture->times(1).tsNs : 0;
    // the first frame comes 20 µs after the start, when every reader has gone to sleep
    Time latest = 20 * kMicrosecond;
    for (std::uint64_t n = 1; n <= m_capture->count(); ++n) {
        latest = std::max(latest, since(first, m_capture->times(n).tsNs) + 20 * kMicrosecond);
        m_times.push_back(latest);
    }
}

ReplayTraffic::~ReplayTraffic() = default;

const ReplayTraffic::Kept& ReplayTraffic::keep(Reader& reader, std::uint64_t i) const {
    Kept& kept = reader.kept[i % kKept];
    if (kept.frame != i) {
        kept.frame = i;
        make(reader.packets, i, kept);
    }
    return kept;
}

std::span<const std::uint8_t> ReplayTraffic::frame(std::uint64_t i, std::vector<std::uint8_t>& scratch) const {
    auto reader = m_readers->take(*m_capture);
    const Kept& kept = keep(*reader, i);
    scratch.assign(kept.bytes.begin(), kept.bytes.end());
    m_readers->give(std::move(reader));
    return scratch;
}

bool ReplayTraffic::decidable(std::uint64_t i) const {
    auto reader = m_readers->take(*m_capture);
    const bool decidable = keep(*reader, i).decidable;
    m_readers->give(std::move(reader));
    return decidable;
}

std::string ReplayTraffic::problem() const { return m_readers->problem(); }

void ReplayTraffic::make(PacketReader& packets, std::uint64_t i, Kept& kept) const {
    kept.bytes.clear();
    kept.decidable = true;
    const Result<PacketView> view = packets.packet(i + 1);
    if (!view) {
        m_readers->fail(view.error());
        kept.decidable = false;
        return;
    }
    const DecodedPacket decoded = decodePacket(*view, ChecksumCheck::offload);
    const OnWire what = onWire(*view, decoded, m_host, m_mtu);
    kept.decidable = what != OnWire::notEnough;
    if (what != OnWire::frame) return;
    WireAddresses addresses;
    addresses.ours = m_ours;
    kept.bytes = wireFrame(*view, decoded, m_host, addresses).bytes;
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
    hash.word(m_mtu);
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
    scenario.sysctl = options.sysctl;
    scenario.net_sysctl = options.net_sysctl;
    NicSpec nic = options.nic;
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
        // Which TCP ports of the host were open a capture tells only of those that refused: all others that were spoken
        // to are taken as open.
        for (const PortUse& port : capture->census().portsTo(IPPROTO_TCP, ours)) {
            if (port.port != 0 && !port.closed()) scenario.tcp_ports.push_back(port.port);  // nobody listens on port 0
        }
        if (options.sockets) {
            for (const PortUse& port : capture->census().portsTo(17, ours)) {
                if (scenario.sockets.size() >= options.max_sockets) break;
                if (port.port == 0) continue;  // no socket can be bound to it
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
                task.program = {op::recvfrom{}, op::jump{}};
                scenario.sockets.push_back(socket);
                scenario.tasks.push_back(std::move(task));
            }
        }
    }
    const MacAddr mac = nic.mac;
    const std::uint32_t mtu = nic.mtu;
    // traffic for others reached the capturing card; the model's card takes it only in promiscuous mode, as a card does
    scenario.nics.push_back(std::move(nic));
    scenario.traffic = std::make_shared<ReplayTraffic>(std::move(capture), std::move(ours), mac, mtu);
    return scenario;
}

}  // namespace ringside
