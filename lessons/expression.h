#pragma once
// Expressions over the state: answers of questions, numbers in texts, goals of exercises, `--watch`. Computed in
// doubles by muparser; the names are those of stateValue(), resolved only where they are used.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/core/value.h"
#include "engine/history/fate_tally.h"
#include "lessons/run_access.h"

namespace ringside {

/// The moment an expression is evaluated at, and the part of the run that counting functions count in.
struct ExpressionScope {
    const World& world;
    const Inputs& inputs;
    const Event& event;
    RunRange range{};
    const FateTally* fates = nullptr;  ///< of this World, where somebody keeps it; else `fate.` counts the log
};

/// A parsed expression: arithmetic, comparisons, `&& || ! ?:`, names of the state and kernel constants, and
/// - `ago(t)`: model time since t; `bit(x, n)`, `mod(a, b)`, `floor`, `min`, `max`, `abs`, `rint`;
/// - `exists(name)`: 1 if the name has a value now; `length(name)`: how many characters a text has;
/// - `sum(name[*].field)`: over all elements of a list;
/// - over the range: `entries("function")`: how often it was entered; `drops("REASON")`, `drops("any")`;
/// `interrupts()`: how often
///   a CPU took a device interrupt; `was(name)`: the value at the range's begin.
class Expression {
  public:
    /// The error's place is `place`, with the character where reading stopped.
    static Result<Expression> parse(const std::string& text, const std::string& place = "expression");
    Expression(Expression&&) noexcept;
    Expression& operator=(Expression&&) noexcept;
    ~Expression();

    /// Its value. Errors: a name the state does not have at this moment, a text where a number is needed, a count
    /// without a range.
    [[nodiscard]] Result<double> evaluate(const ExpressionScope& scope) const;
    /// Its value for a person: a plain name with its unit ("1.50 µs", "0x11", "CHECKSUM_NONE"), anything else as a
    /// number.
    [[nodiscard]] Result<std::string> show(const ExpressionScope& scope) const;
    [[nodiscard]] const std::string& text() const;
    [[nodiscard]] const std::string& place() const;
    /// Names of functions that it counts; the checker holds them against the table.
    [[nodiscard]] std::vector<std::string> countedFunctions() const;
    /// Whether it needs a range.
    [[nodiscard]] bool counts() const;

  private:
    struct Impl;
    explicit Expression(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m;
};

/// Puts the values of `{{expression}}` into a text. The error tells where the expression stands in it.
Result<std::string> fillIn(const std::string& text, const ExpressionScope& scope, const std::string& place);

/// The expressions of a text's inserts, with the offset of each; an error for one that is not closed.
Result<std::vector<std::pair<std::string, std::size_t>>> insertsOf(const std::string& text, const std::string& place);

}  // namespace ringside
