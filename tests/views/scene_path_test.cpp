// The path scene: its picture, its layout at every size, and its motion.
#include <gtest/gtest.h>

#include <QLineF>

#include "scene_golden.h"
#include "scene_path_samples.h"
#include "views/scene/path_layout.h"

namespace ringside {
namespace {

const Theme kLight = makeTheme(ThemeKind::light);
const PlainTextMetrics kPlain;

DisplayList plain(const PathInput& in, QSizeF size = {960, 732}, double phase = 1) {
    return buildPathScene(in, {size, kLight, kPlain, phase});
}

TEST(ScenePath, MatchesItsGolden) { expectGolden("path_udp_rcv", plain(samplePath()).dump()); }

TEST(ScenePath, LooksRight) {
    loadFonts();
    for (const auto kind : {ThemeKind::light, ThemeKind::dark, ThemeKind::high_contrast}) {
        const Theme theme = makeTheme(kind);
        const FontTextMetrics metrics(theme);
        const char* names[] = {"path-light", "path-dark", "path-contrast"};
        lookAt(names[static_cast<int>(kind)], buildPathScene(samplePath(), {{960, 732}, theme, metrics, 1}), theme);
    }
    const Theme room = makeTheme(ThemeKind::light, 100, true);
    const FontTextMetrics metrics(room);
    PathInput in = samplePath();
    in.projector = true;
    lookAt("path-projector", buildPathScene(in, {{1280 / 1.45, 544 / 1.45}, room, metrics, 1}), room);
    const FontTextMetrics usual(kLight);
    lookAt("path-small", buildPathScene(samplePath(), {{820, 452}, kLight, usual, 1}), kLight);
    lookAt("path-moving", buildPathScene(samplePath(15, 10), {{960, 732}, kLight, usual, 0.6}), kLight);
}

TEST(ScenePath, EverythingDrawnIsHittable) {
    for (const QSizeF size : {QSizeF(960, 732), QSizeF(883, 375), QSizeF(1400, 900), QSizeF(820, 452)}) {
        for (const int at : {0, 4, 11, 15}) {
            const auto wrong = unhittableItems(plain(samplePath(at, at), size));
            EXPECT_TRUE(wrong.empty()) << size.width() << "x" << size.height() << " at " << at << ": "
                                       << (wrong.empty() ? "" : wrong.front().toStdString());
        }
    }
}

TEST(ScenePath, LayersNeverOverlapAndStopsStayInTheirLayer) {
    for (double height = 400; height < 1000; height += 37) {
        const PathInput in = samplePath();
        const PathLayout at = layoutPath(in, kPlain, {960, height});
        std::size_t stop = 0;
        for (std::size_t i = 0; i < at.stations.size(); ++i) {
            if (i > 0) {
                EXPECT_LE(at.stations[i].box.bottom(), at.stations[i - 1].box.top()) << height;
            }
            for (std::size_t n = 0; n < in.stations[i].stops.size(); ++n, ++stop) {
                EXPECT_TRUE(at.stations[i].box.adjusted(-1, -1, 1, 1).contains(at.stops[stop].dot))
                    << height << " stop " << stop;
            }
        }
    }
}

TEST(ScenePath, LayersStayBelowUserSpaceInASmallPicture) {
    // from a window of 1280x720 with text of 150 % up
    for (double width = 480; width < 1000; width += 64) {
        for (double height = 330; height < 700; height += 23) {
            const PathLayout at = layoutPath(samplePath(), kPlain, {width, height});
            EXPECT_GE(at.stations.back().box.top(), at.user.bottom()) << width << "x" << height;
        }
    }
}

TEST(ScenePath, LabelsOfOneRowDoNotTouch) {
    for (const double width : {820.0, 883.0, 960.0, 1200.0}) {
        const PathLayout at = layoutPath(samplePath(), kPlain, {width, 732});
        for (std::size_t a = 0; a < at.stops.size(); ++a) {
            for (std::size_t b = a + 1; b < at.stops.size(); ++b) {
                if (!at.stops[a].shown || !at.stops[b].shown) continue;
                EXPECT_FALSE(at.stops[a].label.intersects(at.stops[b].label))
                    << width << ": stops " << a << " and " << b;
            }
        }
    }
}

TEST(ScenePath, AMovingPacketStaysOnItsRoute) {
    const PathLayout at = layoutPath(samplePath(), kPlain, {960, 732});
    const PathPlace from{PathPlace::At::ring, 1, 0}, to{PathPlace::At::task, 0, 412};
    const auto way = at.way(from, to);
    EXPECT_EQ(pointOn(way, 0), at.point(from));
    EXPECT_EQ(pointOn(way, 1), at.point(to));
    double last = 1e9;
    for (int i = 0; i <= 20; ++i) {
        const QPointF now = pointOn(way, i / 20.0);
        EXPECT_LE(now.y(), last + 0.01) << "a received packet rises";
        last = now.y();
    }
}

TEST(ScenePath, OnlyTheMovingLayerChangesDuringAMotion) {
    const PathInput in = samplePath();
    const auto still = [&](double phase) {
        std::string text;
        const DisplayList list = plain(in, {960, 732}, phase);
        for (const Primitive& p : list.primitives()) {
            if (p.layer == Layer::still)
                text += p.text.toStdString() + std::to_string(p.rect.left()) + std::to_string(p.rect.top());
        }
        return text;
    };
    EXPECT_EQ(still(0), still(0.4));
    EXPECT_NE(plain(in, {960, 732}, 0).dump(), plain(in, {960, 732}, 0.4).dump());
}

TEST(ScenePath, ADroppedPacketEndsInACross) {
    PathInput in = samplePath();
    for (PathStation& s : in.stations) {
        for (PathStop& stop : s.stops) {
            if (stop.state == StopState::current) stop.state = StopState::dropped;
        }
    }
    in.followedDropped = true;
    in.packets.back().kind = CapsuleKind::dropped;
    const std::string dump = plain(in).dump();
    EXPECT_NE(dump.find("fill drop_solid"), std::string::npos);
    EXPECT_EQ(dump.find("2.5 route"), std::string::npos) << "nothing is to come after a drop";
    loadFonts();
    const FontTextMetrics metrics(kLight);
    lookAt("path-drop", buildPathScene(in, {{960, 732}, kLight, metrics, 1}), kLight);
}

/// The receive leg of the sample and an invented way down, from the process to the card.
PathInput bothWays(int at) {
    PathInput in = samplePath(at, at);
    std::vector<PathStation> down = {
        station("Socket", "sock.c", {"sock_alloc_send_skb"}),
        station("UDP", "udp.c", {"udp_sendmsg", "ip_make_skb", "udp_send_skb"}),
        station("IPv4", "ip_output.c",
                {"__ip_local_out", "NF_INET_LOCAL_OUT", "ip_output", "NF_INET_POST_ROUTING", "ip_finish_output2"}),
        station("Neighbour", "neighbour.c", {"neigh_resolve_output"}),
        station("Core", "dev.c", {"__dev_queue_xmit", "fq_codel", "sch_direct_xmit", "tcpdump", "dev_hard_start_xmit"}),
        station("Driver", "e1000", {"e1000_xmit_frame"}),
    };
    down[4].stops[1].kind = StopKind::queue;
    down[4].stops[3].kind = StopKind::tap;
    int n = 0;
    for (const PathStation& s : in.stations) n += static_cast<int>(s.stops.size());
    for (PathStation& s : down) {
        s.leg = PathLeg::send;
        for (PathStop& stop : s.stops) {
            if (n == at) {
                stop.state = StopState::current;
                s.current = true;
            }
            ++n;
        }
        in.stations.push_back(s);
    }
    return in;
}

TEST(ScenePath, BothLegsStandSideBySideWithoutTouching) {
    for (const double width : {960.0, 1100.0, 1280.0, 1400.0, 1800.0}) {
        for (const double height : {560.0, 732.0, 900.0}) {
            for (const int at : {3, 11, 18, 22, 27, 31}) {
                const PathInput in = bothWays(at);
                const PathLayout layout = layoutPath(in, kPlain, {width, height});
                const std::string where =
                    std::to_string(width) + "x" + std::to_string(height) + " at " + std::to_string(at);
                // a layer has one height on both legs, and its two parts do not touch
                for (std::size_t a = 0; a < in.stations.size(); ++a) {
                    for (std::size_t b = a + 1; b < in.stations.size(); ++b) {
                        const QRectF &one = layout.stations[a].box, &two = layout.stations[b].box;
                        EXPECT_FALSE(one.intersects(two)) << where << ": " << in.stations[a].name.toStdString()
                                                          << " and " << in.stations[b].name.toStdString();
                        if (in.stations[a].name == in.stations[b].name) {
                            EXPECT_EQ(one.top(), two.top()) << where;
                            EXPECT_LT(one.right(), two.left()) << where << ": the way down is at the right";
                        }
                    }
                }
                for (std::size_t a = 0; a < layout.stops.size(); ++a) {
                    for (std::size_t b = a + 1; b < layout.stops.size(); ++b) {
                        if (!layout.stops[a].shown || !layout.stops[b].shown) continue;
                        EXPECT_FALSE(layout.stops[a].label.intersects(layout.stops[b].label))
                            << where << ": stops " << a << " and " << b;
                        EXPECT_GT(QLineF(layout.stops[a].dot, layout.stops[b].dot).length(), 6)
                            << where << ": stops " << a << " and " << b;
                    }
                }
                // what is received rises, what is sent falls
                const auto& up = layout.route(PathLeg::receive);
                const auto& down = layout.route(PathLeg::send);
                ASSERT_GT(up.size(), 4U);
                ASSERT_GT(down.size(), 4U);
                for (std::size_t i = 1; i < up.size(); ++i) EXPECT_LE(up[i].y(), up[i - 1].y() + 0.01) << where;
                for (std::size_t i = 1; i < down.size(); ++i) EXPECT_GE(down[i].y(), down[i - 1].y() - 0.01) << where;
                const DisplayList list = buildPathScene(in, {{width, height}, kLight, kPlain, 1});
                const auto wrong = unhittableItems(list);
                EXPECT_TRUE(wrong.empty()) << where << ": " << (wrong.empty() ? "" : wrong.front().toStdString());
            }
        }
    }
    loadFonts();
    const FontTextMetrics metrics(kLight);
    lookAt("path-both-up", buildPathScene(bothWays(11), {{1400, 760}, kLight, metrics, 1}), kLight);
    lookAt("path-both-down", buildPathScene(bothWays(27), {{1400, 760}, kLight, metrics, 1}), kLight);
}

TEST(ScenePath, TheLegOfTheFollowedPacketHasItsStops) {
    const auto shown = [](const PathLayout& at, PathLeg leg) {
        return std::count_if(at.stops.begin(), at.stops.end(),
                             [&](const PathLayout::StopAt& stop) { return stop.leg == leg && stop.shown; });
    };
    const PathLayout up = layoutPath(bothWays(11), kPlain, {1400, 900});
    EXPECT_EQ(shown(up, PathLeg::receive), 16);
    EXPECT_EQ(shown(up, PathLeg::send), 0);
    const PathLayout down = layoutPath(bothWays(27), kPlain, {1400, 900});
    EXPECT_EQ(shown(down, PathLeg::receive), 1) << "what the queue holds is not folded away";
    EXPECT_EQ(shown(down, PathLeg::send), 16);
}

/// The sample with `count` cards, `working` the followed packet's.
PathInput withCards(int count, int working) {
    PathInput in = samplePath();
    in.cards.resize(static_cast<std::size_t>(count), in.cards.front());
    for (int i = 0; i < count; ++i) in.cards[static_cast<std::size_t>(i)].nic.name = QStringLiteral("eth%1").arg(i);
    in.card = working;
    return in;
}

TEST(ScenePath, EveryCardIsDrawnOrCountedAndTheWorkingOneAlwaysDrawn) {
    for (const double width : {820.0, 960.0, 1400.0, 1900.0}) {
        for (int count = 1; count <= 9; ++count) {
            for (int working = 0; working < count; ++working) {
                const PathInput in = withCards(count, working);
                const DisplayList list = plain(in, {width, 732});
                const PathLayout at = layoutPath(in, kPlain, {width, 732});
                EXPECT_TRUE(unhittableItems(list).empty()) << width << ": " << count;
                int drawn = 0;
                std::vector<QRectF> boxes;
                for (int i = 0; i < count; ++i) {
                    if (list.find(QStringLiteral("nic:eth%1").arg(i)) < 0) continue;
                    ++drawn;
                    boxes.push_back(count > 1 ? at.cards[static_cast<std::size_t>(i)] : at.nic);
                }
                EXPECT_GE(list.find(QStringLiteral("nic:eth%1").arg(working)), 0) << "the one that works is not there";
                EXPECT_EQ(drawn + at.cardsLeftOut, count);
                EXPECT_EQ(list.find(QStringLiteral("nics:more")) >= 0, at.cardsLeftOut > 0);
                if (at.cardsLeftOut > 0) boxes.push_back(at.more);
                for (std::size_t a = 0; a < boxes.size(); ++a) {
                    EXPECT_LE(boxes[a].right(), width);
                    for (std::size_t b = a + 1; b < boxes.size(); ++b) EXPECT_FALSE(boxes[a].intersects(boxes[b]));
                }
            }
        }
    }
    EXPECT_EQ(layoutPath(withCards(2, 0), kPlain, {960, 732}).cardsLeftOut, 0) << "two cards are drawn as two cards";
    loadFonts();
    const FontTextMetrics metrics(kLight);
    lookAt("path-two-cards", buildPathScene(withCards(2, 1), {{960, 732}, kLight, metrics, 1}), kLight);
    lookAt("path-six-cards", buildPathScene(withCards(6, 2), {{960, 732}, kLight, metrics, 1}), kLight);
}

TEST(ScenePath, APacketOfACardWithoutARingStandsAtThatCard) {
    const PathLayout at = layoutPath(withCards(6, 0), kPlain, {960, 732});
    for (int card = 1; card < 6; ++card) {
        const QRectF box = at.cards[static_cast<std::size_t>(card)];
        for (const auto place : {PathPlace::At::ring, PathPlace::At::fifo, PathPlace::At::wire}) {
            const QPointF where = at.point({place, 3, 0, card});
            EXPECT_TRUE((box.isNull() ? at.more : box).adjusted(-1, -1, 1, 1).contains(where)) << card;
        }
    }
}

TEST(ScenePath, MotionTakesAsLongAsItsWay) {
    const SceneRequest request{{960, 732}, kLight, kPlain, 1};
    EXPECT_EQ(pathMotion(samplePath(11, 11), request, false), 0);
    const int near = pathMotion(samplePath(11, 10), request, false),
              far = pathMotion(samplePath(15, 1), request, false);
    EXPECT_GT(near, 160);
    EXPECT_GE(far, near);
    EXPECT_LE(far, 400);
    EXPECT_LE(pathMotion(samplePath(15, 1), request, true), 200);
}

TEST(ScenePath, ThePillAtTheReaderLeavesItsStateReadable) {
    for (const std::uint32_t number : {2U, 68'369U}) {
        for (const QSizeF size : {QSizeF(960, 732), QSizeF(1400, 900)}) {
            PathInput in = samplePath();
            in.followed = in.packets.front().number = number;
            in.packets.front().from = in.packets.front().to = in.followedFrom = in.followedTo = {PathPlace::At::task};
            const DisplayList list = plain(in, size);
            const int pill = list.find(QStringLiteral("packet:%1").arg(number));
            ASSERT_GE(pill, 0);
            const QRectF box = list.items()[static_cast<std::size_t>(pill)].rect;
            EXPECT_LE(box.right(), size.width());
            const QString& state = in.tasks[static_cast<std::size_t>(in.reader)].state;
            int seen = 0;
            for (const Primitive& p : list.primitives()) {
                if (p.shape != Shape::text || p.text != state) continue;
                ++seen;
                EXPECT_FALSE(p.rect.intersects(box)) << number << " at " << size.width();
            }
            EXPECT_GT(seen, 0);
        }
    }
}

TEST(ScenePath, WhatHasNoRoomIsCountedAndWhatWorksIsDrawn) {
    PathInput in = samplePath();
    EXPECT_LT(plain(in).find(QStringLiteral("tasks:more")), 0);
    for (unsigned i = 0; i < 8; ++i)
        in.tasks.push_back({QStringLiteral("t%1").arg(i), 700 + i, QStringLiteral("TASK_INTERRUPTIBLE"), i == 7, {}});
    in.cpus.resize(1);
    for (int i = 1; i < 40; ++i)
        in.cpus.push_back({i, i == 39 ? Tone::softirq : Tone::idle, in.cpus[0].lines, {}, false});
    std::swap(in.cpus[0].active, in.cpus[38].active);
    for (const QSizeF size : {QSizeF(960, 732), QSizeF(820, 452)}) {
        const DisplayList list = plain(in, size);
        if (size.width() > 900) {  // the smaller one has room for the reader alone
            EXPECT_GE(list.find(QStringLiteral("task:707")), 0);
        }
        for (const char* id : {"tasks:more", "cpus:more", "cpu:38"})
            EXPECT_GE(list.find(QLatin1String(id)), 0) << id << " at " << size.width();
        int cpus = 0;
        for (const Item& item : list.items()) cpus += item.id.startsWith(QLatin1String("cpu:"));
        EXPECT_EQ(list.items()[static_cast<std::size_t>(list.find(QStringLiteral("cpus:more")))].name,
                  QStringLiteral("%1 more").arg(40 - cpus));
    }
}

}  // namespace
}  // namespace ringside
