#include "engine/scenario/parts/tasks.h"

#include <algorithm>
#include <set>

#include "engine/linux/start.h"
#include "engine/scenario/key_check.h"
#include "engine/scenario/parts/building.h"
#include "engine/scenario/parts/machine.h"

namespace ringside {
namespace {

constexpr std::uint32_t kBeforeFirstPid = 400;

std::optional<Error> checkProgram(const TaskSpec& task, const std::string& place) {
    if (task.program.size() > kLongestProgram + 1)
        return Error{place, "at most " + std::to_string(kLongestProgram) + " operations",
                     std::to_string(task.program.size())};
    // A program must come to something that takes time or ends: a jump back over jumps alone goes round for ever.
    const auto isJump = [](const Op& o) { return std::holds_alternative<op::jump>(o); };
    for (std::size_t i = 0; i < task.program.size(); ++i) {
        const Op& operation = task.program[i];
        if (auto error = std::visit([&](const auto& o) { return checkKeys(o, place); }, operation)) return error;
        if (const auto* read = std::get_if<op::recvfrom>(&operation);
            read && (read->fd < op::kFirstFd || read->fd - 3U >= task.sockets.size())) {
            return Error{place,
                         task.sockets.empty()
                             ? std::string("a task with files, to read from one")
                             : "a descriptor of this task (3 to " + std::to_string(2 + task.sockets.size()) + ")",
                         "recvfrom on " + std::to_string(read->fd)};
        }
        const auto* jump = std::get_if<op::jump>(&operation);
        if (!jump) continue;
        if (jump->to >= task.program.size()) return Error{place, "a jump inside the program", std::to_string(jump->to)};
        if (jump->slot >= kMostLoops)
            return Error{place, "a loop counter below " + std::to_string(kMostLoops), std::to_string(jump->slot)};
        if (jump->to <= i &&
            std::all_of(task.program.begin() + jump->to, task.program.begin() + static_cast<std::ptrdiff_t>(i), isJump))
            return Error{place, "a loop around an operation", "one around jumps"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Error> checkTasks(const Scenario& s) {
    std::set<std::uint32_t> pids;
    for (std::uint32_t n = 0; n < s.cpus; ++n) pids.insert(ksoftirqdPid(n));
    for (std::size_t i = 0; i < s.tasks.size(); ++i) {
        const TaskSpec& task = s.tasks[i];
        const std::string place = "tasks[" + std::to_string(i) + "]";
        if (task.pid && !pids.insert(*task.pid).second)
            return Error{place + ".pid", "a pid of its own", std::to_string(*task.pid) + " a second time"};
        if (task.startCpu() >= s.cpus)
            return Error{place + ".cpu", "a CPU below " + std::to_string(s.cpus), std::to_string(task.startCpu())};
        for (const CpuNo cpu : task.affinity) {
            if (cpu >= s.cpus)
                return Error{place + ".affinity", "CPUs below " + std::to_string(s.cpus), std::to_string(cpu)};
        }
        if (!task.affinity.empty() &&
            std::find(task.affinity.begin(), task.affinity.end(), task.startCpu()) == task.affinity.end()) {
            return Error{place + ".cpu", "one of the CPUs of its affinity", std::to_string(task.startCpu())};
        }
        for (const std::size_t socket : task.sockets) {
            if (socket >= s.sockets.size())
                return Error{place + ".files", "sockets of the scenario", "number " + std::to_string(socket)};
        }
        if (auto error = checkProgram(task, place + ".program")) return error;
    }
    return std::nullopt;
}

void buildTasks(Building& b) {
    std::uint32_t pid = kBeforeFirstPid;
    std::set<std::uint32_t> taken;
    for (std::uint32_t n = 0; n < b.scenario.cpus; ++n) taken.insert(ksoftirqdPid(n));
    for (const TaskSpec& spec : b.scenario.tasks) taken.insert(spec.pid.value_or(0));
    for (const TaskSpec& spec : b.scenario.tasks) {
        std::uint32_t own = spec.pid.value_or(0);
        if (own == 0) {
            while (taken.contains(++pid)) {
            }
            own = pid;
        }
        const TaskId id = addTask(b.machine, own, spec.name, spec.startCpu());
        Task& task = b.machine.tasks.write(id);
        setUserNice(task, spec.nice);
        if (!spec.affinity.empty()) {
            task.cpus_mask = {};
            for (const CpuNo cpu : spec.affinity) task.cpus_mask.set(cpu);
        }
        for (const std::size_t s : spec.sockets) task.files.push_back(b.sockets[s]);
        task.program = static_cast<std::uint16_t>(b.inputs.programs.size());
        b.inputs.programs.push_back({spec.name, spec.program});
        if (b.inputs.programs.back().ops.empty()) b.inputs.programs.back().ops.emplace_back();
        startTask(b.world, b.machine, id);
    }
}

}  // namespace ringside
