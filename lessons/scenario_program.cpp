// The programs of a scenario's tasks: a list of operations, loops compiled to jumps.

#include <fmt/format.h>

#include "lessons/key_reader.h"

namespace ringside {
namespace {

/// Words for what is not modelled yet, so that they are not taken for slips of the pen.
constexpr std::string_view kLater[] = {"epoll_create", "epoll_ctl", "epoll_wait", "poll", "select", "sendto"};

class Compiler {
  public:
    Compiler(const KeyContext& context, std::vector<Op>& out) : m_context(context), m_out(out) {}

    void list(const YamlView& list, std::uint8_t depth) {
        for (const YamlView& v : list.list()) {
            if (m_out.size() >= kLongestProgram)
                v.fail(fmt::format("a program of at most {} operations", kLongestProgram), "a longer one");
            if (v.isScalar()) {
                alone(v);
                continue;
            }
            const auto entries = v.entries();
            if (entries.size() != 1)
                v.fail("one operation, as `- sleep: 1ms`", fmt::format("a map of {} keys", entries.size()));
            const auto& [key, value] = entries.front();
            if (key.text() == RepeatSpec::kName)
                repeat(value, depth);
            else
                m_out.push_back(operation(key.text(), key, &value));
        }
    }

  private:
    /// "- exit": an operation that needs no values.
    void alone(const YamlView& v) { m_out.push_back(operation(v.text(), v, nullptr)); }

    void repeat(const YamlView& v, std::uint8_t depth) {
        if (depth >= kMostLoops) v.fail(fmt::format("at most {} loops inside each other", kMostLoops), "one more");
        v.keys(keyNames<RepeatSpec>());
        const std::size_t begin = m_out.size();
        const YamlView body = v.need(RepeatSpec::kDo.name);
        list(body, static_cast<std::uint8_t>(depth + 1));
        if (m_out.size() == begin) body.fail("operations to repeat", "none");
        std::optional<std::uint32_t> times;
        KeyReader(v, m_context, "")(RepeatSpec::kTimes, times);
        op::jump jump;
        jump.to = static_cast<std::uint16_t>(begin);
        jump.slot = depth;
        if (times == 1U) return;
        if (times) jump.count = *times - 1;  // the first pass needs no jump
        m_out.emplace_back(jump);
    }
    /// The operation with this name; `value` is missing where the name stands alone.
    Op operation(const std::string& name, const YamlView& key, const YamlView* value) {
        if (std::find(std::begin(kLater), std::end(kLater), name) != std::end(kLater))
            key.fail("recvfrom: other ways to wait or send are not modelled yet", "\"" + name + "\"");
        std::optional<Op> found;
        const auto tryOne = [&]<class T>(const T&) {
            if (T::kName != name || std::is_same_v<T, op::jump>) return;
            T operation;
            if (value) {
                KeyReader::structure(*value, m_context, "", operation);
            } else if (HasShortForm<T>) {
                key.fail(fmt::format("a value, as `- {}: 1ms`", name));
            }
            found = operation;
        };
        std::vector<std::string> names{std::string(RepeatSpec::kName)};
        eachOp([&]<class T>(const T& o) {
            if (!std::is_same_v<T, op::jump>) names.emplace_back(T::kName);
            tryOne(o);
        });
        if (!found) key.failName(name, names);
        return *found;
    }

    const KeyContext& m_context;
    std::vector<Op>& m_out;
};

}  // namespace

void KeyReader::program(const YamlView& v, std::vector<Op>& out) const {
    out.clear();
    Compiler(m_context, out).list(v, 0);
    if (out.empty()) v.fail("at least one operation", "none");
    // a program that runs off its end is over
    if (!std::holds_alternative<op::exit>(out.back())) out.emplace_back(op::exit{});
}

}  // namespace ringside
