#include "engine/scenario/reference.h"

#include <algorithm>

#include "engine/scenario/scenario.h"

namespace ringside {
namespace {

std::string number(std::int64_t n) { return std::to_string(n); }

std::string limits(const Key& key, std::int64_t most) {
    std::string text = number(key.least) + " to " + number(most);
    if (key.multiple != 1) text += ", a multiple of " + number(key.multiple);
    return text;
}

std::string timeText(std::int64_t ns) {
    if (ns == 0) return "0";
    for (const auto& [unit, factor] : {std::pair{"s", kSecond}, {"ms", kMillisecond}, {"us", kMicrosecond}}) {
        if (ns % factor == 0) return number(ns / factor) + unit;
    }
    return number(ns) + "ns";
}

std::string choices(const Key& key) {
    std::string names;
    for (const KeyChoice& choice : key.choices) names += (names.empty() ? "" : ", ") + std::string(choice.name);
    return names;
}

/// What may stand for a T.
template <class T>
std::string valueText(const Key& key) {
    if constexpr (!kIsList<T>) {
        if (key.refers == Refers::nic) return "the name of a card";
        if (key.refers == Refers::socket) return "the name of a socket";
    }
    if constexpr (kIsOptional<T>) {
        return valueText<typename T::value_type>(key);
    } else if constexpr (std::is_same_v<T, std::vector<Op>>) {
        return "list of operations";
    } else if constexpr (std::is_same_v<T, Payload>) {
        return "a size, a text, or a map";
    } else if constexpr (kIsList<T>) {
        if (HasKeys<typename T::value_type>) return "list, at most " + number(static_cast<std::int64_t>(key.longest));
        return "list of: " + valueText<typename T::value_type>(key);
    } else if constexpr (HasShortForm<T>) {
        return "a map, or its `" + std::string(T::kShort) + "` alone";
    } else if constexpr (HasKeys<T>) {
        return "a map";
    } else if constexpr (std::is_same_v<T, bool>) {
        return "true or false";
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (key.most == std::numeric_limits<std::int64_t>::max()) return "a text";
        return "a text of " + limits(key, key.most) + " characters";
    } else if constexpr (TextValue<T>) {
        return std::string(formOf(T{}));
    } else {
        if (!key.choices.empty()) return choices(key);
        std::int64_t most = key.most;
        if constexpr (std::is_integral_v<T> && sizeof(T) < 8)
            most = std::min(most, static_cast<std::int64_t>(std::numeric_limits<T>::max()));
        if (key.unit == Unit::nanoseconds)
            return key.least > 0 ? "a time above 0, as 250us or 1.5s" : "a time, as 250us or 1.5s";
        if (key.unit == Unit::bytes) return "a size, as 142 B or 64KiB, of " + limits(key, most);
        return limits(key, most);
    }
}

/// The default as it would be written.
template <class T>
std::string defaultText(const Key& key, const T& value) {
    if (!key.fallback.empty()) return std::string(key.fallback);
    if constexpr (kIsOptional<T>) {
        return value ? defaultText(key, *value) : "none";
    } else if constexpr (kIsList<T> || HasKeys<T>) {
        return "none";
    } else if constexpr (std::is_same_v<T, bool>) {
        return value ? "true" : "false";
    } else if constexpr (std::is_same_v<T, std::string>) {
        return value.empty() ? "none" : value;
    } else if constexpr (TextValue<T>) {
        return value.toString();
    } else {
        const auto n = static_cast<std::int64_t>(value);
        for (const KeyChoice& choice : key.choices) {
            if (choice.value == n) return std::string(choice.name);
        }
        if (key.unit == Unit::nanoseconds) return timeText(n);
        return number(n);
    }
}

/// Collects the keys of one struct as a group, and the groups below it.
class Collector {
  public:
    Collector(std::vector<KeyGroup>& out, std::string path, std::string doc) : m_out(out), m_at(out.size()) {
        m_out.push_back({std::move(path), std::move(doc), {}});
    }

    template <class T>
    static void group(std::vector<KeyGroup>& out, const std::string& path, std::string_view doc) {
        Collector collector(out, path, std::string(doc));
        if constexpr (std::is_same_v<T, SysctlSpec<>>) {
            const T spec{kDefaultSysctl, kDefaultNetSysctl};
            T::keys(collector, spec);
        } else {
            const T spec{};
            T::keys(collector, spec);
        }
        collector.below();
    }

    template <class T>
    void operator()(const Key& key, const T& value) {
        add(key, valueText<T>(key), defaultText(key, value));
        descend<T>(key, path(key));
    }
    template <class T, class Sink>
    void each(const Key& key, const Sink&) {
        operator()(key, std::vector<T>{});
    }

  private:
    [[nodiscard]] std::string path(const Key& key) const {
        const std::string& own = m_out[m_at].path;
        return own.empty() ? std::string(key.name) : own + "." + std::string(key.name);
    }
    void add(const Key& key, std::string value, std::string fallback) {
        KeyDoc doc;
        doc.name = key.name;
        doc.value = key.told ? std::string(key.told()) : std::move(value);
        doc.required = key.required;
        if (!key.required) doc.fallback = std::move(fallback);
        doc.doc = key.doc;
        m_out[m_at].keys.push_back(std::move(doc));
    }
    template <class T>
    void descend(const Key& key, const std::string& at) {
        if constexpr (kIsOptional<T>) {
            descend<typename T::value_type>(key, at);
        } else if constexpr (std::is_same_v<T, std::vector<Op>>) {
            // the body of a loop is what a program is
            if (key.name == RepeatSpec::kDo.name) return;
            later(
                at + "[]",
                [](std::vector<KeyGroup>& out, const std::string& p, std::string_view) { operations(out, p); }, "");
        } else if constexpr (kIsList<T>) {
            if constexpr (HasKeys<typename T::value_type>) descend<typename T::value_type>(key, at + "[]");
        } else if constexpr (HasKeys<T>) {
            later(at, &Collector::group<T>, key.doc);
        }
    }
    using Write = void (*)(std::vector<KeyGroup>&, const std::string&, std::string_view);
    void later(const std::string& path, Write write, std::string_view doc) {
        m_out[m_at].keys.back().group = path;
        m_later.push_back({path, write, doc});
    }
    void below() {
        for (const auto& [path, write, doc] : m_later) write(m_out, path, doc);
    }
    /// The operations of a program are the keys of its elements.
    static void operations(std::vector<KeyGroup>& out, const std::string& path) {
        Collector collector(out, path,
                            "operations of a program, one key each; one that needs no values may stand alone");
        eachOp([&]<class T>(const T&) {
            if constexpr (!std::is_same_v<T, op::jump>) collector.operation<T>();
        });
        collector.operation<RepeatSpec>();
        collector.below();
    }
    template <class T>
    void operation() {
        const Key key{.name = T::kName, .doc = T::kDoc};
        const bool none = keyNames<T>().empty();
        add(key, none ? "nothing" : valueText<T>(key), "none");
        if (!none) later(path(key), &Collector::group<T>, T::kDoc);
    }
    struct Below {
        std::string path;
        Write write;
        std::string_view doc;
    };
    std::vector<KeyGroup>& m_out;
    std::size_t m_at;
    std::vector<Below> m_later;
};

}  // namespace

std::vector<KeyGroup> scenarioReference() {
    std::vector<KeyGroup> groups;
    Collector::group<Scenario>(groups, "", "a scenario");
    return groups;
}

}  // namespace ringside
