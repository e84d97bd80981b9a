#pragma once
// The visitors over field lists: a hash, and a tree of named values.

#include <array>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/cow.h"
#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/pool.h"
#include "engine/core/value.h"

namespace ringside {

/// Folds every described field, in order, into 64 bits (FNV-1a over 8-byte words, then a finalizer). Padding, freed
/// slots, the shape of containers and the numbers of functions never count, so equal states have equal hashes in every
/// build.
class HashVisitor {
  public:
    [[nodiscard]] std::uint64_t hash() const {
        std::uint64_t h = m_hash;
        h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdULL;
        h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53ULL;
        return h ^ (h >> 33);
    }
    void word(std::uint64_t w) { m_hash = (m_hash ^ w) * 0x100000001b3ULL + (m_hash >> 47); }
    void bytes(std::span<const std::uint8_t> b) {
        word(b.size());
        while (!b.empty()) {
            std::uint64_t w = 0;
            const std::size_t n = b.size() < 8 ? b.size() : 8;
            std::memcpy(&w, b.data(), n);
            word(w);
            b = b.subspan(n);
        }
    }
    template <class T>
    void operator()(std::string_view, const T& value, Unit = Unit::none, std::string_view = {}) {
        fold(value);
    }
    template <class T>
    void hidden(std::string_view, const T& value) {
        fold(value);
    }
    template <class T>
    void apart(std::string_view, const T&) {}
    template <class T>
    void spread(std::string_view, const std::vector<T>& list, std::string_view = {}) {
        fold(list);
    }

  private:
    template <class T>
    void fold(const T& value) {
        if constexpr (std::is_enum_v<T> || std::is_integral_v<T>)
            word(static_cast<std::uint64_t>(value));
        else if constexpr (FunctionReference<T>)
            word(functionNameHash(value.id));
        else if constexpr (Described<T>)
            T::describe(*this, value);
        else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
            const std::string_view text = value;
            bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
        } else if constexpr (Textual<T>)
            fold(value.toString());
        else
            foldContainer(value);
    }
    template <class Tag>
    void foldContainer(const Id<Tag>& id) {
        word(id.slot);
    }
    void foldContainer(const Bytes& b) { bytes(b.read()); }
    template <class T>
    void foldContainer(const Cow<T>& c) {
        fold(*c);
    }
    template <class T, class I, std::size_t N>
    void foldContainer(const Pool<T, I, N>& pool) {
        word(pool.size());
        pool.each([&](I id, const T& item) {
            word(id.slot);
            fold(item);
        });
    }
    template <class T>
    void foldContainer(const std::vector<T>& list) {
        word(list.size());
        for (const auto& item : list) fold(item);
    }
    template <class T, std::size_t N>
    void foldContainer(const std::array<T, N>& list) {
        for (const auto& item : list) fold(item);
    }
    template <class T, std::size_t N>
    void foldContainer(const T (&list)[N]) {
        for (const auto& item : list) fold(item);
    }
    std::uint64_t m_hash = 0xcbf29ce484222325ULL;
};

/// Builds the tree of named values that inspector, JSON, `--state` and expressions read.
class ValueVisitor {
  public:
    explicit ValueVisitor(Value& group) : m_group(group) { m_group.kind = Value::Kind::group; }

    template <class T>
    void operator()(std::string_view name, const T& value, Unit unit = Unit::none, std::string_view doc = {}) {
        Value& v = place(name);
        v.unit = unit;
        v.doc = doc;
        build(v, value);
    }
    /// Not shown.
    template <class T>
    void hidden(std::string_view, const T&) {}
    template <class T>
    void apart(std::string_view, const T&) {}
    /// The first element's fields come here, all elements under the list's name when there are several.
    template <class T>
    void spread(std::string_view name, const std::vector<T>& list, std::string_view doc = {}) {
        T::describe(*this, list.front());
        if (list.size() > 1) (*this)(name, list, Unit::none, doc);
    }

    template <class T>
    static void build(Value& v, const T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            v.kind = Value::Kind::boolean;
            v.number = value;
        } else if constexpr (NamedEnum<T>) {
            v.kind = Value::Kind::text;
            v.number = static_cast<std::int64_t>(value);
            v.text = nameOf(value);
        } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
            v.kind = Value::Kind::number;
            // NOLINTNEXTLINE(bugprone-signed-char-misuse): a signed number keeps its sign
            v.number = static_cast<std::int64_t>(value);
        } else if constexpr (FunctionReference<T>) {
            v.kind = value ? Value::Kind::text : Value::Kind::none;
            v.text = functionName(value.id);
        } else if constexpr (Described<T>) {
            ValueVisitor inner(v);
            T::describe(inner, value);
        } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
            v.kind = Value::Kind::text;
            v.text = std::string_view(value);
        } else if constexpr (Textual<T>) {
            v.kind = Value::Kind::text;
            v.text = value.toString();
        } else {
            container(v, value);
        }
    }

  private:
    template <class Tag>
    static void container(Value& v, const Id<Tag>& id) {
        v.kind = id ? Value::Kind::number : Value::Kind::none;
        v.number = id.slot;
    }
    static void container(Value& v, const Bytes& b) {
        v.kind = Value::Kind::text;
        static constexpr char digits[] = "0123456789abcdef";
        for (const std::uint8_t byte : b.read()) v.text += {digits[byte >> 4], digits[byte & 15]};
    }
    template <class T>
    static void container(Value& v, const Cow<T>& c) {
        build(v, *c);
    }
    template <class T, class I, std::size_t N>
    static void container(Value& v, const Pool<T, I, N>& pool) {
        v.kind = Value::Kind::list;
        pool.each([&](I id, const T& item) { element(v, item, id.slot); });
    }
    template <class List>
    static void container(Value& v, const List& list) {
        v.kind = Value::Kind::list;
        std::size_t index = 0;
        for (const auto& item : list) element(v, item, index++);
    }
    template <class T>
    static void element(Value& list, const Cow<T>& item, std::size_t index) {
        element(list, *item, index);
    }
    template <class T>
    static void element(Value& list, const T& item, std::size_t index) {
        Value& v = list.children.emplace_back();
        if constexpr (Keyed<T>)
            v.name = item.fieldKey();
        else
            v.name = std::to_string(index);
        build(v, item);
    }
    /// A second field of one name adds to the group that the first one made.
    Value& place(std::string_view name) {
        for (Value& v : m_group.children) {
            if (v.name == name && v.kind == Value::Kind::group) return v;
        }
        Value& v = m_group.children.emplace_back();
        v.name = name;
        return v;
    }
    Value& m_group;
};

/// The tree of one described struct.
template <Described T>
Value valueOf(const T& state, std::string_view name = {}) {
    Value v;
    v.name = name;
    ValueVisitor::build(v, state);
    return v;
}

/// The hash of one described struct.
template <Described T>
std::uint64_t hashOf(const T& state) {
    HashVisitor visitor;
    T::describe(visitor, state);
    return visitor.hash();
}

}  // namespace ringside
