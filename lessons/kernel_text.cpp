#include "lessons/kernel_text.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "lessons/engine_texts.h"

namespace ringside {
namespace {

/// The tables of a folder, in order of their names.
std::vector<std::string> tablesIn(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
        if (entry.path().extension() == ".tsv") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

using Rows = std::map<std::string, std::string, std::less<>>;

std::optional<Error> readTable(const std::string& path, Rows& rows) {
    std::ifstream in(path);
    if (!in) return Error{path, "a table of translations", "no file that can be read"};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.front() == '#') continue;
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos || tab == 0 || tab + 1 == line.size() ||
            line.find('\t', tab + 1) != std::string::npos) {
            return Error{path + ":" + std::to_string(number), "a key, a tab, the translation", "\"" + line + "\""};
        }
        if (!rows.emplace(line.substr(0, tab), line.substr(tab + 1)).second) {
            return Error{path + ":" + std::to_string(number), "each key once",
                         "\"" + line.substr(0, tab) + "\" a second time"};
        }
    }
    return std::nullopt;
}

}  // namespace

Result<KernelText> KernelText::load(const std::string& folder, const std::string& language) {
    KernelText text;
    if (language == "en") return text;
    const std::string tables = folder + "/" + language;
    const std::vector<std::string> files = tablesIn(tables);
    if (files.empty()) return Error{tables, "tables of translations", "no file that can be read"};
    for (const std::string& file : files) {
        if (std::optional<Error> error = readTable(file, text.m_keys)) return *error;
    }
    Rows named;
    for (const EngineText& one : engineTexts()) {
        if (const std::string* translation = text.find(one.key)) {
            text.m_english.emplace(one.english, *translation);
            named.emplace(one.key, *translation);
        }
    }
    for (const auto& [key, translation] : text.m_keys) {
        if (!named.contains(key)) text.m_english.emplace(key, translation);
    }
    return text;
}

std::string_view KernelText::operator()(std::string_view english) const {
    const auto found = m_english.find(english);
    return found == m_english.end() ? english : std::string_view(found->second);
}

std::string_view KernelText::stage(const FunctionInfo& function, std::size_t stage) const {
    if (stage < function.members.size()) {
        std::string key = function.name;
        key += '.';
        key += function.members[stage];
        if (const std::string* translation = find(key)) return *translation;
    }
    return (*this)(function.stages[stage].name);
}

const std::string* KernelText::find(std::string_view key) const {
    const auto found = m_keys.find(key);
    return found == m_keys.end() ? nullptr : &found->second;
}

}  // namespace ringside
