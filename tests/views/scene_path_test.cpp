// The path scene: its picture, its layout at every size, and its motion.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace ringside
