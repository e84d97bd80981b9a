// The scenes over real runs: every position of a scenario gives a picture that is whole and true to the World.
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "engine/history/fate_book.h"
#include "engine/history/timeline.h"
#include "engine/linux/driver.h"
#include "lessons/scenario_yaml.h"
#include "scene_golden.h"
#include "tests/support/machine.h"
#include "tests/support/paths.h"
#include "views/scene/path_adapter.h"
#include "views/scene/path_stations.h"
#include "views/scene/skb_adapter.h"

namespace ringside {
namespace {

const Theme kLight = makeTheme(ThemeKind::light);
const PlainTextMetrics kPlain;
const SceneRequest kRequest{{960, 732}, kLight, kPlain, 1};

Timeline open(const std::string& name) {
    const Result<ScenarioFile> file = loadScenario(sourceDir() + "/tests/scenarios/" + name + ".yaml");
    EXPECT_TRUE(file.ok()) << file.error().message();
    Result<Start> start = file->start();
    EXPECT_TRUE(start.ok()) << start.error().message();
    return Timeline(std::move(*start));
}

/// As the program shows it: with the packet's walk and what became of it so far.
PathInput inputAt(Timeline& timeline, std::uint32_t followed) {
    const auto& event = timeline.event();
    const PacketWalk walk = timeline.walk(followed);
    FateBook fates;
    fates.learn(timeline.world().fates);
    PathView view;
    view.followed = followed;
    view.walk = &walk;
    view.fate = fates.find(followed, timeline.position());
    return pathInput(timeline.world(), timeline.inputs(), event ? &*event : nullptr, view);
}

/// Position of the first entry of a function.
Position entryOf(Timeline& timeline, const std::string& function) {
    while (auto event = timeline.stepForward()) {
        if (event->kind == EventKind::enter && timeline.inputs().function(event->function).name == function)
            return event->seq;
    }
    ADD_FAILURE() << function << " was never entered";
    return 0;
}

const PathStop* stopNamed(const PathInput& in, const char* name) {
    for (const PathStation& station : in.stations) {
        for (const PathStop& stop : station.stops) {
            if (stop.function == QLatin1String(name)) return &stop;
        }
    }
    return nullptr;
}

TEST(SceneAdapter, EveryPositionGivesAWholePicture) {
    for (const char* name : {"udp_rx", "drop_ipcsum", "udp_rx_busy"}) {
        Timeline timeline = open(name);
        PathInput before = inputAt(timeline, 1);
        int packets = 0;
        do {
            PathInput now = inputAt(timeline, 1);
            moveFrom(now, before);
            const DisplayList list = buildPathScene(now, kRequest);
            const auto wrong = unhittableItems(list);
            ASSERT_TRUE(wrong.empty()) << name << " at " << timeline.position() << ": " << wrong.front().toStdString();
            packets += list.find(QStringLiteral("packet:1")) >= 0;
            before = std::move(now);
        } while (timeline.stepForward());
        EXPECT_GT(packets, 20) << name << ": the packet was hardly ever seen";
    }
}

TEST(SceneAdapter, APacketRisesThroughTheRecordedStops) {
    Timeline timeline = open("udp_rx");
    struct Expected {
        const char* function;
        const char* stop;
    };
    for (const Expected& e : {Expected{"napi_gro_receive", "napi_gro_receive"},
                              {"__netif_receive_skb_core", "__netif_receive_skb_core"},
                              {"ip_list_rcv", "ip_list_rcv"},
                              {"ip_rcv_core", "ip_rcv_core"},
                              {"ip_sublist_rcv", "NF_INET_PRE_ROUTING"},
                              {"ip_rcv_finish_core", "ip_rcv_finish_core"},
                              {"ip_local_deliver", "ip_local_deliver"},
                              {"udp_rcv", "udp_rcv"},
                              {"__udp4_lib_lookup", "__udp4_lib_lookup"},
                              {"udp_queue_rcv_skb", "udp_queue_rcv_skb"},
                              {"__udp_enqueue_schedule_skb", "__udp_enqueue_schedule_skb"}}) {
        entryOf(timeline, e.function);
        const PathInput in = inputAt(timeline, 1);
        const PathStop* stop = stopNamed(in, e.stop);
        ASSERT_NE(stop, nullptr) << e.stop;
        EXPECT_EQ(stop->state, StopState::current) << e.stop << " at entry of " << e.function;
        if (std::string(e.function) == "udp_rcv") {
            expectGolden("path_from_world", buildPathScene(in, kRequest).dump());
            loadFonts();
            const FontTextMetrics metrics(kLight);
            lookAt("world-udp_rcv", buildPathScene(in, {{960, 732}, kLight, metrics, 1}), kLight);
        }
    }
    entryOf(timeline, "sock_def_readable");
    EXPECT_EQ(inputAt(timeline, 1).followedTo.at, PathPlace::At::queue);
    EXPECT_EQ(inputAt(timeline, 1).queue.packets, std::vector<std::uint32_t>{1});
    while (timeline.stepForward()) {
    }
    EXPECT_EQ(inputAt(timeline, 1).followedTo.at, PathPlace::At::task) << "delivered";
}

TEST(SceneAdapter, BeforeTheKernelItIsOnTheWireInTheCardAndInTheRing) {
    Timeline timeline = open("udp_rx");
    std::vector<PathPlace::At> seen;
    do {
        const PathPlace::At at = inputAt(timeline, 1).followedTo.at;
        if (seen.empty() || seen.back() != at) seen.push_back(at);
    } while (timeline.stepForward());
    using At = PathPlace::At;
    EXPECT_EQ(seen, (std::vector<At>{At::wire, At::fifo, At::ring, At::stop, At::queue, At::task}));
}

TEST(SceneAdapter, ADropIsShownWhereItHappened) {
    struct Case {
        const char* scenario;
        std::uint32_t packet;
        const char* stop;
    };
    for (const Case& c : {Case{"drop_ipcsum", 1, "ip_rcv_core"}, {"drop_rcvbuf", 5, "__udp_enqueue_schedule_skb"}}) {
        Timeline timeline = open(c.scenario);
        bool dropped = false;
        while (auto event = timeline.stepForward()) {
            if (event->drop != Drop::NOT_DROPPED && event->packet == c.packet) {
                dropped = true;
                break;
            }
        }
        ASSERT_TRUE(dropped) << c.scenario;
        for (int i = 0; i < 40 && !inputAt(timeline, c.packet).followedDropped; ++i) timeline.stepForward();
        const PathInput in = inputAt(timeline, c.packet);
        EXPECT_TRUE(in.followedDropped) << c.scenario;
        const PathStop* stop = stopNamed(in, c.stop);
        ASSERT_NE(stop, nullptr);
        EXPECT_EQ(stop->state, StopState::dropped) << c.scenario;
        loadFonts();
        const FontTextMetrics metrics(kLight);
        lookAt(std::string("world-") + c.scenario, buildPathScene(in, {{960, 732}, kLight, metrics, 1}), kLight);
    }
}

TEST(SceneAdapter, AStopThatWasNotPassedIsNotDrawnAsPassed) {
    // eight packets at once go up as one list from napi_gro_receive; the last ones wait for napi_complete_done
    test::Machine m;
    m.addReader("reader", 1, 5000, 0);
    for (int i = 0; i < 40; ++i) m.addDatagram(1000 + i, 5000);
    m.start();
    Timeline timeline(Start{m.world, m.inputs});
    while (timeline.stepForward()) {
    }
    int without = 0, with = 0;
    for (std::uint32_t packet = 1; packet <= 40; ++packet) {
        const PacketWalk walk = timeline.walk(packet);
        const PathStop* stop = nullptr;
        const PathInput in = inputAt(timeline, packet);
        stop = stopNamed(in, "napi_complete_done");
        ASSERT_NE(stop, nullptr);
        const bool walked = std::any_of(walk.steps.begin(), walk.steps.end(), [&](const WalkStep& step) {
            return std::string_view(timeline.inputs().function(step.function).name) == "napi_complete_done";
        });
        EXPECT_EQ(stop->state == StopState::done, walked) << packet;
        ++(walked ? with : without);
        EXPECT_EQ(stopNamed(in, "udp_rcv")->state, StopState::done) << packet;
    }
    EXPECT_GT(with, 0);
    EXPECT_GT(without, 0);
}

TEST(SceneAdapter, EveryStationNamesFunctionsOfTheModel) {
    const std::span<const FunctionInfo> functions = open("udp_rx").inputs().functions;
    for (const StationRow& row : stationRows()) {
        std::istringstream names(row.functions);
        if (row.functions == kCleanRx) continue;
        for (std::string name; names >> name;) {
            EXPECT_TRUE(std::any_of(functions.begin(), functions.end(),
                                    [&](const FunctionInfo& info) { return info.name && name == info.name; }))
                << row.name << ": " << name;
        }
        EXPECT_NE(row.ways, 0) << row.name;
        EXPECT_TRUE(row.kind != StopKind::queue || row.queues != 0) << row.name << ": which queue?";
    }
}

TEST(SceneAdapter, AStationMoreIsARowMore) {
    std::vector<StationRow> rows(stationRows().begin(), stationRows().end());
    const auto functions = open("udp_rx").inputs().functions;
    const PacketRoute before(rows, way::udp4, "e1000", functions);
    // behind the first stop, whatever rows of single drivers stand there
    rows.insert(rows.begin() + 1,
                {PathLeg::receive, rows[0].layer, rows[0].file, StopKind::tap, "dev_gro_receive", "dev_gro_receive"});
    const PacketRoute after(rows, way::udp4, "e1000", functions);
    EXPECT_EQ(after.stopCount(), before.stopCount() + 1);
    const auto id = std::find_if(functions.begin(), functions.end(), [](const FunctionInfo& info) {
                        return info.name && std::string_view(info.name) == "dev_gro_receive";
                    })->id;
    EXPECT_EQ(before.stopOf(id), -1);
    EXPECT_EQ(after.stopOf(id), 1);
}

TEST(SceneAdapter, AStationOfADriverStandsOnlyWhereItsCardIs) {
    std::vector<StationRow> rows(stationRows().begin(), stationRows().end());
    const auto functions = open("udp_rx").inputs().functions;
    const PacketRoute without(rows, way::udp4, "e1000", functions);
    rows.insert(rows.begin() + 1, {PathLeg::receive, rows[0].layer, rows[0].file, StopKind::call, "e1000_clean",
                                   "e1000_clean", way::all, 0, "e1000"});
    EXPECT_EQ(PacketRoute(rows, way::udp4, "e1000", functions).stopCount(), without.stopCount() + 1);
    EXPECT_EQ(PacketRoute(rows, way::udp4, "e1000e", functions).stopCount(), without.stopCount());
    // the first stop carries the name of the driver's own function, and knows those of the others
    const RouteStop& first = without.layers().front().stops.front();
    EXPECT_EQ(first.name, "e1000_clean_rx_irq");
    EXPECT_EQ(functions[first.functions.back()].name, first.name);
    EXPECT_EQ(first.functions.size(), drivers().size());
}

TEST(SceneAdapter, ATaggedPacketAndOneWithExtensionsGoTheirOwnWay) {
    std::vector<std::uint8_t> frame(80);
    const auto put = [&](std::size_t at, unsigned value) {
        frame[at] = static_cast<std::uint8_t>(value >> 8);
        frame[at + 1] = static_cast<std::uint8_t>(value);
    };
    put(12, 0x8100);
    put(16, 0x0806);
    EXPECT_EQ(waysOf(frame), way::arp) << "behind its VLAN tag";
    put(12, 0x86dd);
    frame[14] = 0x60;
    put(18, 26);
    frame[20] = 0;   // hop by hop
    frame[54] = 58;  // then ICMPv6
    EXPECT_EQ(waysOf(frame), way::icmp6) << "behind an extension header";
    EXPECT_EQ(waysOf({}), way::udp4);
}

TEST(SceneAdapter, TwoCpusShowTwoPacketsAtTwoStops) {
    bool apart = false;
    // how far apart two frames meet in the stack depends on what the stages cost
    for (const Time gap : {200, 700, 1200, 2000, 3000}) {
        test::Machine m;
        m.scenario.nics.push_back(m.scenario.nics[0]);
        m.scenario.nics[1].name = "eth1";
        m.scenario.nics[1].mac.bytes[5] ^= 1;
        m.scenario.nics[1].affinity = 1;
        m.scenario.nics[1].irq = 11;
        m.addReader("reader", 0, 5000, 0);
        for (int i = 0; i < 2; ++i) m.addDatagram(1000 + gap * i, 5000);
        std::copy_n(m.scenario.nics[1].mac.bytes.begin(), 6, m.scenario.frames[1].bytes.begin());
        m.start();
        Timeline timeline(Start{m.world, m.inputs});
        std::set<int> cards;
        while (timeline.stepForward()) {
            const PathInput in = inputAt(timeline, 1);
            ASSERT_EQ(in.cards.size(), 2U);
            EXPECT_EQ(in.card, 0) << "the followed packet's";
            std::vector<PathPlace> stops;
            for (const PathPacket& packet : in.packets) {
                if (packet.to.at == PathPlace::At::stop) stops.push_back(packet.to);
                if (packet.number == 2 && packet.to.at == PathPlace::At::ring) cards.insert(packet.to.card);
            }
            apart |= stops.size() == 2 && !(stops[0] == stops[1]);
        }
        EXPECT_EQ(cards, (std::set<int>{1})) << "the second packet came by the second card";
        EXPECT_EQ(inputAt(timeline, 2).card, 1);
    }
    EXPECT_TRUE(apart) << "two CPUs had a packet each in the stack, and both were drawn at one stop";
}

TEST(SceneAdapter, TheDriverIsTheOneThatServesTheCardsInterrupt) {
    Timeline timeline = open("udp_rx");
    World world = timeline.world();
    const auto driver = [&] { return pathInput(world, timeline.inputs(), nullptr, {}); };
    EXPECT_EQ(driver().cards[0].nic.driver, "e1000");
    EXPECT_EQ(driver().stations[0].file, "e1000") << "its layer is named after it";
    // another folder's function stands for another driver
    std::vector<IrqAction>& actions = world.machine().irq(world.machine().nics[0]->vectors.front().irq).actions;
    ASSERT_EQ(actions.size(), 1U);
    for (const FunctionInfo& info : timeline.inputs().functions)
        if (std::string_view(info.name) == "udp_rcv") actions[0].handler.id = info.id;
    EXPECT_EQ(driver().cards[0].nic.driver, "ipv4");
    EXPECT_EQ(driver().stations[0].file, "ipv4");
    actions.clear();
    EXPECT_EQ(driver().cards[0].nic.driver, QString()) << "a card that nobody drives";
}

TEST(SceneAdapter, MachinesThatAreNotShownAreCounted) {
    Timeline timeline = open("udp_rx");
    World world = timeline.world();
    const auto drawn = [&] { return buildPathScene(pathInput(world, timeline.inputs(), nullptr, {}), kRequest); };
    EXPECT_EQ(drawn().find(QStringLiteral("machines:more")), -1) << "one machine needs no word";
    for (int more = 1; more <= 2; ++more) {
        world.machines.push_back(world.machine());
        const DisplayList list = drawn();
        const int item = list.find(QStringLiteral("machines:more"));
        ASSERT_GE(item, 0);
        EXPECT_EQ(list.items()[static_cast<std::size_t>(item)].name, QString::number(more));
        EXPECT_TRUE(unhittableItems(list).empty());
    }
}

TEST(SceneAdapter, MovingBackIsMovingForwardsTurnedRound) {
    Timeline timeline = open("udp_rx");
    entryOf(timeline, "ip_rcv_core");
    const PathInput here = inputAt(timeline, 1);
    entryOf(timeline, "udp_rcv");
    PathInput there = inputAt(timeline, 1), back = here;
    moveFrom(there, here);
    moveFrom(back, inputAt(timeline, 1));
    EXPECT_EQ(there.followedFrom, back.followedTo);
    EXPECT_EQ(there.followedTo, back.followedFrom);
    EXPECT_FALSE(there.followedFrom == there.followedTo);
}

TEST(SceneAdapter, SkbPictureHasTheHeadersOfTheRealBytes) {
    Timeline timeline = open("udp_rx");
    entryOf(timeline, "udp_rcv");
    const std::uint32_t skb = timeline.event()->skb;
    ASSERT_NE(skb, 0U);
    const World before = timeline.at(timeline.position() - 1);
    const SkbInput in = skbInput(timeline.world(), skb, &before);
    ASSERT_EQ(in.layers.size(), 4U);
    EXPECT_EQ(in.layers[0].name, QStringLiteral("Ethernet"));
    EXPECT_EQ(in.layers[1].name, QStringLiteral("IPv4"));
    EXPECT_EQ(in.layers[2].name, QStringLiteral("UDP"));
    EXPECT_EQ(in.layers[2].offset, in.data) << "IP has pulled its header";
    EXPECT_EQ(in.layers[3].length, 100U);
    for (std::size_t i = 1; i < in.layers.size(); ++i)
        EXPECT_EQ(in.layers[i].offset, in.layers[i - 1].offset + in.layers[i - 1].length);
    EXPECT_TRUE(unhittableItems(buildSkbScene(in, kRequest)).empty());
    expectGolden("skb_from_world", buildSkbScene(in, kRequest).dump());
    loadFonts();
    const FontTextMetrics metrics(kLight);
    lookAt("world-skb", buildSkbScene(in, {{960, 732}, kLight, metrics, 1}), kLight);
    EXPECT_FALSE(skbInput(timeline.world(), 99999, nullptr).empty.isEmpty()) << "an sk_buff that is not alive says so";
}

TEST(SceneAdapter, AHeaderTheKernelHasNotReachedSaysSo) {
    Timeline timeline = open("udp_rx");
    const auto statesAt = [&](const char* function) {
        entryOf(timeline, function);
        std::string all;
        for (const ByteLayer& layer : skbInput(timeline.world(), timeline.event()->skb, nullptr).layers)
            all += (all.empty() ? "" : ", ") + layer.name.toStdString() + (layer.state.isEmpty() ? "" : "?");
        return all;
    };
    EXPECT_EQ(statesAt("eth_type_trans"), "Data?") << "nobody has said where a header is";
    EXPECT_EQ(statesAt("napi_gro_receive"), "Ethernet, IPv4?, UDP?, Payload?");
    EXPECT_EQ(statesAt("udp_rcv"), "Ethernet, IPv4, UDP, Payload");
}

TEST(SceneAdapter, TheStructHasWhatTheStepChanged) {
    Timeline timeline = open("udp_rx");
    entryOf(timeline, "eth_type_trans");
    const std::uint32_t skb = timeline.event()->skb;
    const World before = timeline.world();
    while (timeline.stepForward() && timeline.world().machine().skbs[timeline.world().machine().findSkb(skb)].data ==
                                         before.machine().skbs[before.machine().findSkb(skb)].data) {
    }
    const SkbInput in = skbInput(timeline.world(), skb, &before);
    std::string changed;
    for (const SkbMember& member : in.skb.members)
        if (!member.old.isEmpty()) changed += (member.name + " " + member.old + ">" + member.value + " ").toStdString();
    EXPECT_EQ(changed, "data 64>78 len 142>128 mac_header unset>64 ");
    EXPECT_EQ(in.effects.join(";"), "skb->data += 14;skb->len  -= 14");
    EXPECT_EQ(in.mac, 64);
    EXPECT_EQ(in.transport, -1);
}

}  // namespace
}  // namespace ringside
