// Output that cannot be written is said, never lost and never an abort: full devices, closed streams, readers that go
// away. Each command by itself, because each has a way of its own of writing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/json_writer.h"
#include "tests/app/program.h"
#include "tests/support/paths.h"

namespace ringside::test {
namespace {

using testing::HasSubstr;

const std::string kScenario = sourceDir() + "/tests/scenarios/udp_rx.yaml";
const std::string kSample = sourceDir() + "/assets/samples/mix.pcap";

std::vector<std::string> commands() {
    return {"packets " + kSample,
            "packets " + kSample + " --format jsonl",
            "run " + kScenario,
            "run " + kScenario + " --fingerprint",
            "run " + kScenario + " --state",
            "list",
            "list --json",
            "check " + kScenario,
            "reference",
            "reference --format json",
            "--help",
            "--version",
            "run --help",
            "--text wire-to-recvfrom"};
}

TEST(Output, AFullDeviceIsSaid) {
    for (const std::string& command : commands()) {
        const ProgramResult r = ringside(command + " >/dev/full");
        EXPECT_EQ(r.status, 1) << command;
        EXPECT_THAT(r.err, HasSubstr("ringside: standard output: expected to write all of it, found No space left on "
                                     "device"))
            << command;
    }
}

TEST(Output, AClosedStreamIsSaid) {
    for (const std::string& command : commands()) {
        const ProgramResult r = ringside(command + " >&-");
        EXPECT_EQ(r.status, 1) << command;
        EXPECT_THAT(r.err, HasSubstr("found that it is closed")) << command;
    }
}

TEST(Output, WithNoStreamAtAllNothingAborts) {
    for (const std::string& command : commands()) EXPECT_EQ(ringside(command + " >&- 2>&- <&-").status, 1) << command;
}

// A file opened while standard output is closed must not become standard output.
TEST(Output, AWrittenCaptureHoldsNoTextWhereOutputIsClosed) {
    const std::string path = testing::TempDir() + "ringside-closed.pcap";
    ringside("run " + kScenario + " --write-pcap " + path + " >&-");
    EXPECT_EQ(ringside("packets " + path).lines().size(), 1U);
}

// Where SIGPIPE is ignored, as in children of Python, writing into a pipe nobody reads fails instead: the run, which
// would otherwise not end, stops then.
TEST(Output, AReaderThatGoesAwayEndsTheRun) {
    const std::string path = testing::TempDir() + "ringside-endless.yaml";
    std::ofstream(path) << "cpus: 1\ntasks:\n  - name: hog\n    program:\n      - repeat: {do: [compute: 1ms]}\n";
    ASSERT_EQ(ringside("run " + path + " --events 10").status, 0);
    const ProgramResult r = ringside("run " + path + " | head -c 1000 >/dev/null", "trap '' PIPE; timeout 60");
    EXPECT_THAT(r.err, HasSubstr("Broken pipe"));
}

TEST(Output, CountsAreNeverNegative) {
    for (const char* option : {"--events=-1", "--seek=-5", "--events=1.5", "--events=", "--seek=0x10"}) {
        const ProgramResult r = ringside("run " + kScenario + " " + option);
        EXPECT_EQ(r.status, 2) << option;
        EXPECT_TRUE(r.out.empty()) << option;
    }
    EXPECT_EQ(ringside("run " + kScenario + " --events=0").status, 0);
}

TEST(Output, TheLanguageIsTheEnvironmentsUnlessItIsSaid) {
    const std::string chinese = "已送达";
    const std::string packets = "packets " + kSample;
    const auto has = [&](const std::string& arguments, const std::string& environment) {
        const ProgramResult r = ringside(arguments, environment);
        EXPECT_EQ(r.status, 0) << r.err;
        return r.out.find(chinese) != std::string::npos;
    };
    EXPECT_FALSE(has(packets, ""));
    EXPECT_TRUE(has(packets + " --lang zh_CN", ""));
    EXPECT_TRUE(has(packets, "env LANG=zh_CN.UTF-8"));
    EXPECT_FALSE(has(packets + " --lang en", "env LANG=zh_CN.UTF-8"));
    EXPECT_FALSE(has(packets, "env LANG=zh_CN.UTF-8 LC_ALL=C"));
    EXPECT_FALSE(has(packets, "env LANG=nonsense"));
    EXPECT_FALSE(has(packets + " --format jsonl", "env LANG=zh_CN.UTF-8"));  // scripts read English
    EXPECT_NE(ringside("list", "env LANG=zh_CN.UTF-8").out, ringside("list").out);
}

TEST(Output, ExportSaysThatThePictureCouldNotBeWritten) {
    const std::string path = testing::TempDir() + "ringside-full";
    for (const char* ending : {".png", ".svg", ".pdf"}) {
        // one block of 512 bytes is all that a file may have; the signal that tells of it is ignored, as by Python
        const ProgramResult r =
            ringside("export wire-to-recvfrom --step wire --out " + path + ending, "trap '' XFSZ; ulimit -f 1;");
        EXPECT_EQ(r.status, 1) << ending;
        EXPECT_THAT(r.err, HasSubstr(path + ending)) << ending;
        EXPECT_THAT(r.err, HasSubstr("File too large")) << ending;
        EXPECT_FALSE(std::filesystem::exists(path + ending)) << ending;
    }
}

TEST(Output, AWrittenCaptureThatFindsNoRoomIsAnError) {
    const std::string path = testing::TempDir() + "ringside-full.pcap";
    const std::string scenario = sourceDir() + "/tests/scenarios/udp_rx1000.yaml";
    const ProgramResult r =
        ringside("run " + scenario + " --fingerprint --write-pcap " + path, "trap '' XFSZ; ulimit -f 1;");
    EXPECT_EQ(r.status, 1);
    EXPECT_THAT(r.err, HasSubstr("File too large"));
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST(Output, WhatMayNotBeReadIsNotCalledMissing) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::path(testing::TempDir()) / "ringside-secret";
    fs::create_directories(folder);
    std::ofstream(folder / "x.yaml") << "cpus: 1\n";
    fs::permissions(folder, fs::perms::none);
    // The superuser may read everything, so the program runs as nobody then.
    const std::string nobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups --" : "";
    if (ringside("--version", nobody).status == 0) {
        for (const std::string& command : {"run " + (folder / "x.yaml").string(), "check " + folder.string(),
                                           "check " + (folder / "x.yaml").string()}) {
            const ProgramResult r = ringside(command, nobody);
            EXPECT_EQ(r.status, 1) << command;
            EXPECT_THAT(r.err, HasSubstr("permission denied")) << command;
        }
    }
    fs::permissions(folder, fs::perms::owner_all);
    fs::remove_all(folder);
}

std::string json(std::string_view text) {
    std::string out;
    appendJsonString(out, text);
    return out;
}

TEST(JsonWriterTest, StringsAreEscapedAndWhatIsNoUtf8IsReplaced) {
    EXPECT_EQ(json("plain"), "\"plain\"");
    EXPECT_EQ(json("a\"b\\c\n\t\x01\x7f"), "\"a\\\"b\\\\c\\n\\t\\u0001\\u007f\"");
    EXPECT_EQ(json("校验 \xf0\x9f\x98\x80"), "\"校验 \xf0\x9f\x98\x80\"");
    EXPECT_EQ(
        json("\xff|\xc3|\xe4\xb8|\xc0\x80|\xed\xa0\x80"),
        "\"\xef\xbf\xbd|\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd\xef"
        "\xbf\xbd\"");
    EXPECT_EQ(json(""), "\"\"");
}

TEST(JsonWriterTest, CommasStandBetweenAndNowhereElse) {
    std::string out;
    JsonWriter w(out);
    w.object().field("a", 1).key("b").array().value(true).null().value("x").array().endArray().endArray();
    w.key("c").object().endObject().field("d", std::int64_t{-5}).endObject();
    EXPECT_EQ(out, "{\"a\":1,\"b\":[true,null,\"x\",[]],\"c\":{},\"d\":-5}");
}

}  // namespace
}  // namespace ringside::test
