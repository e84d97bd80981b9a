#pragma once
// What a stage sees, and how it calls, returns, drops and traces. Included by every file of linux/ and hardware/.

#include <algorithm>

#include "engine/core/fields_cover.h"
#include "engine/core/fields_visitors.h"
#include "engine/core/function.h"
#include "engine/linux/cost.h"
#include "engine/linux/functions.h"
#include "engine/linux/jiffies.h"
#include "engine/world/inputs.h"
#include "engine/world/net/held_skbs.h"
#include "engine/world/world.h"

namespace ringside {

/// The World, the machine and the CPU that runs, its current task's stack, what never changes, and the event being
/// made. A reference into a pool stays good during the stage; `cpu` and `stack` are the running CPU's own.
struct K {
    World& world;
    Machine& machine;
    Cpu& cpu;
    Task& current;
    TaskId current_id;
    Stack& stack;
    const Inputs& inputs;
    Event& event;

    /// Local time of this CPU.
    [[nodiscard]] Time now() const { return event.time; }
    /// Makes the event about this packet; needed only where the function has no local called `skb`.
    void about(SkbId skb) { event.skb_slot = skb; }
    /// The stage has this tracepoint of the kernel; what the arguments mean is written in step/tracepoint.h.
    void trace(Tracepoint tracepoint, std::uint32_t a = 0, std::uint32_t b = 0) {
        event.tracepoint = tracepoint;
        event.args[0] = a;
        event.args[1] = b;
    }
    /// The function's time in a stage beyond the table's notional cost (bytes copied or summed).
    void spend(Time nanoseconds) { extra += nanoseconds; }
    Time extra = 0;
    SkbId subject{};  ///< the packet that the function was about when the stage began

    const SkBuff& skb(SkbId id) const { return std::as_const(machine.skbs)[id]; }
    SkBuff& write(SkbId id) { return machine.skbs.write(id); }
    const Buffer& buffer(BufferId id) const { return std::as_const(machine.buffers)[id]; }
    Buffer& write(BufferId id) { return machine.buffers.write(id); }
    const Socket& socket(SocketId id) const { return std::as_const(machine.sockets)[id]; }
    Socket& write(SocketId id) { return machine.sockets.write(id); }
    const DstEntry& dst(DstId id) const { return std::as_const(machine.dsts)[id]; }
    DstEntry& write(DstId id) { return machine.dsts.write(id); }
    WaitQueue& waitQueue(WaitQueueId id) {
        if (id.owner == WaitQueueOwner::machine) return machine.wait_queues.write(WaitQueueHeadId{id.slot}).entries;
        RS_ASSERT(id.owner == WaitQueueOwner::socket);
        return write(SocketId{id.slot}).wait_queue;
    }
    [[nodiscard]] const WaitQueue& waitQueue(WaitQueueId id) const {
        if (id.owner == WaitQueueOwner::machine)
            return std::as_const(machine.wait_queues)[WaitQueueHeadId{id.slot}].entries;
        RS_ASSERT(id.owner == WaitQueueOwner::socket);
        return socket(SocketId{id.slot}).wait_queue;
    }
    const Task& task(TaskId id) const { return std::as_const(machine.tasks)[id]; }
    Task& write(TaskId id) { return machine.tasks.write(id); }
    /// The namespace of the packet that the stage began with (dev_net), else of the current task.
    [[nodiscard]] Net& net() const { return machine.nets.size() == 1 ? machine.nets[0] : subjectNet(); }
    Counters& counters() { return net().counters.write(); }
    [[nodiscard]] const Sysctl& sysctl() const { return *machine.sysctl; }
    NetDevice& device(std::int32_t ifindex) { return machine.device(ifindex); }
    Nic& nic(std::int32_t ifindex) { return machine.nic(ifindex); }
    const Napi& napi(NapiId id) const { return std::as_const(machine.napis)[id]; }
    Napi& write(NapiId id) { return machine.napis.write(id); }
    const IrqDesc& irq(std::uint32_t number) const { return std::as_const(machine).irq(number); }
    /// The linear bytes of an skb from `offset` (from head) on.
    [[nodiscard]] std::span<const std::uint8_t> bytes(SkbId id, std::uint32_t offset, std::uint32_t length) const {
        return buffer(skb(id).head).bytes.read(offset, length);
    }
    /// The linear bytes from data to tail.
    [[nodiscard]] std::span<const std::uint8_t> linear(SkbId id) const {
        return bytes(id, skb(id).data, skb(id).tail - skb(id).data);
    }

    // lists: an sk_buff is on at most one, its `owner` says which kind
    void pushBack(SkbList& list, SkbId id, SkbOwner owner);
    SkbId popFront(SkbList& list);
    void remove(SkbList& list, SkbId id);

    // the same for NAPI instances, linked by poll_list
    void pushBack(NapiList& list, NapiId id);
    void remove(NapiList& list, NapiId id);
    /// Puts all of `more` behind `list`; `more` is empty then (list_splice_tail_init).
    void splice(NapiList& list, NapiList& more);

    /// Something will happen on this machine at `time`, because of this stage.
    void later(Time time, Due due, std::uint32_t arg, std::uint32_t arg2) {
        world.agenda.add(time, due, machine.number, arg, arg2, event.seq);
    }
    /// Sets a softirq vector pending on this CPU (inlined __raise_softirq_irqoff). The caller traces softirq_raise.
    void raiseSoftirq(Softirq vector) { cpu.softirq_pending |= 1U << static_cast<unsigned>(vector); }
    /// Logs what became of an skb's packet, and of those it carries in frag_list. `function` is where it ended.
    void fate(SkbId id, Fate fate, Drop reason, FunctionId function);
    /// This function's caller, for the `location` of a drop; kNoFunction at the bottom.
    [[nodiscard]] FunctionId caller() const;

    /// Call a function in the same context; its result goes to the stage `Then`.
    template <auto Then, class R, class... A>
    Next call(Fn<R(A...)> f, std::type_identity_t<A>... args) {
        return callIn<Then>(stack.top().context, f, args...);
    }
    /// Call a function in another context (an interrupt handler runs softirqs, a program enters the kernel).
    template <auto Then, class R, class... A>
    Next callIn(Context context, Fn<R(A...)> f, std::type_identity_t<A>... args) {
        using Wants = typename detail::StageMember<decltype(Then)>::Result;
        static_assert(std::is_void_v<Wants> || std::is_same_v<Wants, R>,
                      "the continuation takes another type than the function returns");
        push(f.id, context, args...);
        return {Next::Kind::call, stageIndex<Then>(), {}, 0};
    }
    /// C's `return f(x);`: f's result is this function's.
    template <class R, class... A>
    Next returns(Fn<R(A...)> f, std::type_identity_t<A>... args) {
        push(f.id, stack.top().context, args...);
        return {Next::Kind::tail, 0, {}, 0};
    }
    /// The packet dies here: the event carries the reason, then kfree_skb_reason() is called, then the stage `Then`
    /// runs. A drop without a reason does not compile.
    template <auto Then>
    Next drop(SkbId id, Drop reason) {
        event.drop = reason;
        about(id);
        return call<Then>(fn::kfree_skb_reason, id, reason);
    }
    /// The machine would stop here with this line (skb_over_panic and the like).
    Next panic(std::string line) {
        stop(std::move(line));
        return wait_forever();
    }

  private:
    template <class... A>
    void push(FunctionId id, Context context, const A&... args) {
        Frame& frame = stack.push();
        frame.function = id;
        frame.context = context;
        detail::packArguments(frame.locals.data(), args...);
    }
    [[nodiscard]] Net& subjectNet() const;
    /// The kernel stops: no CPU of this machine makes another step.
    void stop(std::string line);
    Next wait_forever() { return {Next::Kind::wait, stack.top().stage, {}, kNever}; }
};

namespace detail {
/// Every argument and local of a function, in order.
template <class F, class V>
void visitLocals(V& v, const F& locals) {
    if constexpr (requires { F::arguments(v, locals); }) F::arguments(v, locals);
    if constexpr (Described<F>) F::describe(v, locals);
}
template <class F>
F localsOf(std::span<const std::byte> bytes) {
    F locals{};
    if (!bytes.empty()) std::memcpy(static_cast<void*>(&locals), bytes.data(), std::min(bytes.size(), sizeof locals));
    return locals;
}
template <class F>
void describeFrame(std::span<const std::byte> bytes, Value& out) {
    ValueVisitor visitor(out);
    visitLocals(visitor, localsOf<F>(bytes));
}
template <class F>
void hashFrame(std::span<const std::byte> bytes, HashVisitor& visitor) {
    visitLocals(visitor, localsOf<F>(bytes));
}
template <class F>
std::size_t unlistedBytes() {
    F locals{};
    return unlisted(locals, [&](auto& visitor) { visitLocals(visitor, std::as_const(locals)); });
}
template <class F>
void heldBy(std::span<const std::byte> bytes, HeldSkbs& out) {
    const F locals = localsOf<F>(bytes);
    visitLocals(out, locals);
    if constexpr (requires { locals.skb; }) out.skb = locals.skb;
}
}  // namespace detail

/// The table row of a struct of linux/: it begins with its arguments (args::name, in the prototype's order), then come
/// locals; `stages`; `describe` with a line for each local, shown or hidden. A member called `skb` tells which packet
/// buffer the function is about.
template <class F, class R, class... A>
constexpr FunctionInfo define(Fn<R(A...)> f, const char* name, const char* source, const char* doc) {
    static_assert(std::is_trivially_copyable_v<F>);
    static_assert(alignof(F) <= 16);
    static_assert(sizeof(F) <= 4096);
    static_assert(detail::packedSize<A...>() <= sizeof(Frame::locals), "more arguments than a frame holds");
    static_assert(std::is_same_v<typename F::Function, Fn<R(A...)>>,
                  "the struct has the arguments of another prototype");
    FunctionInfo info{f.id, name, source, doc, std::span<const StageInfo>(F::stages::infos), -1, nullptr};
    info.name_hash = hashOfName(name);
    info.members = F::stages::members;
    // The struct is no standard-layout one, since its base has members too; GCC and clang lay it out all the same.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
    if constexpr (requires { &F::skb; }) info.skb_offset = static_cast<std::int16_t>(offsetof(F, skb));
#pragma GCC diagnostic pop
    if constexpr (detail::kOverflows<F>) {
        info.overflow = sizeof(F);
        info.overflow_skb = info.skb_offset;
        if (info.skb_offset >= 0) info.skb_offset = 0;
    }
    info.unlisted = &detail::unlistedBytes<F>;
    if constexpr (sizeof...(A) != 0 || Described<F>) {
        info.locals = &detail::describeFrame<F>;
        info.hash = &detail::hashFrame<F>;
        info.held = &detail::heldBy<F>;
    }
    return info;
}

/// Adds one table row: RS_DEFINE(ip_rcv_core, "net/ipv4/ip_input.c", "Checks the IPv4 header.")
#define RS_DEFINE(name, source, doc) define<name>(fn::name, #name, source, doc)

}  // namespace ringside
