// Follows kernel/sched/wait.c of Linux 6.1.192 and receiver_wake_function() of net/core/datagram.c: sleeping on a wait
// queue and waking who sleeps there, each waiter by its own function. Modelled: exclusive waiters (one is woken) and
// others (all are). Left out: the queue's lock, bookmarks, keys.
#include <algorithm>

#include "engine/linux/kernel/sched/sched.h"

namespace ringside {
namespace {

/// The current task joins the queue and will sleep at the next schedule(), unless it is woken before.
struct prepare_to_wait_exclusive : args::prepare_to_wait_exclusive {
    using Self = prepare_to_wait_exclusive;

    Next add(K& k) {
        WaitQueue& queue = k.waitQueue(wq_head);
        const bool there =
            std::any_of(queue.begin(), queue.end(), [&](const WaitQueueEntry& e) { return e.task == k.current_id; });
        if (!there) queue.push_back({func, WaitQueueEntry::kExclusive, k.current_id, k.event.seq});
        k.current.state = static_cast<TaskState>(state);
        return ret();
    }

    using stages = Stages<Stage<"join the wait queue, state TASK_INTERRUPTIBLE", &Self::add, cost::list_step>>;
};

/// The current task has what it waited for.
struct finish_wait : args::finish_wait {
    using Self = finish_wait;

    Next leave(K& k) {
        k.current.state = TaskState::TASK_RUNNING;
        std::erase_if(k.waitQueue(wq_head), [&](const WaitQueueEntry& e) { return e.task == k.current_id; });
        return ret();
    }

    using stages = Stages<Stage<"state TASK_RUNNING, leave the wait queue", &Self::leave, cost::list_step>>;
};

/// Wakes a sleeper; the hint says that the waker is about to sleep too, so that the woken task may have this CPU.
struct __wake_up_sync_key : args::__wake_up_sync_key {
    using Self = __wake_up_sync_key;

    Next wake(K& k) { return k.returns(fn::__wake_up_common_lock, wq_head, mode, sched::kWfSync); }

    using stages = Stages<Stage<"wake one exclusive waiter", &Self::wake, cost::check>>;
};

/// Takes the queue's lock round the walk.
struct __wake_up_common_lock : args::__wake_up_common_lock {
    using Self = __wake_up_common_lock;

    Next lock(K& k) {
        k.cpu.preempt_count += kPreemptOffset;  // a spin lock
        ++k.cpu.irqs_disabled;
        return k.call<&Self::unlock>(fn::__wake_up_common, wq_head, mode, wake_flags);
    }
    Next unlock(K& k) {
        k.cpu.preempt_count -= kPreemptOffset;
        --k.cpu.irqs_disabled;
        return ret();
    }

    using stages = Stages<Stage<"lock the wait queue, interrupts off", &Self::lock, cost::field>,
                          Stage<"unlock, interrupts on", &Self::unlock, cost::field>>;
};

/// Walks the queue until an exclusive waiter has been woken.
struct __wake_up_common : args::__wake_up_common {
    using Self = __wake_up_common;
    Position curr;  // the waiter; those behind it came later
    bool exclusive;

    Next each(K& k) {
        const WaitQueue& queue = std::as_const(k).waitQueue(wq_head);
        const auto entry =
            std::find_if(queue.begin(), queue.end(), [&](const WaitQueueEntry& e) { return e.joined > curr; });
        if (entry == queue.end()) return ret();
        curr = entry->joined;
        exclusive = (entry->flags & WaitQueueEntry::kExclusive) != 0;
        return k.call<&Self::woken>(entry->func, wq_head, curr, mode, wake_flags);
    }
    Next woken(K&, bool yes) { return yes && exclusive ? ret() : next<&Self::each>(); }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("curr", s.curr);
        v("exclusive", s.exclusive, Unit::none, "this waiter is exclusive");
    }
    using stages = Stages<Stage<"call the next waiter's wake function", &Self::each, cost::list_step>,
                          Stage<"one exclusive waiter is enough", &Self::woken, cost::check>>;
};

/// The wake function of a task that waits for a datagram.
struct receiver_wake_function : args::receiver_wake_function {
    using Self = receiver_wake_function;

    Next wake(K& k) { return k.returns(fn::autoremove_wake_function, wq_head, wq_entry, mode, sync); }

    using stages = Stages<Stage<"data has come: wake the reader", &Self::wake, cost::check>>;
};

/// Wakes, and takes the waiter off the queue if that worked.
struct autoremove_wake_function : args::autoremove_wake_function {
    using Self = autoremove_wake_function;

    Next wake(K& k) { return k.call<&Self::remove>(fn::default_wake_function, wq_head, wq_entry, mode, sync); }
    Next remove(K& k, bool woken) {
        // On another CPU the task may have run meanwhile and wait again; that is another entry. (The kernel's lock
        // would have kept it from that.)
        if (woken) std::erase_if(k.waitQueue(wq_head), [&](const WaitQueueEntry& e) { return e.joined == wq_entry; });
        return ret(woken);
    }

    using stages = Stages<Stage<"wake the task", &Self::wake, cost::check>,
                          Stage<"take it off the wait queue", &Self::remove, cost::list_step>>;
};

/// The plain wake function.
struct default_wake_function : args::default_wake_function {
    using Self = default_wake_function;

    Next wake(K& k) {
        const WaitQueueEntry* entry = findEntry(std::as_const(k).waitQueue(wq_head), wq_entry);
        return entry ? k.returns(fn::try_to_wake_up, entry->task, mode, wake_flags) : ret(false);
    }

    using stages = Stages<Stage<"wake the task", &Self::wake, cost::check>>;
};

constexpr FunctionInfo kFunctions[] = {
    RS_DEFINE(prepare_to_wait_exclusive, "kernel/sched/wait.c", "Joins a wait queue before sleeping."),
    RS_DEFINE(finish_wait, "kernel/sched/wait.c", "Leaves a wait queue after sleeping."),
    RS_DEFINE(__wake_up_sync_key, "kernel/sched/wait.c", "Wakes who sleeps on a wait queue."),
    RS_DEFINE(__wake_up_common_lock, "kernel/sched/wait.c", "Locks the wait queue round the walk."),
    RS_DEFINE(__wake_up_common, "kernel/sched/wait.c", "Walks the wait queue and calls each waiter's wake function."),
    RS_DEFINE(receiver_wake_function, "net/core/datagram.c", "Wake function of a reader that waits for a datagram."),
    RS_DEFINE(autoremove_wake_function, "kernel/sched/wait.c", "Wakes a waiter and takes it off the queue."),
    RS_DEFINE(default_wake_function, "kernel/sched/core.c", "Wakes a waiting task."),
};

}  // namespace

std::span<const FunctionInfo> waitFunctions() { return kFunctions; }

}  // namespace ringside
