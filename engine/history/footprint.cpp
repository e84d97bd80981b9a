#include "engine/history/footprint.h"

#include <vector>

namespace ringside {
namespace {

constexpr std::size_t kBlock = 16;  // what malloc adds to a block

template <class T>
std::size_t heap(const std::vector<T>& list) {
    return list.capacity() ? list.capacity() * sizeof(T) + kBlock : 0;
}
std::size_t heap(const std::string& text) { return text.capacity() > 15 ? text.capacity() + kBlock : 0; }

/// The node of a handle that differs from the one before; `inner(value, value before or null)` adds what the value
/// holds.
template <class T, class F>
std::size_t part(const Cow<T>& now, const Cow<T>* before, F&& inner) {
    if (before && now.same(*before)) return 0;
    return Cow<T>::nodeBytes() + kBlock + inner(*now, before ? &**before : nullptr);
}
template <class T>
std::size_t part(const Cow<std::vector<T>>& now, const Cow<std::vector<T>>* before) {
    return part(now, before, [](const std::vector<T>& list, const std::vector<T>*) { return heap(list); });
}
template <class T, class F>
std::size_t parts(const std::vector<Cow<T>>& now, const std::vector<Cow<T>>* before, F&& inner) {
    std::size_t bytes = heap(now);
    for (std::size_t i = 0; i < now.size(); ++i)
        bytes += part(now[i], before && i < before->size() ? &(*before)[i] : nullptr, inner);
    return bytes;
}

std::size_t cpu(const Cpu& c, const Cpu*) {
    return heap(c.timers.wheel) + heap(c.timers.hrtimers) + heap(c.timers.armed) + heap(c.rcu.cblist) +
           heap(c.softnet.poll_list) + heap(c.wake_list) + heap(c.rq.cfs.timeline);
}
std::size_t ring(const RxRing& r, const RxRing*) { return heap(r.descriptors); }
std::size_t nic(const Nic& n, const Nic* before) {
    return heap(n.name) + heap(n.fifo) + part(n.rx, before ? &before->rx : nullptr, ring);
}
std::size_t device(const NetDevice& d, const NetDevice*) { return heap(d.name) + heap(d.addresses); }
std::size_t task(const Task& t, const Task* before) {
    return heap(t.comm) + heap(t.files) +
           part(t.stack, before ? &before->stack : nullptr, [](const Stack& s, const Stack*) { return s.heapBytes(); });
}
std::size_t bytes(const Bytes& b, const Bytes* before) {
    if (before && b.same(*before)) return 0;
    return Cow<std::vector<std::uint8_t>>::nodeBytes() + b.size() + 2 * kBlock;
}
std::size_t buffer(const Buffer& b, const Buffer* before) {
    return heap(b.frags) + heap(b.carried) + bytes(b.bytes, before ? &before->bytes : nullptr);
}
/// Holds nothing besides itself.
constexpr auto kPlain = [](const auto&, const auto*) { return std::size_t{0}; };

std::size_t net(const Net& now, const Net* before) {
    std::size_t sum = heap(now.name);
    sum += parts(now.devices, before ? &before->devices : nullptr, device);
    sum += part(now.routes, before ? &before->routes : nullptr);
    sum += part(now.ptypes, before ? &before->ptypes : nullptr);
    sum += part(now.fragments, before ? &before->fragments : nullptr);
    sum += part(now.tcp_ports, before ? &before->tcp_ports : nullptr);
    sum += part(now.counters, before ? &before->counters : nullptr, kPlain);
    return sum + part(now.sysctl, before ? &before->sysctl : nullptr, kPlain);
}

std::size_t machine(const Machine& now, const Machine* before) {
    std::size_t sum = sizeof(Machine) + heap(now.name) + heap(now.oops) + now.nets.size() * sizeof(Net);
    sum += parts(now.cpus, before ? &before->cpus : nullptr, cpu);
    sum += parts(now.nics, before ? &before->nics : nullptr, nic);
    sum += now.timers.bytesBeyond(before ? &before->timers : nullptr, kPlain);
    sum += now.hrtimers.bytesBeyond(before ? &before->hrtimers : nullptr, kPlain);
    sum += part(now.sched_class, before ? &before->sched_class : nullptr) + now.rcu.qsmask.heapBytes();
    for (std::size_t i = 0; i < now.nets.size(); ++i)
        sum += net(now.nets[i], before && i < before->nets.size() ? &before->nets[i] : nullptr);
    sum += now.tasks.bytesBeyond(before ? &before->tasks : nullptr, task);
    sum += now.skbs.bytesBeyond(before ? &before->skbs : nullptr, kPlain);
    sum += now.buffers.bytesBeyond(before ? &before->buffers : nullptr, buffer);
    sum += now.sockets.bytesBeyond(before ? &before->sockets : nullptr,
                                   [](const Socket& s, const Socket*) { return heap(s.wait_queue); });
    return sum + part(now.sysctl, before ? &before->sysctl : nullptr, kPlain);
}

}  // namespace

std::size_t bytesBeyond(const World& now, const World* before) {
    std::size_t sum = sizeof(World) + now.agenda.size() * sizeof(AgendaItem) + now.clock.size() * 16;
    for (std::size_t i = 0; i < now.machines.size(); ++i)
        sum += machine(now.machines[i], before && i < before->machines.size() ? &before->machines[i] : nullptr);
    sum += part(now.wire.injected, before ? &before->wire.injected : nullptr,
                [](const std::vector<Bytes>& list, const std::vector<Bytes>* old) {
                    std::size_t held = heap(list);
                    for (std::size_t i = 0; i < list.size(); ++i)
                        held += bytes(list[i], old && i < old->size() ? &(*old)[i] : nullptr);
                    return held;
                });
    // the last, unfinished chunk of the log is duplicated when both go on
    return sum + (now.fates.size() ? 512 * sizeof(PacketFate) : 0);
}

}  // namespace ringside
