#include "tests/support/invariants.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/core/function.h"
#include "engine/world/inputs.h"
#include "engine/world/net/held_skbs.h"

namespace ringside::test {
namespace {

class Checker {
  public:
    Checker(const World& world, const Inputs* inputs) : m_world(world), m_inputs(inputs) {}

    std::vector<std::string> run() {
        m_world.machine().skbs.each([&](SkbId id, const SkBuff& skb) { buffer(id, skb); });
        for (const Net& net : m_world.machine().nets) {
            for (const auto& dev : net.devices) {
                list(m_world.machine().napis[dev->napi].rx_list, SkbOwner::rx_list, "rx_list of " + dev->name);
                list(m_world.machine().napis[dev->napi].gro_list, SkbOwner::gro_list, "gro_list of " + dev->name);
            }
            for (const FragmentQueue& queue : *net.fragments)
                list(queue.fragments, SkbOwner::fragment_queue, "a fragment queue");
        }
        for (const auto& cpu : m_world.machine().cpus)
            list(cpu->softnet.input_pkt_queue, SkbOwner::backlog, "input_pkt_queue of CPU " + std::to_string(cpu->id));
        m_world.machine().sockets.each([&](SocketId, const Socket& socket) { sock(socket); });
        for (const auto& nic : m_world.machine().nics) ring(*nic);
        m_world.machine().buffers.each([&](BufferId, const Buffer& b) {
            for (const SkbFrag& frag : b.frags) {
                if (!m_world.machine().buffers.live(frag.page)) return say("a page fragment was freed");
                ++m_users[frag.page.slot];
                if (std::uint64_t{frag.offset} + frag.size > m_world.machine().buffers[frag.page].bytes.size())
                    say("a page fragment lies behind its page");
            }
        });
        m_world.machine().buffers.each([&](BufferId id, const Buffer& b) {
            if (b.dataref != m_users[id.slot])
                say("buffer " + std::to_string(id.slot) + " has dataref " + std::to_string(b.dataref) + ", users " +
                    std::to_string(m_users[id.slot]));
        });
        routes();
        if (m_inputs) frames();
        return m_broken;
    }

  private:
    void say(std::string what) { m_broken.push_back(std::move(what)); }

    void buffer(SkbId id, const SkBuff& skb) {
        const std::string who = "skb " + std::to_string(skb.id) + ": ";
        if (!skb.head) return;
        if (!m_world.machine().buffers.live(skb.head)) return say(who + "head was freed");
        ++m_users[skb.head.slot];
        if (!(skb.data <= skb.tail && skb.tail <= skb.end)) say(who + "data <= tail <= end does not hold");
        if (skb.end > m_world.machine().buffers[skb.head].bytes.size()) say(who + "end lies behind the buffer");
        if (skb.len != skb.tail - skb.data + skb.data_len) say(who + "len is not tail - data + data_len");
        std::uint32_t paged = 0;
        const Buffer& shared = m_world.machine().buffers[skb.head];
        for (const SkbFrag& frag : shared.frags) paged += frag.size;
        for (SkbId part = shared.frag_list; part; part = m_world.machine().skbs[part].next)
            paged += m_world.machine().skbs[part].len;
        if (skb.data_len != paged) say(who + "data_len is not what frags and frag_list hold");
        if (skb.users == 0) say(who + "lives without users");
        (void)id;
    }
    void list(const SkbList& l, SkbOwner owner, const std::string& what) {
        std::uint32_t n = 0;
        SkbId before{};
        for (SkbId id = l.first; id; id = m_world.machine().skbs[id].next) {
            if (!m_world.machine().skbs.live(id)) return say(what + " holds a freed sk_buff");
            const SkBuff& skb = m_world.machine().skbs[id];
            if (skb.prev != before) say(what + ": prev does not lead back at skb " + std::to_string(skb.id));
            if (skb.owner != owner)
                say(what + " holds skb " + std::to_string(skb.id) + " whose owner is " +
                    std::string(nameOf(skb.owner)));
            if (!m_on.emplace(id.slot, what).second)
                return say("skb " + std::to_string(skb.id) + " is on " + m_on[id.slot] + " and on " + what);
            before = id;
            ++n;
        }
        if (n != l.qlen) say(what + " says qlen " + std::to_string(l.qlen) + " and holds " + std::to_string(n));
        if (l.last != before) say(what + ": its last is not the last");
    }
    void sock(const Socket& s) {
        const std::string who = "socket :" + std::to_string(s.sport);
        list(s.sk_receive_queue, SkbOwner::receive_queue, who + " receive queue");
        list(s.reader_queue, SkbOwner::reader_queue, who + " reader queue");
        std::int64_t charged = s.forward_deficit;
        for (const SkbList* q : {&s.sk_receive_queue, &s.reader_queue}) {
            for (SkbId id = q->first; id; id = m_world.machine().skbs[id].next)
                charged += m_world.machine().skbs[id].truesize;
        }
        // Beyond its queues exactly those packets are charged that a function is about to queue, or has just taken.
        if (!heldByFunctions(s.sk_rmem_alloc - charged))
            say(who + ": sk_rmem_alloc is " + std::to_string(s.sk_rmem_alloc) + ", its queues and what was read hold " +
                std::to_string(charged));
    }
    /// Whether some of the packets that functions hold have this truesize together.
    bool heldByFunctions(std::int64_t bytes) const {
        if (bytes == 0) return true;
        std::set<std::int64_t> sums{0};
        m_world.machine().skbs.each([&](SkbId, const SkBuff& skb) {
            if (skb.owner != SkbOwner::frame) return;
            std::set<std::int64_t> with = sums;
            for (const std::int64_t sum : sums) {
                if (sum + skb.truesize <= bytes) with.insert(sum + skb.truesize);
            }
            sums.swap(with);
        });
        return sums.contains(bytes);
    }
    void ring(const Nic& nic) {
        for (const NicQueue& queue : nic.queues) {
            const RxRing& r = *queue.rx;
            for (const auto index : {r.next_to_use, r.next_to_clean, r.rdh, r.rdt}) {
                if (index >= r.count()) say("ring of " + nic.name + ": an index lies outside");
            }
        }
        std::uint32_t bytes = 0;
        for (const FifoFrame& f : nic.fifo) bytes += f.length;
        if (bytes != nic.fifo_bytes) say("FIFO of " + nic.name + ": fifo_bytes is not the sum of its frames");
    }

    /// References to dst_entries, to the last one. Beyond what packets, nexthops and sockets hold one may be on its way
    /// between functions; without any an entry waits for RCU.
    void routes() {
        const ringside::Machine& machine = m_world.machine();
        std::map<std::uint32_t, std::uint32_t> held;
        machine.skbs.each([&](SkbId, const SkBuff& skb) {
            if (!skb.dst) return;
            if (!machine.dsts.live(skb.dst)) return say("skb " + std::to_string(skb.id) + " has a freed dst_entry");
            if (!skb.dst_noref) ++held[skb.dst.slot];
        });
        for (const Net& net : machine.nets) {
            ++held[net.ip6_null_entry.slot];
            for (const Route& route : *net.routes) {
                ++held[route.nhc_rth_input.slot];
                for (const DstId dst : route.rt6i_pcpu) ++held[dst.slot];
            }
        }
        machine.sockets.each([&](SocketId, const Socket& socket) { ++held[socket.sk_rx_dst.slot]; });
        std::uint32_t handlers = 0;  // functions that may have a reference in their hands
        bool destroyers = false;
        machine.tasks.each([&](TaskId, const Task& task) {
            for (std::size_t i = 0; i < task.stack->size(); ++i) {
                const std::string_view name = functionName((*task.stack)[i].function);
                handlers += name == "dst_alloc" || name == "dst_release" || name == "ip_route_input_noref" ||
                            name == "ip_frag_queue" || name == "ip6_frag_queue";
                destroyers = destroyers || name == "call_rcu" || name == "rcu_do_batch" || name == "dst_destroy";
            }
        });
        std::set<std::uint32_t> waiting;
        for (const auto& cpu : machine.cpus) {
            for (const RcuHead& head : cpu->rcu.cblist) {
                if (functionName(head.func.id) == "dst_destroy_rcu") waiting.insert(head.arg);
            }
        }
        machine.dsts.each([&](DstId id, const DstEntry& dst) {
            const std::string who = "dst_entry " + std::to_string(id.slot);
            const std::uint32_t known = held[id.slot];
            if (dst.refcnt < known || dst.refcnt - known > handlers)
                say(who + " has refcnt " + std::to_string(dst.refcnt) + ", holders " + std::to_string(known));
            handlers -= std::min(handlers, dst.refcnt - known);
            if (dst.refcnt == 0 && !waiting.contains(id.slot) && !destroyers) say(who + " is leaked");
            if (dst.refcnt != 0 && waiting.contains(id.slot)) say(who + " is used and waits to be freed");
        });
    }

    /// What functions have in their hands: nothing that was freed, unless they have lent it to the function that they
    /// called last; a list is in one place; an sk_buff on its way is known to one stack, as a local or as what a
    /// function has just returned.
    void frames() {
        const ringside::Machine& machine = m_world.machine();
        std::map<std::uint32_t, std::set<std::uint32_t>> known;  // to which tasks
        std::set<std::uint32_t> results;                         // what may be one, if no local is
        machine.tasks.each([&](TaskId id, const Task& task) {
            for (std::size_t i = 0; i < task.stack->size(); ++i) {
                const Frame& frame = (*task.stack)[i];
                const FunctionInfo& info = m_inputs->function(frame.function);
                const std::string who = std::string(info.name) + "()";
                HeldSkbs held;
                if (info.held) info.held(task.stack->locals(frame), held);
                const Frame* above = i + 1 < task.stack->size() ? &(*task.stack)[i + 1] : nullptr;
                const bool calls = above && above->state != FrameState::pushed && !above->interrupt;
                for (std::size_t n = 0; n < held.id_count; ++n) {
                    if (!calls && !machine.skbs.live(held.ids[n])) say(who + " holds a freed sk_buff");
                    known[held.ids[n].slot].insert(id.slot);
                }
                for (std::size_t n = 0; n < held.list_count; ++n) {
                    for (SkbId on = held.lists[n].first; on; on = machine.skbs[on].next) {
                        if (!machine.skbs.live(on)) return say("a list of " + who + " holds a freed sk_buff");
                        if (!m_on.emplace(on.slot, who).second)
                            return say("skb " + std::to_string(machine.skbs[on].id) + " is on " + m_on[on.slot] +
                                       " and on a list of " + who);
                        known[on.slot].insert(id.slot);
                    }
                }
                // a result that is on its way down, or that an interrupt keeps waiting
                if (frame.state == FrameState::returning || (above && above->interrupt))
                    results.insert(static_cast<std::uint32_t>(frame.result));
            }
        });
        machine.skbs.each([&](SkbId id, const SkBuff& skb) {
            if (skb.owner != SkbOwner::frame && skb.owner != SkbOwner::sub_list) return;
            const std::size_t stacks = known.contains(id.slot) ? known[id.slot].size() : results.count(id.slot);
            if (stacks != 1)
                say("skb " + std::to_string(skb.id) + " is on its way on " + std::to_string(stacks) + " stacks");
        });
    }

    const World& m_world;
    const Inputs* m_inputs;
    std::vector<std::string> m_broken;
    std::map<std::uint32_t, std::uint32_t> m_users;
    std::map<std::uint32_t, std::string> m_on;
};

}  // namespace

std::vector<std::string> brokenInvariants(const World& world) { return Checker(world, nullptr).run(); }

std::vector<std::string> brokenInvariants(const World& world, const Inputs& inputs) {
    return Checker(world, &inputs).run();
}

}  // namespace ringside::test
