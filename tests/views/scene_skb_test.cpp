// The sk_buff scene: picture, flags that do not touch, motion, refusals.
#include <gtest/gtest.h>

#include "scene_golden.h"
#include "views/scene/skb_scene.h"

namespace ringside {
namespace {

const Theme kLight = makeTheme(ThemeKind::light);
const PlainTextMetrics kPlain;

/// After skb_pull(skb, 20): the IPv4 header has just been consumed.
SkbInput pulled() {
    SkbInput in;
    in.title = QStringLiteral("skb_pull(skb, 20)");
    in.sentence =
        QStringLiteral("The IPv4 header is consumed. Its bytes stay where they are; only data and len change.");
    in.effects = {QStringLiteral("skb->data += 20"), QStringLiteral("skb->len  -= 20")};
    in.data = 98;
    in.tail = 138;
    in.end = 704;
    in.oldData = 78;
    in.oldTail = 138;
    in.oldEnd = 704;
    in.bytes.assign(704, 0);
    const char* packet =
        "\x52\x54\x00\x12\x34\x56\x52\x55\x00\x00\x02\x02\x08\x00\x45\x00\x00\x3c\x1c\x47\x40\x00\x40\x11\x06\x5a\x0a"
        "\x00\x02\x02\x0a\x00\x02\x0f"
        "\x9c\x40\x1b\x58\x00\x28\x87\x52packet 2: from wire to recvfrom\n";
    std::copy_n(packet, 74, in.bytes.begin() + 64);
    const auto field = [](const char* name, const char* value, std::uint32_t offset, std::uint32_t length) {
        return ByteField{QLatin1String(name), QLatin1String(value), {}, offset, length};
    };
    in.layers = {
        {QStringLiteral("Ethernet"),
         64,
         14,
         Role::l2,
         QStringLiteral("mac_header = 64"),
         {field("h_dest", "52:54:00:12:34:56", 64, 6), field("h_source", "52:55:00:00:02:02", 70, 6),
          field("h_proto", "IPv4", 76, 2)}},
        {QStringLiteral("IPv4"),
         78,
         20,
         Role::l3,
         QStringLiteral("network_header = 78"),
         {field("version ihl", "4 5", 78, 1), field("tos", "0", 79, 1), field("tot_len", "60", 80, 2),
          field("id", "7239", 82, 2), field("frag_off", "DF", 84, 2), field("ttl", "64", 86, 1),
          field("protocol", "17", 87, 1), field("check", "0x065a", 88, 2), field("saddr", "10.0.2.2", 90, 4),
          field("daddr", "10.0.2.15", 94, 4)}},
        {QStringLiteral("UDP"),
         98,
         8,
         Role::l4,
         QStringLiteral("transport_header = 98"),
         {field("source", "40000", 98, 2), field("dest", "7000", 100, 2), field("len", "40", 102, 2),
          field("check", "0x8752", 104, 2)}},
        {QStringLiteral("Payload"), 106, 32, Role::l7, {}, {}},
    };
    return in;
}

DisplayList plain(const SkbInput& in, QSizeF size = {960, 716}, double phase = 1) {
    return buildSkbScene(in, {size, kLight, kPlain, phase});
}

TEST(SceneSkb, MatchesItsGolden) { expectGolden("skb_pull", plain(pulled()).dump()); }

TEST(SceneSkb, LooksRight) {
    loadFonts();
    for (const auto kind : {ThemeKind::light, ThemeKind::dark, ThemeKind::high_contrast}) {
        const Theme theme = makeTheme(kind);
        const FontTextMetrics metrics(theme);
        const char* names[] = {"skb-light", "skb-dark", "skb-contrast"};
        lookAt(names[static_cast<int>(kind)], buildSkbScene(pulled(), {{960, 716}, theme, metrics, 1}), theme);
    }
    const FontTextMetrics metrics(kLight);
    SkbInput refused = pulled();
    refused.title = QStringLiteral("skb_put(skb, 600)");
    refused.sentence = QStringLiteral("tail 738 is 34 past end 704. The buffer is as it was.");
    refused.refused = true;
    refused.refusedLine = QStringLiteral("skbuff: skb_over_panic: len:640 put:600 tail:0x2e2 end:0x2c0");
    refused.overrun = 34;
    lookAt("skb-refused", buildSkbScene(refused, {{700, 500}, kLight, metrics, 1}), kLight);
}

TEST(SceneSkb, EverythingDrawnIsHittable) {
    for (const QSizeF size : {QSizeF(960, 716), QSizeF(660, 500), QSizeF(1300, 900)}) {
        const auto wrong = unhittableItems(plain(pulled(), size));
        EXPECT_TRUE(wrong.empty()) << size.width() << ": " << (wrong.empty() ? "" : wrong.front().toStdString());
    }
}

TEST(SceneSkb, TheBarIsToScale) {
    const SkbInput in = pulled();
    BufferBar bar;
    bar.data = in.data;
    bar.tail = in.tail;
    bar.end = in.end;
    const QRectF rect(100, 0, 1024, 44);
    EXPECT_DOUBLE_EQ(barX(rect, bar, 0), 100);
    EXPECT_DOUBLE_EQ(barX(rect, bar, in.data), 198);
    EXPECT_DOUBLE_EQ(barX(rect, bar, in.end + in.sharedInfo), 1124);
}

TEST(SceneSkb, FlagsNeverCoverEachOther) {
    for (std::uint32_t data = 0; data <= 700; data += 7) {
        SkbInput in = pulled();
        in.data = data;
        in.tail = data + 3;
        in.oldData = static_cast<int>(data) + 20;
        const DisplayList list = plain(in);
        std::vector<QRectF> boxes;
        for (const Item& item : list.items()) {
            if (item.id.startsWith(QLatin1String("flag:"))) boxes.push_back(item.rect);
        }
        ASSERT_EQ(boxes.size(), 4U);
        for (std::size_t a = 0; a < boxes.size(); ++a) {
            for (std::size_t b = a + 1; b < boxes.size(); ++b)
                EXPECT_FALSE(boxes[a].intersects(boxes[b])) << "data " << data;
        }
    }
}

TEST(SceneSkb, OnlyAMovedPointerGlides) {
    SkbInput in = pulled();
    EXPECT_EQ(skbMotion(in, false), 240);
    EXPECT_EQ(skbMotion(in, true), 120);
    in.data = 400;  // far from the other flags, which would push it aside
    in.tail = 440;
    const auto dataAt = [&](double phase) {
        const DisplayList list = plain(in, {960, 716}, phase);
        return list.items()[static_cast<std::size_t>(list.find(QStringLiteral("flag:data")))].rect.center().x();
    };
    EXPECT_LT(dataAt(0), dataAt(0.5));
    EXPECT_LT(dataAt(0.5), dataAt(1));
    in.oldData = 400;
    in.oldTail = 440;
    EXPECT_EQ(skbMotion(in, false), 0);
}

TEST(SceneSkb, PayloadThatDoesNotFitIsCounted) {
    SkbInput in = pulled();
    in.end = 2000;
    in.bytes.assign(2000, 'x');
    in.tail = 106 + 1400;
    in.layers.back().length = 1400;
    const std::string dump = plain(in).dump();
    EXPECT_NE(dump.find("more bytes"), std::string::npos);
    EXPECT_EQ(plain(pulled()).dump().find("more bytes"), std::string::npos);
}

TEST(SceneSkb, ARefusalShowsTheKernelsLine) {
    SkbInput in = pulled();
    in.refused = true;
    in.refusedLine = QStringLiteral("skbuff: skb_over_panic: len:640");
    in.overrun = 34;
    const std::string dump = plain(in).dump();
    EXPECT_NE(dump.find("skb_over_panic"), std::string::npos);
    EXPECT_NE(dump.find("hatch drop_solid"), std::string::npos);
}

TEST(SceneSkb, ManyZerosFoldAndOtherBytesDoNot) {
    SkbInput in = pulled();
    in.layers = {{QStringLiteral("Data"), 98, 400, Role::l7, {}, {}}};
    in.tail = 498;
    EXPECT_NE(plain(in).dump().find("bytes, all of them 00"), std::string::npos);
    in.layers.front().length = 40;  // the payload of the packet
    EXPECT_EQ(plain(in).dump().find("all of them 00"), std::string::npos);
}

TEST(SceneSkb, FragmentsAndClonesAreDrawnOrCounted) {
    SkbInput in = pulled();
    for (int i = 0; i < 30; ++i) in.pieces.push_back({QStringLiteral("frags[%1]").arg(i), 1448, false});
    in.skb.title = QStringLiteral("sk_buff 1");
    in.skb.members = {{QStringLiteral("head"), QStringLiteral("0"), {}, {}}};
    for (std::uint32_t i = 2; i < 9; ++i) in.skb.sharers.push_back({i, 98, 138, 40});
    for (const QSizeF size : {QSizeF(960, 716), QSizeF(1200, 716)}) {
        const DisplayList list = plain(in, size);
        EXPECT_GE(list.find(QStringLiteral("piece:frags[0]")), 0);
        EXPECT_LT(list.find(QStringLiteral("piece:frags[29]")), 0);
        EXPECT_NE(list.dump().find(" more\""), std::string::npos);
        EXPECT_GE(list.find(QStringLiteral("sharer:2")), 0);
        EXPECT_TRUE(unhittableItems(list).empty());
    }
}

}  // namespace
}  // namespace ringside
