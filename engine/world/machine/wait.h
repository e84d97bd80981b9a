#pragma once
// Wait queues. Follows include/linux/wait.h.

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/types.h"

namespace ringside {

/// Where a wait_queue_head stands. The kernel has it inside another struct; so has the World.
enum class WaitQueueOwner : std::uint32_t {
    none,
    socket,  ///< sk_wq of a socket
    machine  ///< Machine::wait_queues
};
constexpr std::string_view nameOf(WaitQueueOwner owner) {
    constexpr std::string_view names[] = {"none", "sk_wq", "wait_queue"};
    return names[static_cast<std::size_t>(owner)];
}

/// A wait_queue_head, by the struct that holds it.
struct WaitQueueId {
    std::uint32_t slot = 0;  ///< of the struct
    WaitQueueOwner owner = WaitQueueOwner::none;

    static WaitQueueId of(SocketId socket) { return {socket.slot, WaitQueueOwner::socket}; }
    static WaitQueueId of(WaitQueueHeadId head) { return {head.slot, WaitQueueOwner::machine}; }
    friend bool operator==(WaitQueueId, WaitQueueId) = default;
    [[nodiscard]] std::string toString() const { return std::string(nameOf(owner)) + " " + std::to_string(slot); }
};

/// What wakes a waiter: its queue, which entry, from which states, how (WF_SYNC). True where it has woken a task.
using WakeFunction = Fn<bool(WaitQueueId, Position, std::uint32_t, std::uint32_t)>;

/// struct wait_queue_entry, which the kernel has on the waiter's stack.
struct WaitQueueEntry {
    static constexpr std::uint32_t kExclusive = 1;  ///< WQ_FLAG_EXCLUSIVE: one such waiter is woken

    WakeFunction func;
    std::uint32_t flags = 0;
    TaskId task{};        ///< `private`: who waits
    Position joined = 0;  ///< seq of the event that put it here: its name, and what tells it from the task's next wait

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("func", s.func, Unit::none, "what is called to wake it");
        v("flags", s.flags, Unit::flags, "0x1: exclusive");
        v("private", s.task, Unit::none, "the task that sleeps here");
        v.hidden("joined", s.joined);
    }
};

/// The list of a wait_queue_head, first come first.
using WaitQueue = std::vector<WaitQueueEntry>;

/// A wait_queue_head of whoever asks for one: Machine::wait_queues.
struct WaitQueueHead {
    WaitQueue entries;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("entries", s.entries, Unit::none, "who waits, first come first");
    }
};

/// The entry that this event put into the queue; null if it has gone.
inline const WaitQueueEntry* findEntry(const WaitQueue& queue, Position joined) {
    for (const WaitQueueEntry& entry : queue) {
        if (entry.joined == joined) return &entry;
    }
    return nullptr;
}

}  // namespace ringside
