// The scenario loader: what it reads, and what it says about what it cannot read.

#include "lessons/scenario_yaml.h"

#include <gtest/gtest.h>

#include "engine/protocol/checksum.h"
#include "engine/protocol/headers.h"

namespace ringside {
namespace {

std::string errorOf(const std::string& yaml, const std::vector<Override>& overrides = {}) {
    const Result<ScenarioFile> file = parseScenario(yaml, "s.yaml", overrides);
    if (!file) return file.error().message();
    const Result<Start> start = file->start();
    return start ? "no error" : start.error().message();
}

ScenarioFile parsed(const std::string& yaml, const std::vector<Override>& overrides = {}) {
    Result<ScenarioFile> file = parseScenario(yaml, "s.yaml", overrides);
    EXPECT_TRUE(file.ok()) << file.error().message();
    return file ? *file : ScenarioFile{};
}

constexpr const char* kMachine = R"(name: m
cpus: 2
nics:
  - name: eth0
    mac: 52:54:00:12:34:56
    ring: 64
    itr: 250us
    fifo: 24KiB
    addresses: [10.0.0.1/24, "2001:db8::1/64"]
routes:
  - {to: default, via: 10.0.0.254}
  - {to: 192.0.2.0/24, type: unreachable}
sockets:
  - udp: {port: 5000, rcvbuf: 4608 B}
  - udp: {address: "::", port: 53}
tasks:
  - name: reader
    pid: 7
    affinity: [1]
    nice: 5
    files: ["udp:53", "udp:5000"]
    program:
      - repeat:
          times: 3
          do:
            - recvfrom: {fd: 4, timeout: 1.5s}
            - repeat: {times: 2, do: [compute: 2ms]}
      - sleep: 1ms
sysctl:
  net.core.netdev_budget: 16
  net.ipv4.ip_forward: true
)";

TEST(ScenarioYaml, ReadsAMachine) {
    const Scenario s = parsed(kMachine).scenario;
    EXPECT_EQ(s.cpus, 2);
    ASSERT_EQ(s.nics.size(), 1U);
    EXPECT_EQ(s.nics[0].ring, 64);
    EXPECT_EQ(s.nics[0].itr_gap, 250 * kMicrosecond);
    EXPECT_EQ(s.nics[0].fifo, 24U * 1024);
    ASSERT_EQ(s.nics[0].addresses.size(), 2U);
    EXPECT_EQ(s.nics[0].addresses[1].toString(), "2001:db8::1/64");
    ASSERT_EQ(s.routes.size(), 2U);
    EXPECT_EQ(s.routes[0].to.prefix_length, 0);
    EXPECT_FALSE(s.routes[0].dev) << "the only card";
    EXPECT_EQ(s.routes[1].type, RouteType::RTN_UNREACHABLE);
    ASSERT_EQ(s.sockets.size(), 2U);
    EXPECT_EQ(s.sockets[0].rcvbuf, 4608U);
    EXPECT_EQ(s.sockets[1].version, 6);
    EXPECT_FALSE(s.sockets[1].address) << "an unspecified address binds to any";
    EXPECT_EQ(s.sysctl.netdev_budget, 16U);
    EXPECT_TRUE(s.net_sysctl.ip_forward);
}

TEST(ScenarioYaml, CompilesLoopsToJumps) {
    const TaskSpec task = parsed(kMachine).scenario.tasks.at(0);
    EXPECT_EQ(task.startCpu(), 1) << "the first CPU of its affinity";
    EXPECT_EQ(task.sockets, (std::vector<std::size_t>{1, 0})) << "descriptors in the order of `files`";
    std::vector<std::string> kinds;
    for (const Op& op : task.program) kinds.emplace_back(nameOf(op));
    EXPECT_EQ(kinds, (std::vector<std::string>{"recvfrom", "compute", "jump", "jump", "sleep", "exit"}));
    const auto read = std::get<op::recvfrom>(task.program[0]);
    EXPECT_EQ(read.fd, 4);
    EXPECT_EQ(read.timeout, 1500 * kMillisecond);
    const auto inner = std::get<op::jump>(task.program[2]), outer = std::get<op::jump>(task.program[3]);
    EXPECT_EQ(inner.to, 1);
    EXPECT_EQ(inner.count, 1U) << "twice in all: one jump back";
    EXPECT_EQ(inner.slot, 1);
    EXPECT_EQ(outer.to, 0);
    EXPECT_EQ(outer.count, 2U);
    EXPECT_EQ(outer.slot, 0);
}

TEST(ScenarioYaml, MakesRealFrames) {
    const Scenario s = parsed(R"(nics: [{name: eth0, mac: "52:54:00:12:34:56"}]
traffic:
  - at: 20us
    udp: {src: 10.0.0.2, sport: 40000, dst: 10.0.0.1, dport: 5000, payload: 100 B}
  - at: 10us
    udp: {src: 10.0.0.2, sport: 40000, dst: 10.0.0.1, dport: 5000, payload: hello, corrupt: ip_checksum, ttl: 3}
  - at: 30us
    raw: "ffffffffffff 525400000002 0806 0001"
)")
                           .scenario;
    ASSERT_EQ(s.frames.size(), 3U);
    EXPECT_EQ(s.frames[0].time, 10 * kMicrosecond) << "in order of time";
    EXPECT_EQ(s.frames[0].bytes.size(), 14U + 20 + 8 + 5);
    EXPECT_EQ(s.frames[0].bytes[22], 3) << "ttl";
    EXPECT_NE(csumFold(csumPartial(ByteView(s.frames[0].bytes).subspan(14, 20), 0)), 0);
    EXPECT_EQ(s.frames[1].bytes.size(), 142U);
    EXPECT_EQ(csumFold(csumPartial(ByteView(s.frames[1].bytes).subspan(14, 20), 0)), 0);
    EXPECT_EQ(MacAddr::load(s.frames[1].bytes.data()).toString(), "52:54:00:12:34:56");
    EXPECT_EQ(s.frames[2].bytes.size(), 16U);
}

TEST(ScenarioYaml, GeneratesConstantBurstAndPoissonTraffic) {
    const std::string udp = "    udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 2}\n";
    const auto times = [&](const std::string& generator) {
        std::vector<Time> all;
        for (const TrafficFrame& f : parsed("traffic:\n  - at: 1us\n    " + generator + "\n" + udp).scenario.frames)
            all.push_back(f.time);
        return all;
    };
    EXPECT_EQ(times("constant: {count: 3, gap: 2us}"), (std::vector<Time>{1000, 3000, 5000}));
    EXPECT_EQ(times("burst: {bursts: 2, size: 2, gap: 10us, inside: 1us}"),
              (std::vector<Time>{1000, 2000, 11000, 12000}));
    const std::vector<Time> draws = times("poisson: {count: 20000, gap: 10us, seed: 7}");
    EXPECT_EQ(draws, times("poisson: {count: 20000, gap: 10us, seed: 7}"));
    EXPECT_NE(draws, times("poisson: {count: 20000, gap: 10us, seed: 8}"));
    // mean and share of gaps beyond the mean (1/e) of an exponential distribution, within four standard deviations
    const double mean = static_cast<double>(draws.back() - draws.front()) / static_cast<double>(draws.size() - 1);
    EXPECT_NEAR(mean, 10000, 4 * 10000 / 141.0);
    double beyond = 0;
    for (std::size_t i = 1; i < draws.size(); ++i) beyond += draws[i] - draws[i - 1] > 10000;
    EXPECT_NEAR(beyond / 20000, 0.3679, 4 * 0.0035);
}

TEST(ScenarioYaml, OverridesReachEveryValue) {
    const std::vector<Override> overrides = {
        {"nics.eth0.ring", "128"},           {"tasks[0].nice", "-5"}, {"net.core.netdev_budget", "64"},
        {"sysctl.net.core.dev_weight", "8"}, {"cpus", "4"},           {"tasks.reader.affinity", "[3]"}};
    const Scenario s = parsed(kMachine, overrides).scenario;
    EXPECT_EQ(s.nics[0].ring, 128);
    EXPECT_EQ(s.tasks[0].nice, -5);
    EXPECT_EQ(s.tasks[0].startCpu(), 3);
    EXPECT_EQ(s.sysctl.netdev_budget, 64U);
    EXPECT_EQ(s.sysctl.dev_weight, 8U);
    EXPECT_EQ(s.cpus, 4);
    EXPECT_TRUE(parsed("cpus: 1\n", {{"net.ipv4.ip_forward", "1"}}).scenario.net_sysctl.ip_forward)
        << "also where there was no sysctl section";
}

TEST(ScenarioYaml, OverridesAreRefusedWithTheOptionAsPlace) {
    EXPECT_EQ(errorOf(kMachine, {{"nics.eth0.ring", "many"}}),
              "--set nics.eth0.ring=many: expected a whole number from 1 to 65535, found \"many\"");
    EXPECT_EQ(
        errorOf(kMachine, {{"nics.eth1.ring", "64"}}),
        "--set nics.eth1.ring=64: expected an element of the list by number below 1 or by its name, found \"eth1\"");
    EXPECT_EQ(errorOf(kMachine, {{"cpus.x", "64"}}),
              "--set cpus.x=64: expected a path into a map or a list, found \"x\" below a plain value");
    EXPECT_EQ(errorOf(kMachine, {{"net.core.netdev_budgett", "64"}}),
              "--set net.core.netdev_budgett=64: expected a value of the scenario (nics.eth0.ring) or a sysctl, found "
              "\"net.core.netdev_budgett\" "
              "(did you mean \"net.core.netdev_budget\"?)");
    EXPECT_EQ(errorOf(kMachine, {{"nicks.eth0.ring", "64"}}).substr(95),
              "\"nicks.eth0.ring\" (did you mean \"nics\"?)");
    EXPECT_EQ(errorOf(kMachine, {{"nics.eth0.rings", "64"}}).substr(0, 21), "s.yaml: expected one ");
    EXPECT_EQ(parseOverride("ring").error().message(),
              "--set: expected KEY=VALUE, as net.core.netdev_budget=16 or nics.eth0.ring=64, found \"ring\"");
    EXPECT_EQ(parseOverride("a.b=c=d")->value, "c=d");
}

/// The words of a program, as an error lists them.
std::string operations() {
    std::string all(RepeatSpec::kName);
    eachOp([&]<class T>(const T&) {
        if constexpr (!std::is_same_v<T, op::jump>) all += ", " + std::string(T::kName);
    });
    return all;
}

TEST(ScenarioYaml, ErrorsNameLineColumnExpectedAndFound) {
    const std::pair<const char*, std::string> kCases[] = {
        {"name: x\nabout: b: c\n", "s.yaml:2:9: expected YAML, found illegal map value"},
        {"", "s.yaml: expected a YAML document, found an empty file"},
        {"cpus: 2\n---\ncpus: 3\n", "s.yaml:2:1: expected one YAML document, found a second one"},
        {",cpus", "s.yaml:1:1: expected one YAML document, found a second one"},
        {"cpus: 2\ncpu: 3\n", "s.yaml:2:1: expected a known key, found unknown key \"cpu\" (did you mean \"cpus\"?)"},
        {"cpus: 2\ncpus: 3\n", "s.yaml:2:1: expected each key once, found \"cpus\" a second time"},
        {"cpus: two\n", "s.yaml:1:7: expected a whole number from 1 to 256, found \"two\""},
        {"nics:\n  - {name: eth0, itr: 250}\n",
         "s.yaml:2:23: expected a time with its unit, as 250us, 4ms or 1.5s, at most an hour, found \"250\""},
        {"nics:\n  - {name: eth0, mac: 52:54}\n",
         "s.yaml:2:23: expected an Ethernet address, as 52:54:00:12:34:56, found \"52:54\""},
        {"nics:\n  - {name: eth0, addresses: [10.0.0.1/33]}\n",
         "s.yaml:2:30: expected a prefix length from 0 to 32, found \"10.0.0.1/33\""},
        {"cpus: 1\nnics:\n  - name: eth0\n    affinity: 1\n", "s.yaml:4:15: expected a CPU below 1, found 1"},
        {"sysctl:\n  net.core.netdev_budge: 16\n",
         "s.yaml:2:3: expected a known key, found unknown key \"net.core.netdev_budge\" (did you mean "
         "\"net.core.netdev_budget\"?)"},
        {"sysctl: {net.ipv4.ip_forward: maybe}\n", "s.yaml:1:31: expected true or false, found \"maybe\""},
        {"tasks:\n  - name: t\n    program:\n      - sleep: 1ms\n      - exot\n",
         "s.yaml:5:9: expected one of " + operations() + ", found \"exot\" (did you mean \"exit\"?)"},
        {"tasks: [{name: t, program: [compute]}]\n",
         "s.yaml:1:29: expected a value, as `- compute: 1ms`, found \"compute\""},
        {"tasks: [{name: t, program: [{epoll_wait: {fd: 3}}]}]\n",
         "s.yaml:1:30: expected recvfrom: other ways to wait or send are not modelled yet, found \"epoll_wait\""},
        {"tasks: [{name: t, program: [compile: 1ms]}]\n",
         "s.yaml:1:29: expected one of " + operations() + ", found \"compile\" (did you mean \"compute\"?)"},
        {"tasks: [{name: t, program: [recvfrom: {fd: 3}]}]\n",
         "s.yaml:1:28: expected a task with files, to read from one, found recvfrom on 3"},
        {"tasks: [{name: t, program: []}]\n", "s.yaml:1:28: expected at least one operation, found none"},
        {"tasks:\n  - {name: a, pid: 7, program: [exit]}\n  - {name: b, pid: 7, program: [exit]}\n",
         "s.yaml:3:20: expected a pid of its own, found 7 a second time"},
        {"sockets:\n  - udp: {port: 0}\n", "s.yaml:2:17: expected a whole number from 1 to 65535, found \"0\""},
        {"sockets:\n  - udp: {port: 5}\n  - udp: {port: 5}\n",
         "s.yaml:3:17: expected a port that is free, found 5 a second time"},
        {"traffic:\n  - at: 1us\n",
         "s.yaml:2:5: expected one of udp, tcp, icmp, arp, ip, ethernet, raw, found none of them"},
        {"traffic:\n  - udp: {src: 10.0.0.2, sport: 1, dst: \"::1\", dport: 2}\n",
         "s.yaml:2:41: expected an address of the family of src, found \"::1\""},
        {"traffic:\n  - raw: abc\n", "s.yaml:2:10: expected pairs of hexadecimal digits, found \"abc\""},
        {"traffic:\n  - raw: abcd\n",
         "s.yaml:2:10: expected a frame of 14 to 65535 bytes as hexadecimal digits, Ethernet header first, found "
         "2 bytes"},
        {"traffic:\n  - tcp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 2, payload: 65496 B}\n",
         "s.yaml:2:70: expected at most 65495 bytes in one packet, found 65496"},
        {"capture: a.pcap\ntraffic: [{arp: {sender: 10.0.0.2, target: 10.0.0.1}}]\n",
         "s.yaml:1:10: expected either `capture` or `traffic`, found both"},
        {"nics: [{ring: 50}]\n", "s.yaml:1:15: expected 48 to 4096, a multiple of 8 (what e1000 takes), found 50"},
        {"nics: [{mtu: 1279, addresses: [\"2001:db8::1/64\"]}]\n",
         "s.yaml:1:32: expected an IPv6 address only with an mtu of 1280 or more, found 2001:db8::1/64 with 1279"},
        {"nics: [{addresses: [224.0.0.1/24]}]\n",
         "s.yaml:1:21: expected an address that one host can have, found 224.0.0.1/24"},
        {"sockets: [{udp: {port: 5}}, {udp: {port: 5, address: 10.0.0.1}}]\n"
         "tasks: [{name: t, files: [\"udp:6\"], program: [exit]}]\n",
         "s.yaml:2:27: expected one of udp:5, udp:10.0.0.1:5, found \"udp:6\" (did you mean \"udp:5\"?)"},
        {"sysctl: {net.core.netdev_budget: 0}\n",
         "s.yaml:1:34: expected a whole number from 1 to 2147483647, found \"0\""},
        {"traffic:\n  - udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 2, payload: 70000 B}\n",
         "s.yaml:2:70: expected a size as 142 B or 64KiB, at most 65507 B, found \"70000 B\""},
        {"traffic:\n  - constant: {count: 1000000, gap: 1us}\n    udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: "
         "2, payload: 1000 B}\n",
         "s.yaml:2:5: expected at most 268435456 bytes of traffic, found more"},
    };
    for (const auto& [yaml, message] : kCases) EXPECT_EQ(errorOf(yaml), message) << yaml;
}

TEST(ScenarioYaml, ADriverThatThereIsNotIsPointedAt) {
    const std::string said = errorOf("nics:\n  - {name: eth0, driver: e100}\n");
    EXPECT_TRUE(said.starts_with("s.yaml:2:26: expected ")) << said;
    EXPECT_TRUE(said.ends_with(", found \"e100\"")) << said;
    EXPECT_NE(said.find("e1000"), std::string::npos) << said;
}

TEST(ScenarioYaml, AFileThatIsNotThereIsNamed) {
    EXPECT_EQ(loadScenario("/nowhere/x.yaml").error().message(),
              "/nowhere/x.yaml: expected a file that can be read, found no such file");
    EXPECT_EQ(loadScenario("/tmp").error().message(), "/tmp: expected a file, found a folder");
}

TEST(ScenarioYaml, ALoopWithinItselfEndsInAnError) {
    // an alias that contains itself would compile for ever
    EXPECT_EQ(errorOf("tasks: [{name: t, program: &p [repeat: {times: 2, do: *p}]}]\n").substr(0, 60),
              "s.yaml:1:40: expected at most 4 loops inside each other, fou");
}

TEST(ScenarioYaml, ACaptureIsNamedRelativeToTheFile) {
    const Result<ScenarioFile> file =
        parseScenario("capture: {file: a.pcap, host: 10.0.0.1, sockets: false}\n", "/dir/s.yaml");
    ASSERT_TRUE(file.ok()) << file.error().message();
    ASSERT_TRUE(file->capture.has_value());
    EXPECT_EQ(file->capture->file, "/dir/a.pcap");
    EXPECT_EQ(file->capture->host, "10.0.0.1");
    EXPECT_FALSE(file->capture->sockets);
}

TEST(Units, TimesAndSizes) {
    EXPECT_EQ(*parseTime("4ms"), 4 * kMillisecond);
    EXPECT_EQ(*parseTime("1.5 s"), 1500 * kMillisecond);
    EXPECT_EQ(*parseTime("250us"), 250 * kMicrosecond);
    EXPECT_EQ(*parseTime("0"), 0);
    for (const char* bad : {"", "5", "-1ms", "1.ms", "ms", "1 m", "2h", "4000s", "1.0000000001s"})
        EXPECT_FALSE(parseTime(bad).ok()) << bad;
    EXPECT_EQ(*parseSize("142 B"), 142U);
    EXPECT_EQ(*parseSize("64KiB"), 65536U);
    EXPECT_EQ(*parseSize("1.5 KiB"), 1536U);
    for (const char* bad : {"", "B", "1.5 B", "-1", "5 GiB", "64kB"}) EXPECT_FALSE(parseSize(bad).has_value()) << bad;
    EXPECT_EQ(showTime(850), "850 ns");
    EXPECT_EQ(showTime(1003), "1.00 µs");
    EXPECT_EQ(showTime(20 * kMillisecond), "20.0 ms");
    EXPECT_EQ(showTime(-2 * kSecond), "-2.00 s");
}

TEST(ScenarioYaml, AFrameIsFromTheSenderThatIsNamed) {
    const auto file = parseScenario(
        "nics: [{addresses: [10.0.0.1/24]}]\ntraffic:\n"
        "  - {at: 1ms, udp: {src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 9}}\n"
        "  - {at: 2ms, udp: {eth_src: \"52:54:00:aa:bb:cc\", src: 10.0.0.2, sport: 1, dst: 10.0.0.1, dport: 9}}\n",
        "s.yaml");
    ASSERT_TRUE(file.ok()) << file.error().message();
    const auto& frames = file->scenario.frames;
    ASSERT_EQ(frames.size(), 2U);
    EXPECT_EQ(MacAddr::load(frames[0].bytes.data() + 6).toString(), "52:54:00:00:00:02");
    EXPECT_EQ(MacAddr::load(frames[1].bytes.data() + 6).toString(), "52:54:00:aa:bb:cc");
}

}  // namespace
}  // namespace ringside
