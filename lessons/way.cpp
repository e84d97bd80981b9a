#include "lessons/way.h"

#include <algorithm>

namespace ringside {
namespace {

constexpr Position kLooks = 4096;

/// Whether something begins here that a picture shows.
bool telling(const Event& event, const std::optional<Event>& before) {
    if (event.kind == EventKind::hardware || event.tracepoint != Tracepoint::none || event.drop != Drop::NOT_DROPPED)
        return true;
    if (!before || before->context != event.context || before->cpu != event.cpu || before->task != event.task)
        return true;
    return event.kind == EventKind::enter;
}

}  // namespace

std::vector<WayStop> planWay(RunAccess& run, Position from, Position to, const WayLimits& limits) {
    std::vector<WayStop> way;
    if (to > from + 1) {
        std::vector<Position> places;
        const Position stride = std::max<Position>(1, (to - from) / kLooks);
        std::optional<Event> before = from ? run.event(from) : std::nullopt;
        for (Position p = from + stride; p < to; p += stride) {
            std::optional<Event> event = run.event(p);
            if (!event) break;
            if (telling(*event, before)) places.push_back(p);
            before = event;
        }
        const std::size_t room = std::min(
            limits.stops, static_cast<std::size_t>(std::max(0, limits.total_ms / std::max(1, limits.least_ms))));
        const std::size_t count = std::min(places.size(), room);
        const int ms =
            count ? std::clamp(limits.total_ms / static_cast<int>(count), limits.least_ms, limits.most_ms) : 0;
        for (std::size_t i = 0; i < count; ++i) way.push_back({places[i * places.size() / count], ms});
    }
    way.push_back({to, 0});
    return way;
}

}  // namespace ringside
