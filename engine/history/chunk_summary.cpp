#include "engine/history/chunk_summary.h"

namespace ringside {

bool EventFilter::matches(const Event& event) const {
    if (functions && !functions->test(event.function)) return false;
    if (stage && (event.kind != EventKind::stage || event.stage != *stage)) return false;
    if (kind && event.kind != *kind) return false;
    if (context && event.context != *context) return false;
    if (cpu && event.cpu != *cpu) return false;
    if (task && event.task != *task) return false;
    if (packet && event.packet != *packet) return false;
    if (skb && event.skb != *skb) return false;
    if (tracepoint && event.tracepoint != *tracepoint) return false;
    if (any_drop && event.drop == Drop::NOT_DROPPED) return false;
    if (drop && event.drop != *drop) return false;
    return !also || also(event);
}

bool EventFilter::possible(const ChunkSummary& chunk) const {
    const auto bit = [](auto value) { return std::uint64_t{1} << (static_cast<unsigned>(value) % 64); };
    if (chunk.count == 0) return false;
    if (functions && !functions->meets(chunk.functions)) return false;
    if (stage && chunk.stages == 0) return false;
    if (kind) {
        const std::uint32_t of_kind = *kind == EventKind::enter   ? chunk.enters
                                      : *kind == EventKind::stage ? chunk.stages
                                                                  : chunk.hardware;
        if (of_kind == 0) return false;
    }
    if (context && (chunk.contexts & bit(*context)) == 0) return false;
    if (cpu && *cpu != kNoCpu && (chunk.cpus & bit(*cpu)) == 0) return false;
    if (task && (chunk.tasks & bit(task->slot)) == 0) return false;
    if (packet && *packet != 0 && !chunk.mayHold(*packet)) return false;
    if (skb && *skb != 0 && (*skb < chunk.skb_min || *skb > chunk.skb_max)) return false;
    if (tracepoint && (chunk.tracepoints & bit(*tracepoint)) == 0) return false;
    if (any_drop && chunk.drops == 0) return false;
    return !drop || *drop == Drop::NOT_DROPPED ||
           (chunk.drop_reasons[static_cast<std::size_t>(*drop) / 64] & bit(*drop)) != 0;
}

}  // namespace ringside
