#include "lessons/kernel_text.h"

#include <fstream>

namespace ringside {

Result<KernelText> KernelText::load(const std::string& folder, const std::string& language) {
    KernelText text;
    if (language == "en") return text;
    const std::string path = folder + "/kernel_" + language + ".tsv";
    std::ifstream in(path);
    if (!in) return Error{path, "a table of translations", "no file that can be read"};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line.front() == '#') continue;
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos || tab == 0 || tab + 1 == line.size() ||
            line.find('\t', tab + 1) != std::string::npos) {
            return Error{path + ":" + std::to_string(number), "English, a tab, the translation", "\"" + line + "\""};
        }
        if (!text.m_pairs.emplace(line.substr(0, tab), line.substr(tab + 1)).second) {
            return Error{path + ":" + std::to_string(number), "each text once",
                         "\"" + line.substr(0, tab) + "\" a second time"};
        }
    }
    return text;
}

std::string_view KernelText::operator()(std::string_view english) const {
    const auto found = m_pairs.find(english);
    return found == m_pairs.end() ? english : std::string_view(found->second);
}

}  // namespace ringside
