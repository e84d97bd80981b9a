#include "engine/history/event_log.h"

#include <algorithm>

namespace ringside {

EventLog::EventLog(std::size_t bytes) : m_limit(std::max<std::size_t>(2, bytes / (kChunkEvents * sizeof(Event)))) {}

EventLog::Entry* EventLog::entry(BranchId branch, std::size_t chunk) {
    for (Entry& e : m_entries) {
        if (e.branch == branch && e.chunk == chunk) {
            e.used = ++m_clock;
            return &e;
        }
    }
    return nullptr;
}

const std::vector<Event>* EventLog::find(BranchId branch, std::size_t chunk) {
    const Entry* e = entry(branch, chunk);
    return e ? &e->events : nullptr;
}

std::vector<Event>& EventLog::place(BranchId branch, std::size_t chunk) {
    Entry* e = entry(branch, chunk);
    if (!e && m_entries.size() < m_limit) {
        e = &m_entries.emplace_back();
    } else if (!e) {
        e = &*std::min_element(m_entries.begin(), m_entries.end(),
                               [](const Entry& a, const Entry& b) { return a.used < b.used; });
    }
    e->branch = branch;
    e->chunk = chunk;
    e->used = ++m_clock;
    e->events.clear();
    return e->events;
}

void EventLog::append(BranchId branch, const Event& event) {
    const std::size_t chunk = chunkOf(event.seq);
    const std::size_t index = static_cast<std::size_t>((event.seq - 1) % kChunkEvents);
    Entry* e = entry(branch, chunk);
    if (index == 0 && !e) {
        place(branch, chunk).push_back(event);
    } else if (e && e->events.size() == index) {
        e->events.push_back(event);
    }
}

std::size_t EventLog::bytes() const {
    std::size_t sum = 0;
    for (const Entry& e : m_entries) sum += e.events.capacity() * sizeof(Event);
    return sum;
}

}  // namespace ringside
