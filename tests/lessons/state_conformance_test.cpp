// Ring indices, NAPI state and socket accounting at the entry of each function, held against what a real 6.1.192 showed
// (tests/data/state_rx1.txt, an excerpt of the recording). Left out: the transmit ring and the memory of packets being
// sent, which come with sending, and what happens after the datagram was read (the recorded program's end).

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "engine/core/fields_visitors.h"
#include "engine/step/step.h"
#include "lessons/scenario_yaml.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

struct StateRow {
    std::string function;
    std::map<std::string, std::int64_t> values;
};

std::vector<StateRow> recorded() {
    std::ifstream in(sourceDir() + "/tests/data/state_rx1.txt");
    std::vector<StateRow> rows;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#' || line.find(" * ") != std::string::npos) continue;
        std::istringstream words(line);
        std::string index, time, cpu, context, task;
        StateRow row;
        words >> index >> time >> cpu >> context >> task >> row.function;
        for (std::string word; words >> word;) {
            const std::size_t eq = word.find('=');
            if (eq != std::string::npos) row.values[word.substr(0, eq)] = std::stoll(word.substr(eq + 1), nullptr, 0);
        }
        // the last row belongs to the end of the recorded program
        if (row.function == "udp_rmem_release" && row.values["size"] == 0) break;
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Where the model keeps what the recording calls so; what is in neither list is not modelled yet.
const std::map<std::string, const char*> kPaths{
    {"rx_ntu", "nic.eth0.rx.next_to_use"},
    {"rx_ntc", "nic.eth0.rx.next_to_clean"},
    {"rx_count", "nic.eth0.rx.count"},
    {"napi_state", "napi.1.state"},
    {"napi_weight", "napi.1.weight"},
    {"gro_bitmask", "napi.1.gro_bitmask"},
    {"gro_rx_count", "napi.1.rx_list.qlen"},
    {"sk_rmem", "socket.udp:5000.sk_rmem_alloc"},
    {"sk_fwd", "socket.udp:5000.sk_forward_alloc"},
    {"sk_rcvbuf", "socket.udp:5000.sk_rcvbuf"},
    {"rcvq", "socket.udp:5000.sk_receive_queue.qlen"},
    {"readerq", "socket.udp:5000.reader_queue.qlen"},
    {"drops", "socket.udp:5000.sk_drops"},
};
/// Arguments, by the name of the function's own.
const std::map<std::string, const char*> kArguments{{"cleaned_count", "cleaned_count"}, {"budget", "budget"}};

TEST(StateConformance, RingNapiAndSocketMemoryAreTheRecordedOnes) {
    const auto file = loadScenario(sourceDir() + "/tests/scenarios/state_rx1.yaml");
    ASSERT_TRUE(file.ok()) << file.error().message();
    auto start = file->start();
    ASSERT_TRUE(start.ok()) << start.error().message();
    const std::vector<StateRow> rows = recorded();
    ASSERT_GE(rows.size(), 14U);
    std::size_t at = 0;
    int compared = 0;
    Event e;
    World& world = start->world;
    while (at < rows.size() && step(world, *start->inputs, e)) {
        const FunctionInfo& info = start->inputs->function(e.function);
        if (e.kind != EventKind::enter || rows[at].function != info.name) continue;
        Value locals;
        const Stack& stack = *world.machine().tasks[e.task].stack;
        if (info.locals) info.locals(stack.locals(stack.top()), locals);
        const Value all = valueOf(world);
        for (const auto& [key, want] : rows[at].values) {
            const Value* got = nullptr;
            if (const auto p = kPaths.find(key); p != kPaths.end())
                got = all.at(p->second);
            else if (const auto a = kArguments.find(key); a != kArguments.end())
                got = locals.at(a->second);
            else
                continue;
            ASSERT_NE(got, nullptr) << key << " at " << rows[at].function;
            EXPECT_EQ(got->number, want) << key << " at the entry of " << rows[at].function;
            ++compared;
        }
        ++at;
    }
    EXPECT_EQ(at, rows.size()) << "the run never came to " << (at < rows.size() ? rows[at].function : "");
    EXPECT_GE(compared, 60);
}

}  // namespace
}  // namespace ringside
