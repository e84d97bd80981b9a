#pragma once
// The pending future: what the hardware, the wire and the timers will do, ordered by (time, sequence).

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/core/fields.h"
#include "engine/core/types.h"

namespace ringside {

/// What kind of thing is due; `hardware/` does it.
enum class Due : std::uint8_t {
    wire_arrival,   ///< a frame reaches the NIC (arg: 0 the traffic's next, at most one of these is pending; else the
                    ///< injected one; arg2: how often it was held)
    link_delivers,  ///< a frame has crossed a link (arg: packet number, arg2: its card, counted over all machines)
    nic_dma,        ///< the NIC's DMA engine moves on by one step (arg: nic)
    irq,            ///< the interrupt controller delivers (arg: cpu, arg2: ifindex of the card)
    ipi,            ///< an inter-processor interrupt arrives (arg: cpu, arg2: vector)
    cpu_ready,      ///< a CPU that waits for a time goes on (arg: cpu, arg2: generation of the wait)
    clock_event,    ///< a CPU's clock event device reaches the time it is programmed for (arg: cpu)
    run_ends,       ///< nothing happens from here on: the scenario says so
};

/// One pending thing. `cause` is the seq of the event that put it here (0: the scenario itself).
struct AgendaItem {
    Time time = 0;
    std::uint64_t seq = 0;
    Position cause = 0;
    Due due{};
    MachineNo machine = 0;  ///< whose CPU, card or task; of no meaning for wire_arrival
    std::uint32_t arg = 0, arg2 = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("time", s.time);
        v.hidden("seq", s.seq);
        v.hidden("cause", s.cause);
        v.hidden("due", s.due);
        v.hidden("machine", s.machine);
        v.hidden("arg", s.arg);
        v.hidden("arg2", s.arg2);
    }
    /// The total order: time, then the order of insertion.
    [[nodiscard]] bool before(const AgendaItem& o) const { return time != o.time ? time < o.time : seq < o.seq; }
};

/// A binary heap as plain data. Insertion numbers make the order total, so equal times never depend on the heap's
/// shape.
class Agenda {
  public:
    void add(Time time, Due due, MachineNo machine, std::uint32_t arg, std::uint32_t arg2, Position cause) {
        m_heap.push_back({time, ++m_seq, cause, due, machine, arg, arg2});
        std::push_heap(m_heap.begin(), m_heap.end(), later);
    }
    [[nodiscard]] bool empty() const { return m_heap.empty(); }
    [[nodiscard]] Time nextTime() const { return m_heap.empty() ? kNever : m_heap.front().time; }
    [[nodiscard]] const AgendaItem& head() const { return m_heap.front(); }
    AgendaItem pop() {
        std::pop_heap(m_heap.begin(), m_heap.end(), later);
        AgendaItem item = m_heap.back();
        m_heap.pop_back();
        return item;
    }
    /// Items in order, for pictures, hash and tests; O(n log n).
    [[nodiscard]] std::vector<AgendaItem> sorted() const {
        std::vector<AgendaItem> items = m_heap;
        std::sort(items.begin(), items.end(), [](const AgendaItem& a, const AgendaItem& b) { return a.before(b); });
        return items;
    }
    [[nodiscard]] std::size_t size() const { return m_heap.size(); }
    /// The number of the last insertion; the next one's depends on it.
    [[nodiscard]] std::uint64_t lastSeq() const { return m_seq; }
    /// Bytes that it holds outside itself.
    [[nodiscard]] std::size_t heapBytes() const { return m_heap.capacity() * sizeof(AgendaItem); }

  private:
    static bool later(const AgendaItem& a, const AgendaItem& b) { return b.before(a); }
    std::vector<AgendaItem> m_heap;
    std::uint64_t m_seq = 0;
};

}  // namespace ringside
