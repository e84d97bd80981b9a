#include "lessons/expression.h"

#include <fmt/format.h>
#include <muParser.h>

#include <cctype>
#include <cmath>
#include <regex>

#include "lessons/state_number.h"
#include "lessons/state_value.h"
#include "lessons/units.h"

namespace ringside {
namespace {

/// One operand that is looked up when the expression is evaluated.
struct Operand {
    enum class Kind : std::uint8_t { name, sum, exists, was, length, entries, drops, interrupts, now };
    Kind kind = Kind::name;
    std::string argument;
};

constexpr std::string_view kPlainFunctions[] = {"min", "max", "abs", "rint", "sign", "floor", "bit", "mod"};

double bitOf(double value, double bit) { return std::fmod(std::floor(value / std::exp2(bit)), 2.0); }

bool isNameStart(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool isNamePart(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Turns the text into one that muparser reads: names become v0_, v1_, … and special calls become operands too.
class Translator {
  public:
    Translator(const std::string& text, std::string place) : m_text(text), m_place(std::move(place)) {}

    std::optional<Error> run() {
        if (m_text.size() > 2000) return wrong("an expression of at most 2000 characters", "a longer one");
        while (m_at < m_text.size() && !m_error) {
            const char c = m_text[m_at];
            if (isNameStart(c)) {
                name();
            } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
                literal();
            } else if (std::string_view(" +-*/^<>=!&|?:(),.\n\t").find(c) != std::string_view::npos) {
                out += c;
                ++m_at;
            } else {
                wrong("an operator, a number or a name", fmt::format("'{}'", c));
            }
        }
        return m_error;
    }
    std::string out;
    std::vector<Operand> operands;
    bool first_call_is_time = false;

  private:
    std::optional<Error> wrong(std::string expected, std::string found) {
        if (!m_error)
            m_error = Error{fmt::format("{}, character {}", m_place, m_at + 1), std::move(expected), std::move(found)};
        return m_error;
    }
    void literal() {
        if (m_text.compare(m_at, 2, "0x") == 0) {
            std::size_t end = m_at + 2;
            while (end < m_text.size() && std::isxdigit(static_cast<unsigned char>(m_text[end])) != 0) ++end;
            if (end == m_at + 2 || end - m_at > 15) {
                wrong("a hexadecimal number", "\"" + m_text.substr(m_at, end - m_at) + "\"");
                return;
            }
            out += std::to_string(std::stoull(m_text.substr(m_at + 2, end - m_at - 2), nullptr, 16));
            m_at = end;
            return;
        }
        while (m_at < m_text.size() &&
               (std::isdigit(static_cast<unsigned char>(m_text[m_at])) != 0 || m_text[m_at] == '.'))
            out += m_text[m_at++];
    }
    std::string readName() {
        const std::size_t start = m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            const bool dot = c == '.' && m_at + 1 < m_text.size() && isNamePart(m_text[m_at + 1]);
            if (isNamePart(c) || dot) {
                ++m_at;
            } else if (c == '[') {
                const std::size_t close = m_text.find(']', m_at);
                if (close == std::string::npos) {
                    wrong("a closing ]", "the end");
                    m_at = m_text.size();
                    break;
                }
                m_at = close + 1;
            } else {
                break;
            }
        }
        return m_text.substr(start, m_at - start);
    }
    void blanks() {
        while (m_at < m_text.size() && m_text[m_at] == ' ') ++m_at;
    }
    bool take(char c) {
        blanks();
        if (m_at >= m_text.size() || m_text[m_at] != c) {
            wrong(fmt::format("'{}'", c),
                  m_at < m_text.size() ? fmt::format("'{}'", m_text[m_at]) : std::string("the end"));
            return false;
        }
        ++m_at;
        return true;
    }
    void operand(Operand::Kind kind, std::string argument) {
        out += fmt::format("v{}_", operands.size());
        operands.push_back({kind, std::move(argument)});
    }
    void name() {
        const std::size_t start = m_at;
        const std::string word = readName();
        std::size_t look = m_at;
        while (look < m_text.size() && m_text[look] == ' ') ++look;
        const bool call = look < m_text.size() && m_text[look] == '(';
        if (!call) {
            if (double constant = 0; word == "true" || word == "false")
                out += word == "true" ? "1" : "0";
            else if (stateConstant(word, constant))
                out += fmt::format("{}", constant);
            else
                operand(Operand::Kind::name, word);
            return;
        }
        if (word == "ago") {
            first_call_is_time = first_call_is_time || out.empty();
            m_at = look + 1;
            out += "since_(";
            operand(Operand::Kind::now, {});
            out += ",";
        } else if (word == "entries" || word == "drops") {
            take('(');
            if (!take('"')) return;
            const std::size_t end = m_text.find('"', m_at);
            if (end == std::string::npos) {
                wrong("a closing \"", "the end");
                return;
            }
            operand(word == "entries" ? Operand::Kind::entries : Operand::Kind::drops, m_text.substr(m_at, end - m_at));
            m_at = end + 1;
            take(')');
        } else if (word == "exists" || word == "was" || word == "length" || word == "sum") {
            take('(');
            blanks();
            const std::string argument = readName();
            if (argument.empty()) wrong("a name", "none");
            operand(word == "exists" ? Operand::Kind::exists
                    : word == "was"  ? Operand::Kind::was
                    : word == "sum"  ? Operand::Kind::sum
                                     : Operand::Kind::length,
                    argument);
            take(')');
        } else if (word == "interrupts") {
            take('(');
            take(')');
            operand(Operand::Kind::interrupts, {});
        } else if (std::find(std::begin(kPlainFunctions), std::end(kPlainFunctions), word) !=
                   std::end(kPlainFunctions)) {
            out += word;
        } else {
            std::vector<std::string> known(std::begin(kPlainFunctions), std::end(kPlainFunctions));
            known.insert(known.end(), {"ago", "entries", "drops", "interrupts", "exists", "was", "length", "sum"});
            const std::string near = nearestName(word, known);
            m_at = start;
            wrong("a function of expressions" + (near.empty() ? std::string{} : " (did you mean " + near + "()?)"),
                  word + "()");
        }
    }

    const std::string& m_text;
    std::string m_place;
    std::size_t m_at = 0;
    std::optional<Error> m_error;
};

Result<double> toNumber(const Value& value, const std::string& name) {
    switch (value.kind) {
        case Value::Kind::none:
            return 0.0;
        case Value::Kind::number:
        case Value::Kind::boolean:
            return static_cast<double>(value.number);
        case Value::Kind::list:
            return static_cast<double>(value.children.size());
        case Value::Kind::text:
            // a named enum carries its number; an address or a name has none
            if (value.number != 0) return static_cast<double>(value.number);
            if (double known = 0; stateConstant(value.text, known)) return known;
            break;
        case Value::Kind::group:
            break;
    }
    return Error{"", "a number",
                 value.kind == Value::Kind::group ? name + ", which is a group of values"
                                                  : name + ", which is the text \"" + value.text + "\""};
}

/// `fate.NAME`.
std::optional<Fate> fateNamed(std::string_view name) {
    if (!name.starts_with("fate.")) return std::nullopt;
    for (const Fate fate : kFates)
        if (nameOf(fate) == name.substr(5)) return fate;
    return std::nullopt;
}

Result<double> countEvents(const Operand& operand, const ExpressionScope& scope) {
    if (!scope.range.run)
        return Error{"", "a part of a run to count in", operand.argument + " counted at a single moment"};
    std::uint64_t count = 0;
    for (Position p = scope.range.from + 1; p <= scope.range.to; ++p) {
        const std::optional<Event> e = scope.range.run->event(p);
        if (!e) break;
        switch (operand.kind) {
            case Operand::Kind::entries:
                count += e->kind == EventKind::enter && scope.inputs.function(e->function).name == operand.argument;
                break;
            case Operand::Kind::drops:
                count +=
                    e->drop != Drop::NOT_DROPPED && (operand.argument == "any" || nameOf(e->drop) == operand.argument);
                break;
            default:
                count += e->tracepoint == Tracepoint::irq_handler_entry;
                break;
        }
    }
    return static_cast<double>(count);
}

}  // namespace

struct Expression::Impl {
    std::string text, place;
    std::vector<Operand> operands;
    std::vector<double> values;
    mu::Parser parser;
    bool shows_time = false;

    Result<double> operand(const Operand& o, const ExpressionScope& scope) const {
        switch (o.kind) {
            case Operand::Kind::now:
                return static_cast<double>(scope.world.now);
            case Operand::Kind::exists:
                return stateValue(scope.world, scope.inputs, scope.event, o.argument).ok() ? 1.0 : 0.0;
            case Operand::Kind::sum: {
                if (const auto sum = stateSum(scope.world, o.argument)) return *sum;
                return Error{"", "a number in each element, as in sum(socket[*].sk_rmem_alloc)",
                             fmt::format("\"{}\"", o.argument)};
            }
            case Operand::Kind::name: {
                if (scope.fates) {
                    if (const auto fate = fateNamed(o.argument)) return static_cast<double>(scope.fates->count(*fate));
                }
                if (const auto number = stateNumber(scope.world, o.argument)) return *number;
                const Result<Value> value = stateValue(scope.world, scope.inputs, scope.event, o.argument);
                return value ? toNumber(*value, o.argument) : Result<double>(value.error());
            }
            case Operand::Kind::length: {
                const Result<Value> value = stateValue(scope.world, scope.inputs, scope.event, o.argument);
                return value ? Result<double>(static_cast<double>(value->text.size())) : Result<double>(value.error());
            }
            case Operand::Kind::was: {
                if (!scope.range.run)
                    return Error{"", "a part of a run with a begin", "was(" + o.argument + ") at a single moment"};
                const std::optional<Event> event =
                    scope.range.from ? scope.range.run->event(scope.range.from) : std::nullopt;
                const World world = scope.range.run->world(scope.range.from);
                const Result<Value> value = stateValue(world, scope.inputs, event.value_or(Event{}), o.argument);
                return value ? toNumber(*value, o.argument) : Result<double>(value.error());
            }
            case Operand::Kind::entries:
            case Operand::Kind::drops:
            case Operand::Kind::interrupts:
                break;
        }
        return countEvents(o, scope);
    }
    /// muparser's message in the words of the text as written: operands by their names, no position in the translated
    /// text.
    [[nodiscard]] std::string readable(std::string message) const {
        message.resize(std::min(message.size(), message.find(" at position")));
        // left to right, once: an argument can itself look like a variable
        static const std::regex variable("v([0-9]{1,4})_");
        std::string out;
        std::size_t from = 0;
        for (std::sregex_iterator it(message.begin(), message.end(), variable), end; it != end; ++it) {
            const std::size_t operand = std::stoul((*it)[1].str());
            if (operand >= operands.size()) continue;
            const auto at = static_cast<std::size_t>(it->position());
            out += message.substr(from, at - from) + operands[operand].argument;
            from = at + static_cast<std::size_t>(it->length());
        }
        return out + message.substr(from);
    }
    /// An operand's error, with the place and the name it is about.
    [[nodiscard]] Error at(Error error, const Operand& o) const {
        error.place = place;
        if (o.kind == Operand::Kind::name) error.found += " in " + o.argument;
        return error;
    }
};

Expression::Expression(std::unique_ptr<Impl> impl) : m(std::move(impl)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

Result<Expression> Expression::parse(const std::string& text, const std::string& place) {
    Translator translator(text, place);
    if (const auto error = translator.run()) return *error;
    auto impl = std::make_unique<Impl>();
    impl->text = text;
    impl->place = place;
    impl->operands = std::move(translator.operands);
    impl->shows_time = translator.first_call_is_time;
    impl->values.resize(impl->operands.size());
    try {
        mu::Parser& parser = impl->parser;
        parser.DefineFun("bit", bitOf);
        parser.DefineFun("mod", static_cast<double (*)(double, double)>(std::fmod));
        parser.DefineFun("floor", static_cast<double (*)(double)>(std::floor));
        parser.DefineFun("since_",
                         static_cast<double (*)(double, double)>([](double now, double then) { return now - then; }));
        parser.DefineInfixOprt("!", static_cast<double (*)(double)>([](double x) { return x == 0 ? 1.0 : 0.0; }));
        for (std::size_t i = 0; i < impl->values.size(); ++i)
            parser.DefineVar(fmt::format("v{}_", i), &impl->values[i]);
        parser.SetExpr(translator.out);
        parser.Eval();  // finds what is wrong with the expression itself
        if (parser.GetNumResults() != 1) return Error{place, "one value", "several, separated by commas"};
    } catch (const mu::ParserError& e) {
        return Error{place, "an expression", fmt::format("\"{}\": {}", text, impl->readable(e.GetMsg()))};
    }
    return Expression(std::move(impl));
}

Result<double> Expression::evaluate(const ExpressionScope& scope) const {
    for (std::size_t i = 0; i < m->operands.size(); ++i) {
        const Result<double> value = m->operand(m->operands[i], scope);
        if (!value) return m->at(value.error(), m->operands[i]);
        m->values[i] = *value;
    }
    try {
        return m->parser.Eval();
    } catch (const mu::ParserError& e) {
        return Error{m->place, "a value", e.GetMsg()};
    }
}

Result<std::string> Expression::show(const ExpressionScope& scope) const {
    const bool plain =
        m->operands.size() == 1 && m->operands[0].kind == Operand::Kind::name && m->operands[0].argument == m->text;
    if (plain) {
        const Result<Value> value = stateValue(scope.world, scope.inputs, scope.event, m->text);
        if (!value) return m->at(value.error(), m->operands[0]);
        if (value->kind == Value::Kind::list) return std::to_string(value->children.size());
        if (value->kind == Value::Kind::group)
            return m->at(Error{"", "a plain value", m->text + ", which is a group of values"},
                         Operand{Operand::Kind::exists, {}});
        return value->unit == Unit::nanoseconds ? showTime(value->number) : value->show();
    }
    const Result<double> value = evaluate(scope);
    if (!value) return value.error();
    if (m->shows_time) return showTime(static_cast<Time>(*value));
    return *value == std::floor(*value) ? fmt::format("{:.0f}", *value) : fmt::format("{:.4g}", *value);
}

const std::string& Expression::text() const { return m->text; }
const std::string& Expression::place() const { return m->place; }
bool Expression::counts() const {
    for (const Operand& o : m->operands) {
        if (o.kind == Operand::Kind::entries || o.kind == Operand::Kind::drops || o.kind == Operand::Kind::interrupts ||
            o.kind == Operand::Kind::was)
            return true;
    }
    return false;
}
std::vector<std::string> Expression::countedFunctions() const {
    std::vector<std::string> names;
    for (const Operand& o : m->operands) {
        if (o.kind == Operand::Kind::entries) names.push_back(o.argument);
    }
    return names;
}

Result<std::vector<std::pair<std::string, std::size_t>>> insertsOf(const std::string& text, const std::string& place) {
    std::vector<std::pair<std::string, std::size_t>> inserts;
    for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at)) {
        const std::size_t end = text.find("}}", at);
        if (end == std::string::npos) return Error{place, "}} after {{", "\"" + text.substr(at, 30) + "\""};
        inserts.emplace_back(text.substr(at + 2, end - at - 2), at);
        at = end + 2;
    }
    return inserts;
}

Result<std::string> fillIn(const std::string& text, const ExpressionScope& scope, const std::string& place) {
    const auto inserts = insertsOf(text, place);
    if (!inserts) return inserts.error();
    std::string out;
    std::size_t from = 0;
    for (const auto& [source, at] : *inserts) {
        const Result<Expression> expression = Expression::parse(source, place);
        if (!expression) return expression.error();
        const Result<std::string> value = expression->show(scope);
        if (!value) return value.error();
        out += text.substr(from, at - from) + *value;
        from = at + source.size() + 4;
    }
    return out + text.substr(from);
}

}  // namespace ringside
