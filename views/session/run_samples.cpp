#include "views/session/run_samples.h"

#include <algorithm>

namespace ringside {
namespace {

std::uint32_t filledDescriptors(const RxRing& ring) {
    if (ring.descriptors.empty()) return 0;
    return static_cast<std::uint32_t>((ring.rdh + ring.count() - ring.next_to_clean) % ring.count());
}

LaneSample laneOf(const World& world, const Cpu& cpu, CpuNo n, const Event& event) {
    LaneSample lane;
    lane.task = cpu.current;
    lane.spent = cpu.times.in;
    if (world.machine().tasks.live(cpu.current)) {
        const Stack& stack = *world.machine().tasks[cpu.current].stack;
        for (std::size_t i = stack.size(); i-- > 0;) {
            if (stack[i].state == FrameState::pushed) continue;
            lane.context = stack[i].context;
            break;
        }
    }
    if (event.seq != 0 && event.cpu == n) {
        lane.context = event.context;
        lane.packet = event.packet;
    }
    return lane;
}

}  // namespace

std::size_t SampleSeries::indexAt(Position position) const {
    const auto after = std::upper_bound(samples.begin(), samples.end(), position,
                                        [](Position p, const Sample& s) { return p < s.position; });
    return after == samples.begin() ? 0 : static_cast<std::size_t>(after - samples.begin()) - 1;
}

std::size_t SampleSeries::indexAtTime(Time time) const {
    const auto after =
        std::upper_bound(samples.begin(), samples.end(), time, [](Time t, const Sample& s) { return t < s.time; });
    return after == samples.begin() ? 0 : static_cast<std::size_t>(after - samples.begin()) - 1;
}

Context SampleSeries::dominant(std::size_t from, std::size_t to, std::size_t lane) const {
    const LaneSample& a = samples[from].lanes[lane];
    const LaneSample& b = samples[std::min(to, samples.size() - 1)].lanes[lane];
    // one event wide: what the event says is exact
    if (to <= from + 1 && stride == 1) return a.context;
    std::size_t best = 0;
    Time most = 0;
    for (std::size_t c = 0; c < a.spent.size(); ++c) {
        const Time spent = b.spent[c] - a.spent[c];
        if (spent > most) {
            most = spent;
            best = c;
        }
    }
    return most > 0 ? static_cast<Context>(best) : a.context;
}

void SampleSeries::cutAfter(Position position) {
    while (!samples.empty() && samples.back().position > position) samples.pop_back();
    while (!drops.empty() && drops.back().position > position) drops.pop_back();
}

SampleRecorder::SampleRecorder(SampleSeries series, const World& world) : m_series(std::move(series)) {
    m_seen = world.fates.size();
    if (!m_series.empty()) {
        m_delivered = m_series.samples.back().delivered;
        m_dropped = m_series.samples.back().dropped;
    }
}

void SampleRecorder::record(const World& world, const Event& event) {
    const std::uint64_t done = world.fates.size();
    if (done > m_seen) {
        world.fates.each(
            [&](const PacketFate& fate) {
                m_delivered += fate.fate == Fate::delivered;
                if (fate.fate != Fate::dropped) return;
                ++m_dropped;
                if (m_series.drops.size() < kMaxSamples) {
                    m_series.drops.push_back({world.position, fate.time, fate.packet, fate.reason});
                }
            },
            m_seen);
        m_seen = done;
    }
    if (m_series.samples.size() >= kMaxSamples) {
        // every second one goes, the stride doubles
        for (std::size_t i = 0; 2 * i < m_series.samples.size(); ++i) m_series.samples[i] = m_series.samples[2 * i];
        m_series.samples.resize((m_series.samples.size() + 1) / 2);
        m_series.stride *= 2;
    }
    if (!m_series.empty() && m_series.last() >= world.position) return;
    Sample sample;
    sample.position = world.position;
    sample.time = world.now;
    for (const auto& nic : world.machine().nics) {
        sample.ring_used += filledDescriptors(*nic->rx);
        sample.ring_size += nic->rx->count();
        sample.received += nic->rx_total;
    }
    world.machine().sockets.each([&](SocketId, const Socket& socket) {
        sample.socket_memory += socket.sk_rmem_alloc;
        sample.socket_limit += socket.sk_rcvbuf;
    });
    sample.delivered = m_delivered;
    sample.dropped = m_dropped;
    for (std::size_t n = 0; n < std::min(kLanes, world.machine().cpus.size()); ++n) {
        sample.lanes[n] = laneOf(world, *world.machine().cpus[n], static_cast<CpuNo>(n), event);
    }
    m_series.samples.push_back(sample);
}

}  // namespace ringside
