// The lesson and scenario loaders under any bytes: an error is fine, a crash or a hang is not. The first byte says what
// the rest is: 0 a scenario, 1 lesson.yaml, 2 the Markdown of a lesson, 3 an expression, 4 a scenario that is also
// built.

#include <cstdint>
#include <string>

#include "lessons/expression.h"
#include "lessons/lesson.h"
#include "lessons/scenario_yaml.h"

namespace {

/// A lesson that Markdown can be held against.
constexpr const char* kLesson = R"(id: fuzz
order: 1
part: fuzz
scenario: {cpus: 1}
steps:
  - id: a
    at: start
    question: {id: q, choices: [{id: x, when: "1"}, {id: y, when: "0"}]}
  - {id: b, at: end}
exercises:
  - {id: e, goal: "1", lab_solution: [{alloc_skb: 1}], hints: 1}
simplified: [s]
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
    using namespace ringside;
    switch (data[0] % 5) {
        case 0:
            (void)parseScenario(text, "fuzz.yaml");
            break;
        case 1:
            (void)parseLesson(text, {}, "fuzz/lesson.yaml");
            break;
        case 2:
            (void)parseLesson(kLesson, {{"en", text}}, "fuzz/lesson.yaml");
            break;
        case 3:
            (void)Expression::parse(text);
            break;
        case 4:
            if (const auto file = parseScenario(text, "fuzz.yaml", {{"cpus", "1"}})) (void)file->start();
            break;
        default:
            break;
    }
    return 0;
}
