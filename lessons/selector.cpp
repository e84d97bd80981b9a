#include "lessons/selector.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "engine/world/task.h"

namespace ringside {
namespace {

/// The enum value of a kernel name, by counting up to the last one.
template <class E>
std::optional<E> byName(std::string_view name, E last, E first = E{}) {
    for (unsigned i = static_cast<unsigned>(first); i <= static_cast<unsigned>(last); ++i) {
        if (nameOf(static_cast<E>(i)) == name) return static_cast<E>(i);
    }
    return std::nullopt;
}
template <class E>
std::vector<std::string> namesUpTo(E last, E first) {
    std::vector<std::string> names;
    for (unsigned i = static_cast<unsigned>(first); i <= static_cast<unsigned>(last); ++i)
        names.emplace_back(nameOf(static_cast<E>(i)));
    return names;
}

Error unknown(const std::string& place, std::string what, const std::string& given,
              const std::vector<std::string>& known) {
    const std::string near = nearestName(given, known);
    return {
        place, std::move(what),
        fmt::format("\"{}\"{}", given, near.empty() ? std::string{} : fmt::format(" (did you mean \"{}\"?)", near))};
}

bool isTask(const Task& task, std::string_view name) { return task.comm == name || std::to_string(task.pid) == name; }

}  // namespace

std::string Selector::toString() const {
    if (kind == Kind::start) return "start";
    if (kind == Kind::end) return "end";
    std::vector<std::string> parts;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) parts.push_back(fmt::format("{}: {}", name, value));
    };
    add("function", function);
    add("stage", stage);
    add("tracepoint", tracepoint);
    add("drop", drop);
    add("context", context);
    add("cpu", cpu ? std::to_string(*cpu) : "");
    add("task", task);
    add("packet", packet ? std::to_string(*packet) : "");
    add("skb", skb ? std::to_string(*skb) : "");
    add("nth", nth != 1 ? std::to_string(nth) : "");
    return fmt::format("{{{}}}", fmt::join(parts, ", "));
}

Selector readSelector(const YamlView& yaml) {
    Selector s;
    s.place = yaml.place();
    if (yaml.isScalar()) {
        s.kind = yaml.oneOf<Selector::Kind>({{"start", Selector::Kind::start}, {"end", Selector::Kind::end}});
        return s;
    }
    yaml.keys({"function", "stage", "tracepoint", "drop", "context", "cpu", "task", "packet", "skb", "nth"});
    const auto text = [&](const char* key, std::string& out) {
        if (const auto v = yaml.find(key)) out = v->text();
    };
    text("function", s.function);
    text("stage", s.stage);
    text("tracepoint", s.tracepoint);
    text("drop", s.drop);
    text("context", s.context);
    text("task", s.task);
    if (const auto v = yaml.find("cpu")) s.cpu = v->integer<CpuNo>(0, 63);
    if (const auto v = yaml.find("packet")) s.packet = v->integer<std::uint32_t>(1, 0xffffffff);
    if (const auto v = yaml.find("skb")) s.skb = v->integer<std::uint32_t>(1, 0xffffffff);
    if (const auto v = yaml.find("nth")) s.nth = v->integer<std::uint32_t>(1, 1'000'000);
    if (s.function.empty() && s.tracepoint.empty() && s.drop.empty())
        yaml.fail("a function, a tracepoint or a drop", "none of them");
    if (!s.stage.empty() && s.function.empty()) yaml.fail("the function that the stage belongs to", "a stage alone");
    return s;
}

Result<Matcher> Matcher::compile(const Selector& selector, const Inputs& inputs) {
    Matcher m;
    m.m_selector = selector;
    if (!selector.function.empty()) {
        std::vector<std::string> names;
        const FunctionInfo* info = nullptr;
        for (const FunctionInfo& f : inputs.functions) {
            names.emplace_back(f.name);
            if (f.name == selector.function) info = &f;
        }
        if (!info) return unknown(selector.place, "a function of the model", selector.function, names);
        m.m_function = info->id;
        m.m_hardware = std::string_view(info->source) == "hardware";
        if (!selector.stage.empty()) {
            std::vector<std::string> stages, hits;
            for (std::size_t i = 0; i < info->stages.size(); ++i) {
                const std::string name = info->stages[i].name;
                stages.push_back("\"" + name + "\"");
                if (name != selector.stage && name.find(selector.stage) == std::string::npos) continue;
                if (name == selector.stage) hits.clear();
                hits.push_back(stages.back());
                m.m_stage = static_cast<std::uint8_t>(i);
                if (name == selector.stage) break;
            }
            const std::string known = fmt::format("one stage of {}(): {}", selector.function, fmt::join(stages, ", "));
            if (hits.empty()) return Error{selector.place, known, fmt::format("\"{}\"", selector.stage)};
            if (hits.size() > 1)
                return Error{selector.place, known,
                             fmt::format("\"{}\", which {} have", selector.stage, fmt::join(hits, " and "))};
        }
    }
    if (!selector.tracepoint.empty()) {
        const auto found = byName(selector.tracepoint, Tracepoint::sched_switch, Tracepoint::irq_handler_entry);
        if (!found) {
            return unknown(selector.place, "a tracepoint of the model", selector.tracepoint,
                           namesUpTo(Tracepoint::sched_switch, Tracepoint::irq_handler_entry));
        }
        m.m_tracepoint = *found;
    }
    if (!selector.drop.empty() && selector.drop != "any") {
        const auto found = byName(selector.drop, Drop::TC_CHAIN_NOTFOUND, Drop::NOT_SPECIFIED);
        if (!found)
            return unknown(selector.place, "a drop reason of the kernel, or any", selector.drop,
                           namesUpTo(Drop::TC_CHAIN_NOTFOUND, Drop::NOT_SPECIFIED));
        m.m_drop = *found;
    }
    if (!selector.context.empty()) {
        m.m_context = byName(selector.context, Context::hardware);
        if (!m.m_context)
            return unknown(selector.place, "a context", selector.context, namesUpTo(Context::hardware, Context::idle));
    }
    return m;
}

bool Matcher::matches(RunAccess& run, Position position, const Event& e) const {
    const Selector& s = m_selector;
    if (m_function != kNoFunction) {
        if (e.function != m_function) return false;
        // a function alone means its entry; with a stage or a tracepoint, that stage; hardware has no entry
        if (m_stage && (e.stage != *m_stage || e.kind == EventKind::enter)) return false;
        if (!m_stage && !m_hardware && m_tracepoint == Tracepoint::none && s.drop.empty() && e.kind != EventKind::enter)
            return false;
    }
    if (m_tracepoint != Tracepoint::none && e.tracepoint != m_tracepoint) return false;
    if (!s.drop.empty() && (e.drop == Drop::NOT_DROPPED || (m_drop != Drop::NOT_DROPPED && e.drop != m_drop)))
        return false;
    if (m_context && e.context != *m_context) return false;
    if (s.cpu && e.cpu != *s.cpu) return false;
    if (s.packet && e.packet != *s.packet) return false;
    if (s.skb && e.skb != *s.skb) return false;
    if (!s.task.empty()) {
        // sched_switch is made by the task that leaves, so the World before the event is asked as well
        const auto current = [&](Position p) {
            const World w = run.world(p);
            return w.machine().tasks.live(e.task) && isTask(w.machine().tasks[e.task], s.task);
        };
        if (!current(position) && !current(position - 1)) return false;
    }
    return true;
}

Result<Position> Matcher::find(RunAccess& run, Position from, std::uint64_t budget) const {
    if (m_selector.kind == Selector::Kind::start) return Position{0};
    std::uint32_t hits = 0;
    Position p = from;
    for (std::uint64_t looked = 0; looked < budget; ++looked) {
        const std::optional<Event> event = run.event(p + 1);
        if (!event) {
            if (m_selector.kind == Selector::Kind::end) return p;
            return Error{m_selector.place, "a moment " + m_selector.toString(),
                         hits ? fmt::format("only {} of them before the run ends", hits)
                              : std::string("none before the run ends")};
        }
        ++p;
        if (m_selector.kind == Selector::Kind::event && matches(run, p, *event) && ++hits == m_selector.nth) return p;
    }
    return Error{m_selector.place, "a moment " + m_selector.toString(),
                 fmt::format("{} of them in {} events, and no end of the run", hits, budget)};
}

}  // namespace ringside
