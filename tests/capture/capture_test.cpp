// The index and random access, on files written here: every format and byte order, and files that are damaged.
#include "engine/capture/capture.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <random>
#include <thread>

#include "engine/capture/capture_source.h"
#include "tests/capture/capture_files.h"

namespace ringside {
namespace {

using testing::HasSubstr;

struct Case {
    const char* name;
    ByteOrder order;
    bool blocks;  // pcapng
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name; }

class EveryFormat : public testing::TestWithParam<Case> {
  protected:
    static constexpr std::uint32_t kPackets = 1000;

    // A file of numbered packets. The pcapng one has two interfaces of different time resolution, comments, blocks that
    // are skipped, and a second section whose interface has yet another resolution.
    static ByteVector file(std::uint32_t packets = kPackets) {
        FileBytes f(GetParam().order);
        if (!GetParam().blocks) {
            f.pcapHeader(0xa1b23c4d);
            for (std::uint32_t n = 1; n <= packets; ++n) f.pcapPacket(1000 + n, n, numberedFrame(n));
            return f.bytes();
        }
        f.section().interface(1, 262144, 6).interface(1, 262144, 9);
        for (std::uint32_t n = 1; n <= packets; ++n) {
            if (n == packets / 2) f.section().unknownBlock().interface(1, 262144, 3);
            const std::uint64_t seconds = 1000 + n;
            if (n >= packets / 2) {
                f.enhancedPacket(0, seconds * 1000, numberedFrame(n));
            } else if (n % 2 == 0) {
                f.enhancedPacket(0, seconds * 1000000 + n, numberedFrame(n), n % 4 == 0 ? "a comment" : "");
            } else {
                f.enhancedPacket(1, seconds * 1000000000 + n, numberedFrame(n));
            }
            if (n % 10 == 0) f.unknownBlock(n % 7);
        }
        return f.bytes();
    }

    static std::int64_t time(std::uint32_t n) {
        const std::int64_t seconds = (1000 + std::int64_t{n}) * 1000000000;
        if (!GetParam().blocks) return seconds + n;
        if (n >= kPackets / 2) return seconds;
        return seconds + (n % 2 == 0 ? n * 1000 : n);
    }
};

INSTANTIATE_TEST_SUITE_P(, EveryFormat,
                         testing::Values(Case{"pcap_little", ByteOrder::little, false},
                                         Case{"pcap_big", ByteOrder::big, false},
                                         Case{"pcapng_little", ByteOrder::little, true},
                                         Case{"pcapng_big", ByteOrder::big, true}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST_P(EveryFormat, HasEveryPacketWithItsTimeAndBytes) {
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("file", file()));
    ASSERT_TRUE(capture.ok()) << capture.error().message();
    ASSERT_EQ(capture->count(), kPackets);
    EXPECT_FALSE(capture->damage());
    EXPECT_EQ(capture->damageLine(), "");
    EXPECT_EQ(capture->format() == CaptureFormat::pcapng, GetParam().blocks);
    PacketReader reader = capture->reader();
    for (std::uint32_t n = 1; n <= kPackets; ++n) {
        const auto packet = reader.packet(n);
        ASSERT_TRUE(packet.ok()) << packet.error().message();
        EXPECT_EQ(packet->tsNs, time(n)) << n;
        EXPECT_EQ(packet->number, n);
        const ByteVector want = numberedFrame(n);
        ASSERT_TRUE(std::equal(want.begin(), want.end(), packet->data.begin(), packet->data.end())) << n;
    }
}

TEST(Capture, TimesBeyond2106AreAsTheFileSaysAndThoseBeyondAllMeasureTheLastThereIs) {
    const TemporaryFolder folder;
    FileBytes f;
    f.section().interface(1, 262144, 0).enhancedPacket(0, 1'000, numberedFrame(1));
    f.enhancedPacket(0, (std::uint64_t{1} << 32) + 7, numberedFrame(2));
    f.enhancedPacket(0, 9'199'999'999, numberedFrame(3));
    f.enhancedPacket(0, ~std::uint64_t{0} >> 2, numberedFrame(4));
    const auto capture = Capture::open(folder.write("file", f.bytes()));
    ASSERT_TRUE(capture.ok()) << capture.error().message();
    ASSERT_EQ(capture->count(), 4U);
    EXPECT_EQ(capture->times(1).tsNs, 1'000 * kSecond);
    EXPECT_EQ(capture->times(2).tsNs, ((std::int64_t{1} << 32) + 7) * kSecond);
    EXPECT_EQ(capture->times(3).tsNs, 9'199'999'999 * kSecond);
    EXPECT_EQ(capture->times(4).tsNs, 9'200'000'000 * kSecond);
    PacketReader reader = capture->reader();
    EXPECT_FALSE(hasNote(decodePacket(*reader.packet(3)), NoteKind::timeBeyond));
    EXPECT_TRUE(hasNote(decodePacket(*reader.packet(4)), NoteKind::timeBeyond));
}

// Late is what comes before the latest of all earlier ones, in whatever order packets are asked for.
TEST(Capture, PacketsWhoseClockWentBackAreTold) {
    const TemporaryFolder folder;
    FileBytes f;
    f.pcapHeader(0xa1b23c4d);
    for (std::uint32_t n = 1; n <= 200; ++n) {
        const bool late = n == 64 || n == 65 || n == 130;
        const std::uint32_t second = late ? 1000 : n == 131 ? 1100 : 1000 + n;
        f.pcapPacket(second, late ? 500'000'000 : 0, numberedFrame(n));
    }
    const auto capture = Capture::open(folder.write("back.pcap", f.bytes()));
    ASSERT_TRUE(capture.ok());
    PacketReader reader = capture->reader();
    const auto back = [&](std::uint64_t n) { return reader.packet(n)->backNs; };
    for (int again = 0; again < 2; ++again) {
        for (const std::uint32_t n : {1U, 2U, 63U, 66U, 67U, 132U, 200U}) EXPECT_EQ(back(n), 0) << n;
        EXPECT_EQ(back(131), 29 * kSecond);
        EXPECT_EQ(back(130), 129 * kSecond - kSecond / 2);
        EXPECT_EQ(back(65), 63 * kSecond - kSecond / 2);
        EXPECT_EQ(back(64), 63 * kSecond - kSecond / 2);
    }
    const DecodedPacket late = decodePacket(*reader.packet(64));
    ASSERT_EQ(late.notes.size(), 1U);
    EXPECT_EQ(noteText(late.notes[0]), "the clock went back by 62.5 s: replayed right after the packet before it");
}

TEST_P(EveryFormat, RandomAccessEqualsSequential) {
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("file", file()));
    ASSERT_TRUE(capture.ok());
    PacketReader reader = capture->reader();
    std::mt19937 random(1);
    for (int i = 0; i < 5000; ++i) {
        const std::uint32_t n = 1 + static_cast<std::uint32_t>(random() % kPackets);
        const auto packet = reader.packet(n);
        ASSERT_TRUE(packet.ok()) << packet.error().message();
        ASSERT_EQ(numberOf(packet->data), n);
        ASSERT_EQ(packet->data.size(), numberedFrame(n).size());
    }
}

TEST_P(EveryFormat, ReadersOfSeveralThreadsDoNotDisturbEachOther) {
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("file", file()));
    ASSERT_TRUE(capture.ok());
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> threads;
    for (unsigned t = 0; t < 4; ++t) {
        threads.emplace_back([&wrong, &capture, t] {
            PacketReader reader = capture->reader();
            std::mt19937 random(t);
            for (int i = 0; i < 2000; ++i) {
                const std::uint32_t n = 1 + static_cast<std::uint32_t>(random() % kPackets);
                const auto packet = reader.packet(n);
                if (!packet || numberOf(packet->data) != n) ++wrong;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(wrong, 0);
}

TEST_P(EveryFormat, CutAnywhereKeepsWhatWasReadAndSaysWhy) {
    const TemporaryFolder folder;
    const ByteVector whole = file(80);
    int damaged = 0;
    for (std::size_t size = 64; size < whole.size(); size += 97) {
        const auto capture = Capture::open(folder.write("cut", ByteView(whole).first(size)));
        if (!capture) continue;  // cut inside the first interface
        PacketReader reader = capture->reader();
        for (std::uint64_t n = 1; n <= capture->count(); ++n) {
            const auto packet = reader.packet(n);
            ASSERT_TRUE(packet.ok()) << packet.error().message();
            ASSERT_EQ(numberOf(packet->data), n);
        }
        if (!capture->damage()) continue;
        ++damaged;
        EXPECT_EQ(capture->damage()->afterPacket, capture->count());
        EXPECT_THAT(capture->damageLine(), HasSubstr("cut: the capture ends "));
        EXPECT_THAT(capture->damageLine(), HasSubstr("truncated"));
    }
    EXPECT_GT(damaged, 20);
}

TEST_P(EveryFormat, ReadsADeletedFileAndNoticesAShortenedOne) {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", file());
    const auto capture = Capture::open(path);
    ASSERT_TRUE(capture.ok());
    std::filesystem::resize_file(path, 5000);
    PacketReader reader = capture->reader();
    const auto gone = reader.packet(kPackets);
    ASSERT_FALSE(gone.ok());
    EXPECT_EQ(gone.error().message(), path +
                                          ": expected packet 1000 where it was when the file was opened, found a file "
                                          "that has changed since");
    std::filesystem::remove(path);
    const auto kept = reader.packet(3);
    ASSERT_TRUE(kept.ok());
    EXPECT_EQ(numberOf(kept->data), 3U);
}

TEST_P(EveryFormat, NoticesAFileThatWasWrittenAnew) {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", file());
    const auto capture = Capture::open(path);
    ASSERT_TRUE(capture.ok());
    FileBytes f(GetParam().order);
    if (GetParam().blocks) {
        f.section().interface().enhancedPacket(0, 1, ByteVector(5));
    } else {
        f.pcapHeader(0xa1b23c4d).pcapPacket(1, 1, ByteVector(5), static_cast<std::uint32_t>(numberedFrame(1).size()));
    }
    folder.write("file", f.bytes());
    PacketReader reader = capture->reader();
    const auto packet = reader.packet(1);
    ASSERT_FALSE(packet.ok());
    EXPECT_THAT(packet.error().message(), HasSubstr("found a file that has changed since"));
}

TEST_P(EveryFormat, OpeningCanBeCancelled) {
    const TemporaryFolder folder;
    const std::string path = folder.write("file", file());
    std::stop_source stop;
    const auto capture = Capture::open(
        path,
        [&stop](const OpenProgress& p) {
            if (p.packets >= 300) stop.request_stop();
        },
        stop.get_token());
    ASSERT_FALSE(capture.ok());
    EXPECT_THAT(capture.error().message(), HasSubstr(path + ": opening was cancelled after "));
    EXPECT_THAT(capture.error().message(), testing::Not(HasSubstr("1000")));
}

TEST_P(EveryFormat, ProgressGrowsToTheEnd) {
    const TemporaryFolder folder;
    std::vector<OpenProgress> seen;
    const ByteVector bytes = file();
    const auto capture =
        Capture::open(folder.write("file", bytes), [&seen](const OpenProgress& p) { seen.push_back(p); });
    ASSERT_TRUE(capture.ok());
    ASSERT_GT(seen.size(), 5U);
    for (std::size_t i = 1; i < seen.size(); ++i) {
        EXPECT_GE(seen[i].bytesDone, seen[i - 1].bytesDone);
        EXPECT_EQ(seen[i].bytesTotal, bytes.size());
    }
    EXPECT_EQ(seen.back().bytesDone, bytes.size());
    EXPECT_EQ(seen.back().packets, kPackets);
}

TEST_P(EveryFormat, TheIndexIsSmall) {
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("file", file()));
    ASSERT_TRUE(capture.ok());
    EXPECT_LE(capture->indexBytes(), 32U * kPackets);
}

TEST(CaptureOpen, SimplePacketsOfAnOldStyleAreReadToo) {
    FileBytes f;
    f.section().interface(1, 60);
    for (std::uint32_t n = 1; n <= 100; ++n) f.simplePacket(numberedFrame(1));
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("simple.pcapng", f.bytes()));
    ASSERT_TRUE(capture.ok());
    ASSERT_EQ(capture->count(), 100U);
    PacketReader reader = capture->reader();
    const auto packet = reader.packet(77);
    ASSERT_TRUE(packet.ok());
    EXPECT_EQ(numberOf(packet->data), 1U);
}

TEST(CaptureOpen, PacketsLongerThanTheSnaplenAreCutAsLibpcapDoes) {
    FileBytes f;
    f.pcapHeader(0xa1b2c3d4, 1, 50);
    for (std::uint32_t n = 1; n <= 200; ++n) f.pcapPacket(n, 0, numberedFrame(n));
    const TemporaryFolder folder;
    const auto capture = Capture::open(folder.write("long.pcap", f.bytes()));
    ASSERT_TRUE(capture.ok());
    ASSERT_EQ(capture->count(), 200U);
    PacketReader reader = capture->reader();
    for (const std::uint32_t n : {150U, 2U, 131U, 200U}) {
        const auto packet = reader.packet(n);
        ASSERT_TRUE(packet.ok());
        EXPECT_EQ(packet->caplen, std::min<std::size_t>(50, numberedFrame(n).size()));
        EXPECT_EQ(numberOf(packet->data), n);
    }
}

TEST(CaptureOpen, DamageBeforeTheFirstPacketSaysSo) {
    FileBytes f;
    f.pcapHeader().u32(1).u32(2).u32(60);
    const TemporaryFolder folder;
    const std::string path = folder.write("header.pcap", f.bytes());
    const auto capture = Capture::open(path);
    ASSERT_TRUE(capture.ok());
    EXPECT_EQ(capture->count(), 0U);
    EXPECT_EQ(capture->damageLine(), path +
                                         ": the capture ends before the first packet: truncated dump file; tried to "
                                         "read 16 header bytes, only got 12");
}

TEST(CaptureOpen, NoPacketOutsideTheCapture) {
    FileBytes f;
    f.pcapHeader().pcapPacket(1, 0, numberedFrame(1));
    const TemporaryFolder folder;
    const std::string path = folder.write("one.pcap", f.bytes());
    const auto capture = Capture::open(path);
    ASSERT_TRUE(capture.ok());
    PacketReader reader = capture->reader();
    EXPECT_EQ(reader.packet(0).error().message(), path + ": expected a packet from 1 to 1, found 0");
    EXPECT_EQ(reader.packet(2).error().message(), path + ": expected a packet from 1 to 1, found 2");
    EXPECT_TRUE(reader.packet(1).ok());
}

// What is refused, and what is said of it.
TEST(CaptureOpen, WithoutStandardInputTheFileGetsItsNumber) {
    const TemporaryFolder folder;
    FileBytes f;
    const std::string path = folder.write("zero.pcap", f.pcapHeader().pcapPacket(1, 0, numberedFrame(1)).bytes());
    const int input = dup(STDIN_FILENO);
    close(STDIN_FILENO);
    {
        const auto capture = Capture::open(path);
        EXPECT_TRUE(capture.ok());
        EXPECT_TRUE(fcntl(STDIN_FILENO, F_GETFD) != -1) << "the capture stands there";
    }
    EXPECT_EQ(fcntl(STDIN_FILENO, F_GETFD), -1) << "and is closed with it";
    if (input < 0) return;
    EXPECT_EQ(dup2(input, STDIN_FILENO), STDIN_FILENO);
    close(input);
}

TEST(CaptureOpen, AReadThatFailsIsTheEndWhateverFailedBefore) {
    const TemporaryFolder folder;
    std::uint8_t bytes[8];
    CaptureSource directory;
    directory.fd = open(folder.path().c_str(), O_RDONLY | O_DIRECTORY);
    EXPECT_EQ(directory.readAt(0, bytes, sizeof bytes), 0U);
    CaptureSource file;
    file.fd = open(folder.write("five", "12345").c_str(), O_RDONLY);
    errno = EINTR;
    EXPECT_EQ(file.readAt(0, bytes, sizeof bytes), 5U);
}

std::string refusal(const std::string& path) {
    const auto capture = Capture::open(path);
    return capture ? "opened" : capture.error().message();
}

TEST(CaptureRefuses, WhatIsNoCaptureWithFileExpectedAndFound) {
    const TemporaryFolder folder;
    const std::string expected = ": expected a capture file (pcap or pcapng), found ";
    EXPECT_EQ(refusal(folder.path() + "/missing.pcap"), folder.path() + "/missing.pcap" + expected + "no such file");
    EXPECT_EQ(refusal(folder.path()), folder.path() + expected + "a directory");
    const std::string empty = folder.write("empty.pcap", std::string_view{});
    EXPECT_EQ(refusal(empty), empty + expected + "an empty file");
    const std::string text = folder.write("text.pcap", "12:34:56.789 IP 10.0.0.1 > 10.0.0.2\n");
    EXPECT_EQ(refusal(text),
              text + expected + "text that begins \"12:34:56.789 IP 10.0.0.1\" (libpcap: unknown file format)");
    const std::string gzip = folder.write("file.pcap.gz", std::string_view("\x1f\x8b\x08\0\0\0\0\0", 8));
    EXPECT_EQ(refusal(gzip), gzip + expected + "what was packed ends early");
    const std::string xz = folder.write("file.pcap.xz", std::string_view("\xfd\x37zXZ\0\0\0", 8));
    EXPECT_EQ(refusal(xz), xz + expected + "an xz file; unpack it first (unxz)");
    EXPECT_EQ(refusal("/dev/null"), "/dev/null" + expected + "a device");
    const std::string noise = folder.write("noise.pcap", std::string_view("\x01\x02\x03\x04\x05\x06", 6));
    EXPECT_EQ(refusal(noise), noise + expected + "bytes 01 02 03 04 (libpcap: unknown file format)");
    const std::string tiny = folder.write("tiny.pcap", std::string_view("\xd4\xc3", 2));
    EXPECT_THAT(refusal(tiny), HasSubstr(tiny + expected + "bytes d4 c3 (libpcap: truncated dump file"));
    const std::string pipe = folder.path() + "/pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_EQ(refusal(pipe), pipe + expected + "a pipe that nothing comes from");
}

TEST(CaptureRefuses, AFileThatMayNotBeRead) {
    const TemporaryFolder folder;
    FileBytes f;
    const std::string path = folder.write("secret.pcap", f.pcapHeader().bytes());
    ASSERT_EQ(chmod(path.c_str(), 0), 0);
    // The superuser reads everything; then there is nothing to refuse.
    const char* const want = geteuid() == 0 ? "opened" : "permission denied";
    EXPECT_THAT(refusal(path), HasSubstr(want));
}

}  // namespace
}  // namespace ringside
