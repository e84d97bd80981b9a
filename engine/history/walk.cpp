#include "engine/history/walk.h"

#include <algorithm>

#include "engine/history/timeline_impl.h"
#include "engine/history/whereabouts.h"

namespace ringside {

void WalkRecorder::add(WalkStep::How how, const Event& event, FunctionId function) {
    WalkStep step;
    step.how = how;
    step.context = event.context;
    step.machine = event.machine;
    step.cpu = event.cpu;
    step.function = function;
    step.skb = event.packet == m_packet ? event.skb : 0;
    step.drop = how == WalkStep::How::dropped ? event.drop : Drop::NOT_DROPPED;
    step.position = event.seq;
    step.time = event.time;
    m_steps.push_back(step);
}

bool WalkRecorder::holds(const Machine& machine, const Stack& stack, std::size_t depth, bool* nothing) const {
    const HeldSkbs held = heldBy(m_inputs, stack, stack[depth]);
    if (nothing) *nothing = held.empty();
    if (const SkBuff* skb = machine.skbs.find(held.skb); skb && skb->packet == m_packet) return true;
    for (std::size_t list = 0; list < held.list_count; ++list) {
        SkbId at = held.lists[list].first;
        for (std::uint32_t n = 0; n < held.lists[list].qlen; ++n) {
            const SkBuff* skb = machine.skbs.find(at);
            if (!skb) break;
            if (skb->packet == m_packet) return true;
            at = skb->next;
        }
    }
    return false;
}

/// Whether a frame works for the packet: it holds it, or it holds none and was called by one that works for it.
bool WalkRecorder::mine(const Machine& machine, const Stack& stack, Marks& marks, std::size_t depth) const {
    if (depth >= marks.size()) marks.resize(depth + 1);
    if (marks[depth].mine == Mine::unknown) {
        bool nothing = false;
        bool yes = holds(machine, stack, depth, &nothing);
        if (!yes && nothing && depth > 0 && !stack[depth].interrupt && stack[depth].context == stack[depth - 1].context)
            yes = mine(machine, stack, marks, depth - 1);
        marks[depth].mine = yes ? Mine::yes : Mine::no;
    }
    return marks[depth].mine == Mine::yes;
}

void WalkRecorder::entered(const World& world, const Event& event) {
    const Machine& machine = world.machine(event.machine);
    const Task* task = machine.tasks.find(event.task);
    if (!task || task->stack->size() < event.depth || event.depth == 0) return;
    const Stack& stack = *task->stack;
    const std::size_t depth = event.depth - std::size_t{1};
    Marks& marks = m_stacks[std::uint64_t{event.machine} << 32 | event.task.slot];
    marks.resize(depth);  // what was above is gone
    if (!mine(machine, stack, marks, depth)) return;
    marks[depth].told = true;
    if (!holds(machine, stack, depth)) return add(WalkStep::How::within, event, event.function);
    // who led here: frames further out, of the same kind of execution, that have not been told yet
    std::size_t first = depth;
    while (first > 0 && !stack[first].interrupt && stack[first - 1].context == event.context && !marks[first - 1].told)
        --first;
    for (std::size_t i = first; i < depth; ++i) {
        marks[i].told = true;
        add(WalkStep::How::through, event, stack[i].function);
    }
    add(WalkStep::How::enter, event, event.function);
}

void WalkRecorder::queues(const World& world, const Event& event) {
    if (event.packet == m_packet && event.skb != 0 && std::none_of(m_skbs.begin(), m_skbs.end(), [&](const Seen& s) {
            return s.id == event.skb && s.machine == event.machine;
        }))
        m_skbs.push_back({event.machine, event.skb_slot, event.skb, SkbOwner::frame});
    const auto waits = [](SkbOwner owner) { return owner != SkbOwner::frame && owner != SkbOwner::sub_list; };
    std::erase_if(m_skbs, [&](Seen& seen) {
        const SkBuff* skb = world.machine(seen.machine).skbs.find(seen.slot);
        const bool gone = !skb || skb->id != seen.id;
        const SkbOwner now = gone ? SkbOwner::frame : skb->owner;
        if (now == seen.owner) return gone;
        const auto tell = [&](WalkStep::How how, SkbOwner queue) {
            add(how, event, event.function);
            m_steps.back().queue = queue;
            m_steps.back().skb = seen.id;
        };
        if (waits(seen.owner)) tell(WalkStep::How::taken, seen.owner);
        if (waits(now)) tell(WalkStep::How::queued, now);
        seen.owner = now;
        return gone;
    });
}

void WalkRecorder::see(const World& world, const Event& event) {
    if (event.kind == EventKind::hardware) {
        if (event.packet == m_packet) add(WalkStep::How::hardware, event, event.function);
    } else if (event.kind == EventKind::enter) {
        entered(world, event);
    }
    if (event.drop != Drop::NOT_DROPPED && event.packet == m_packet) add(WalkStep::How::dropped, event, event.function);
    queues(world, event);
}

bool WalkRecorder::onItsWay(const World& world) const {
    return std::any_of(m_skbs.begin(), m_skbs.end(), [&](const Seen& seen) {
        const SkBuff* skb = world.machine(seen.machine).skbs.find(seen.slot);
        if (!skb || skb->id != seen.id) return false;
        return skb->owner == SkbOwner::frame || skb->owner == SkbOwner::sub_list || skb->owner == SkbOwner::rx_list ||
               skb->owner == SkbOwner::gro_list;
    });
}

bool WalkRecorder::moved(const World& world) const {
    return std::any_of(m_skbs.begin(), m_skbs.end(), [&](const Seen& seen) {
        const SkBuff* skb = world.machine(seen.machine).skbs.find(seen.slot);
        return !skb || skb->id != seen.id || skb->owner != seen.owner;
    });
}

PacketWalk Timeline::walk(std::uint32_t packet) {
    Impl& m = *m_impl;
    WalkRecorder recorder(*m.inputs, packet);
    const Position known = explored();
    Cursor cursor;
    bool placed = false;
    std::size_t left_out = 0;  // the first chunk since the last one that was looked at
    std::size_t chunk = 0;
    // A packet that waits may be moved with its whole queue, by an event that is about another. What was left out is
    // looked at after all when the packet is not where it was: puts `chunk` back there.
    const auto missed = [&](std::size_t until, Position at) {
        m.locate(m.branch, {at, 0}, cursor);
        if (left_out == until || !recorder.moved(cursor.world)) return false;
        chunk = left_out;
        m.locate(m.branch, {chunk * kChunkEvents, 0}, cursor);
        return true;
    };
    while (true) {
        if (chunk == chunkCount()) {
            if (placed || !missed(chunk, known)) break;
            placed = true;
            recorder.skipped();
        } else if (!placed || !recorder.onItsWay(cursor.world)) {
            if (!summary(chunk).mayHold(packet)) {
                placed = false;
                ++chunk;
                continue;
            }
            if (!placed) {
                missed(chunk, chunk * kChunkEvents);
                recorder.skipped();
                placed = true;
            }
        }
        const Position last = std::min((chunk + 1) * kChunkEvents, known);
        // one event at a time: each is looked at with the World it left
        m.replay(
            m.branch, cursor, {last, 0}, [&](const Event& event) { recorder.see(cursor.world, event); }, 1);
        left_out = ++chunk;
    }
    return {packet, known, recorder.take()};
}

}  // namespace ringside
