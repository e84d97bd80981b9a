#include "engine/linux/kernel.h"

namespace ringside {

void K::pushBack(SkbList& list, SkbId id, SkbOwner owner) {
    SkBuff& s = write(id);
    s.prev = list.last;
    s.next = {};
    s.owner = owner;
    if (list.last)
        write(list.last).next = id;
    else
        list.first = id;
    list.last = id;
    ++list.qlen;
}

SkbId K::popFront(SkbList& list) {
    const SkbId id = list.first;
    if (id) remove(list, id);
    return id;
}

void K::remove(SkbList& list, SkbId id) {
    SkBuff& s = write(id);
    if (s.prev)
        write(s.prev).next = s.next;
    else
        list.first = s.next;
    if (s.next)
        write(s.next).prev = s.prev;
    else
        list.last = s.prev;
    s.next = s.prev = {};
    s.owner = SkbOwner::frame;
    --list.qlen;
}

void K::pushBack(NapiList& list, NapiId id) {
    Napi& n = write(id);
    n.prev = list.last;
    n.next = {};
    if (list.last)
        write(list.last).next = id;
    else
        list.first = id;
    list.last = id;
}

void K::remove(NapiList& list, NapiId id) {
    Napi& n = write(id);
    if (n.prev)
        write(n.prev).next = n.next;
    else
        list.first = n.next;
    if (n.next)
        write(n.next).prev = n.prev;
    else
        list.last = n.prev;
    n.next = n.prev = {};
}

void K::splice(NapiList& list, NapiList& more) {
    if (!more.first) return;
    if (list.last) {
        write(list.last).next = more.first;
        write(more.first).prev = list.last;
    } else {
        list.first = more.first;
    }
    list.last = more.last;
    more = {};
}

void K::fate(SkbId id, Fate what, Drop reason, FunctionId function) {
    const SkBuff& s = skb(id);
    if (s.fate_told) return;
    // a clone that stands for no wire packet leaves those of its data to the original
    if (!s.packet) return;
    world.fates.append({s.packet, function, what, reason, now(), world.position});
    for (const std::uint32_t packet : buffer(s.head).carried)
        world.fates.append({packet, function, what, reason, now(), world.position});
    for (SkbId part = buffer(s.head).frag_list; part; part = skb(part).next) {
        if (skb(part).packet && skb(part).packet != s.packet)
            world.fates.append({skb(part).packet, function, what, reason, now(), world.position});
        for (const std::uint32_t packet : buffer(skb(part).head).carried)
            world.fates.append({packet, function, what, reason, now(), world.position});
    }
}

Net& K::subjectNet() const {
    const SkBuff* packet = std::as_const(machine.skbs).find(subject);
    return machine.net(packet && packet->dev ? machine.netOf(packet->dev) : current.net);
}

void K::stop(std::string line) {
    machine.oops = std::move(line);
    for (std::size_t n = 0; n < machine.cpus.size(); ++n) world.clock.set(machine.first_cpu + n, kNever);
}

FunctionId K::caller() const { return stack.size() >= 2 ? stack[stack.size() - 2].function : kNoFunction; }

std::byte* detail::overflowOf(K& k, const Frame& frame) { return k.stack.overflowOf(frame); }

}  // namespace ringside
