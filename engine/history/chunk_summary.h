#pragma once
// What stays of a chunk of events when the events themselves are dropped: enough to paint the scrubber and to skip in a
// search.

#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>

#include "engine/core/event.h"
#include "engine/history/function_set.h"

namespace ringside {

/// Events are kept, dropped and made again by this many. Chunk c holds the events with seq c * kChunkEvents + 1 and on.
inline constexpr Position kChunkEvents = 16384;
/// A chunk is about some fifty packets, whose numbers lie close together but for those that waited long in a queue: so
/// the bits of two of them are seldom the same.
inline constexpr std::size_t kPacketBits = 1024;
using PacketSet = std::bitset<kPacketBits>;

/// The chunk that holds event `seq` (from 1).
constexpr std::size_t chunkOf(Position seq) { return static_cast<std::size_t>((seq - 1) / kChunkEvents); }

/// What happened in one chunk. `count` is kChunkEvents but for the last.
struct ChunkSummary {
    std::uint32_t count = 0;
    std::uint32_t enters = 0, stages = 0, hardware = 0;  ///< events of each kind
    Time begin = 0, end = 0;                             ///< time of the first and the last event
    FunctionSet functions;                               ///< which functions occur
    std::uint64_t cpus = 0;                              ///< bit n: CPU n (modulo 64)
    std::uint64_t tasks = 0;                             ///< bit n: a task whose slot is n modulo 64
    std::array<std::uint64_t, 2> drop_reasons{};         ///< bit per Drop
    std::uint32_t drops = 0;
    PacketSet packets;  ///< bit n: a packet whose number is n modulo kPacketBits
    std::uint32_t packet_min = std::numeric_limits<std::uint32_t>::max(),
                  packet_max = 0;                                                    ///< of the events with a packet
    std::uint32_t skb_min = std::numeric_limits<std::uint32_t>::max(), skb_max = 0;  ///< SkBuff::id, likewise
    std::uint32_t tracepoints = 0;                                                   ///< bit per Tracepoint
    std::uint8_t contexts = 0;                                                       ///< bit per Context

    void add(const Event& event) {
        if (count++ == 0) begin = event.time;
        end = event.time;
        enters += event.kind == EventKind::enter;
        stages += event.kind == EventKind::stage;
        hardware += event.kind == EventKind::hardware;
        functions.set(event.function);
        if (event.cpu != kNoCpu) cpus |= std::uint64_t{1} << (event.cpu & 63);
        tasks |= std::uint64_t{1} << (event.task.slot & 63);
        contexts = static_cast<std::uint8_t>(contexts | 1U << static_cast<unsigned>(event.context));
        tracepoints |= 1U << static_cast<unsigned>(event.tracepoint);
        if (event.drop != Drop::NOT_DROPPED) {
            ++drops;
            drop_reasons[static_cast<std::size_t>(event.drop) / 64] |= std::uint64_t{1}
                                                                       << (static_cast<unsigned>(event.drop) % 64);
        }
        if (event.packet) {
            packets.set(event.packet % kPacketBits);
            packet_min = event.packet < packet_min ? event.packet : packet_min;
            packet_max = event.packet > packet_max ? event.packet : packet_max;
        }
        if (event.skb) {
            skb_min = event.skb < skb_min ? event.skb : skb_min;
            skb_max = event.skb > skb_max ? event.skb : skb_max;
        }
    }
    /// False when no event of the chunk is about this packet.
    [[nodiscard]] bool mayHold(std::uint32_t packet) const {
        return packet >= packet_min && packet <= packet_max && packets.test(packet % kPacketBits);
    }
    friend bool operator==(const ChunkSummary&, const ChunkSummary&) = default;
};

/// Which events are meant: all conditions that are set must hold. `also` is asked last and cannot be used to skip
/// chunks.
struct EventFilter {
    std::optional<FunctionSet> functions;  ///< one of these
    std::optional<std::uint8_t> stage;     ///< kind stage with this index
    std::optional<EventKind> kind;
    std::optional<Context> context;
    std::optional<CpuNo> cpu;
    std::optional<TaskId> task;
    std::optional<std::uint32_t> packet;  ///< number on the wire
    std::optional<std::uint32_t> skb;     ///< SkBuff::id
    std::optional<Tracepoint> tracepoint;
    bool any_drop = false;
    std::optional<Drop> drop;
    std::function<bool(const Event&)> also;

    /// The filter that one function passes.
    static EventFilter function(FunctionId id) {
        EventFilter filter;
        filter.functions.emplace().set(id);
        return filter;
    }
    [[nodiscard]] bool matches(const Event& event) const;
    /// False when no event of the chunk can match.
    [[nodiscard]] bool possible(const ChunkSummary& chunk) const;
};

}  // namespace ringside
