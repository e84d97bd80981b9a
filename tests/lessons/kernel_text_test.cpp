// The engine's texts in Simplified Chinese: nothing is missing, nothing is left over, each stands in the table of its
// folder, and it is written as Chinese is. What counts as a text: those that have a key (engine_texts.h); without a
// key, notes of a capture, what is said of a wrong input that a window can be given, and the few words of the model's
// own that stand as values. Also what KernelText::load() says of a table it cannot use.

#include "lessons/kernel_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "engine/capture/decode.h"
#include "engine/linux/functions.h"
#include "engine/linux/table.h"
#include "engine/world/world.h"
#include "lessons/engine_texts.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

const std::filesystem::path kSource = sourceDir();
const std::filesystem::path kTranslations = kSource / "assets" / "translations";

/// English texts, each with the table it belongs to.
using Texts = std::map<std::string, std::string, std::less<>>;

void note(Texts& texts, std::string_view english, const std::string& place) {
    if (std::any_of(english.begin(), english.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)); }))
        texts.emplace(english, place);
}

/// Words that show as values and are the model's own, not the kernel's.
template <class E>
void noteNames(Texts& texts, E last, const std::string& place) {
    for (int i = 0; i <= static_cast<int>(last); ++i) note(texts, nameOf(static_cast<E>(i)), place);
}

/// A source file with the pieces of divided string literals put together.
std::string literalsJoined(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::stringstream all;
    all << in.rdbuf();
    std::string text = all.str(), out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            const std::size_t next = text.find_first_not_of(" \n", i + 1);
            if (next != std::string::npos && next > i + 1 && text[next] == '"') {
                i = next;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

/// What a source says of wrong input: its literals of several words that stand alone, neither put together with
/// others nor filled in.
void noteErrors(Texts& texts, const std::string& source, const std::string& table) {
    static const std::regex literal(R"re((?:[,={(?:]\s*|return )"([a-z0-9][^"\\]* [^"\\]*[^ "\\])"(?=\s*[,};)]))re");
    const std::string text = literalsJoined(kSource / source);
    for (std::sregex_iterator it(text.begin(), text.end(), literal), end; it != end; ++it)
        if ((*it)[1].str().find('%') == std::string::npos) note(texts, (*it)[1].str(), table);
}

/// What has no key, by its English.
Texts unnamedTexts() {
    Texts texts;
    for (const FunctionInfo& f : linux61Table()) {
        if (std::string_view(f.source).find('/') == std::string_view::npos) note(texts, f.source, "words");
    }
    noteNames(texts, Context::hardware, "words");
    noteNames(texts, EventKind::hardware, "words");
    noteNames(texts, Fate::undecided, "words");
    noteNames(texts, DmaState::write_back, "words");
    noteNames(texts, SkbOwner::lab, "words");
    for (int i = 0; i <= static_cast<int>(NoteKind::checksumLeftOut); ++i)
        note(texts, noteTemplate(static_cast<NoteKind>(i)), "capture");
    for (const std::uint32_t more : {0U, 1U}) note(texts, noteArgument({NoteKind::fragment, 0, more}, 2), "capture");
    for (const auto& [table, source] :
         std::initializer_list<std::pair<const char*, const char*>>{{"capture", "engine/capture/capture.cpp"},
                                                                    {"capture", "engine/capture/packet_reader.cpp"},
                                                                    {"capture", "engine/capture/replay.cpp"},
                                                                    {"capture", "engine/capture/unpack.cpp"},
                                                                    {"history", "engine/history/intervention.cpp"},
                                                                    {"lessons", "lessons/grading.cpp"},
                                                                    {"lessons", "lessons/player.cpp"},
                                                                    {"views", "views/inspector/inspected.cpp"}})
        noteErrors(texts, source, table);
    return texts;
}

/// Which table has the texts of each function: "net.ipv4" for those of engine/linux/net/ipv4/functions.def; and of each
/// struct of the World: "world.net" for those of engine/world/net/.
std::map<std::string, std::string, std::less<>> tablesOfNames() {
    std::map<std::string, std::string, std::less<>> tables;
    static const std::regex function(R"re(^RS_FUNCTION\((\w+))re"), type(R"re(^ *struct (\w+) *\{)re"),
        counters(R"re(^RS_COUNTERS\((\w+))re");
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kSource / "engine"))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) {
        const bool list = file.extension() == ".def";
        if (!list && file.extension() != ".h") continue;
        std::string folder = file.parent_path().lexically_relative(kSource / "engine").generic_string();
        if (folder.rfind("linux/", 0) == 0) folder = folder.substr(6);
        std::replace(folder.begin(), folder.end(), '/', '.');
        std::ifstream in(file);
        std::smatch found;
        for (std::string line; std::getline(in, line);) {
            if (list ? std::regex_search(line, found, function)
                     : std::regex_search(line, found, type) || std::regex_search(line, found, counters))
                tables.emplace(found[1].str(), folder);
        }
    }
    return tables;
}

struct Text {
    std::string key, english, table;
};

/// Every text with its key and the table it belongs to.
std::vector<Text> allTexts() {
    const auto tables = tablesOfNames();
    std::vector<Text> texts;
    for (const EngineText& one : engineTexts()) {
        const std::string head = one.key.substr(0, one.key.find('.'));
        const auto found = tables.find(head);
        texts.push_back({one.key, one.english,
                         head == "header"        ? "protocol"
                         : head == "argument"    ? "arguments"
                         : head == "drop"        ? "drops"
                         : found != tables.end() ? found->second
                                                 : "unknown"});
    }
    for (const auto& [english, table] : unnamedTexts()) texts.push_back({english, english, table});
    return texts;
}

struct Row {
    std::string table, key, chinese;
    int line = 0;
    [[nodiscard]] std::string place() const { return table + ".tsv:" + std::to_string(line); }
};

std::vector<Row> tableRows() {
    std::vector<Row> rows;
    for (const auto& entry : std::filesystem::directory_iterator(kTranslations / "zh_CN")) {
        std::ifstream in(entry.path());
        std::string line;
        for (int number = 1; std::getline(in, line); ++number) {
            const std::size_t tab = line.find('\t');
            if (!line.empty() && line.front() != '#' && tab != std::string::npos)
                rows.push_back({entry.path().stem().string(), line.substr(0, tab), line.substr(tab + 1), number});
        }
    }
    return rows;
}

std::u32string codePoints(const std::string& utf8) {
    std::u32string out;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0U) == 0x80)
            out.back() = out.back() << 6U | (byte & 0x3fU);
        else
            out.push_back(byte < 0x80 ? byte : byte < 0xe0 ? byte & 0x1fU : byte < 0xf0 ? byte & 0x0fU : byte & 0x07U);
    }
    return out;
}

bool chinese(char32_t c) { return c >= 0x4e00 && c <= 0x9fff; }
/// Characters of a Latin word, a number or a piece of code.
bool latin(char32_t c) { return (c > U' ' && c < 0x7f) || (c >= 0xc0 && c < 0x250); }

/// What is wrong with how a translation is written; empty when nothing is.
std::string badWriting(const std::string& english, const std::string& translation) {
    const auto trimmed = [](const std::string& text) {
        return text == text.substr(text.find_first_not_of(' '), text.find_last_not_of(' ') + 1);
    };
    if (!trimmed(english) || !trimmed(translation)) return "a space at an end";
    if (translation.find('\t') != std::string::npos) return "a second tab";
    if (translation.find("  ") != std::string::npos) return "two spaces";
    if (translation == english) return english.find(' ') == std::string::npos ? "" : "not translated";
    const std::u32string text = codePoints(translation);
    if ((english.back() == '.') != (text.back() == U'。')) return "a full stop on one side only";
    bool any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        any = any || chinese(text[i]);
        if (std::u32string_view(U",;:?!").find(text[i]) != std::u32string_view::npos) return "half-width punctuation";
        if (i == 0) continue;
        if ((chinese(text[i - 1]) && latin(text[i])) || (latin(text[i - 1]) && chinese(text[i])))
            return "no space between Chinese and Latin";
        const std::u32string_view full = U"，；：？（）。、";
        if ((text[i] == U' ' && full.find(text[i - 1]) != full.npos) ||
            (text[i - 1] == U' ' && full.find(text[i]) != full.npos)) {
            return "a space beside full-width punctuation";
        }
    }
    return any ? "" : "no Chinese";
}

TEST(KernelTextTable, HasEveryTextOfTheEngine) {
    const Result<KernelText> text = KernelText::load(kTranslations.string(), "zh_CN");
    ASSERT_TRUE(text) << text.error().message();
    std::map<std::string, std::string> texts;
    for (const Text& one : allTexts()) {
        texts.emplace(one.key, one.english);
        EXPECT_TRUE(text->find(one.key)) << "assets/translations/zh_CN/" << one.table << ".tsv lacks \"" << one.key
                                         << "\", a tab, and the Chinese of \"" << one.english << '"';
    }
    // The collecting finds each kind: a stage, a function, a field in an empty container, a local, an argument, a
    // header's field, a word, an error.
    EXPECT_EQ(texts["net_rx_action.poll"], "poll the next device");
    EXPECT_EQ(texts["__napi_poll"], "Polls one device.");
    EXPECT_EQ(texts["SkBuff.users"], "references to this sk_buff");
    EXPECT_EQ(texts["net_rx_action.budget"], "packets it may still take");
    EXPECT_EQ(texts["argument.skb"], "the packet");
    EXPECT_EQ(texts["ip_list_rcv.head"], "packets to check");
    EXPECT_EQ(texts["header.arphdr.ar_tip"], "protocol address of the target");
    for (const char* known : {"delivered", "an xz file; unpack it first (unxz)", "a living sk_buff"})
        EXPECT_TRUE(texts.contains(known)) << known;
}

TEST(KernelTextTable, HasNothingTheEngineDoesNotSay) {
    std::map<std::string, std::string> tables;
    for (const Text& one : allTexts()) tables.emplace(one.key, one.table);
    for (const Row& row : tableRows()) {
        const auto found = tables.find(row.key);
        EXPECT_NE(found, tables.end()) << row.place() << ": \"" << row.key << "\" is said nowhere";
        if (found == tables.end()) continue;
        EXPECT_EQ(row.table, found->second) << row.place() << ": \"" << row.key << '"';
    }
}

TEST(KernelTextTable, IsWrittenAsChineseIs) {
    std::map<std::string, std::string> english;
    for (const Text& one : allTexts()) english.emplace(one.key, one.english);
    std::set<std::string> stages;
    for (const FunctionInfo& f : linux61Table()) {
        for (const std::string_view member : f.members) stages.insert(f.name + ("." + std::string(member)));
    }
    for (const Row& row : tableRows()) {
        EXPECT_EQ(badWriting(english[row.key], row.chinese), "") << row.place() << ": " << row.chinese;
        EXPECT_FALSE(stages.contains(row.key) && row.chinese.ends_with("。"))
            << row.place() << ": a stage with a full stop";
    }
}

TEST(KernelTextTable, WritingRulesFindWhatTheyAreFor) {
    EXPECT_EQ(badWriting("take the next skb", "取下一个 skb"), "");
    EXPECT_EQ(badWriting("Polls one device.", "轮询一个设备。"), "");
    EXPECT_EQ(badWriting("ifindex", "ifindex"), "");
    EXPECT_EQ(badWriting("net device", "net device"), "not translated");
    EXPECT_EQ(badWriting("take the next skb", "取下一个skb"), "no space between Chinese and Latin");
    EXPECT_EQ(badWriting("take the next skb", "skb取下一个"), "no space between Chinese and Latin");
    EXPECT_EQ(badWriting("is it a fragment?", "是分片吗?"), "half-width punctuation");
    EXPECT_EQ(badWriting("read the cause (ICR)", "读取原因 （ICR）"), "a space beside full-width punctuation");
    EXPECT_EQ(badWriting("Polls one device.", "轮询一个设备"), "a full stop on one side only");
    EXPECT_EQ(badWriting("queued", "已排队。"), "a full stop on one side only");
    EXPECT_EQ(badWriting("queued", "queue"), "no Chinese");
    EXPECT_EQ(badWriting("queued", "已排队 "), "a space at an end");
    EXPECT_EQ(badWriting("queued", "已\t排队"), "a second tab");
    EXPECT_EQ(badWriting("queued", "已  排队"), "two spaces");
}

/// A folder of its own for each test, with the table it writes.
class KernelTextLoad : public testing::Test {
  protected:
    void SetUp() override {
        m_folder =
            std::filesystem::temp_directory_path() /
            (std::string("ringside_kernel_text_") + testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(m_folder / "zh_CN");
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }
    void write(std::string_view text, const char* name = "a.tsv") const {
        std::ofstream(m_folder / "zh_CN" / name) << text;
    }
    [[nodiscard]] Result<KernelText> load() const { return KernelText::load(m_folder.string(), "zh_CN"); }
    [[nodiscard]] std::string table() const { return m_folder.string() + "/zh_CN/a.tsv"; }
    [[nodiscard]] std::string message() const {
        const Result<KernelText> text = load();
        return text ? "no error" : text.error().message();
    }

    std::filesystem::path m_folder;
};

TEST_F(KernelTextLoad, TranslatesWhatTheTableHas) {
    write("# engine/a.cpp\nqueued\t已排队\n\nPolls one device.\t轮询一个设备。\n");
    const Result<KernelText> text = load();
    ASSERT_TRUE(text) << text.error().message();
    EXPECT_EQ(text->size(), 2U);
    EXPECT_EQ((*text)("queued"), "已排队");
    EXPECT_EQ((*text)("Polls one device."), "轮询一个设备。");
    EXPECT_TRUE(text->knows("queued"));
}

TEST_F(KernelTextLoad, FindsANamedTextByKeyAndByEnglish) {
    write("net_rx_action.poll\t轮询下一个设备\n", "net.core.tsv");
    write("queued\t已排队\n");
    const Result<KernelText> text = load();
    ASSERT_TRUE(text) << text.error().message();
    EXPECT_EQ(text->size(), 2U);
    EXPECT_EQ((*text)("poll the next device"), "轮询下一个设备");
    EXPECT_EQ((*text)("queued"), "已排队");
    EXPECT_FALSE(text->knows("net_rx_action.poll")) << "a key is no text";
    const FunctionInfo& function = linux61Table()[fn::net_rx_action.id];
    EXPECT_EQ(text->stage(function, 1), "轮询下一个设备");
    EXPECT_EQ(text->stage(function, 0), function.stages[0].name) << "not in the table: English";
}

TEST_F(KernelTextLoad, AKeyIsThereOnceInAllTables) {
    write("queued\t已排队\n", "a.tsv");
    write("queued\t排队\n", "b.tsv");
    EXPECT_EQ(message(), m_folder.string() + "/zh_CN/b.tsv:1: expected each key once, found \"queued\" a second time");
}

TEST_F(KernelTextLoad, LeavesOtherTextsInEnglish) {
    write("queued\t已排队\n");
    const Result<KernelText> text = load();
    ASSERT_TRUE(text);
    EXPECT_EQ((*text)("not queued"), "not queued");
    EXPECT_FALSE(text->knows("not queued"));
    EXPECT_FALSE(text->knows("# engine/a.cpp"));
}

TEST_F(KernelTextLoad, NeedsNoFileForEnglish) {
    const Result<KernelText> text = KernelText::load(m_folder.string(), "en");
    ASSERT_TRUE(text);
    EXPECT_EQ(text->size(), 0U);
    EXPECT_EQ((*text)("queued"), "queued");
}

TEST_F(KernelTextLoad, SaysWhichFileItCannotRead) {
    EXPECT_EQ(message(), m_folder.string() + "/zh_CN: expected tables of translations, found no file that can be read");
}

TEST_F(KernelTextLoad, SaysWhichLineHasNoTab) {
    write("# engine/a.cpp\nqueued\t已排队\nPolls one device.\n");
    EXPECT_EQ(message(), table() + ":3: expected a key, a tab, the translation, found \"Polls one device.\"");
}

TEST_F(KernelTextLoad, SaysWhichLineHasNoKey) {
    write("\t已排队\n");
    EXPECT_EQ(message(), table() + ":1: expected a key, a tab, the translation, found \"\t已排队\"");
}

TEST_F(KernelTextLoad, SaysWhichLineHasNoTranslation) {
    write("queued\t\n");
    EXPECT_EQ(message(), table() + ":1: expected a key, a tab, the translation, found \"queued\t\"");
}

TEST_F(KernelTextLoad, SaysWhichLineHasASecondTab) {
    write("queued\t已排队\t排队\n");
    EXPECT_EQ(message(), table() + ":1: expected a key, a tab, the translation, found \"queued\t已排队\t排队\"");
}

TEST_F(KernelTextLoad, SaysWhichKeyIsThereTwice) {
    write("queued\t已排队\n\nqueued\t排队\n");
    EXPECT_EQ(message(), table() + ":3: expected each key once, found \"queued\" a second time");
}

}  // namespace
}  // namespace ringside
