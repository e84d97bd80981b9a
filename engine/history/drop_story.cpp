#include "engine/history/drop_story.h"

#include <algorithm>

#include "engine/core/fields_visitors.h"
#include "engine/protocol/checksum.h"
#include "engine/protocol/layout.h"
#include "engine/world/frame_bytes.h"

namespace ringside {
namespace {

/// Events that one packet may be at in the function that drops it, with what other CPUs do meanwhile.
constexpr Position kReach = 4000;
/// Events after a drop within which its caller counts it.
constexpr Position kAfter = 24;

/// The rest behind "root.", if the name begins so.
bool below(std::string_view& name, std::string_view root) {
    if (!name.starts_with(root) || name.size() <= root.size() || name[root.size()] != '.') return false;
    name.remove_prefix(root.size() + 1);
    return true;
}

/// What a drop's row may ask for at one moment.
class Moment {
  public:
    Moment(const World& world, const Inputs& inputs, const Event& drop, std::uint32_t packet)
        : m_inputs(inputs), m_drop(drop), m_machine(world.machine(drop.machine)) {
        std::vector<std::uint8_t> scratch;
        const auto frame = frameBytes(world, inputs, packet, scratch);
        m_frame.assign(frame.begin(), frame.end());
        m_layers = layoutFrom(HeaderKind::ethernet, m_frame);
        if (const SkBuff* skb = m_machine.skbs.find(drop.skb_slot); skb && skb->id == drop.skb) m_skb = skb;
        m_device = m_skb ? m_skb->dev : deviceOfFrame();
    }

    /// The value as a person reads it; nothing where there is none now.
    [[nodiscard]] std::optional<Value> value(std::string_view name) const {
        if (below(name, "skb")) return m_skb ? at(valueOf(*m_skb), name) : std::nullopt;
        if (below(name, "sk")) return socketValue(name);
        if (below(name, "nic")) return nic() ? at(valueOf(*nic()), name) : std::nullopt;
        if (below(name, "dev")) return at(valueOf(m_machine.device(m_device)), name);
        if (below(name, "counters")) return at(valueOf(*net().counters), name);
        if (below(name, "sysctl")) return sysctl(name);
        if (below(name, "frame")) return local(name);
        if (below(name, "right")) return right(name);
        if (name == "frame_bytes") return number(std::max<std::size_t>(m_frame.size(), kLeast) + kCheckSequence);
        return header(name);
    }

  private:
    static constexpr std::size_t kLeast = 60, kCheckSequence = 4;

    static Value number(std::size_t n) {
        Value v;
        v.kind = Value::Kind::number;
        v.number = static_cast<std::int64_t>(n);
        return v;
    }
    static std::optional<Value> at(const Value& tree, std::string_view path) {
        const Value* found = tree.at(path);
        return found ? std::optional(*found) : std::nullopt;
    }
    [[nodiscard]] const Net& net() const { return m_machine.net(m_machine.netOf(m_device)); }
    /// Without an sk_buff the frame stands at a card: the one of its address, or else the first.
    [[nodiscard]] std::int32_t deviceOfFrame() const {
        std::int32_t first = 0;
        for (const auto& one : m_machine.nics) {
            const Nic& card = *one;
            if (first == 0) first = card.ifindex;
            const auto& address = m_machine.device(card.ifindex).dev_addr.bytes;
            if (m_frame.size() >= address.size() && std::equal(address.begin(), address.end(), m_frame.begin()))
                return card.ifindex;
        }
        return first;
    }
    [[nodiscard]] const Nic* nic() const {
        for (const auto& one : m_machine.nics) {
            if (const Nic& card = *one; card.ifindex == m_device) return &card;
        }
        return nullptr;
    }
    /// An argument or local of the function that drops.
    [[nodiscard]] std::optional<Value> local(std::string_view name) const {
        const Task* task = m_machine.tasks.find(m_drop.task);
        if (!task || m_drop.function >= m_inputs.functions.size()) return std::nullopt;
        const FunctionInfo& info = m_inputs.function(m_drop.function);
        const Stack& stack = *task->stack;
        for (std::size_t i = stack.size(); i-- > 0;) {
            if (stack[i].function != m_drop.function || !info.locals) continue;
            Value locals;
            info.locals(stack.locals(stack[i]), locals);
            return at(locals, name);
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<Value> socketValue(std::string_view name) const {
        const std::optional<Value> sk = local("sk");
        if (!sk || sk->number <= 0) return std::nullopt;
        const Socket* found = m_machine.sockets.find(SocketId{static_cast<std::uint32_t>(sk->number)});
        return found ? at(valueOf(*found), name) : std::nullopt;
    }
    [[nodiscard]] std::optional<Value> sysctl(std::string_view name) const {
        Value tree;
        ValueVisitor visitor(tree);
        NetSysctl::describe(visitor, *net().sysctl);
        for (const Value& one : tree.children) {
            if (one.name == name) return one;
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<Value> header(std::string_view name) const {
        for (const LayoutLayer& layer : m_layers) {
            std::string_view field = name;
            if (!below(field, layer.name)) continue;
            for (const LayoutField& one : layer.fields) {
                if (one.name != field) continue;
                Value v = number(0);
                v.kind = Value::Kind::text;
                v.text = one.text;
                return v;
            }
        }
        return std::nullopt;
    }
    [[nodiscard]] static Value hex(std::uint16_t sum) {
        static constexpr char digits[] = "0123456789abcdef";
        Value v = number(sum);
        v.kind = Value::Kind::text;
        v.text = {'0', 'x', digits[sum >> 12U], digits[sum >> 8U & 15U], digits[sum >> 4U & 15U], digits[sum & 15U]};
        return v;
    }
    /// The checksum that would have been right, computed over the frame.
    [[nodiscard]] std::optional<Value> right(std::string_view which) const {
        const LayoutLayer *ip = nullptr, *last = nullptr;
        for (const LayoutLayer& layer : m_layers) {
            if (layer.kind == HeaderKind::ipv4 || layer.kind == HeaderKind::ipv6) ip = &layer;
            last = &layer;
        }
        if (!ip || ip->cut) return std::nullopt;
        const auto zeroed = [&](std::size_t begin, std::size_t end, std::size_t check) {
            std::vector<std::uint8_t> bytes(m_frame.begin() + static_cast<std::ptrdiff_t>(begin),
                                            m_frame.begin() + static_cast<std::ptrdiff_t>(end));
            bytes[check] = bytes[check + 1] = 0;
            return bytes;
        };
        if (which == "iphdr") {
            if (ip->kind != HeaderKind::ipv4) return std::nullopt;
            return hex(csumFold(csumPartial(zeroed(ip->offset, ip->offset + ip->length, 10), 0)));
        }
        if (last == ip || last->cut) return std::nullopt;
        const bool v6 = ip->kind == HeaderKind::ipv6;
        const std::uint8_t* h = m_frame.data() + ip->offset;
        const std::size_t end = ip->offset + (v6 ? std::size_t{40} + loadBe16(h + 4) : std::size_t{loadBe16(h + 2)});
        if (end > m_frame.size() || end < last->offset + last->length) return std::nullopt;
        const auto sum = [&](std::uint8_t protocol, std::size_t check, bool pseudo) {
            const auto length = static_cast<std::uint32_t>(end - last->offset);
            const std::uint32_t first =
                !pseudo ? 0
                : v6    ? csumIpv6Nofold(ipv6hdr::load(h).saddr, ipv6hdr::load(h).daddr, length, protocol, 0)
                        : csumTcpUdpNofold(iphdr::load(h).saddr, iphdr::load(h).daddr, length, protocol, 0);
            return hex(csumFold(csumPartial(zeroed(last->offset, end, check), first)));
        };
        switch (last->kind) {
            case HeaderKind::udp:
                return sum(IPPROTO_UDP, 6, true);
            case HeaderKind::tcp:
                return sum(IPPROTO_TCP, 16, true);
            case HeaderKind::icmp:
                return sum(IPPROTO_ICMP, 2, false);
            case HeaderKind::icmpv6:
                return sum(IPPROTO_ICMPV6, 2, true);
            default:
                return std::nullopt;
        }
    }

    const Inputs& m_inputs;
    const Event& m_drop;
    const Machine& m_machine;
    std::vector<std::uint8_t> m_frame;
    std::vector<LayoutLayer> m_layers;
    const SkBuff* m_skb = nullptr;
    std::int32_t m_device = 0;
};

/// The clauses all of whose values there are.
std::string filled(std::string_view text, const Moment& moment) {
    static constexpr std::string_view kBetween = " · ";
    std::string out;
    while (!text.empty()) {
        const std::size_t end = text.find(kBetween);
        std::string_view clause = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + kBetween.size());
        std::string told;
        bool whole = true;
        while (whole && !clause.empty()) {
            const std::size_t open = clause.find("{{"), close = clause.find("}}");
            told += clause.substr(0, open);
            if (open == std::string_view::npos) break;
            const std::optional<Value> value = moment.value(clause.substr(open + 2, close - open - 2));
            whole = value.has_value();
            if (whole) told += value->show();
            clause = clause.substr(close + 2);
        }
        if (!whole) continue;
        if (!out.empty()) out += kBetween;
        out += told;
    }
    return out;
}

/// `%` is what IPv6 adds to a name.
std::string ofFamily(std::string_view text, bool v6) {
    std::string out;
    for (const char c : text) {
        if (c != '%')
            out += c;
        else if (v6)
            out += '6';
    }
    return out;
}

bool ofIpv6(std::string_view function) { return function.find('6') != std::string_view::npos; }

/// The last event at or before `from`, within reach, for which `wanted` holds.
template <class F>
Position lastWhere(Timeline& run, Position from, F wanted) {
    for (Position p = from; p > 0 && from - p < kReach; --p) {
        if (const std::optional<Event> event = run.event(p); event && wanted(*event)) return p;
    }
    return 0;
}

void count(Timeline& run, const Event& drop, std::string_view names, Position entered, DropStory& story) {
    const World before = run.at(entered - 1), after = run.at(story.position);
    const Moment then(before, run.inputs(), drop, story.packet), now(after, run.inputs(), drop, story.packet);
    while (!names.empty()) {
        const std::size_t blank = names.find(' ');
        const std::string_view name = names.substr(0, blank);
        names = blank == std::string_view::npos ? std::string_view{} : names.substr(blank + 1);
        const std::optional<Value> b = then.value(name);
        std::optional<Value> a = now.value(name);
        // a caller that counts after the packet is gone, and a frame that has yet to be entered
        for (Position p = story.position + 1; a && b && a->number == b->number && p <= story.position + kAfter; ++p)
            a = Moment(run.at(p), run.inputs(), drop, story.packet).value(name);
        if (!a) continue;
        story.counters.push_back({std::string(name.substr(name.starts_with("counters.") ? 9 : 0)),
                                  b ? b->number : a->number - 1, a->number});
    }
}

}  // namespace

Position dropPosition(Timeline& run, const PacketFate& fate) {
    const auto here = [&](const Event& event) {
        return event.kind == EventKind::hardware ? event.function == fate.function : event.drop != Drop::NOT_DROPPED;
    };
    Position found = lastWhere(run, fate.position, [&](const Event& e) { return e.packet == fate.packet && here(e); });
    // a piece of a datagram goes with the whole, whose event it is
    if (found == 0 && fate.reason != Drop::NOT_DROPPED) {
        found = lastWhere(run, fate.position,
                          [&](const Event& e) { return e.drop == fate.reason && e.function == fate.function; });
    }
    return found ? found : fate.position;
}

std::optional<DropStory> dropStory(Timeline& run, const PacketFate& fate) {
    if (fate.fate != Fate::dropped || fate.function >= run.inputs().functions.size()) return std::nullopt;
    DropStory story;
    story.packet = fate.packet;
    story.reason = fate.reason;
    story.position = dropPosition(run, fate);
    const std::optional<Event> event = run.event(story.position);
    if (!event) return std::nullopt;
    const Event& drop = *event;
    story.time = drop.time;
    story.function = drop.function;
    const bool hardware = drop.kind == EventKind::hardware;
    const std::string_view name = run.inputs().function(story.function).name;
    story.row = dropRow(story.reason, name, hardware ? drop.stage : -1);
    if (!story.row) return story;
    const bool v6 = ofIpv6(name);
    story.command = ofFamily(story.row->command, v6);
    // the values are those that were compared: the World before the stage that decided
    Position decided = story.position;
    if (!story.row->decided.empty()) {
        const Position at = lastWhere(run, story.position, [&](const Event& e) {
            return e.kind == EventKind::stage && e.task == drop.task && e.machine == drop.machine &&
                   e.function != kNoFunction && run.inputs().function(e.function).name == story.row->decided;
        });
        if (at) decided = at;
    }
    const World compared = run.at(decided - 1);
    story.condition = filled(story.row->condition, Moment(compared, run.inputs(), drop, story.packet));
    const Position entered = hardware ? story.position : lastWhere(run, story.position, [&](const Event& e) {
        return e.kind == EventKind::enter && e.function == drop.function && e.task == drop.task &&
               e.machine == drop.machine;
    });
    count(run, drop, ofFamily(story.row->counters, v6), std::max<Position>(entered, 1), story);
    return story;
}

}  // namespace ringside
