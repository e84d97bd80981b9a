// The command line is a contract: exit status, messages that name place, expected and found, and the fields that
// scripts read.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/app/program.h"
#include "tests/support/paths.h"

namespace ringside::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

const std::string kScenarios = sourceDir() + "/tests/scenarios/";
const std::string kSamples = sourceDir() + "/assets/samples/";

TEST(CommandLine, UnknownOptionIsWrongUsage) {
    const ProgramResult r = ringside("run --nonsense x");
    EXPECT_EQ(r.status, 2);
    EXPECT_THAT(r.err, HasSubstr("--nonsense"));
}

TEST(CommandLine, UnknownLessonNamesItAndWhereToLook) {
    const ProgramResult r = ringside("run wire-to-recvfrm");
    EXPECT_EQ(r.status, 1);
    EXPECT_THAT(r.err, HasSubstr("wire-to-recvfrm"));
    EXPECT_THAT(r.err, HasSubstr("expected"));
    EXPECT_THAT(r.err, HasSubstr("wire-to-recvfrom"));  // the nearest lesson is offered
    EXPECT_TRUE(r.out.empty());
}

TEST(CommandLine, NotACaptureSaysWhatWasFound) {
    const std::string path = testing::TempDir() + "ringside-not-a-capture.pcap";
    std::ofstream(path) << "this is no capture, but a text of some length";
    const ProgramResult r = ringside("packets " + path);
    EXPECT_EQ(r.status, 1);
    EXPECT_THAT(r.err, HasSubstr(path));
    EXPECT_THAT(r.err, HasSubstr("expected"));
    EXPECT_THAT(r.err, HasSubstr("found"));
}

TEST(CommandLine, BrokenYamlNamesLineAndColumn) {
    const std::string path = testing::TempDir() + "ringside-broken.yaml";
    std::ofstream(path) << "cpus: 2\nnics:\n  - name: eth0\n    ringg: 256\n";
    const ProgramResult r = ringside("run " + path);
    EXPECT_EQ(r.status, 1);
    EXPECT_THAT(r.err, HasSubstr(path + ":4:5"));
    EXPECT_THAT(r.err, HasSubstr("ringg"));
    EXPECT_THAT(r.err, HasSubstr("ring"));
}

TEST(CommandLine, RunLinesHaveTheFieldsOfTheContract) {
    const ProgramResult r =
        ringside("run " + kScenarios + "udp_rx.yaml --format jsonl --watch nic.eth0.rx.next_to_clean");
    ASSERT_EQ(r.status, 0) << r.err;
    const std::vector<std::string> lines = r.lines();
    ASSERT_GT(lines.size(), 200U);
    std::uint64_t seq = 0;
    bool irq = false, delivered = false;
    double watched = -1;
    for (const std::string& line : lines) {
        const json e = json::parse(line);
        for (const char* key : {"seq", "t_ns", "cpu", "context", "task", "pid", "function", "stage", "source", "depth",
                                "kind", "cause", "skb", "drop"}) {
            ASSERT_TRUE(e.contains(key)) << key << " is missing in " << line;
        }
        ASSERT_EQ(e["seq"].get<std::uint64_t>(), ++seq);
        if (!e["cause"].is_null()) {
            ASSERT_LT(e["cause"].get<std::uint64_t>(), seq) << "a cause comes before what it causes";
        }
        if (e.contains("tracepoint") && e["tracepoint"]["name"] == "irq_handler_entry") {
            irq = true;
            EXPECT_EQ(e["tracepoint"]["args"]["irq"], 10);
            EXPECT_EQ(e["tracepoint"]["args"]["name"], "eth0");
        }
        if (e["function"] == "skb_consume_udp" && e["kind"] == "enter") {
            delivered = true;
            EXPECT_EQ(e["skb"]["len"], 100);
            EXPECT_EQ(e["skb"]["data"], 106);
        }
        watched = e["watch"]["nic.eth0.rx.next_to_clean"].get<double>();
    }
    EXPECT_TRUE(irq);
    EXPECT_TRUE(delivered);
    EXPECT_EQ(watched, 1);
}

TEST(CommandLine, SeekEventsAndUntilCutTheOutput) {
    const ProgramResult seek = ringside("run " + kScenarios + "udp_rx.yaml --format jsonl --seek 10 --events 15");
    ASSERT_EQ(seek.status, 0) << seek.err;
    ASSERT_EQ(seek.lines().size(), 5U);
    EXPECT_EQ(json::parse(seek.lines().front())["seq"], 11);
    const ProgramResult until = ringside("run " + kScenarios + "udp_rx.yaml --format jsonl --until 1us");
    ASSERT_EQ(until.status, 0) << until.err;
    for (const std::string& line : until.lines()) EXPECT_LE(json::parse(line)["t_ns"].get<std::int64_t>(), 1000);
    EXPECT_EQ(ringside("run " + kScenarios + "udp_rx.yaml --until 5parsecs").status, 2);
}

TEST(CommandLine, FingerprintIsTheSameTwiceAndChangesWithTheScenario) {
    const std::string base = "run " + kScenarios + "udp_rx.yaml --fingerprint";
    const ProgramResult a = ringside(base), b = ringside(base),
                        c = ringside(base + " --set sysctl.net.core.netdev_budget=16");
    ASSERT_EQ(a.status, 0) << a.err;
    EXPECT_EQ(a.out.size(), 17U);
    EXPECT_EQ(a.out, b.out);
    ASSERT_EQ(c.status, 0) << c.err;
    EXPECT_NE(a.out, c.out);
}

TEST(CommandLine, FingerprintIsThatOfTheEventsOneByOne) {
    // --until makes them one at a time; without it they are made in batches of 128
    const std::string base = "run " + kScenarios + "udp_rx.yaml --fingerprint";
    EXPECT_EQ(ringside(base).out, ringside(base + " --until 1000s").out);
    for (const char* events : {"0", "1", "127", "128", "129"}) {
        const std::string some = base + " --events " + events;
        const ProgramResult at_once = ringside(some), one_by_one = ringside(some + " --until 1000s");
        ASSERT_EQ(at_once.status, 0) << at_once.err;
        EXPECT_EQ(at_once.out, one_by_one.out) << events << " events";
    }
}

TEST(CommandLine, StatePrintsAPartOfTheWorld) {
    const ProgramResult r = ringside("run " + kScenarios + "udp_rx.yaml --state nic.eth0.rx.next_to_clean");
    ASSERT_EQ(r.status, 0) << r.err;
    EXPECT_EQ(r.out, "1\n");
    const ProgramResult bad = ringside("run " + kScenarios + "udp_rx.yaml --state nic.eth7");
    EXPECT_EQ(bad.status, 1);
    EXPECT_THAT(bad.err, HasSubstr("nic.eth7"));
}

TEST(CommandLine, WrittenCaptureCanBeReadAgain) {
    const std::string path = testing::TempDir() + "ringside-written.pcap";
    const ProgramResult w = ringside("run " + kScenarios + "udp_rx.yaml --fingerprint --write-pcap " + path);
    ASSERT_EQ(w.status, 0) << w.err;
    const ProgramResult r = ringside("packets " + path + " --format jsonl");
    ASSERT_EQ(r.status, 0) << r.err;
    ASSERT_EQ(r.lines().size(), 1U);
    const json p = json::parse(r.lines()[0]);
    EXPECT_EQ(p["udp"]["dport"], 5000);
    EXPECT_EQ(p["udp"]["checksum_status"], "good");
    EXPECT_EQ(p["fate"], "delivered");
    EXPECT_EQ(ringside("run " + kScenarios + "udp_rx.yaml --fingerprint --write-pcap /no/such/folder/x.pcap").status,
              1);
}

TEST(CommandLine, PacketsNameTheirExtensionHeaders) {
    const ProgramResult r =
        ringside("packets " + sourceDir() + "/tests/fuzz/corpus/capture/extensions-fragments.pcap --format jsonl");
    std::set<std::string> names;
    int fragments = 0;
    for (const std::string& line : r.lines()) {
        const json p = json::parse(line);
        if (!p.contains("ip") || !p["ip"].contains("ext")) continue;
        for (const json& name : p["ip"]["ext"]) names.insert(name.get<std::string>());
        if (!p["ip"].contains("frag")) continue;
        ++fragments;
        EXPECT_EQ(p["ip"]["frag"]["nxt"], 17) << line;
    }
    EXPECT_GT(fragments, 0);
    EXPECT_TRUE(names.contains("ipv6.fraghdr")) << r.out;
}

TEST(CommandLine, PacketsOfASampleAllHaveAFate) {
    const ProgramResult r = ringside("packets " + kSamples + "mix.pcap --format jsonl");
    ASSERT_EQ(r.status, 0) << r.err;
    ASSERT_GT(r.lines().size(), 5U);
    for (const std::string& line : r.lines()) {
        const json p = json::parse(line);
        EXPECT_THAT((std::vector<std::string>{"delivered", "dropped", "forwarded", "consumed", "ignored", "undecided"}),
                    testing::Contains(p["fate"].get<std::string>()));
        if (p["fate"] == "dropped") {
            EXPECT_FALSE(p["function"].is_null()) << line;
        }
    }
}

TEST(CommandLine, StandardInputIsACaptureToo) {
    const std::string sample = kSamples + "mix.pcap";
    const ProgramResult file = ringside("packets " + sample + " --format jsonl");
    const ProgramResult pipe = ringside("packets - --format jsonl", "cat " + sample + " |");
    EXPECT_EQ(pipe.status, 0) << pipe.err;
    EXPECT_EQ(pipe.out, file.out);
    EXPECT_EQ(ringside("run - --fingerprint <" + sample).out, ringside("run " + sample + " --fingerprint").out);
    const ProgramResult nothing = ringside("packets -");
    EXPECT_EQ(nothing.status, 1);
    EXPECT_THAT(nothing.err, HasSubstr("-: expected a capture file (pcap or pcapng), found an empty file"));
}

TEST(CommandLine, ACaptureWithoutPacketsSaysSo) {
    const std::string path = testing::TempDir() + "ringside-empty.pcap";
    ASSERT_EQ(ringside("packets " + path, "head -c 24 " + kSamples + "mix.pcap >" + path + ";").out, "");
    for (const char* command : {"packets ", "run "}) {
        const ProgramResult r = ringside(command + path);
        EXPECT_EQ(r.status, 0);
        EXPECT_THAT(r.err, HasSubstr(path + ": a capture without packets"));
    }
}

TEST(CommandLine, WhatIsWrongIsSaidInTheLanguageThatIsAskedFor) {
    const std::string missing = testing::TempDir() + "ringside-there-is-none.pcap";
    EXPECT_THAT(ringside("packets --lang en " + missing).err, HasSubstr("expected a capture file"));
    EXPECT_THAT(ringside("packets --lang zh_CN " + missing).err, HasSubstr("没有这个文件"));
    EXPECT_THAT(ringside("run --lang zh_CN " + missing).err, HasSubstr("没有这个文件"));
    const std::string text = testing::TempDir() + "ringside-text.pcap";
    std::ofstream(text) << "words and no packets at all";
    const ProgramResult r = ringside("packets --lang zh_CN " + text);
    EXPECT_EQ(r.status, 1);
    EXPECT_THAT(r.err, testing::Not(HasSubstr("libpcap"))) << "its words stand in a sentence of ours";
    EXPECT_THAT(r.err, testing::Not(HasSubstr("expected")));
    EXPECT_THAT(ringside("packets --lang zh_CN " + kSamples + "dns-lookup.pcap").err, HasSubstr("当作本机"));
    EXPECT_THAT(ringside("check --lang zh_CN " + kScenarios + "udp_rx.yaml").out, HasSubstr("没有问题"));
    EXPECT_THAT(ringside("check --lang en " + kScenarios + "udp_rx.yaml").out, HasSubstr("nothing wrong"));
    const std::string chinese = ringside("reference --lang zh_CN").out, english = ringside("reference --lang en").out;
    EXPECT_NE(chinese, english);
    EXPECT_THAT(chinese, HasSubstr("## __udp4_lib_rcv")) << "names stay the kernel's";
}

TEST(CommandLine, APackedCaptureIsTheSameOne) {
    const std::string packed = testing::TempDir() + "ringside-packed.pcap.gz";
    ASSERT_EQ(std::system(("gzip -c " + kSamples + "mix.pcap > " + packed).c_str()), 0);
    const ProgramResult plain = ringside("packets " + kSamples + "mix.pcap"), r = ringside("packets " + packed);
    EXPECT_EQ(r.status, 0) << r.err;
    EXPECT_EQ(r.out, plain.out);
    EXPECT_FALSE(r.out.empty());
}

TEST(CommandLine, TheSampleWithLossesLoses) {
    const json udp = json::parse(ringside("run " + kSamples + "burst-with-losses.yaml --state counters.udp").out);
    const int got = udp.at("InDatagrams"), lost = udp.at("RcvbufErrors");
    EXPECT_EQ(got + lost, 300);
    EXPECT_GT(got, 10);
    EXPECT_GT(lost, 200) << "the receiver is busy: what does not fit is lost";
}

TEST(CommandLine, WhatMayBeSetOfACapturesReplay) {
    const std::string sample = kSamples + "mix.pcap ";
    const std::string mtu = "run " + sample + "--set nics.eth0.mtu=9000 --state nic.eth0";
    EXPECT_EQ(ringside(mtu).status, 0) << ringside(mtu).err;
    EXPECT_EQ(ringside("run " + sample + "--set nics.eth0.mtu=9000 --state dev.eth0.mtu").out, "9000\n");
    EXPECT_NE(ringside("run " + sample + "--set nics.eth0.ring=80 --fingerprint").out,
              ringside("run " + sample + "--fingerprint").out);
    EXPECT_EQ(ringside("run " + sample + "--set cpus=4 --set sysctl.net.core.netdev_budget=16 --fingerprint").status,
              0);
    for (const char* key : {"nics.eth0.mac=02:00:00:00:00:01", "sockets.0.port=5", "nics.eth1.mtu=9000", "mtu=9000"}) {
        const ProgramResult r = ringside("run " + sample + "--set " + key);
        EXPECT_EQ(r.status, 1) << key;
        EXPECT_THAT(r.err, HasSubstr("of a capture only sysctl.NAME, nics.eth0.NAME (mtu, ")) << key;
    }
    EXPECT_EQ(ringside("run " + sample + "--set nics.eth0.mtu=7").status, 1);
}

TEST(CommandLine, NoSocketsShowsNoSocket) {
    const ProgramResult open = ringside("packets " + kSamples + "dns-lookup.pcap --format jsonl");
    const ProgramResult closed = ringside("packets " + kSamples + "dns-lookup.pcap --no-sockets --format jsonl");
    ASSERT_EQ(open.status, 0) << open.err;
    EXPECT_THAT(open.out, HasSubstr("\"delivered\""));
    EXPECT_THAT(closed.out, HasSubstr("\"NO_SOCKET\""));
    EXPECT_THAT(closed.out, testing::Not(HasSubstr("\"fate\":\"delivered\"")));
    const ProgramResult host = ringside("packets " + kSamples + "dns-lookup.pcap --host 203.0.113.9");
    EXPECT_EQ(host.status, 1);
    EXPECT_THAT(host.err, HasSubstr("203.0.113.9"));
}

TEST(CommandLine, ListKnowsBothLanguages) {
    const ProgramResult r = ringside("list --json");
    ASSERT_EQ(r.status, 0) << r.err;
    const json lessons = json::parse(r.out);
    ASSERT_GE(lessons.size(), 2U);
    EXPECT_EQ(lessons[0]["id"], "wire-to-recvfrom");
    for (const json& lesson : lessons) {
        EXPECT_TRUE(lesson["order"].is_number());
        EXPECT_FALSE(lesson["title"]["en"].get<std::string>().empty());
        EXPECT_FALSE(lesson["title"]["zh_CN"].get<std::string>().empty());
        EXPECT_GE(lesson["steps"].size(), 5U);
    }
}

TEST(CommandLine, CheckFindsNothingWrongWithTheCatalogAndSomethingWithABrokenLesson) {
    EXPECT_EQ(ringside("check " + sourceDir() + "/lessons/catalog").status, 0);
    EXPECT_EQ(ringside("check " + kScenarios + "udp_rx.yaml").status, 0);
    const ProgramResult r = ringside("check /no/such/lesson");
    EXPECT_EQ(r.status, 1);
    EXPECT_THAT(r.err, HasSubstr("/no/such/lesson"));
}

TEST(CommandLine, ReferenceTellsStagesAndSource) {
    const ProgramResult r = ringside("reference --format json");
    ASSERT_EQ(r.status, 0) << r.err;
    bool found = false;
    for (const json& f : json::parse(r.out)) {
        EXPECT_FALSE(f["doc"].get<std::string>().empty()) << f["name"];
        EXPECT_FALSE(f["stages"].empty()) << f["name"];
        if (f["name"] == "ip_rcv_core") {
            found = true;
            EXPECT_EQ(f["source"], "net/ipv4/ip_input.c");
        }
    }
    EXPECT_TRUE(found);
}

TEST(CommandLine, ReferenceTellsTheScenarioLanguage) {
    const ProgramResult r = ringside("reference --scenario --format json");
    ASSERT_EQ(r.status, 0) << r.err;
    std::map<std::string, json> groups;
    for (const json& group : json::parse(r.out)) groups[group["path"]] = group["keys"];
    const json& nic = groups["nics[]"];
    const auto ring = std::find_if(nic.begin(), nic.end(), [](const json& key) { return key["name"] == "ring"; });
    ASSERT_NE(ring, nic.end());
    EXPECT_THAT((*ring)["value"].get<std::string>(), StartsWith("e1000: 48 to 4096, a multiple of 8"));
    EXPECT_EQ((*ring)["default"], "256");
    const ProgramResult page = ringside("reference --scenario");
    EXPECT_THAT(page.out, HasSubstr("## `sockets[].udp`"));
    EXPECT_THAT(page.out, HasSubstr("| `port` | 1 to 65535 | must be there |"));
}

TEST(CommandLine, ExportWritesPicturesAndRefusesWhatItCannot) {
    const std::string path = testing::TempDir() + "ringside-step";
    const std::string step = json::parse(ringside("list --json").out)[0]["steps"][2]["id"];
    for (const char* ending : {".png", ".svg", ".pdf"}) {
        const ProgramResult r = ringside("export wire-to-recvfrom --step " + step + " --out " + path + ending);
        ASSERT_EQ(r.status, 0) << r.err;
        std::ifstream file(path + ending, std::ios::binary | std::ios::ate);
        EXPECT_GT(file.tellg(), 2000);
    }
    const ProgramResult step_wrong = ringside("export wire-to-recvfrom --step nowhere --out " + path + ".png");
    EXPECT_EQ(step_wrong.status, 1);
    EXPECT_THAT(step_wrong.err, HasSubstr("nowhere"));
    const ProgramResult path_wrong =
        ringside("export wire-to-recvfrom --step " + step + " --out /no/such/folder/a.png");
    EXPECT_EQ(path_wrong.status, 1);
    EXPECT_THAT(path_wrong.err, HasSubstr("/no/such/folder/a.png"));
    EXPECT_EQ(ringside("export wire-to-recvfrom --step " + step + " --out " + path + ".bmp").status, 1);
}

TEST(CommandLine, AHandoutHasAPageForEachStepAndTheAnswers) {
    const auto pages = [](const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), {});
        EXPECT_EQ(bytes.substr(0, 5), "%PDF-") << path;
        std::size_t count = 0;
        for (std::size_t at = bytes.find("/Type /Page\n"); at != std::string::npos;
             at = bytes.find("/Type /Page\n", at + 1))
            ++count;
        return count;
    };
    const std::size_t steps = json::parse(ringside("list --json").out)[0]["steps"].size();
    for (const char* lang : {"en", "zh_CN"}) {
        const std::string path = testing::TempDir() + "ringside-handout-" + lang + ".pdf";
        const ProgramResult r = ringside("export wire-to-recvfrom --handout " + path + " --lang " + lang);
        ASSERT_EQ(r.status, 0) << r.err;
        EXPECT_GT(pages(path), steps) << "each step, then the answers";
        EXPECT_LE(pages(path), steps + 3);
    }
    const ProgramResult nowhere = ringside("export wire-to-recvfrom --handout /no/such/folder/a.pdf");
    EXPECT_EQ(nowhere.status, 1);
    EXPECT_THAT(nowhere.err, HasSubstr("/no/such/folder/a.pdf"));
    EXPECT_EQ(ringside("export wire-to-recvfrom --handout /tmp/a.png").status, 1);
    EXPECT_EQ(ringside("export wire-to-recvfrom").status, 2) << "neither a step nor a handout";
    EXPECT_EQ(ringside("export wire-to-recvfrom --step ip --out a.png --handout a.pdf").status, 2) << "not both";
    EXPECT_EQ(ringside("export wire-to-recvfrom --step ip").status, 2) << "a step needs a file";
}

TEST(CommandLine, ALessonOpensAtAStep) {
    const ProgramResult at = ringside("--text wire-to-recvfrom#copy");
    EXPECT_EQ(at.status, 0) << at.err;
    EXPECT_THAT(at.out, HasSubstr("The reader copies and lets go."));
    EXPECT_EQ(at.out.find("A frame arrives."), std::string::npos) << "the steps before it are not printed";
    const ProgramResult nowhere = ringside("--text wire-to-recvfrom#nowhere");
    EXPECT_EQ(nowhere.status, 1);
    EXPECT_THAT(nowhere.err, HasSubstr("asleep, wire, dma"));
}

TEST(CommandLine, TextLessonPrintsEveryStepWithoutATerminal) {
    const ProgramResult en = ringside("--text wire-to-recvfrom");
    ASSERT_EQ(en.status, 0) << en.err;
    const json steps = json::parse(ringside("list --json").out)[0]["steps"];
    for (const json& step : steps) EXPECT_THAT(en.out, HasSubstr(step["title"]["en"].get<std::string>()));
    const ProgramResult zh = ringside("--text --lang zh_CN wire-to-recvfrom");
    ASSERT_EQ(zh.status, 0) << zh.err;
    for (const json& step : steps) EXPECT_THAT(zh.out, HasSubstr(step["title"]["zh_CN"].get<std::string>()));
}

}  // namespace
}  // namespace ringside::test
