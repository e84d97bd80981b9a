// Writing what the wire carried: into files, behind links, into pipes, and where it cannot be done.
#include "engine/capture/writer.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <thread>

#include "engine/capture/capture.h"
#include "engine/scenario/scenario.h"
#include "engine/step/step.h"
#include "tests/capture/capture_files.h"

namespace ringside {
namespace {

namespace fs = std::filesystem;

// A run that has carried three frames.
Start threeFrames() {
    Scenario scenario;
    scenario.nics.emplace_back();
    for (std::uint32_t n = 1; n <= 3; ++n) {
        TrafficFrame frame;
        frame.time = n * kMillisecond;
        frame.bytes = numberedFrame(n);
        scenario.frames.push_back(frame);
    }
    auto start = build(scenario);
    EXPECT_TRUE(start.ok());
    Event event;
    while (step(start->world, *start->inputs, event)) {
    }
    return std::move(*start);
}

void expectThree(const std::string& path) {
    const auto capture = Capture::open(path);
    ASSERT_TRUE(capture.ok()) << capture.error().message();
    EXPECT_EQ(capture->damageLine(), "");
    ASSERT_EQ(capture->count(), 3U);
    PacketReader reader = capture->reader();
    for (std::uint32_t n = 1; n <= 3; ++n) {
        EXPECT_EQ(numberOf(reader.packet(n)->data), n);
        EXPECT_EQ(capture->times(n).tsNs, n * kMillisecond);
    }
}

TEST(Writer, AFileIsReplacedWhenAllIsWritten) {
    const TemporaryFolder folder;
    const std::string path = folder.write("out.pcap", "what was there before");
    const Start run = threeFrames();
    EXPECT_FALSE(writeCapture(path, run.world, *run.inputs));
    expectThree(path);
    EXPECT_FALSE(fs::exists(path + ".part"));
}

TEST(Writer, ALinkStaysALink) {
    const TemporaryFolder folder;
    const std::string target = folder.write("target.pcap", "before"), link = folder.path() + "/link.pcap";
    fs::create_symlink("target.pcap", link);
    const Start run = threeFrames();
    EXPECT_FALSE(writeCapture(link, run.world, *run.inputs));
    EXPECT_TRUE(fs::is_symlink(link));
    expectThree(target);
}

TEST(Writer, ALinkThatLeadsNowhereYetStaysALinkAndARingIsRefused) {
    const TemporaryFolder folder;
    const std::string link = folder.path() + "/link.pcap", second = folder.path() + "/second.pcap";
    fs::create_symlink("new.pcap", link);
    fs::create_symlink(link, second);
    const Start run = threeFrames();
    EXPECT_FALSE(writeCapture(second, run.world, *run.inputs));
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_TRUE(fs::is_symlink(second));
    expectThree(folder.path() + "/new.pcap");
    const std::string ring = folder.path() + "/ring.pcap";
    fs::create_symlink("ring.pcap", ring);
    const auto error = writeCapture(ring, run.world, *run.inputs);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->place, ring);
    EXPECT_TRUE(fs::is_symlink(ring));
}

TEST(Writer, APipeIsWrittenToAndStaysAPipe) {
    const TemporaryFolder folder;
    const std::string pipe = folder.path() + "/pipe", copy = folder.path() + "/copy.pcap";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    std::jthread reader(
        [&] { std::ofstream(copy, std::ios::binary) << std::ifstream(pipe, std::ios::binary).rdbuf(); });
    const Start run = threeFrames();
    EXPECT_FALSE(writeCapture(pipe, run.world, *run.inputs));
    reader.join();
    EXPECT_TRUE(fs::is_fifo(pipe));
    expectThree(copy);
}

TEST(Writer, AFullDeviceIsAnErrorAndStaysADevice) {
    const TemporaryFolder folder;
    // The superuser could replace the machine's own /dev/full, so that a fault here would do harm: it gets one to
    // spoil.
    std::string device = "/dev/full";
    if (geteuid() == 0) {
        device = folder.path() + "/full";
        if (mknod(device.c_str(), S_IFCHR | 0600, makedev(1, 7)) != 0) GTEST_SKIP() << "no device can be made here";
        if (std::FILE* const usable = std::fopen(device.c_str(), "w"))
            std::fclose(usable);
        else
            GTEST_SKIP() << "devices do not work in " << folder.path();
    }
    const Start run = threeFrames();
    const auto error = writeCapture(device, run.world, *run.inputs);
    ASSERT_TRUE(error);
    EXPECT_THAT(error->message(), testing::HasSubstr("No space left on device"));
    EXPECT_TRUE(fs::is_character_file(device));
}

TEST(Writer, WhereNothingCanBeWrittenNothingIsLeft) {
    const Start run = threeFrames();
    const auto error = writeCapture("/no/such/folder/out.pcap", run.world, *run.inputs);
    ASSERT_TRUE(error);
    EXPECT_THAT(error->message(), testing::HasSubstr("/no/such/folder/out.pcap"));
    // A folder in the way: the file beside it is written, and taken away again.
    const TemporaryFolder folder;
    fs::create_directories(folder.path() + "/out.pcap/x");
    EXPECT_TRUE(writeCapture(folder.path() + "/out.pcap", run.world, *run.inputs));
    EXPECT_FALSE(fs::exists(folder.path() + "/out.pcap.part"));
}

}  // namespace
}  // namespace ringside
