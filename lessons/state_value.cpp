#include "lessons/state_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/core/fields_visitors.h"
#include "engine/history/fate_tally.h"
#include "lessons/derived_values.h"
#include "lessons/state_pools.h"
#include "lessons/units.h"

namespace ringside {
namespace {

/// Walks down the field lists along one name, and builds a Value only at its end.
class PathVisitor {
  public:
    PathVisitor(const Machine& machine, std::string_view path, Value& out)
        : m_machine(&machine), m_rest(path), m_out(out) {}

    /// Called for each field of a struct; acts on the one that the path begins with.
    template <class T>
    void operator()(std::string_view name, const T& value, Unit unit = Unit::none, std::string_view doc = {}) {
        if (m_found) return;
        if (!m_failed) m_known.emplace_back(name);
        // what a field of this name did not have, another one of the same name may
        const std::string_view path = m_failed ? m_failed->path : m_rest;
        if (!path.starts_with(name)) return;
        const std::string_view after = path.substr(name.size());
        if (!after.empty() && after.front() != '.' && after.front() != '[') return;
        std::vector<std::string> before;
        if (m_failed) before = std::exchange(m_known, {});
        m_failed.reset();
        m_rest = after;
        m_out.name = name;
        m_out.unit = unit;
        m_out.doc = doc;
        descend(value);
        if (m_found) return;
        m_known.insert(m_known.begin(), before.begin(), before.end());
        m_failed = Failure{path};
    }
    /// No path leads to what is not shown.
    template <class T>
    void hidden(std::string_view, const T&) {}
    template <class T>
    void apart(std::string_view, const T&) {}
    template <class T>
    void spread(std::string_view name, const std::vector<T>& list, std::string_view doc = {}) {
        T::describe(*this, list.front());
        if (list.size() > 1) (*this)(name, list, Unit::none, doc);
    }

    template <class T>
    void descend(const T& value) {
        if (m_rest.empty()) {
            ValueVisitor::build(m_out, value);
            m_found = true;
        } else if constexpr (Described<T>) {
            if (m_rest.front() == '.') m_rest.remove_prefix(1);
            m_known.clear();
            if constexpr (std::is_same_v<T, Machine>) m_machine = &value;
            if constexpr (HasDerivedValues<T>) {
                for (const std::string_view name : derivedNames(value)) m_known.emplace_back(name);
                if (auto derived = derivedValue(*m_machine, value, m_rest)) {
                    m_out = std::move(*derived);
                    m_found = true;
                    return;
                }
            }
            T::describe(*this, value);
        } else {
            into(value);
        }
    }

    [[nodiscard]] bool found() const { return m_found; }
    [[nodiscard]] Error error() const {
        std::string_view wrong = m_rest;
        if (wrong.starts_with('.')) wrong.remove_prefix(1);
        wrong = wrong.substr(0, wrong.find_first_of(".["));
        const std::string near = nearestName(wrong, m_known);
        if (!near.empty()) return {"", fmt::format("\"{}\"", near), fmt::format("\"{}\"", wrong)};
        if (m_known.empty() || m_known.size() > 12) return {"", "a name the state has", fmt::format("\"{}\"", wrong)};
        return {"", fmt::format("one of {}", fmt::join(m_known, ", ")), fmt::format("\"{}\"", wrong)};
    }

  private:
    /// Takes the next key off the path: ".eth0" or "[0]".
    std::string_view key() {
        std::string_view key;
        if (m_rest.front() == '[') {
            const std::size_t close = m_rest.find(']');
            key = m_rest.substr(1, close == std::string_view::npos ? close : close - 1);
            m_rest.remove_prefix(close == std::string_view::npos ? m_rest.size() : close + 1);
        } else {
            if (m_rest.front() == '.') m_rest.remove_prefix(1);
            key = m_rest.substr(0, m_rest.find_first_of(".["));
            m_rest.remove_prefix(key.size());
        }
        return key;
    }
    template <class T>
    bool isKey(const T& item, std::string_view key, std::size_t index) {
        m_known.push_back(std::to_string(index));
        if (key == m_known.back()) return true;
        return hasName(item, [&](std::string_view name) {
            m_known.emplace_back(name);
            return name == key;
        });
    }
    template <class T>
    void into(const Cow<T>& c) {
        descend(*c);
    }
    template <class T, class I, std::size_t N>
    void into(const Pool<T, I, N>& pool) {
        const std::string_view back = m_rest, k = key();
        m_known.clear();
        const T* hit = nullptr;
        pool.each([&](I id, const T& item) {
            if (!hit && isKey(item, k, id.slot)) hit = &item;
        });
        if (hit)
            descend(*hit);
        else
            m_rest = back.front() == '[' ? k : back;
    }
    template <class T>
    void into(const std::vector<T>& list) {
        element(list);
    }
    template <class T, std::size_t N>
    void into(const std::array<T, N>& list) {
        element(list);
    }
    template <class List>
    void element(const List& list) {
        const std::string_view back = m_rest, k = key();
        m_known.clear();
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (auto&& item = unwrapped(list[i]); isKey(item, k, i)) return descend(item);
        }
        m_rest = back.front() == '[' ? k : back;
    }
    /// An id leads on to what it names.
    template <PooledId I>
    void into(const I& id) {
        m_known.clear();
        if (const auto& pool = poolOf(*m_machine, id); pool.live(id)) descend(pool[id]);
    }
    template <class T>
    void into(const T&) {
        m_known.clear();
    }  // a plain value has nothing below it

    const Machine* m_machine;  // whose ids are met
    std::string_view m_rest;
    Value& m_out;
    std::vector<std::string> m_known;
    /// The way on from here was not found.
    struct Failure {
        std::string_view path;  // from the field on
    };
    std::optional<Failure> m_failed;
    bool m_found = false;
};

template <NamedEnum E>
Value named(std::string name, E value) {
    Value v = numberValue(std::move(name), static_cast<std::int64_t>(value), Unit::none);
    v.kind = Value::Kind::text;
    v.text = nameOf(value);
    return v;
}

Result<Value> skbValue(const World& world, const Event& event, std::string_view field) {
    const Machine& machine = world.machine(event.machine);
    SkbId id{};
    if (event.skb) {
        if (machine.skbs.live(event.skb_slot) && machine.skbs[event.skb_slot].id == event.skb) id = event.skb_slot;
    } else if (machine.skbs.size() == 1) {
        machine.skbs.each([&](SkbId one, const SkBuff&) { id = one; });
    }
    if (!id)
        return Error{"", "a moment with one sk_buff",
                     machine.skbs.size() ? fmt::format("{} of them, and an event about none", machine.skbs.size())
                                         : "none alive"};
    const SkBuff& skb = machine.skbs[id];
    Value value;
    PathVisitor visitor(machine, field, value);
    visitor.descend(skb);
    if (!visitor.found()) return visitor.error();
    return value;
}

Result<Value> eventValue(const Inputs& inputs, const Event& event, std::string_view field) {
    if (field == "cpu") return numberValue("cpu", event.cpu, Unit::index);
    if (field == "time") return numberValue("time", event.time, Unit::nanoseconds);
    if (field == "packet") return numberValue("packet", event.packet, Unit::index);
    if (field == "depth") return numberValue("depth", event.depth, Unit::count);
    if (field == "skb") return numberValue("skb", event.skb, Unit::index);
    if (field == "cause") return numberValue("cause", static_cast<std::int64_t>(event.cause), Unit::index);
    if (field == "context") return named("context", event.context);
    if (field == "drop") return named("drop", event.drop);
    if (field == "function") {
        Value v = numberValue("function", event.function, Unit::none);
        v.kind = Value::Kind::text;
        if (event.function < inputs.functions.size()) v.text = inputs.function(event.function).name;
        return v;
    }
    return Error{"", "one of cpu, time, packet, depth, skb, cause, context, drop, function",
                 fmt::format("\"{}\"", field)};
}

Result<Value> frameValue(const World& world, const Inputs& inputs, const Event& event, std::string_view field) {
    const Machine& machine = world.machine(event.machine);
    if (!machine.tasks.live(event.task) || event.function >= inputs.functions.size())
        return Error{"", "a moment inside a function", "none"};
    const Stack& stack = *machine.tasks[event.task].stack;
    const FunctionInfo& info = inputs.function(event.function);
    for (std::size_t i = stack.size(); i-- > 0;) {
        if (stack[i].function != event.function || !info.locals) continue;
        Value locals;
        info.locals(stack.locals(stack[i]), locals);
        if (const Value* hit = locals.at(field)) return *hit;
        std::vector<std::string> names;
        for (const Value& v : locals.children) names.push_back(v.name);
        return Error{"", fmt::format("one of {}", fmt::join(names, ", ")),
                     fmt::format("\"{}\" in {}()", field, info.name)};
    }
    return Error{"", fmt::format("a frame of {}() with variables", info.name), "none"};
}

Result<Value> fateValue(const World& world, std::string_view field) {
    for (const Fate fate : kFates) {
        if (nameOf(fate) != field) continue;
        std::int64_t count = 0;
        world.fates.each([&](const PacketFate& f) { count += f.fate == fate; });
        return numberValue(std::string(field), count, Unit::count);
    }
    return Error{"", "one of delivered, dropped, forwarded, consumed, ignored, undecided",
                 fmt::format("\"{}\"", field)};
}

template <class E>
void addNames(std::map<std::string, double, std::less<>>& all, E last) {
    for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) all.emplace(nameOf(static_cast<E>(i)), i);
}

}  // namespace

Result<Value> stateValue(const World& world, const Inputs& inputs, const Event& event, std::string_view name) {
    if (name.starts_with("skb.")) return skbValue(world, event, name.substr(4));
    if (name.starts_with("event.")) return eventValue(inputs, event, name.substr(6));
    if (name.starts_with("frame.")) return frameValue(world, inputs, event, name.substr(6));
    if (name.starts_with("fate.")) return fateValue(world, name.substr(5));
    Value value;
    PathVisitor visitor(world.machine(), name, value);
    visitor.descend(world);
    if (!visitor.found()) return visitor.error();
    return value;
}

bool stateConstant(std::string_view name, double& value) {
    static const auto kAll = [] {
        std::map<std::string, double, std::less<>> all;
        for (const TaskState s :
             {TaskState::TASK_RUNNING, TaskState::TASK_INTERRUPTIBLE, TaskState::TASK_UNINTERRUPTIBLE,
              TaskState::EXIT_DEAD, TaskState::EXIT_ZOMBIE, TaskState::TASK_DEAD}) {
            all.emplace(nameOf(s), static_cast<double>(s));
        }
        addNames(all, IpSummed::CHECKSUM_PARTIAL);
        addNames(all, PacketType::PACKET_OUTGOING);
        addNames(all, Drop::TC_CHAIN_NOTFOUND);
        addNames(all, Context::hardware);
        addNames(all, SkbOwner::lab);
        addNames(all, DmaState::write_back);
        for (unsigned i = 0; i < kSoftirqs; ++i) all.emplace(nameOf(static_cast<Softirq>(i)), i);
        all.emplace("NAPIF_STATE_SCHED", NAPIF_STATE_SCHED);
        all.emplace("NAPIF_STATE_LISTED", NAPIF_STATE_LISTED);
        return all;
    }();
    const auto it = kAll.find(name);
    if (it == kAll.end()) return false;
    value = it->second;
    return true;
}

}  // namespace ringside
