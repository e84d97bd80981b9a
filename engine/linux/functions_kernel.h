#pragma once
// The functions outside net/: machine, entry code, interrupts, softirqs, timers, scheduler, wait queues, and the
// program in user space. See functions.h. What callers must know beside the prototypes:
//
// - local_bh_disable() is inlined: `++k.cpu.softirq_count`, and __local_bh_enable_ip() takes it back and runs what is
// pending.
// - handle_softirqs() is called with interrupts off (`++k.cpu.irqs_disabled`) and returns so.
// - a task sleeps by prepare_to_wait_exclusive(), a last look at what it waits for, and schedule() or
// schedule_timeout().

#include "engine/core/types.h"

namespace ringside {
enum class Softirq : std::uint8_t;
}

// clang-format off
#define RS_KERNEL_FUNCTIONS(X)                                                                                                      \
    /* hardware: not functions of Linux, but steps that a learner sees */                                                           \
    X(wire, void(std::uint32_t)) X(nic, void(std::uint32_t)) X(interrupt_controller, void(std::uint32_t)) X(timer, void(std::uint32_t)) \
    /* the bottom of every stack */                                                                                                 \
    X(user_mode, void()) X(do_idle, void()) X(smpboot_thread_fn, void())                                                            \
    /* arch/x86, kernel/entry */                                                                                                    \
    X(common_interrupt, void(std::uint32_t)) X(__common_interrupt, void(std::uint32_t))                                             \
    X(sysvec_call_function_single, void()) X(__sysvec_call_function_single, void())                                                 \
    X(generic_smp_call_function_single_interrupt, void()) X(sysvec_reschedule_ipi, void())                                          \
    X(sysvec_apic_timer_interrupt, void()) X(__sysvec_apic_timer_interrupt, void())                                                 \
    X(exit_to_user_mode_prepare, void()) X(syscall_exit_to_user_mode, void()) X(ret_from_fork, void())                              \
    /* kernel/irq */                                                                                                                \
    X(handle_fasteoi_irq, void(std::uint32_t)) X(handle_irq_event, void(std::uint32_t))                                             \
    X(__handle_irq_event_percpu, void(std::uint32_t)) X(ioapic_ack_level, void(std::uint32_t))                                      \
    /* kernel/softirq.c */                                                                                                          \
    X(irq_exit_rcu, void()) X(handle_softirqs, void()) X(__local_bh_enable_ip, void()) X(do_softirq, void())                        \
    X(run_ksoftirqd, void(std::uint32_t)) X(wakeup_softirqd, void())                                                                \
    /* kernel/time */                                                                                                               \
    X(hrtimer_interrupt, void()) X(tick_sched_timer, void()) X(tick_sched_handle, void()) X(update_process_times, void())           \
    X(hrtimer_wakeup, void(TaskId)) X(run_timer_softirq, void()) X(process_timeout, void(TaskId)) X(schedule_timeout, Time(Time))   \
    X(__x64_sys_clock_nanosleep, std::int64_t(Time)) X(do_nanosleep, std::int64_t(Time))                                            \
    /* kernel/sched */                                                                                                              \
    X(schedule, void()) X(schedule_idle, void()) X(preempt_schedule_common, void()) X(schedule_tail, void(TaskId))                  \
    X(rcu_note_context_switch, void(bool)) X(scheduler_tick, void()) X(task_tick_fair, void(TaskId))                                \
    X(dequeue_task_fair, void(TaskId)) X(enqueue_task_fair, void(TaskId)) X(pick_next_task_fair, TaskId(TaskId))                    \
    X(put_prev_task_fair, void(TaskId))                                                                                             \
    X(pick_next_task_idle, TaskId()) X(set_next_task_idle, void(TaskId)) X(put_prev_task_idle, void(TaskId))                        \
    X(switch_mm_irqs_off, void(TaskId)) X(finish_task_switch, void(TaskId))                                                         \
    X(try_to_wake_up, bool(TaskId)) X(ttwu_queue_wakelist, bool(TaskId, std::uint32_t)) X(ttwu_do_activate, void(TaskId))           \
    X(ttwu_do_wakeup, void(TaskId)) X(check_preempt_curr, void(TaskId)) X(check_preempt_wakeup, void(TaskId)) X(resched_curr, void(std::uint32_t)) \
    X(send_call_function_single_ipi, void(std::uint32_t)) X(flush_smp_call_function_queue, void())                                  \
    X(__flush_smp_call_function_queue, void()) X(sched_ttwu_pending, void())                                                        \
    /* kernel/exit.c */                                                                                                             \
    X(do_exit, void())                                                                                                              \
    /* closing a socket: net/socket.c, net/ipv4, net/core/sock.c, kernel/rcu */                                                     \
    X(sock_close, void(SocketId)) X(inet_release, void(SocketId)) X(__sk_destruct, void(SocketId)) X(udp_destruct_sock, void(SocketId)) \
    X(rcu_sched_clock_irq, void()) X(rcu_core, void()) X(rcu_do_batch, void())                                                      \
    /* kernel/sched/wait.c */                                                                                                       \
    X(prepare_to_wait_exclusive, void(SocketId)) X(finish_wait, void(SocketId)) X(__wake_up_sync_key, void(SocketId))               \
    X(__wake_up_common_lock, void(SocketId)) X(__wake_up_common, void(SocketId)) X(receiver_wake_function, bool(TaskId, SocketId))  \
    X(autoremove_wake_function, bool(TaskId, SocketId)) X(default_wake_function, bool(TaskId))
// clang-format on
