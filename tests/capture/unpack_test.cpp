// What is packed or comes through a pipe is the same capture; where it ends early that is said.

#include "engine/capture/unpack.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>
#include <thread>

#include "engine/capture/capture.h"
#include "tests/capture/capture_files.h"

namespace ringside {
namespace {

constexpr std::uint32_t kPackets = 300;

std::string plain() {
    FileBytes f;
    f.pcapHeader();
    for (std::uint32_t i = 1; i <= kPackets; ++i) f.pcapPacket(i, 0, numberedFrame(i));
    const auto& bytes = f.bytes();
    return {bytes.begin(), bytes.end()};
}

std::string gzipped(const std::string& bytes) {
    z_stream stream{};
    EXPECT_EQ(::deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string in = bytes, out(bytes.size() + 1024, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
}

std::string zstdPacked(const std::string& bytes) {
    std::string out(::ZSTD_compressBound(bytes.size()), '\0');
    out.resize(::ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
}

void expectWhole(const std::string& path) {
    const auto capture = Capture::open(path);
    ASSERT_TRUE(capture.ok()) << capture.error().message();
    EXPECT_EQ(capture->path(), path) << "named as people know it";
    EXPECT_EQ(capture->count(), kPackets);
    EXPECT_FALSE(capture->damage());
    PacketReader reader = capture->reader();
    for (const std::uint64_t n : {kPackets, 1U, kPackets / 2}) {
        const auto packet = reader.packet(n);
        ASSERT_TRUE(packet.ok()) << packet.error().message();
        const auto frame = numberedFrame(static_cast<std::uint32_t>(n));
        EXPECT_TRUE(std::equal(packet->data.begin(), packet->data.end(), frame.begin(), frame.end())) << n;
    }
}

class EveryPacking : public testing::TestWithParam<std::string (*)(const std::string&)> {};
INSTANTIATE_TEST_SUITE_P(, EveryPacking, testing::Values(&gzipped, &zstdPacked));

TEST_P(EveryPacking, IsTheSameCapture) {
    const TemporaryFolder folder;
    expectWhole(folder.write("a.pcap", plain()));
    expectWhole(folder.write("a.packed", GetParam()(plain())));
    // in two parts, as what is appended to a packed file gives them
    const std::string all = plain(), half = all.substr(0, all.size() / 3);
    expectWhole(folder.write("b.packed", GetParam()(half) + GetParam()(all.substr(half.size()))));
}

TEST_P(EveryPacking, CutAnywhereIsSaidWhereverThePacketsEnd) {
    const TemporaryFolder folder;
    // in two parts: zstd gives nothing of a block that is not whole
    const std::string bytes = plain(), half = bytes.substr(0, bytes.size() / 2);
    const std::string first = GetParam()(half), all = first + GetParam()(bytes.substr(half.size()));
    std::uint64_t most = 0;
    for (std::size_t cut = 5; cut < all.size(); cut += 31) {
        if (cut == first.size()) continue;  // that is a whole file of one part
        const std::string path = folder.write("cut.packed", all.substr(0, cut));
        const auto capture = Capture::open(path);
        if (!capture) {
            EXPECT_THAT(capture.error().message(), testing::HasSubstr("what was packed ends early")) << cut;
            continue;
        }
        ASSERT_TRUE(capture->damage()) << cut;
        EXPECT_EQ(capture->damage()->reason, "what was packed ends early") << cut;
        most = std::max(most, capture->count());
    }
    EXPECT_GT(most, 0U) << "what came before is used";
}

TEST_P(EveryPacking, ABrokenOneIsSaidToBe) {
    const TemporaryFolder folder;
    std::string all = GetParam()(plain());
    for (std::size_t at = all.size() / 2; at < all.size() / 2 + 64; ++at) all[at] = static_cast<char>(~all[at]);
    const auto capture = Capture::open(folder.write("broken.packed", all));
    if (capture) {
        ASSERT_TRUE(capture->damage());
        EXPECT_THAT(capture->damage()->reason, testing::HasSubstr("what was packed"));
    } else {
        EXPECT_THAT(capture.error().message(), testing::HasSubstr("what was packed"));
    }
}

TEST_P(EveryPacking, CanBeGivenUp) {
    const TemporaryFolder folder;
    std::stop_source stop;
    stop.request_stop();
    const auto capture = Capture::open(folder.write("a.packed", GetParam()(plain())), {}, stop.get_token());
    ASSERT_FALSE(capture.ok());
    EXPECT_THAT(capture.error().message(), testing::HasSubstr("cancelled"));
}

TEST(Unpack, WhatComesThroughAPipeIsReadToItsEnd) {
    const TemporaryFolder folder;
    for (const std::string& bytes : {plain(), gzipped(plain())}) {
        const std::string path = folder.path() + "/pipe-" + std::to_string(bytes.size());
        ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
        const int held = ::open(path.c_str(), O_RDWR | O_CLOEXEC);  // so that the pipe has a writer from the start
        const int kept = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);  // what is written before it is read
        std::thread writer([&] {
            std::size_t done = 0;
            while (done < bytes.size()) {
                const ssize_t n = ::write(held, bytes.data() + done, bytes.size() - done);
                if (n <= 0) break;
                done += static_cast<std::size_t>(n);
            }
            ::close(held);
        });
        expectWhole(path);
        writer.join();
        ::close(kept);
    }
}

TEST(Unpack, WithoutRoomItSaysSo) {
    const TemporaryFolder folder;
    const std::string path = folder.write("a.gz", gzipped(plain()));
    const std::string old = std::getenv("TMPDIR") ? std::getenv("TMPDIR") : "";
    ::setenv("TMPDIR", "/proc/self", 1);  // a folder in which nobody can make a file
    const auto capture = Capture::open(path);
    if (old.empty())
        ::unsetenv("TMPDIR");
    else
        ::setenv("TMPDIR", old.c_str(), 1);
    ASSERT_FALSE(capture.ok());
    EXPECT_THAT(capture.error().message(),
                testing::HasSubstr(path + ": expected room for the capture among the temporary files"));
}

}  // namespace
}  // namespace ringside
