// The programs of a scenario's tasks: a list of operations, loops compiled to jumps.

#include <fmt/format.h>

#include "lessons/scenario_yaml.h"

namespace ringside::scenario_yaml {
namespace {

constexpr std::size_t kLongest = 60000;  // Task::pc is 16 bits wide
constexpr std::uint8_t kSlots = 4;       // loop counters of a Task

void compile(const YamlView& list, std::uint8_t depth, std::vector<Op>& out);

void repeat(const YamlView& v, std::uint8_t depth, std::vector<Op>& out) {
    if (depth >= kSlots) v.fail(fmt::format("at most {} loops inside each other", kSlots), "one more");
    v.keys({"times", "do"});
    const auto times = v.find("times");
    const std::size_t begin = out.size();
    compile(v.need("do"), static_cast<std::uint8_t>(depth + 1), out);
    if (out.size() == begin) v.need("do").fail("operations to repeat", "none");
    Op jump;
    jump.kind = Op::Kind::jump;
    jump.to = static_cast<std::uint16_t>(begin);
    jump.slot = depth;
    if (times) {
        const auto count = times->integer<std::uint32_t>(1, 1'000'000'000);
        if (count == 1) return;
        jump.count = count - 1;  // the first pass needs no jump
    }
    out.push_back(jump);
}

Op operation(const std::string& name, const YamlView& key, const YamlView& v) {
    Op op;
    if (name == "recvfrom") {
        op.kind = Op::Kind::recvfrom;
        v.keys({"fd", "size", "timeout"});
        if (const auto x = v.find("fd")) op.fd = x->integer<std::uint16_t>(3, 1026);
        if (const auto x = v.find("size")) op.size = x->size(1 << 20);
        if (const auto x = v.find("timeout")) op.time = x->time();
    } else if (name == "compute" || name == "sleep") {
        op.kind = name == "sleep" ? Op::Kind::sleep : Op::Kind::compute;
        op.time = v.time();
        if (op.time == 0) v.fail("a time above 0");
    } else {
        key.failName(name, {"recvfrom", "compute", "sleep", "repeat", "exit"});
    }
    return op;
}

void compile(const YamlView& list, std::uint8_t depth, std::vector<Op>& out) {
    for (const YamlView& v : list.list()) {
        if (out.size() >= kLongest) v.fail(fmt::format("a program of at most {} operations", kLongest), "a longer one");
        if (v.isScalar()) {
            if (v.text() != "exit")
                v.failName(v.text(),
                           {"exit", "recvfrom: {fd: 3}", "compute: 2ms", "sleep: 1ms", "repeat: {times: 3, do: […]}"});
            out.push_back(Op{});
            continue;
        }
        const auto entries = v.entries();
        if (entries.size() != 1)
            v.fail("one operation, as `- sleep: 1ms`", fmt::format("a map of {} keys", entries.size()));
        const auto& [key, value] = entries.front();
        const std::string name = key.text();
        if (name == "repeat")
            repeat(value, depth, out);
        else
            out.push_back(operation(name, key, value));
    }
}

}  // namespace

std::vector<Op> readProgram(const YamlView& yaml) {
    std::vector<Op> program;
    compile(yaml, 0, program);
    if (program.empty()) yaml.fail("at least one operation", "none");
    if (program.back().kind != Op::Kind::exit) program.push_back(Op{});  // a program that runs off its end is over
    return program;
}

}  // namespace ringside::scenario_yaml
