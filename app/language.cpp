#include "app/language.h"

#include <cstdlib>

#include "app/open_input.h"

namespace ringside {

std::string languageOf(const std::string& asked) {
    if (!asked.empty()) return asked;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).starts_with("zh") ? "zh_CN" : "en";
    }
    return "en";
}

Result<KernelText> kernelText(const std::string& asked) {
    return KernelText::load((dataFolder() / "assets" / "translations").string(), languageOf(asked));
}

}  // namespace ringside
