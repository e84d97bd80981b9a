#include "lessons/lab_script.h"

#include <fmt/format.h>

#include <limits>

namespace ringside {
namespace {

/// The calls a script may make, under the name a programmer writes; alloc_skb() is inlined around __alloc_skb().
constexpr std::pair<std::string_view, std::string_view> kCalls[] = {
    {"alloc_skb", "__alloc_skb"}, {"skb_reserve", "skb_reserve"}, {"skb_put", "skb_put"},     {"skb_push", "skb_push"},
    {"skb_pull", "skb_pull"},     {"skb_trim", "skb_trim"},       {"skb_clone", "skb_clone"}, {"skb_copy", "skb_copy"}};
constexpr std::uint64_t kRestEvents = 1'000'000;

bool makesOne(std::string_view function) {
    return function == "__alloc_skb" || function == "skb_clone" || function == "skb_copy";
}

/// The youngest sk_buff, by serial.
std::uint32_t youngest(const World& world) {
    std::uint32_t id = 0;
    world.machine().skbs.each([&](SkbId, const SkBuff& skb) { id = std::max(id, skb.id); });
    return id;
}

}  // namespace

std::vector<LabStep> readLabScript(const YamlView& yaml) {
    std::vector<std::string> names;
    for (const auto& [name, function] : kCalls) names.emplace_back(name);
    names.emplace_back("run");
    std::vector<LabStep> steps;
    for (const YamlView& v : yaml.list()) {
        LabStep step;
        step.place = v.place();
        std::string name;
        if (v.isScalar()) {
            name = v.text();
        } else {
            for (const auto& [key, value] : v.entries()) {
                if (key.text() == "on") {
                    step.on = value.text();
                } else if (key.text() == "as") {
                    step.as = value.text();
                } else if (name.empty()) {
                    name = key.text();
                    if (!value.isNull()) step.argument = value.integer<std::uint32_t>(0, 1 << 20);
                } else {
                    key.fail("one call an element, with `on` and `as`");
                }
            }
        }
        bool known = name == "run";
        for (const auto& [word, function] : kCalls) {
            if (word != name) continue;
            step.function = function;
            known = true;
        }
        if (!known) v.failName(name, names);
        steps.push_back(step);
        if (steps.size() > 1000) yaml.fail("at most 1000 calls", "more");
    }
    return steps;
}

std::optional<Error> LabPlayer::play(const LabStep& step) {
    if (step.function.empty()) {
        m_timeline.seek(m_timeline.position() + kRestEvents);
        return std::nullopt;
    }
    LabCall call;
    for (const FunctionInfo& f : m_timeline.inputs().functions) {
        if (f.name == step.function) call.function = f.id;
    }
    if (call.function == kNoFunction) return Error{step.place, "a function of the model", step.function};
    call.argument = step.argument;
    if (step.function != "__alloc_skb") {
        std::uint32_t serial = m_last;
        if (!step.on.empty()) serial = m_names.contains(step.on) ? m_names[step.on] : 0;
        call.skb = m_timeline.world().machine().findSkb(serial);
        if (!serial || !call.skb)
            return Error{step.place, "a living sk_buff", step.on.empty() ? "none made yet" : "\"" + step.on + "\""};
        m_last = serial;
    }
    if (auto error = m_timeline.intervene(call)) {
        error->place = step.place;
        return error;
    }
    m_timeline.finishLabCall();
    if (makesOne(step.function) && m_timeline.world().machine().oops.empty()) m_last = youngest(m_timeline.world());
    if (!step.as.empty()) m_names[step.as] = m_last;
    return std::nullopt;
}

std::optional<Error> LabPlayer::play(const std::vector<LabStep>& steps) {
    for (const LabStep& step : steps) {
        if (auto error = play(step)) return error;
    }
    return std::nullopt;
}

World TimelineRun::world(Position position) {
    if (!m_cached || m_cached->first != position) m_cached = {position, m_timeline.at(position)};
    return m_cached->second;
}

}  // namespace ringside
