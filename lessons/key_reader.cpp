#include "lessons/key_reader.h"

namespace ringside {

std::vector<std::string> namesOf(Refers what, const Scenario& scenario) {
    std::vector<std::string> names;
    if (what == Refers::socket) names = socketNames(scenario.sockets);
    if (what == Refers::nic) {
        for (const NicSpec& nic : scenario.nics) names.push_back(nic.name);
    }
    return names;
}

std::int64_t KeyReader::named(const YamlView& v, const Key& key) const {
    const std::vector<std::string> names = namesOf(key.refers, m_context.scenario);
    std::vector<std::pair<std::string_view, std::int64_t>> known;
    for (std::size_t i = 0; i < names.size(); ++i) known.emplace_back(names[i], static_cast<std::int64_t>(i));
    return v.oneOf(known);
}

std::int64_t KeyReader::number(const YamlView& v, const Key& key, std::int64_t most) const {
    if (key.refers != Refers::nothing) return named(v, key);
    if (!key.choices.empty()) {
        std::vector<std::pair<std::string_view, std::int64_t>> known;
        for (const KeyChoice& choice : key.choices) known.emplace_back(choice.name, choice.value);
        return v.oneOf(known);
    }
    if (key.unit == Unit::nanoseconds) {
        const Time time = v.time();
        if (time < key.least)
            v.fail(key.least == 1 ? "a time above 0" : fmt::format("a time of at least {} ns", key.least));
        if (time > most) v.fail(fmt::format("a time of at most {} ns", most));
        return time;
    }
    if (key.unit == Unit::bytes) {
        const auto limit = static_cast<std::uint32_t>(std::min<std::int64_t>(most, 0xffffffff));
        const std::uint32_t size = v.size(limit);
        if (size < key.least) v.fail(fmt::format("a size of {} to {} B", key.least, limit));
        return size;
    }
    const std::int64_t number = v.integer(key.least, most);
    if (number % key.multiple != 0)
        v.fail(fmt::format("a whole number from {} to {}, a multiple of {}", key.least, most, key.multiple));
    return number;
}

void KeyReader::text(const YamlView& v, const Key& key, std::string& out) {
    out = v.text();
    const auto length = static_cast<std::int64_t>(out.size());
    if (length >= key.least && length <= key.most) return;
    if (key.most == std::numeric_limits<std::int64_t>::max())
        v.fail(fmt::format("a text of at least {} characters", key.least));
    v.fail(fmt::format("a text of {} to {} characters", key.least, key.most));
}

void KeyReader::payload(const YamlView& v, const Key& key, const std::string& path, Payload& out) const {
    out = {};
    if (v.isMap()) return structure(v, m_context, path, out);
    if (parseSize(v.text())) {
        out.size = v.size(kMostPayload);
        return;
    }
    Key whole = key;
    whole.most = kMostPayload;
    text(v, whole, out.text.emplace());
}

}  // namespace ringside
