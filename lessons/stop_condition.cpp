#include "lessons/stop_condition.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "lessons/element_name.h"
#include "lessons/expression.h"
#include "lessons/state_number.h"
#include "lessons/state_value.h"
#include "lessons/units.h"

namespace ringside {
namespace {

std::string withoutBlanks(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = text.find_first_not_of(" \t", at);
        if (begin == std::string_view::npos) break;
        at = std::min(text.size(), text.find_first_of(" \t", begin));
        words.emplace_back(text.substr(begin, at - begin));
    }
    return words;
}

template <class E>
std::optional<E> enumNamed(std::string_view name, E first, E last) {
    for (unsigned i = static_cast<unsigned>(first); i <= static_cast<unsigned>(last); ++i)
        if (nameOf(static_cast<E>(i)) == name) return static_cast<E>(i);
    return std::nullopt;
}

std::optional<std::uint32_t> numberIn(std::string_view word) {
    std::uint32_t n = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), n);
    return read.ec == std::errc{} && read.ptr == word.data() + word.size() ? std::optional(n) : std::nullopt;
}

bool holds(const Expression& expression, const World& world, const Inputs& inputs, const Event& event) {
    const Result<double> value = expression.evaluate({world, inputs, event});
    return value && *value != 0;
}

/// A leaf; a list is its length. Kind none where nothing is there.
Value valueAt(const World& world, const Inputs& inputs, const Event& event, const std::string& name) {
    if (const auto number = stateNumber(world, name)) {
        Value value;
        value.kind = Value::Kind::number;
        value.number = static_cast<std::int64_t>(*number);
        return value;
    }
    const Result<Value> value = stateValue(world, inputs, event, name);
    if (!value || !value->leaf()) return {};
    return *value;
}

/// Whether there is more than a name; the key of an element can have any characters.
bool computes(std::string_view expression) {
    bool key = false;
    for (const char c : expression) {
        if (c == '[') key = true;
        if (c == ']') key = false;
        if (!key && std::string_view("+-*/<>=!&|?(,").find(c) != std::string_view::npos) return true;
    }
    return false;
}

bool same(const Value& a, const Value& b) { return a.kind == b.kind && a.number == b.number && a.text == b.text; }

}  // namespace

/// Reads the words of one condition.
class StopReader {
  public:
    StopReader(const World& world, const Inputs& inputs, StopError& error)
        : m_world(world), m_inputs(inputs), m_error(error) {}

    StopCondition read(const std::string& text) {
        m_out.m_text = withoutBlanks(text);
        m_error = {};
        if (m_out.m_text.empty()) {
            fail(StopError::Kind::empty, {});
            return m_out;
        }
        constexpr std::string_view kIf = " if ", kChanges = " changes";
        if (const std::size_t at = m_out.m_text.find(kIf); at != std::string::npos) {
            if (event(m_out.m_text.substr(0, at))) expression(withoutBlanks(m_out.m_text.substr(at + kIf.size())));
            return m_out;
        }
        if (m_out.m_text.ends_with(kChanges)) {
            m_out.m_kind = StopCondition::Kind::change;
            m_out.m_filter = {};
            expression(withoutBlanks(m_out.m_text.substr(0, m_out.m_text.size() - kChanges.size())));
            return m_out;
        }
        if (taskState() || event(m_out.m_text)) return m_out;
        // what has an operator, a dot or a bracket was not meant as a word
        if (m_out.m_text.find_first_of(".[]()<>=!&|+-*/?") == std::string::npos) return m_out;
        if (m_error.kind == StopError::Kind::stage) return m_out;
        m_error = {};
        m_out.m_filter = {};
        m_out.m_kind = StopCondition::Kind::state;
        expression(m_out.m_text);
        return m_out;
    }

  private:
    bool fail(StopError::Kind kind, std::string word, std::string near = {}, std::string detail = {}) {
        if (m_error.kind == StopError::Kind::none)
            m_error = {kind, std::move(word), std::move(near), std::move(detail)};
        return false;
    }
    const FunctionInfo* functionNamed(std::string_view name) const {
        if (name.ends_with("()")) name.remove_suffix(2);
        for (const FunctionInfo& f : m_inputs.functions)
            if (f.name == name) return &f;
        return nullptr;
    }
    /// `a`, `a()`, `a,b`: entered. A function of the hardware has no entry: any step of it.
    bool functions(const std::string& word) {
        FunctionSet set;
        bool entries = false;
        for (std::size_t at = 0; at <= word.size();) {
            const std::size_t comma = std::min(word.size(), word.find(',', at));
            const FunctionInfo* info = functionNamed(std::string_view(word).substr(at, comma - at));
            if (!info) return false;
            set.set(info->id);
            entries = entries || std::string_view(info->source) != "hardware";
            at = comma + 1;
        }
        EventFilter& filter = m_out.m_filter;
        filter.functions = set;
        if (entries && !filter.any_drop && !filter.drop) filter.kind = EventKind::enter;
        return true;
    }
    bool stage(const std::string& text, std::size_t colon) {
        const FunctionInfo* info = functionNamed(withoutBlanks(std::string_view(text).substr(0, colon)));
        if (!info) return false;
        const std::string words = withoutBlanks(std::string_view(text).substr(colon + 1));
        std::optional<std::uint8_t> found;
        bool several = false;
        for (std::size_t i = 0; i < info->stages.size(); ++i) {
            const std::string_view name = info->stages[i].name;
            if (name != words && name.find(words) == std::string_view::npos) continue;
            several = found.has_value() && name != words;
            found = static_cast<std::uint8_t>(i);
            if (name == words) break;
        }
        if (!found || several || words.empty()) return fail(StopError::Kind::stage, words, info->name);
        m_out.m_filter.functions.emplace().set(info->id);
        m_out.m_filter.stage = found;
        return true;
    }
    std::optional<TaskId> taskNamed(std::string_view name) const {
        std::optional<TaskId> found;
        m_world.machine().tasks.each([&](TaskId id, const Task& task) {
            if (!found && (task.comm == name || std::to_string(task.pid) == name)) found = id;
        });
        return found;
    }
    /// `task NAME STATE`.
    bool taskState() {
        const std::vector<std::string> words = wordsOf(m_out.m_text);
        double known = 0;
        if (words.size() != 3 || words[0] != "task" || !stateConstant(words[2], known)) return false;
        if (!taskNamed(words[1])) return fail(StopError::Kind::task, words[1]);
        m_out.m_kind = StopCondition::Kind::state;
        expression(elementName("task", words[1]) + ".state == " + words[2]);
        return true;
    }
    bool event(const std::string& text) {
        if (const std::size_t colon = text.find(": "); colon != std::string::npos) return stage(text, colon);
        const std::vector<std::string> words = wordsOf(text);
        EventFilter& filter = m_out.m_filter;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string& word = words[i];
            const bool more = i + 1 < words.size();
            if (word == "packet" || word == "cpu") {
                const auto number = more ? numberIn(words[++i]) : std::nullopt;
                if (!number) return fail(StopError::Kind::number, word);
                if (word == "packet")
                    filter.packet = *number;
                else
                    filter.cpu = static_cast<CpuNo>(*number);
            } else if (word == "task") {
                const auto task = more ? taskNamed(words[i + 1]) : std::nullopt;
                if (!task) return fail(StopError::Kind::task, more ? words[i + 1] : std::string{});
                filter.task = task;
                ++i;
            } else if (word == "drop") {
                const auto reason = more ? reasonNamed(words[i + 1]) : std::nullopt;
                filter.any_drop = true;
                filter.kind.reset();
                if (reason) {
                    filter.drop = reason;
                    ++i;
                }
            } else if (const auto reason = reasonNamed(word)) {
                filter.drop = reason;
                filter.kind.reset();
            } else if (const auto context = enumNamed(word, Context::idle, Context::hardware)) {
                filter.context = context;
            } else if (!functions(word)) {
                return fail(StopError::Kind::word, word, nearest(word));
            }
        }
        if (words.empty()) return fail(StopError::Kind::empty, {});
        return true;
    }
    static std::optional<Drop> reasonNamed(std::string_view name) {
        return enumNamed(name, Drop::NOT_SPECIFIED, Drop::TC_CHAIN_NOTFOUND);
    }
    std::string nearest(const std::string& word) const {
        std::vector<std::string> known{"packet", "cpu", "task", "drop"};
        for (const FunctionInfo& f : m_inputs.functions) known.emplace_back(f.name);
        for (unsigned i = static_cast<unsigned>(Drop::NOT_SPECIFIED);
             i <= static_cast<unsigned>(Drop::TC_CHAIN_NOTFOUND); ++i)
            known.emplace_back(nameOf(static_cast<Drop>(i)));
        return nearestName(word, known);
    }
    void expression(const std::string& text) {
        const Result<Expression> read = Expression::parse(text);
        if (!read) {
            fail(StopError::Kind::expression, text, {}, read.error().message());
        } else if (read->counts()) {
            fail(StopError::Kind::counts, text);
        } else {
            m_out.m_expression = text;
        }
    }

    const World& m_world;
    const Inputs& m_inputs;
    StopError& m_error;
    StopCondition m_out;
};

StopCondition StopCondition::read(const std::string& text, const World& world, const Inputs& inputs, StopError& error) {
    return StopReader(world, inputs, error).read(text);
}

Quarry StopCondition::quarry(std::shared_ptr<const Inputs> inputs) const {
    if (m_kind == Kind::change) return changeOf(valueReader(m_expression, std::move(inputs)));
    Quarry quarry;
    quarry.filter = m_filter;
    if (m_expression.empty()) return quarry;
    Result<Expression> read = Expression::parse(m_expression);
    RS_ASSERT(read.ok());
    auto expression = std::make_shared<const Expression>(std::move(*read));
    if (m_kind == Kind::event) {
        quarry.sees = [expression, inputs](const World& w, const Event& e) {
            return holds(*expression, w, *inputs, e);
        };
        return quarry;
    }
    auto held = std::make_shared<bool>(false);
    quarry.every = true;
    quarry.begin = [held, expression, inputs](const World& w, const Event& e) {
        *held = holds(*expression, w, *inputs, e);
    };
    quarry.sees = [held, expression, inputs](const World& w, const Event& e) {
        const bool now = holds(*expression, w, *inputs, e);
        return !std::exchange(*held, now) && now;
    };
    return quarry;
}

std::string elementName(const std::string& list, const std::string& key) {
    const bool plain = !key.empty() && key.find_first_not_of(
                                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                           "0123456789_") == std::string::npos;
    return plain ? list + '.' + key : list + '[' + key + ']';
}

Quarry changeOf(const ValueReader& read) {
    auto last = std::make_shared<Value>();
    Quarry quarry;
    quarry.every = true;
    quarry.begin = [last, read](const World& w, const Event& e) { *last = read(w, e); };
    quarry.sees = [last, read](const World& w, const Event& e) {
        Value now = read(w, e);
        const bool changed = !same(*last, now);
        if (changed) *last = std::move(now);
        return changed;
    };
    return quarry;
}

ValueReader valueReader(std::string name, std::shared_ptr<const Inputs> inputs) {
    // arithmetic is compared as a number, a plain name as what it is
    const bool arithmetic = computes(name);
    std::shared_ptr<const Expression> expression;
    if (arithmetic) {
        if (Result<Expression> read = Expression::parse(name))
            expression = std::make_shared<const Expression>(std::move(*read));
    }
    return [name = std::move(name), inputs = std::move(inputs), expression](const World& w, const Event& e) {
        if (!expression) return valueAt(w, *inputs, e, name);
        Value value;
        const Result<double> number = expression->evaluate({w, *inputs, e});
        if (!number) return value;
        value.kind = Value::Kind::number;
        value.number = static_cast<std::int64_t>(*number);
        if (*number == std::floor(*number)) return value;
        value.kind = Value::Kind::text;
        value.text = std::to_string(*number);
        return value;
    };
}

}  // namespace ringside
