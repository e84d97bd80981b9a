// The engine's texts in Simplified Chinese: nothing is missing, nothing is left over, and it is written as Chinese is.
// What counts as a text: names of stages and docs of functions (the function table), docs of every field of the World
// and of every function's locals, docs of header fields, notes of a capture, what is said of a wrong input that a
// window can be given, and the few words of the model's own that stand as values. Also what KernelText::load() says of
// a table it cannot use.

#include "lessons/kernel_text.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <vector>

#include "engine/capture/decode.h"
#include "engine/core/fields_visitors.h"
#include "engine/linux/table.h"
#include "engine/protocol/layout.h"
#include "engine/world/world.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

const std::filesystem::path kSource = sourceDir();
const std::filesystem::path kTranslations = kSource / "assets" / "translations";

/// English texts, each with a place where it is said.
using Texts = std::map<std::string, std::string, std::less<>>;

void note(Texts& texts, std::string_view english, const std::string& place) {
    if (std::any_of(english.begin(), english.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)); }))
        texts.emplace(english, place);
}

// What a container holds, so that the docs of its elements are found where it is empty.
template <class T>
struct Held {
    using type = void;
};
template <class T>
struct Held<Cow<T>> {
    using type = T;
};
template <class T>
struct Held<std::vector<T>> {
    using type = T;
};
template <class T, class I, std::size_t N>
struct Held<Pool<T, I, N>> {
    using type = T;
};

/// Collects the docs of a type's fields, and of theirs.
class DocVisitor {
  public:
    DocVisitor(Texts& texts, std::string place) : m_texts(texts), m_place(std::move(place)) {}
    template <class T>
    void operator()(std::string_view name, const T& value, Unit = Unit::none, std::string_view doc = {}) {
        const std::string place = m_place + "." + std::string(name);
        note(m_texts, doc, place);
        if constexpr (std::is_default_constructible_v<T>) {
            inside<T>(m_texts, place);
        } else {
            DocVisitor inner(m_texts, place);  // a view of several structs
            T::describe(inner, value);
        }
    }
    template <class T>
    void hidden(std::string_view, const T&) {}

  private:
    template <class T>
    static void inside(Texts& texts, const std::string& place) {
        if constexpr (Described<T>) {
            DocVisitor inner(texts, place);
            const T empty{};
            T::describe(inner, empty);
        } else if constexpr (!std::is_void_v<typename Held<T>::type>) {
            inside<typename Held<T>::type>(texts, place);
        }
    }
    Texts& m_texts;
    std::string m_place;
};

void noteValues(Texts& texts, const Value& value, const std::string& place) {
    note(texts, value.doc, place + "." + value.name);
    for (const Value& child : value.children) noteValues(texts, child, place);
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
void noteErrors(Texts& texts, const std::string& source) {
    static const std::regex literal(R"re((?:[,={(?:]\s*|return )"([a-z0-9][^"\\]* [^"\\]*[^ "\\])"(?=\s*[,};)]))re");
    const std::string text = literalsJoined(kSource / source);
    for (std::sregex_iterator it(text.begin(), text.end(), literal), end; it != end; ++it)
        if ((*it)[1].str().find('%') == std::string::npos) note(texts, (*it)[1].str(), source);
}

/// Docs of every field of every header, options included.
void noteHeaders(Texts& texts) {
    for (int i = 1; i <= static_cast<int>(HeaderKind::icmpv6); ++i) {
        const auto kind = static_cast<HeaderKind>(i);
        // the longest header of each kind; ARP's address lengths are those of Ethernet and IPv4
        std::vector<std::uint8_t> bytes(2048, kind == HeaderKind::arp ? 0 : 0xff);
        if (kind == HeaderKind::arp) bytes[4] = 6, bytes[5] = 4;
        for (const LayoutField& field : headerLayout(kind, bytes, 0).fields)
            note(texts, field.doc, std::string(headerName(kind)) + "." + std::string(field.name));
    }
}

Texts stageTexts() {
    Texts texts;
    for (const FunctionInfo& f : linux61Table()) {
        for (const StageInfo& stage : f.stages) note(texts, stage.name, f.name);
    }
    return texts;
}

Texts engineTexts() {
    Texts texts = stageTexts();
    for (const FunctionInfo& f : linux61Table()) {
        note(texts, f.doc, f.name);
        if (std::string_view(f.source).find('/') == std::string_view::npos)
            note(texts, f.source, std::string("source of ") + f.name);
        if (f.locals == nullptr) continue;
        Value locals;
        f.locals({}, locals);
        noteValues(texts, locals, f.name);
    }
    DocVisitor world(texts, "world");
    const auto empty = World();
    World::describe(world, empty);
    noteNames(texts, Context::hardware, "Context");
    noteNames(texts, EventKind::hardware, "EventKind");
    noteNames(texts, Fate::undecided, "Fate");
    noteNames(texts, DmaState::write_back, "DmaState");
    noteNames(texts, SkbOwner::lab, "SkbOwner");
    noteHeaders(texts);
    for (int i = 0; i <= static_cast<int>(NoteKind::checksumLeftOut); ++i)
        note(texts, noteTemplate(static_cast<NoteKind>(i)), "NoteKind");
    for (const std::uint32_t more : {0U, 1U}) note(texts, noteArgument({NoteKind::fragment, 0, more}, 2), "fragment");
    for (const char* source : {"engine/capture/capture.cpp", "engine/capture/packet_reader.cpp",
                               "engine/capture/replay.cpp", "engine/history/intervention.cpp", "lessons/grading.cpp",
                               "lessons/player.cpp", "views/inspector/inspected.cpp"})
        noteErrors(texts, source);
    return texts;
}

struct Row {
    std::string section, english, chinese;
    int line = 0;
};

std::vector<Row> tableRows() {
    std::ifstream in(kTranslations / "kernel_zh_CN.tsv");
    std::vector<Row> rows;
    std::string section, line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.rfind("# ", 0) == 0 && line.find(' ', 2) == std::string::npos) section = line.substr(2);
        const std::size_t tab = line.find('\t');
        if (!line.empty() && line.front() != '#' && tab != std::string::npos) {
            rows.push_back({section, line.substr(0, tab), line.substr(tab + 1), number});
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
    const Texts texts = engineTexts();
    // The collecting finds each kind: a stage, a function, a field in an empty container, a local, a word.
    for (const char* known : {"poll the next device", "Polls one device.", "references to this sk_buff",
                              "packets it may still take", "delivered", "protocol address of the target", "the last",
                              "a gzip file; unpack it first (gunzip)", "a living sk_buff"}) {
        EXPECT_TRUE(texts.contains(known)) << known;
    }
    for (const auto& [english, place] : texts)
        EXPECT_TRUE(text->knows(english))
            << place << ": \"" << english
            << "\" has no translation (a row of kernel_zh_CN.tsv under the file that says it)";
}

TEST(KernelTextTable, HasNothingTheEngineDoesNotSay) {
    const Texts texts = engineTexts();
    for (const Row& row : tableRows())
        EXPECT_TRUE(texts.contains(row.english))
            << "line " << row.line << ": \"" << row.english << "\" is said nowhere";
}

TEST(KernelTextTable, IsWrittenAsChineseIs) {
    const Texts stages = stageTexts();
    for (const Row& row : tableRows()) {
        EXPECT_EQ(badWriting(row.english, row.chinese), "") << "line " << row.line << ": " << row.chinese;
        EXPECT_FALSE(stages.contains(row.english) && row.chinese.ends_with("。"))
            << "line " << row.line << ": a stage with a full stop";
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

TEST(KernelTextTable, StandsUnderTheFilesThatSayIt) {
    std::string section, source;
    for (const Row& row : tableRows()) {
        if (row.section != section) {
            EXPECT_LT(section, row.section) << "line " << row.line << ": the files are in order";
            section = row.section;
            source = literalsJoined(kSource / section);
            ASSERT_FALSE(source.empty()) << "line " << row.line << ": there is no " << section;
        }
        EXPECT_NE(source.find('"' + row.english + '"'), std::string::npos)
            << "line " << row.line << ": " << section << " does not say \"" << row.english << '"';
    }
}

/// A folder of its own for each test, with the table it writes.
class KernelTextLoad : public testing::Test {
  protected:
    void SetUp() override {
        m_folder =
            std::filesystem::temp_directory_path() /
            (std::string("ringside_kernel_text_") + testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(m_folder);
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }
    void write(std::string_view text) const { std::ofstream(m_folder / "kernel_zh_CN.tsv") << text; }
    [[nodiscard]] Result<KernelText> load() const { return KernelText::load(m_folder.string(), "zh_CN"); }
    [[nodiscard]] std::string table() const { return m_folder.string() + "/kernel_zh_CN.tsv"; }
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
    EXPECT_EQ(message(), table() + ": expected a table of translations, found no file that can be read");
}

TEST_F(KernelTextLoad, SaysWhichLineHasNoTab) {
    write("# engine/a.cpp\nqueued\t已排队\nPolls one device.\n");
    EXPECT_EQ(message(), table() + ":3: expected English, a tab, the translation, found \"Polls one device.\"");
}

TEST_F(KernelTextLoad, SaysWhichLineHasNoEnglish) {
    write("\t已排队\n");
    EXPECT_EQ(message(), table() + ":1: expected English, a tab, the translation, found \"\t已排队\"");
}

TEST_F(KernelTextLoad, SaysWhichLineHasNoTranslation) {
    write("queued\t\n");
    EXPECT_EQ(message(), table() + ":1: expected English, a tab, the translation, found \"queued\t\"");
}

TEST_F(KernelTextLoad, SaysWhichLineHasASecondTab) {
    write("queued\t已排队\t排队\n");
    EXPECT_EQ(message(), table() + ":1: expected English, a tab, the translation, found \"queued\t已排队\t排队\"");
}

TEST_F(KernelTextLoad, SaysWhichTextIsThereTwice) {
    write("queued\t已排队\n\nqueued\t排队\n");
    EXPECT_EQ(message(), table() + ":3: expected each text once, found \"queued\" a second time");
}

}  // namespace
}  // namespace ringside
