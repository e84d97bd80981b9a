#include "tests/support/machine.h"

#include <gtest/gtest.h>

#include "engine/protocol/build.h"
#include "engine/step/step.h"

namespace ringside::test {

Op recvfrom(std::uint16_t fd) {
    op::recvfrom op;
    op.fd = fd;
    return op;
}
Op compute(Time time) { return op::compute{time}; }
Op sleepFor(Time time) { return op::sleep{time}; }
Op jump(std::uint16_t to, std::uint32_t count, std::uint8_t slot) { return op::jump{to, slot, count}; }
Op exitProgram() { return op::exit{}; }

Machine::Machine() {
    scenario.cpus = 2;
    NicSpec nic;
    nic.mac = *MacAddr::parse("52:54:00:12:34:56");
    nic.addresses = {{*IpAddr::parse("10.0.0.1"), 24}};
    scenario.nics.push_back(nic);
}

void Machine::addReader(std::string name, CpuNo cpu, std::uint16_t port, std::uint32_t datagrams, Time think) {
    SocketSpec socket;
    socket.port = port;
    scenario.sockets.push_back(socket);
    std::vector<Op> program{recvfrom()};
    if (think) program.push_back(compute(think));
    if (datagrams != 1) program.push_back(jump(0, datagrams ? datagrams - 1 : 0));
    program.push_back(exitProgram());
    addTask(std::move(name), cpu, std::move(program));
    scenario.tasks.back().sockets = {scenario.sockets.size() - 1};
}

void Machine::addHog(std::string name, CpuNo cpu, Time time, int nice) {
    addTask(std::move(name), cpu, {compute(time), exitProgram()}, nice);
}

void Machine::addTask(std::string name, CpuNo cpu, std::vector<Op> program, int nice) {
    TaskSpec task;
    task.name = std::move(name);
    task.cpu = cpu;
    task.affinity = {cpu};
    task.nice = nice;
    task.program = std::move(program);
    scenario.tasks.push_back(std::move(task));
}

void Machine::addDatagram(Time at, std::uint16_t port, std::size_t payload) {
    FrameSpec frame;
    frame.srcMac = *MacAddr::parse("52:54:00:00:00:02");
    frame.dstMac = scenario.nics[0].mac;
    frame.src = *IpAddr::parse("10.0.0.2");
    frame.dst = *IpAddr::parse("10.0.0.1");
    UdpSpec udp;
    udp.source = 4000;
    udp.dest = port;
    udp.payload.assign(payload, 0x61);
    scenario.frames.push_back({at, udpFrame(frame, udp)});
}

void Machine::start() {
    Result<Start> built = build(scenario);
    ASSERT_TRUE(built.ok()) << built.error().message();
    world = std::move(built->world);
    inputs = built->inputs;
}

bool Machine::step() {
    if (!ringside::step(world, *inputs, event)) return false;
    if (event.kind == EventKind::enter) entered.emplace_back(functionName());
    if (event.tracepoint != Tracepoint::none) traced.push_back(event);
    checkRunQueues();
    if (afterEach) afterEach();
    return true;
}

bool Machine::runTo(std::string_view function, std::string_view stage) {
    while (step()) {
        if (functionName() != function) continue;
        if (stage.empty() || (event.kind != EventKind::enter && stageName() == stage)) return true;
    }
    return false;
}

void Machine::runUntil(Time time) {
    while (std::min(world.agenda.nextTime(), world.clock.minKey()) <= time && step()) {
    }
}

void Machine::runToEnd(std::uint64_t most) {
    for (std::uint64_t n = 0; step(); ++n) ASSERT_LT(n, most) << "the run does not end";
}

const Task& Machine::task(std::string_view comm) const {
    TaskId found{};
    world.machine().tasks.each([&](TaskId id, const Task& t) {
        if (t.comm == comm) found = id;
    });
    EXPECT_TRUE(found) << "no task " << comm;
    return world.machine().tasks[found];
}

std::string Machine::functionName() const { return inputs->function(event.function).name; }
std::string Machine::stageName() const { return inputs->function(event.function).stages[event.stage].name; }

void Machine::checkRunQueues() const {
    for (const auto& cpu : world.machine().cpus) {
        const CfsRunQueue& cfs = cpu->rq.cfs;
        std::uint64_t load = 0;
        std::uint32_t runnable = 0;
        const auto count = [&](TaskId id) {
            if (!world.machine().tasks[id].on_rq) return;
            load += world.machine().tasks[id].se.weight;
            ++runnable;
        };
        for (std::size_t i = 0; i < cfs.timeline.size(); ++i) {
            count(cfs.timeline[i]);
            ASSERT_TRUE(world.machine().tasks[cfs.timeline[i]].on_rq)
                << "a sleeper on the timeline, event " << event.seq;
            if (i == 0) continue;
            const std::uint64_t a = world.machine().tasks[cfs.timeline[i - 1]].se.vruntime,
                                b = world.machine().tasks[cfs.timeline[i]].se.vruntime;
            ASSERT_LE(static_cast<std::int64_t>(a - b), 0) << "timeline out of order, event " << event.seq;
        }
        if (cfs.curr) count(cfs.curr);
        // between "on_rq = 0" and dequeue_task_fair() the leaving task is still counted
        if (cfs.curr && !world.machine().tasks[cfs.curr].on_rq) continue;
        ASSERT_EQ(cfs.nr_running, runnable) << "event " << event.seq;
        ASSERT_EQ(cfs.load, load) << "event " << event.seq;
    }
}

bool inOrder(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
    std::size_t next = 0;
    for (const std::string& name : names) {
        if (next < wanted.size() && name == wanted[next]) ++next;
    }
    return next == wanted.size();
}

}  // namespace ringside::test
