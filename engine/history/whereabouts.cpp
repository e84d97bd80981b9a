#include "engine/history/whereabouts.h"

namespace ringside {
namespace {

bool seen(const Frame& frame) { return frame.state != FrameState::pushed && frame.function != kNoFunction; }

bool waits(SkbOwner owner) {
    return owner != SkbOwner::frame && owner != SkbOwner::sub_list && owner != SkbOwner::rx_list;
}

}  // namespace

HeldSkbs heldBy(const Inputs& inputs, const Stack& stack, const Frame& frame) {
    HeldSkbs held;
    if (frame.function == kNoFunction) return held;
    const FunctionInfo& info = inputs.function(frame.function);
    if (info.held) info.held(stack.locals(frame), held);
    return held;
}

std::vector<Whereabouts> packetsInMemory(const Machine& machine, const Inputs& inputs) {
    std::vector<Whereabouts> found;
    std::vector<std::uint32_t> bySlot;  // index + 1
    machine.skbs.each([&](SkbId id, const SkBuff& skb) {
        if (skb.packet == 0 || skb.owner == SkbOwner::lab) return;
        if (id.slot >= bySlot.size()) bySlot.resize(id.slot + 1);
        found.push_back({id, skb.packet, skb.owner, {}});
        bySlot[id.slot] = static_cast<std::uint32_t>(found.size());
    });
    machine.tasks.each([&](TaskId id, const Task& task) {
        const Stack& stack = *task.stack;
        // outermost first, so that the innermost frame has the last word
        std::size_t shown = 0;
        for (std::size_t i = 0; i < stack.size(); ++i) {
            const Frame& frame = stack[i];
            if (seen(frame)) shown = i;
            const HeldSkbs held = heldBy(inputs, stack, frame);
            const auto take = [&](SkbId skb) {
                if (skb.slot >= bySlot.size() || bySlot[skb.slot] == 0) return;
                Whereabouts& one = found[bySlot[skb.slot] - 1];
                if (one.skb == skb) one.hand = SkbHand{task.cpu, id, shown, shown};
            };
            for (std::size_t list = 0; list < held.list_count; ++list) {
                SkbId at = held.lists[list].first;
                for (std::uint32_t n = 0; n < held.lists[list].qlen && machine.skbs.live(at); ++n) {
                    take(at);
                    at = machine.skbs[at].next;
                }
            }
            take(held.skb);
        }
    });
    for (Whereabouts& one : found) {
        // what waits in a queue is in nobody's hands, though the function that put it there may still name it; rx_list
        // is handed on whole, and is a queue no longer from the call on
        if (waits(one.owner)) one.hand.reset();
        if (!one.hand) continue;
        const Stack& stack = *machine.tasks[one.hand->task].stack;
        for (std::size_t i = one.hand->depth + 1; i < stack.size(); ++i) {
            const Frame& frame = stack[i];
            if (!seen(frame) || frame.interrupt || frame.context != stack[i - 1].context ||
                !heldBy(inputs, stack, frame).empty())
                break;
            one.hand->inner = i;
        }
    }
    return found;
}

Context contextOf(const Machine& machine, const Cpu& cpu) {
    if (!machine.tasks.live(cpu.current)) return Context::idle;
    const Stack& stack = *machine.tasks[cpu.current].stack;
    for (std::size_t i = stack.size(); i-- > 0;) {
        if (stack[i].state != FrameState::pushed) return stack[i].context;
    }
    return Context::idle;
}

}  // namespace ringside
