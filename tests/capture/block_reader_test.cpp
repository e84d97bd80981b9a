// pcapng files that libpcap gives up though nothing is wrong with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pcap/pcap.h>

#include <random>

#include "engine/capture/capture.h"
#include "tests/capture/capture_files.h"

namespace ringside {
namespace {

using testing::HasSubstr;

// The frame of a number behind a Linux cooked header.
ByteVector cooked(std::uint32_t number) {
    FileBytes f(ByteOrder::big);
    f.u16(0).u16(1).u16(6).raw(ByteVector{2, 0, 0, 0, 0, 9, 0, 0}).u16(ETH_P_IP);
    return f.raw(ByteView(numberedFrame(number)).subspan(ETH_HLEN)).bytes();
}

// Every packet of the capture has its number in its bytes; every third is cooked where the types are mixed.
void expectNumbered(const Capture& capture, std::uint32_t count, std::uint32_t everyCooked) {
    ASSERT_EQ(capture.count(), count);
    EXPECT_EQ(capture.damageLine(), "");
    PacketReader reader = capture.reader();
    std::mt19937 random(1);
    for (std::uint32_t i = 1; i <= 3 * count; ++i) {
        const std::uint32_t n = i <= count ? i : 1 + static_cast<std::uint32_t>(random() % count);
        const auto packet = reader.packet(n);
        ASSERT_TRUE(packet.ok()) << packet.error().message();
        const bool other = everyCooked != 0 && n % everyCooked == 0;
        EXPECT_EQ(packet->linktype, other ? DLT_LINUX_SLL : DLT_EN10MB) << n;
        const std::size_t shift = other ? 2 : 0;  // the cooked header is two bytes longer
        ASSERT_EQ(packet->data.size(), numberedFrame(n).size() + shift);
        EXPECT_EQ(numberOf(packet->data.subspan(shift)), n);
        EXPECT_EQ(decodePacket(*packet).udp->dport, 5000);
    }
}

TEST(BlockReader, InterfacesOfDifferentLinkTypes) {
    FileBytes f;
    f.section().interface(1).interface(113);
    for (std::uint32_t n = 1; n <= 200; ++n) {
        if (n % 3 == 0)
            f.enhancedPacket(1, n, cooked(n));
        else
            f.enhancedPacket(0, n, numberedFrame(n));
    }
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("two.pcapng", f.bytes()));
    ASSERT_TRUE(capture.ok()) << capture.error().message();
    EXPECT_EQ(capture->linktype(), DLT_EN10MB);
    expectNumbered(*capture, 200, 3);
}

TEST(BlockReader, AnInterfaceNobodyUsesDoesNoHarm) {
    FileBytes f;
    f.section().interface(1).interface(113);
    for (std::uint32_t n = 1; n <= 5; ++n) f.enhancedPacket(0, n, numberedFrame(n));
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("unused.pcapng", f.bytes()));
    ASSERT_TRUE(capture.ok());
    expectNumbered(*capture, 5, 0);
}

TEST(BlockReader, InterfacesOfDifferentSnapLengths) {
    FileBytes f;
    f.section().interface(1, 262144);
    f.enhancedPacket(0, 1, numberedFrame(1)).interface(1, 96).enhancedPacket(1, 2, numberedFrame(2));
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("snap.pcapng", f.bytes()));
    ASSERT_TRUE(capture.ok());
    EXPECT_EQ(capture->snaplen(), 262144U);
    expectNumbered(*capture, 2, 0);
}

// The second section begins inside a group of the index, the third at the beginning of one.
TEST(BlockReader, SectionsOfDifferentByteOrder) {
    ByteVector all;
    const auto section = [&all](ByteOrder order, std::uint32_t from, std::uint32_t to) {
        FileBytes f(order);
        // The second section counts milliseconds, the others microseconds.
        const bool second = order == ByteOrder::big;
        f.section().interface(1, 262144, second ? 3 : 6);
        for (std::uint32_t n = from; n <= to; ++n)
            f.enhancedPacket(0, std::uint64_t{n} * (second ? 1'000 : 1'000'000), numberedFrame(n));
        all.insert(all.end(), f.bytes().begin(), f.bytes().end());
    };
    section(ByteOrder::little, 1, 100);
    section(ByteOrder::big, 101, 128);
    section(ByteOrder::little, 129, 150);
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("mixed.pcapng", all));
    ASSERT_TRUE(capture.ok());
    expectNumbered(*capture, 150, 0);
    for (const std::uint32_t n : {1U, 100U, 101U, 128U, 129U}) EXPECT_EQ(capture->times(n).tsNs, n * kSecond) << n;
}

// No Linux host writes such a file; libpcap's verdict stands, and what to do is said.
TEST(BlockReader, ABsdLoopbackInterfaceBesideOthersIsRefused) {
    FileBytes f;
    f.section().interface(1).enhancedPacket(0, 1, numberedFrame(1)).interface(0).enhancedPacket(1, 2, numberedFrame(2));
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("bsd.pcapng", f.bytes()));
    ASSERT_TRUE(capture.ok());
    EXPECT_EQ(capture->count(), 1U);
    EXPECT_THAT(capture->damageLine(), HasSubstr("after packet 1: an interface has a type 0 different from the type"));
    EXPECT_THAT(capture->damageLine(), HasSubstr("tshark -r FILE -Y frame.interface_id==0 -w OUT"));
}

// Two interfaces of different snap length, so that the times are this reader's own.
TEST(BlockReader, TimesOfEveryResolution) {
    const auto time = [](std::uint8_t tsresol, std::uint64_t stamp) {
        FileBytes f;
        f.section().interface(1, 262144, tsresol).interface(1, 96, tsresol);
        f.enhancedPacket(1, stamp, numberedFrame(1));
        const TemporaryFolder folder;
        const auto capture = Capture::open(folder.write("file", f.bytes()));
        return capture.ok() && capture->count() == 1 ? capture->times(1).tsNs : -1;
    };
    EXPECT_EQ(time(0, 1'700'000'000), 1'700'000'000 * kSecond);
    EXPECT_EQ(time(6, 1'700'000'000'000'001), 1'700'000'000 * kSecond + 1'000);
    EXPECT_EQ(time(9, 1'700'000'000'000'000'001), 1'700'000'000 * kSecond + 1);
    EXPECT_EQ(time(12, 1'700'000'000'999), 1 * kSecond + 700'000'000);
    EXPECT_EQ(time(0x80 | 1, 3), kSecond + kSecond / 2);
    EXPECT_EQ(time(0x80 | 32, std::uint64_t{5} << 31), 2 * kSecond + kSecond / 2);
    EXPECT_EQ(time(0x80 | 63, std::uint64_t{1} << 63), kSecond);
    EXPECT_EQ(time(0, std::uint64_t{1} << 33), (std::int64_t{1} << 33) * kSecond);
    EXPECT_EQ(time(0, ~std::uint64_t{0}), kMostCaptureSeconds * kSecond);
}

// With the end of the options said or not: they may also fill their block.
TEST(BlockReader, ATimeOffsetIsAdded) {
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
        for (const std::uint32_t end : {0U, 4U}) {
            FileBytes f(order);
            f.section().interface(1, 96);
            // an interface with if_tsoffset -10
            f.u32(1).u32(32 + end).u16(1).u16(0).u32(262144).u16(14).u16(8);
            if (order == ByteOrder::big)
                f.u32(~0U).u32(static_cast<std::uint32_t>(-10));
            else
                f.u32(static_cast<std::uint32_t>(-10)).u32(~0U);
            if (end != 0) f.u32(0);
            f.u32(32 + end).enhancedPacket(1, 25'000'000, numberedFrame(1));
            const TemporaryFolder folder;
            const auto capture = Capture::open(folder.write("file", f.bytes()));
            ASSERT_TRUE(capture.ok());
            ASSERT_EQ(capture->count(), 1U) << capture->damageLine();
            EXPECT_EQ(capture->times(1).tsNs, 15 * kSecond);
        }
    }
}

// Damage behind the place where libpcap gives up is told in words of this reader's own.
TEST(BlockReader, DamageIsTold) {
    const auto damage = [](const std::function<void(FileBytes&)>& rest) {
        FileBytes f;
        f.section().interface(1).interface(113).enhancedPacket(0, 1, numberedFrame(1));
        rest(f);
        const TemporaryFolder folder;
        const auto capture = Capture::open(folder.write("file", f.bytes()));
        EXPECT_TRUE(capture.ok());
        EXPECT_EQ(capture->count(), 1U);
        return capture->damage() ? capture->damage()->reason : "";
    };
    EXPECT_THAT(damage([](FileBytes& f) { f.u32(6).u32(4000); }), HasSubstr("truncated pcapng file"));
    EXPECT_THAT(damage([](FileBytes& f) { f.u32(6); }), HasSubstr("truncated pcapng file"));
    EXPECT_THAT(damage([](FileBytes& f) { f.u32(6).u32(13).u32(0).u32(0); }), HasSubstr("a block of 13 bytes"));
    EXPECT_THAT(damage([](FileBytes& f) { f.u32(5).u32(12).u32(16); }), HasSubstr("two lengths differ"));
    EXPECT_THAT(damage([](FileBytes& f) { f.enhancedPacket(7, 1, numberedFrame(1)); }), HasSubstr("interface 7"));
    EXPECT_THAT(damage([](FileBytes& f) { f.u32(6).u32(32).u32(0).u32(0).u32(0).u32(1).u32(1).u32(32); }),
                HasSubstr("a packet of 1 bytes in a block of 32"));
    EXPECT_THAT(damage([](FileBytes& f) { f.u32(1).u32(12).u32(12); }), HasSubstr("without link type"));
    EXPECT_EQ(damage([](FileBytes&) {}), "");
}

}  // namespace
}  // namespace ringside
