#pragma once
// Reads structs with key lists (engine/core/keys.h) from YAML. A value that its key does not allow is refused with
// file, line, column, what was expected and what was found. Throws YamlFailure.

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "engine/core/keys.h"
#include "engine/scenario/scenario.h"
#include "lessons/yaml.h"

namespace ringside {

/// What a reader needs besides the document.
struct KeyContext {
    const Scenario& scenario;                    ///< as far as it was read: lists that others refer to
    std::map<std::string, std::string>& places;  ///< "tasks[1].cpu" -> file:line:column
};

class KeyReader {
  public:
    KeyReader(const YamlView& map, const KeyContext& context, const std::string& path)
        : m_map(map), m_context(context), m_path(path) {}

    /// Reads one struct: a map, or the value of its short form's key.
    template <HasKeys T>
    static void structure(const YamlView& v, const KeyContext& context, const std::string& path, T& out) {
        if constexpr (HasShortForm<T>) {
            if (!v.isMap()) return shortForm(v, context, path, out);
        }
        v.keys(keyNames(out));
        KeyReader reader(v, context, path);
        T::keys(reader, out);
    }

    template <class T>
    void operator()(const Key& key, T& out) {
        const std::optional<YamlView> v = key.required ? std::optional(m_map.need(key.name)) : m_map.find(key.name);
        if (!v) return;
        const std::string path = below(key);
        m_context.places[path] = v->place();
        value(*v, key, path, out);
    }
    /// A list whose elements are handed on one by one.
    template <class T, class Sink>
    void each(const Key& key, const Sink& sink) {
        const std::optional<YamlView> v = m_map.find(key.name);
        if (!v) return;
        elements(*v, key, below(key), [&](const YamlView& element, const std::string& path, std::size_t) {
            T spec{};
            structure(element, m_context, path, spec);
            if (const std::optional<Error> error = sink(spec)) refuse(element, *error);
        });
    }

  private:
    /// Reads the key of a short form out of the value itself.
    template <class T>
    struct Only {
        const YamlView& v;
        const KeyReader& reader;
        template <class M>
        void operator()(const Key& key, M& member) {
            if (key.name == T::kShort) reader.value(v, key, reader.m_path, member);
        }
    };
    template <class T>
    static void shortForm(const YamlView& v, const KeyContext& context, const std::string& path, T& out) {
        const KeyReader reader(v, context, path);
        Only<T> only{v, reader};
        T::keys(only, out);
    }

    [[nodiscard]] std::string below(const Key& key) const {
        return m_path.empty() ? std::string(key.name) : fmt::format("{}.{}", m_path, key.name);
    }

    /// The error at the key that it names inside the element, or at the element.
    [[noreturn]] static void refuse(const YamlView& element, const Error& error) {
        YamlView at = element;
        std::string_view rest = error.place;
        while (!rest.empty() && at.isMap()) {
            const std::string_view key = rest.substr(0, rest.find('.'));
            rest.remove_prefix(std::min(rest.size(), key.size() + 1));
            const std::optional<YamlView> inner = at.find(key);
            if (!inner) break;
            at = *inner;
        }
        at.fail(error.expected, error.found);
    }

    template <class F>
    void elements(const YamlView& v, const Key& key, const std::string& path, F&& read) const {
        const std::vector<YamlView> list = v.list();
        if (list.size() > key.longest)
            v.fail(fmt::format("at most {} elements", key.longest), fmt::format("{}", list.size()));
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string at = fmt::format("{}[{}]", path, i);
            m_context.places[at] = list[i].place();
            read(list[i], at, i);
        }
    }

    template <class T>
    void value(const YamlView& v, const Key& key, const std::string& path, T& out) const {
        if constexpr (kIsOptional<T>) {
            value(v, key, path, out.emplace());
        } else if constexpr (std::is_same_v<T, std::vector<Op>>) {
            program(v, out);
        } else if constexpr (std::is_same_v<T, Payload>) {
            payload(v, key, path, out);
        } else if constexpr (kIsList<T>) {
            list(v, key, path, out);
        } else if constexpr (HasKeys<T>) {
            structure(v, m_context, path, out);
        } else if constexpr (std::is_same_v<T, bool>) {
            out = v.boolean();
        } else if constexpr (std::is_same_v<T, std::string>) {
            text(v, key, out);
            if (key.refers != Refers::nothing) static_cast<void>(named(v, key));
        } else if constexpr (TextValue<T>) {
            const std::string expected = parseValue(v.text(), out);
            if (!expected.empty()) v.fail(expected);
        } else {
            static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
            out = static_cast<T>(number(v, key, most<T>(key)));
        }
    }

    template <class T>
    void list(const YamlView& v, const Key& key, const std::string& path, std::vector<T>& out) const {
        out.clear();
        if constexpr (!HasKeys<T>) {
            // one alone may stand without brackets
            if (v.isScalar()) return value(v, key, path, out.emplace_back());
        }
        elements(v, key, path, [&](const YamlView& element, const std::string& at, std::size_t i) {
            T item{};
            if constexpr (requires { T::nth(i); }) item = T::nth(i);
            value(element, key, at, item);
            out.push_back(std::move(item));
        });
    }

    template <class T>
    static std::int64_t most(const Key& key) {
        if constexpr (std::is_integral_v<T> && sizeof(T) < 8)
            return std::min(key.most, static_cast<std::int64_t>(std::numeric_limits<T>::max()));
        return key.most;
    }
    /// The index of the element that a name stands for.
    [[nodiscard]] std::int64_t named(const YamlView& v, const Key& key) const;
    [[nodiscard]] std::int64_t number(const YamlView& v, const Key& key, std::int64_t most) const;
    static void text(const YamlView& v, const Key& key, std::string& out);
    void payload(const YamlView& v, const Key& key, const std::string& path, Payload& out) const;
    void program(const YamlView& v, std::vector<Op>& out) const;

    const YamlView& m_map;
    const KeyContext& m_context;
    const std::string m_path;
};

/// The names that an entry may refer to, by index.
std::vector<std::string> namesOf(Refers what, const Scenario& scenario);

}  // namespace ringside
