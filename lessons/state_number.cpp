#include "lessons/state_number.h"

#include <charconv>

#include "engine/core/fields_visitors.h"
#include "lessons/derived_values.h"
#include "lessons/state_pools.h"
#include "lessons/state_value.h"

namespace ringside {
namespace {

/// Walks down the field lists along one path. What does not lead on is left again; nothing is remembered of it.
class NumberVisitor {
  public:
    NumberVisitor(const Machine& machine, std::string_view path, bool sums)
        : m_machine(&machine), m_rest(path), m_sums(sums) {}

    template <class T>
    void operator()(std::string_view name, const T& value, Unit = Unit::none, std::string_view = {}) {
        if (m_found || !m_rest.starts_with(name)) return;
        const std::string_view path = m_rest, after = m_rest.substr(name.size());
        if (!after.empty() && after.front() != '.' && after.front() != '[') return;
        m_rest = after;
        descend(value);
        if (!m_found) m_rest = path;
    }
    template <class T>
    void hidden(std::string_view, const T&) {}
    template <class T>
    void apart(std::string_view, const T&) {}
    template <class T>
    void spread(std::string_view name, const std::vector<T>& list, std::string_view = {}) {
        T::describe(*this, list.front());
        if (list.size() > 1) (*this)(name, list);
    }

    template <class T>
    void descend(const T& value) {
        if (m_rest.empty()) {
            leaf(value);
        } else if constexpr (Described<T>) {
            if (m_rest.front() == '.') m_rest.remove_prefix(1);
            const Machine* const before = m_machine;
            if constexpr (std::is_same_v<T, Machine>) m_machine = &value;
            if constexpr (HasDerivedValues<T>) {
                if (const auto derived = derivedValue(*m_machine, value, m_rest))
                    add(static_cast<double>(derived->number));
            }
            if (!m_found) T::describe(*this, value);
            m_machine = before;
        } else {
            into(value);
        }
    }

    [[nodiscard]] std::optional<double> result() const { return m_found ? std::optional(m_sum) : std::nullopt; }

  private:
    void add(double number) {
        m_sum += number;
        m_found = true;
    }
    template <class T>
    void leaf(const T& value) {
        if constexpr (NamedEnum<T>) {
            // zero is a number only where it is one of the names that expressions know
            double known = 0;
            if (value != T{} || stateConstant(nameOf(value), known)) add(static_cast<double>(value));
        } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
            // NOLINTNEXTLINE(bugprone-signed-char-misuse): a signed number keeps its sign
            add(static_cast<double>(value));
        } else if constexpr (requires { value.slot; }) {
            add(value.slot);
        } else if constexpr (!Described<T> && !FunctionReference<T> && !Textual<T> &&
                             !std::is_convertible_v<const T&, std::string_view> && requires { value.size(); }) {
            add(static_cast<double>(value.size()));
        }
    }
    void leaf(const Bytes&) {}  // no number
    template <class T>
    void leaf(const Cow<T>& c) {
        leaf(*c);
    }
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
    struct Key {
        std::string_view text;
        std::size_t number = ~std::size_t{0};  ///< none: the key is no number as it would be written
        bool all = false;
    };
    Key readKey() {
        Key k{key()};
        k.all = m_sums && k.text == "*";
        std::size_t n = 0;
        const char* const end = k.text.data() + k.text.size();
        const auto read = std::from_chars(k.text.data(), end, n);
        if (read.ec == std::errc{} && read.ptr == end && (k.text.size() == 1 || k.text.front() != '0')) k.number = n;
        return k;
    }
    template <class T>
    static bool isKey(const T& item, const Key& k, std::size_t index) {
        return k.number == index || hasName(item, [&](std::string_view name) { return name == k.text; });
    }
    /// One of all elements: false, when it has no number there.
    template <class T>
    bool each(const T& item) {
        const std::string_view rest = m_rest;
        m_found = false;
        descend(item);
        m_rest = rest;
        return m_found;
    }
    template <class T>
    void into(const Cow<T>& c) {
        descend(*c);
    }
    template <class T, class I, std::size_t N>
    void into(const Pool<T, I, N>& pool) {
        const Key k = readKey();
        if (k.all) {
            bool every = true;
            pool.each([&](I, const T& item) { every = each(item) && every; });
            m_found = every;
            return;
        }
        const T* hit = nullptr;
        pool.each([&](I id, const T& item) {
            if (!hit && isKey(item, k, id.slot)) hit = &item;
        });
        if (hit) descend(*hit);
    }
    template <class T>
    void into(const std::vector<T>& list) {
        elements(list);
    }
    template <class T, std::size_t N>
    void into(const std::array<T, N>& list) {
        elements(list);
    }
    template <class List>
    void elements(const List& list) {
        const Key k = readKey();
        bool every = true;
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto&& item = unwrapped(list[i]);
            if (k.all)
                every = each(item) && every;
            else if (isKey(item, k, i))
                return descend(item);
        }
        if (k.all) m_found = every;
    }
    /// An id leads on to what it names.
    template <PooledId I>
    void into(const I& id) {
        if (const auto& pool = poolOf(*m_machine, id); pool.live(id)) descend(pool[id]);
    }
    template <class T>
    void into(const T&) {}  // a plain value has nothing below it

    const Machine* m_machine;  // whose ids are met
    std::string_view m_rest;
    double m_sum = 0;
    bool m_found = false, m_sums;
};

std::optional<double> read(const World& world, std::string_view path, bool sums) {
    NumberVisitor visitor(world.machine(), path, sums);
    visitor.descend(world);
    return visitor.result();
}

}  // namespace

std::optional<double> stateNumber(const World& world, std::string_view path) { return read(world, path, false); }
std::optional<double> stateSum(const World& world, std::string_view path) { return read(world, path, true); }

}  // namespace ringside
