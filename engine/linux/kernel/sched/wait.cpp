// Follows kernel/sched/wait.c of Linux 6.1.192 and receiver_wake_function() of net/core/datagram.c: sleeping on a
// socket's wait queue and waking who sleeps there. Modelled: exclusive waiters (one is woken). Left out: the queue's
// lock, bookmarks, poll and epoll entries, keys.
#include <algorithm>

#include "engine/linux/kernel.h"

namespace ringside {
namespace {

/// The current task joins the queue and will sleep at the next schedule(), unless it is woken before.
struct prepare_to_wait_exclusive : args::prepare_to_wait_exclusive {
    using Self = prepare_to_wait_exclusive;

    Next add(K& k) {
        std::vector<Waiter>& queue = k.write(sk).wait_queue;
        const bool there =
            std::any_of(queue.begin(), queue.end(), [&](const Waiter& w) { return w.task == k.current_id; });
        if (!there) queue.push_back({k.current_id, k.event.seq});
        k.current.state = TaskState::TASK_INTERRUPTIBLE;
        return ret();
    }

    using stages = Stages<Stage<"join the wait queue, state TASK_INTERRUPTIBLE", &Self::add, cost::list_step>>;
};

/// The current task has what it waited for.
struct finish_wait : args::finish_wait {
    using Self = finish_wait;

    Next leave(K& k) {
        k.current.state = TaskState::TASK_RUNNING;
        std::vector<Waiter>& queue = k.write(sk).wait_queue;
        std::erase_if(queue, [&](const Waiter& w) { return w.task == k.current_id; });
        return ret();
    }

    using stages = Stages<Stage<"state TASK_RUNNING, leave the wait queue", &Self::leave, cost::list_step>>;
};

/// Wakes a sleeper; it says that the waker is about to sleep too, so that the woken task stays on this CPU.
struct __wake_up_sync_key : args::__wake_up_sync_key {
    using Self = __wake_up_sync_key;

    Next wake(K& k) { return k.returns(fn::__wake_up_common_lock, sk); }

    using stages = Stages<Stage<"wake one exclusive waiter", &Self::wake, cost::check>>;
};

/// Takes the queue's lock round the walk.
struct __wake_up_common_lock : args::__wake_up_common_lock {
    using Self = __wake_up_common_lock;

    Next lock(K& k) {
        ++k.cpu.irqs_disabled;
        return k.call<&Self::unlock>(fn::__wake_up_common, sk);
    }
    Next unlock(K& k) {
        --k.cpu.irqs_disabled;
        return ret();
    }

    using stages = Stages<Stage<"lock the wait queue, interrupts off", &Self::lock, cost::field>,
                          Stage<"unlock, interrupts on", &Self::unlock, cost::field>>;
};

/// Walks the queue until an exclusive waiter has been woken.
struct __wake_up_common : args::__wake_up_common {
    using Self = __wake_up_common;
    std::uint32_t index;

    Next each(K& k) {
        const std::vector<Waiter>& queue = k.socket(sk).wait_queue;
        if (index >= queue.size()) return ret();
        return k.call<&Self::woken>(fn::receiver_wake_function, queue[index].task, sk);
    }
    Next woken(K&, bool yes) {
        if (yes) return ret();
        ++index;
        return next<&Self::each>();
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("index", s.index, Unit::index, "place in the queue");
    }
    using stages = Stages<Stage<"call the next waiter's wake function", &Self::each, cost::list_step>,
                          Stage<"one exclusive waiter is enough", &Self::woken, cost::check>>;
};

/// The wake function of a task that waits for a datagram.
struct receiver_wake_function : args::receiver_wake_function {
    using Self = receiver_wake_function;

    Next wake(K& k) { return k.returns(fn::autoremove_wake_function, task, sk); }

    using stages = Stages<Stage<"data has come: wake the reader", &Self::wake, cost::check>>;
};

/// Wakes, and takes the waiter off the queue if that worked.
struct autoremove_wake_function : args::autoremove_wake_function {
    using Self = autoremove_wake_function;
    Position joined;

    Next wake(K& k) {
        for (const Waiter& w : k.socket(sk).wait_queue) {
            if (w.task == task) joined = w.joined;
        }
        return k.call<&Self::remove>(fn::default_wake_function, task);
    }
    Next remove(K& k, bool woken) {
        // On another CPU the task may have run meanwhile and wait again; that is another entry. (The kernel's lock
        // would have kept it from that.)
        if (woken)
            std::erase_if(k.write(sk).wait_queue,
                          [&](const Waiter& w) { return w.task == task && w.joined == joined; });
        return ret(woken);
    }

    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("joined", s.joined);
    }
    using stages = Stages<Stage<"wake the task", &Self::wake, cost::check>,
                          Stage<"take it off the wait queue", &Self::remove, cost::list_step>>;
};

/// The plain wake function.
struct default_wake_function : args::default_wake_function {
    using Self = default_wake_function;

    Next wake(K& k) { return k.returns(fn::try_to_wake_up, task); }

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
