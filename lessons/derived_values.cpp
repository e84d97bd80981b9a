#include "lessons/derived_values.h"

#include "engine/history/whereabouts.h"

namespace ringside {
namespace {

constexpr std::string_view kOfRing[] = {"used"}, kOfCpu[] = {"context"}, kOfSkb[] = {"headroom", "tailroom", "headlen"};

}  // namespace

std::span<const std::string_view> derivedNames(const RxRing&) { return kOfRing; }
std::span<const std::string_view> derivedNames(const Cpu&) { return kOfCpu; }
std::span<const std::string_view> derivedNames(const SkBuff&) { return kOfSkb; }

Value numberValue(std::string name, std::int64_t number, Unit unit) {
    Value v;
    v.name = std::move(name);
    v.kind = Value::Kind::number;
    v.number = number;
    v.unit = unit;
    return v;
}

std::optional<Value> derivedValue(const Machine&, const RxRing& ring, std::string_view name) {
    if (name != "used") return std::nullopt;
    const int used = ring.count() ? (ring.rdh + ring.count() - ring.next_to_clean) % ring.count() : 0;
    return numberValue("used", used, Unit::count);
}

std::optional<Value> derivedValue(const Machine& machine, const Cpu& cpu, std::string_view name) {
    if (name != "context") return std::nullopt;
    const Context context = contextOf(machine, cpu);
    Value v = numberValue("context", static_cast<std::int64_t>(context), Unit::none);
    v.kind = Value::Kind::text;
    v.text = nameOf(context);
    return v;
}

std::optional<Value> derivedValue(const Machine&, const SkBuff& skb, std::string_view name) {
    if (name == "headroom") return numberValue("headroom", skb.headroom(), Unit::bytes);
    if (name == "tailroom") return numberValue("tailroom", skb.tailroom(), Unit::bytes);
    if (name == "headlen") return numberValue("headlen", skb.headlen(), Unit::bytes);
    return std::nullopt;
}

}  // namespace ringside
