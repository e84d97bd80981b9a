#include "lessons/glossary.h"

#include <algorithm>
#include <set>

#include "lessons/lesson.h"
#include "lessons/yaml.h"

namespace ringside {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool wordByte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
bool smallLetters(std::string_view word) {
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Whether `word` stands at `at`: whole, where its ends are letters.
bool standsAt(std::string_view text, std::size_t at, std::string_view word) {
    if (text.size() - at < word.size()) return false;
    const bool exact = std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (exact ? text[at + i] != word[i] : lower(text[at + i]) != lower(word[i])) return false;
    }
    const std::size_t end = at + word.size();
    const bool begins = !wordByte(word.front()) || at == 0 || !wordByte(text[at - 1]);
    const bool ends = !wordByte(word.back()) || end == text.size() || !wordByte(text[end]);
    return begins && ends;
}

std::vector<std::string> textList(const YamlView& v) {
    std::vector<std::string> all;
    for (const YamlView& x : v.list()) {
        all.push_back(x.text());
        if (all.back().empty()) x.fail("a word", "nothing");
    }
    return all;
}

GlossaryEntry readEntry(const YamlView& v) {
    v.keys({"id", "code", "en", "zh_CN", "see"});
    GlossaryEntry entry;
    entry.place = v.place();
    entry.id = v.need("id").text();
    if (const auto code = v.find("code")) entry.code = textList(*code);
    for (const std::string_view language : kLanguages) {
        const YamlView text = v.need(language);
        text.keys({"words", "says"});
        GlossaryWords words;
        if (const auto list = text.find("words")) words.words = textList(*list);
        words.says = text.need("says").text();
        if (words.says.empty()) text.fail("a sentence", "nothing");
        if (words.words.empty() && entry.code.empty()) text.fail("a word, or code that both languages use", "neither");
        entry.text.emplace(language, std::move(words));
    }
    if (const auto see = v.find("see")) entry.see = textList(*see);
    return entry;
}

std::vector<GlossaryEntry> readAll(const YamlView& v) {
    std::vector<GlossaryEntry> all;
    std::set<std::string> ids;
    std::set<std::pair<std::string, std::string>> words;  // language, word
    for (const YamlView& e : v.list()) {
        all.push_back(readEntry(e));
        const GlossaryEntry& entry = all.back();
        if (!ids.insert(entry.id).second) e.fail("an id of its own", "\"" + entry.id + "\" a second time");
        const auto once = [&](const std::string& language, const std::string& word) {
            if (!words.insert({language, word}).second) e.fail("a word of its own", "\"" + word + "\" a second time");
        };
        for (const std::string& code : entry.code) once("", code);
        for (const auto& [language, text] : entry.text) {
            for (const std::string& word : text.words) once(language, word);
        }
    }
    for (const GlossaryEntry& entry : all) {
        for (const std::string& id : entry.see) {
            if (!ids.contains(id)) throw YamlFailure{{entry.place, "an entry to see", "\"" + id + "\""}};
        }
    }
    return all;
}

}  // namespace

const GlossaryWords& GlossaryEntry::in(std::string_view language) const {
    static const GlossaryWords none;
    auto it = text.find(std::string(language));
    if (it == text.end()) it = text.find("en");
    return it == text.end() ? none : it->second;
}

const std::string& GlossaryEntry::title(std::string_view language) const {
    const GlossaryWords& words = in(language);
    if (!words.words.empty()) return words.words.front();
    return code.empty() ? id : code.front();
}

Result<Glossary> Glossary::parse(const std::string& yaml, const std::string& file) {
    Result<YamlView> document = parseYaml(yaml, file);
    if (!document) return document.error();
    Result<std::vector<GlossaryEntry>> entries = loading(file, [&] { return readAll(*document); });
    if (!entries) return entries.error();
    Glossary glossary;
    glossary.m_entries = std::move(*entries);
    return glossary;
}

Result<Glossary> Glossary::load(const std::filesystem::path& file) {
    Result<std::string> yaml = readTextFile(file);
    if (!yaml) return yaml.error();
    return parse(*yaml, file.string());
}

const GlossaryEntry* Glossary::find(std::string_view id) const {
    const auto it =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const GlossaryEntry& e) { return e.id == id; });
    return it == m_entries.end() ? nullptr : &*it;
}

std::string codeName(std::string_view code) {
    std::string_view name = code.substr(0, code.find('('));
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    return std::string(name);
}

const GlossaryEntry* Glossary::ofCode(std::string_view code) const {
    const auto holds = [](const std::vector<std::string>& words, std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    const std::string name = codeName(code);
    // of "skb->len" the field, where the whole has no entry
    const std::size_t arrow = name.rfind("->");
    const std::string field = arrow == std::string::npos ? name : name.substr(arrow + 2);
    for (const std::string& wanted : {name, field}) {
        for (const GlossaryEntry& entry : m_entries) {
            if (holds(entry.code, wanted) || holds(entry.in("en").words, wanted)) return &entry;
        }
    }
    return nullptr;
}

std::vector<GlossaryMark> Glossary::marks(std::string_view text, std::string_view language) const {
    std::vector<GlossaryMark> found;
    for (std::size_t at = 0; at < text.size();) {
        GlossaryMark best;
        const auto look = [&](const GlossaryEntry& entry, const std::string& word) {
            if (word.size() > best.length && standsAt(text, at, word)) best = {at, word.size(), &entry};
        };
        for (const GlossaryEntry& entry : m_entries) {
            for (const std::string& word : entry.in(language).words) look(entry, word);
            for (const std::string& word : entry.code) {
                if (!smallLetters(word)) look(entry, word);
            }
        }
        if (best.entry) {
            found.push_back(best);
            at += best.length;
        } else {
            ++at;
        }
    }
    return found;
}

std::filesystem::path glossaryFile(const std::filesystem::path& catalog) { return catalog / "glossary.yaml"; }

}  // namespace ringside
