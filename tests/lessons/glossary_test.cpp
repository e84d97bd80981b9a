// The glossary: complete in both languages, and nothing in the lessons' texts that it leaves unexplained.

#include "lessons/glossary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "lessons/catalog.h"
#include "lessons/checker.h"
#include "lessons/expression.h"
#include "tests/support/paths.h"

namespace ringside {
namespace {

constexpr const char* kTwo = R"(- id: ring
  en: {words: [ring, rings], says: "Descriptors used in turn."}
  zh_CN: {words: [环形缓冲区, 环], says: 循环使用的描述符。}
  see: [places]
- id: places
  code: [data, sk_rmem_alloc, "napi->rx_list"]
  en: {words: [RDH, receive ring], says: "Places."}
  zh_CN: {says: 位置。}
)";

Glossary two() {
    Result<Glossary> glossary = Glossary::parse(kTwo, "g.yaml");
    EXPECT_TRUE(glossary.ok()) << glossary.error().message();
    return std::move(*glossary);
}

std::string marked(const Glossary& glossary, std::string_view text, std::string_view language) {
    std::string out;
    std::size_t from = 0;
    for (const GlossaryMark& mark : glossary.marks(text, language)) {
        out += std::string(text.substr(from, mark.from - from)) + "[" +
               std::string(text.substr(mark.from, mark.length)) + "]";
        from = mark.from + mark.length;
    }
    return out + std::string(text.substr(from));
}

TEST(Glossary, WholeWordsAreMarkedAndTheLongestWins) {
    const Glossary glossary = two();
    EXPECT_EQ(marked(glossary, "A ring, the Rings, a spring, ringing.", "en"),
              "A [ring], the [Rings], a spring, ringing.");
    EXPECT_EQ(marked(glossary, "the receive ring", "en"), "the [receive ring]");
    EXPECT_EQ(marked(glossary, "RDH but not rdh or RDHX", "en"), "[RDH] but not rdh or RDHX") << "capitals are exact";
    EXPECT_EQ(marked(glossary, "data of sk_rmem_alloc", "en"), "data of [sk_rmem_alloc]")
        << "code of small letters alone is a word of the language too";
    EXPECT_EQ(marked(glossary, "这个环形缓冲区是环。", "zh_CN"), "这个[环形缓冲区]是[环]。");
    EXPECT_EQ(marked(glossary, "", "en"), "");
}

TEST(Glossary, CodeIsFoundByWhatItNames) {
    const Glossary glossary = two();
    ASSERT_NE(glossary.ofCode("data"), nullptr);
    EXPECT_EQ(glossary.ofCode("data")->id, "places");
    EXPECT_EQ(glossary.ofCode("skb->data"), glossary.ofCode("data"));
    EXPECT_EQ(glossary.ofCode("napi->rx_list"), glossary.ofCode("data"));
    EXPECT_EQ(glossary.ofCode("ring"), glossary.find("ring"));
    EXPECT_EQ(glossary.ofCode("dat"), nullptr);
    EXPECT_EQ(codeName("skb_put(skb, 100)"), "skb_put");
    EXPECT_EQ(codeName("ip_rcv()"), "ip_rcv");
    EXPECT_EQ(glossary.find("places")->title("zh_CN"), "data") << "an entry without words is called by its code";
    EXPECT_EQ(glossary.find("ring")->title("zh_CN"), "环形缓冲区");
}

TEST(Glossary, WhatIsIncompleteIsRefused) {
    const auto refused = [](const std::string& from, const std::string& to) {
        std::string yaml = kTwo;
        const std::size_t at = yaml.find(from);
        EXPECT_NE(at, std::string::npos);
        const Result<Glossary> glossary = Glossary::parse(yaml.replace(at, from.size(), to), "g.yaml");
        return glossary ? std::string("accepted") : glossary.error().message();
    };
    EXPECT_EQ(refused("see: [places]", "see: [place]"), "g.yaml:1:3: expected an entry to see, found \"place\"");
    EXPECT_EQ(refused("id: places", "id: ring"), "g.yaml:5:3: expected an id of its own, found \"ring\" a second time");
    EXPECT_EQ(refused("[RDH,", "[ring,"), "g.yaml:5:3: expected a word of its own, found \"ring\" a second time");
    EXPECT_EQ(refused("says: 位置。", "says: \"\""), "g.yaml:8:10: expected a sentence, found nothing");
    EXPECT_EQ(refused("words: [环形缓冲区, 环], ", ""),
              "g.yaml:3:10: expected a word, or code that both languages use, found neither");
    EXPECT_NE(refused("  zh_CN: {says: 位置。}\n", "").find("zh_CN"), std::string::npos);
}

TEST(Glossary, CheckReadsItWithTheCatalog) {
    const CheckReport report = checkPath(sourceDir() + "/lessons/catalog");
    for (const Problem& p : report.problems) ADD_FAILURE() << p.error.message();
    EXPECT_EQ(report.scenarios, 0U) << "it is no scenario";
}

// ---- the lessons' texts ----

/// All texts of a lesson that a learner reads.
std::vector<std::string> textsOf(const LessonText& text) {
    std::vector<std::string> all{text.intro, text.end};
    for (const auto& [id, step] : text.steps) {
        all.insert(all.end(), {step.title, step.body});
        for (const auto& [question, words] : step.questions) {
            all.push_back(words.prompt);
            for (const auto& [choice, reply] : words.replies) all.insert(all.end(), {reply.label, reply.reply});
        }
    }
    for (const auto& [id, exercise] : text.exercises) {
        all.insert(all.end(), {exercise.title, exercise.body});
        all.insert(all.end(), exercise.hints.begin(), exercise.hints.end());
        for (const auto& [label, words] : exercise.labels) all.insert(all.end(), {words.label, words.reply});
    }
    for (const auto& [id, note] : text.simplified) all.insert(all.end(), {note.label, note.reply});
    return all;
}

/// A text without its inserts, taken apart into code and the rest.
void takeApart(const std::string& text, std::vector<std::string>& code, std::string& plain) {
    std::string bare;
    std::size_t from = 0;
    const auto inserts = insertsOf(text, "text");
    ASSERT_TRUE(inserts.ok());
    for (const auto& [source, at] : *inserts) {
        bare += text.substr(from, at - from);
        from = at + source.size() + 4;
    }
    bare += text.substr(from);
    for (std::size_t at = 0; at < bare.size();) {
        const std::size_t open = bare.find('`', at),
                          close = open == std::string::npos ? open : bare.find('`', open + 1);
        plain += bare.substr(at, open == std::string::npos ? open : open - at) + " ";
        if (close == std::string::npos) break;
        code.push_back(bare.substr(open + 1, close - open - 1));
        at = close + 1;
    }
}

/// Words of two capitals or more ("NET_RX").
std::set<std::string> capitalWords(const std::string& plain) {
    std::set<std::string> words;
    std::string word;
    for (std::size_t i = 0; i <= plain.size(); ++i) {
        const char c = i < plain.size() ? plain[i] : ' ';
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
            word += c;
            continue;
        }
        const bool capitals = word.size() >= 2 && std::all_of(word.begin(), word.end(), [](char x) {
                                  return std::isupper(static_cast<unsigned char>(x)) || x == '_';
                              });
        if (capitals) words.insert(word);
        word.clear();
    }
    return words;
}

TEST(Glossary, NothingInTheLessonsIsUnexplained) {
    const Result<Glossary> glossary = Glossary::load(glossaryFile(catalogFolder(sourceDir())));
    ASSERT_TRUE(glossary.ok()) << glossary.error().message();
    const std::set<std::string> known{"CPU", "NULL"};  // of somebody who knows C
    std::size_t seen = 0;
    for (const LessonInfo& info : readCatalog(catalogFolder(sourceDir())).lessons) {
        const Result<Lesson> lesson = loadLesson(info.folder);
        ASSERT_TRUE(lesson.ok());
        std::set<std::string> named;
        const Result<Start> start = lesson->scenario.start();
        ASSERT_TRUE(start.ok());
        for (const FunctionInfo& f : start->inputs->functions) named.emplace(f.name);
        for (const TaskSpec& task : lesson->scenario.scenario.tasks) named.insert(task.name);
        for (const auto& [language, text] : lesson->texts) {
            for (const std::string& part : textsOf(text)) {
                std::vector<std::string> code;
                std::string plain;
                takeApart(part, code, plain);
                for (const std::string& c : code) {
                    const std::string name = codeName(c);
                    const bool explained = name.empty() || named.contains(name) || glossary->ofCode(c) != nullptr;
                    EXPECT_TRUE(explained) << lesson->id << " " << language << ": `" << c << "` has no entry";
                    ++seen;
                }
                for (const std::string& word : capitalWords(plain)) {
                    if (known.contains(word) || named.contains(word)) continue;
                    EXPECT_FALSE(glossary->marks(word, language).empty())
                        << lesson->id << " " << language << ": " << word << " has no entry";
                }
            }
        }
    }
    EXPECT_GT(seen, 100U) << "the comparison looks at something";
}

/// An entry that no text marks and no other entry names is never read.
TEST(Glossary, EveryEntryIsUsedByALesson) {
    const Result<Glossary> glossary = Glossary::load(glossaryFile(catalogFolder(sourceDir())));
    ASSERT_TRUE(glossary.ok());
    for (const std::string language : {"en", "zh_CN"}) {
        std::set<const GlossaryEntry*> used;
        for (const LessonInfo& info : readCatalog(catalogFolder(sourceDir())).lessons) {
            const Result<Lesson> lesson = loadLesson(info.folder);
            ASSERT_TRUE(lesson.ok());
            for (const std::string& part : textsOf(lesson->text(language))) {
                std::vector<std::string> code;
                std::string plain;
                takeApart(part, code, plain);
                for (const GlossaryMark& mark : glossary->marks(plain, language)) used.insert(mark.entry);
                for (const std::string& c : code) used.insert(glossary->ofCode(c));
            }
        }
        for (const GlossaryEntry& entry : glossary->entries()) {
            const bool seen = used.contains(&entry) ||
                              std::any_of(glossary->entries().begin(), glossary->entries().end(), [&](const auto& e) {
                                  return std::find(e.see.begin(), e.see.end(), entry.id) != e.see.end();
                              });
            EXPECT_TRUE(seen) << language << ": nothing leads to " << entry.id;
        }
    }
}

}  // namespace
}  // namespace ringside
