#include "lessons/engine_texts.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "engine/core/fields_held.h"
#include "engine/core/fields_visitors.h"
#include "engine/history/drop_rows.h"
#include "engine/linux/arguments.h"
#include "engine/linux/table.h"
#include "engine/protocol/layout.h"
#include "engine/world/world.h"

namespace ringside {
namespace {

/// "SkBuff" of ringside::SkBuff.
template <class T>
std::string_view typeName() {
    std::string_view name = __PRETTY_FUNCTION__;  // "… [with T = ringside::SkBuff; …]"
    name = name.substr(name.find("T = ") + 4);
    name = name.substr(0, name.find_first_of(";]"));
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class Collector {
  public:
    void add(std::string key, std::string_view english) {
        const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
        if (std::any_of(english.begin(), english.end(), letter) && m_keys.insert(key).second)
            m_texts.push_back({std::move(key), std::string(english)});
    }
    [[nodiscard]] bool has(std::string_view english) const {
        return std::any_of(m_texts.begin(), m_texts.end(), [&](const EngineText& t) { return t.english == english; });
    }
    template <class T>
    void type(const T* value = nullptr);
    std::vector<EngineText> take() { return std::move(m_texts); }

  private:
    std::set<std::string, std::less<>> m_keys;
    std::set<std::string_view> m_types;
    std::vector<EngineText> m_texts;
};

/// The fields of one struct, and of what they are.
class FieldVisitor {
  public:
    FieldVisitor(Collector& out, std::string_view owner) : m_out(out), m_owner(owner) {}
    template <class T>
    void operator()(std::string_view name, const T& value, Unit = Unit::none, std::string_view doc = {}) {
        m_out.add(m_owner + "." + std::string(name), doc);
        m_out.type<T>(&value);
    }
    template <class T>
    void hidden(std::string_view, const T&) {}
    template <class T>
    void apart(std::string_view, const T&) {}
    template <class T>
    void spread(std::string_view name, const std::vector<T>&, std::string_view doc = {}) {
        m_out.add(m_owner + "." + std::string(name), doc);
        m_out.type<T>();
    }

  private:
    Collector& m_out;
    std::string m_owner;
};

template <class T>
void Collector::type(const T* value) {
    if constexpr (Described<T>) {
        if (!m_types.insert(typeName<T>()).second) return;
        FieldVisitor visitor(*this, typeName<T>());
        if constexpr (std::is_default_constructible_v<T>) {
            const auto empty = T();
            T::describe(visitor, empty);
        } else {
            T::describe(visitor, *value);  // a view of several structs
        }
    } else if constexpr (!std::is_void_v<typename Held<T>::type>) {
        type<typename Held<T>::type>();
    }
}

void addLocals(Collector& out, const Value& value, const std::string& key) {
    for (const Value& child : value.children) {
        const bool known = std::any_of(std::begin(args::kKnownArguments), std::end(args::kKnownArguments),
                                       [&](const auto& a) { return a.name == child.name && a.doc == child.doc; });
        const std::string own = key + "." + child.name;
        if (known)
            out.add("argument." + child.name, child.doc);
        else
            out.add(own, child.doc);
        // the fields of a struct are known by its type already
        for (const Value& inner : child.children) {
            if (!out.has(inner.doc)) out.add(own + "." + inner.name, inner.doc);
        }
    }
}

void addFunctions(Collector& out) {
    for (const FunctionInfo& f : linux61Table()) {
        const std::string name = f.name;
        out.add(name, f.doc);
        for (std::size_t i = 0; i < f.stages.size() && i < f.members.size(); ++i)
            out.add(name + "." + std::string(f.members[i]), f.stages[i].name);
        if (f.locals == nullptr) continue;
        Value locals;
        f.locals({}, locals);
        addLocals(out, locals, name);
    }
}

void addHeaders(Collector& out) {
    for (int i = 1; i <= static_cast<int>(HeaderKind::icmpv6); ++i) {
        const auto kind = static_cast<HeaderKind>(i);
        // the longest header of each kind; ARP's address lengths are those of Ethernet and IPv4
        std::vector<std::uint8_t> bytes(2048, kind == HeaderKind::arp ? 0 : 0xff);
        if (kind == HeaderKind::arp) bytes[4] = 6, bytes[5] = 4;
        for (const LayoutField& field : headerLayout(kind, bytes, 0).fields)
            out.add("header." + std::string(headerName(kind)) + "." + std::string(field.name), field.doc);
    }
}

void addDrops(Collector& out) {
    for (const DropRow& row : dropRows()) out.add("drop." + std::string(row.key) + ".why", row.why);
    for (const DropAdvice& advice : dropAdvice()) out.add("drop.advice." + std::string(advice.key), advice.text);
}

}  // namespace

std::vector<EngineText> engineTexts() {
    Collector out;
    out.type<World>();
    out.type<Machine>();
    out.type<Net>();
    addFunctions(out);
    addHeaders(out);
    addDrops(out);
    return out.take();
}

}  // namespace ringside
