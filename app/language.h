#pragma once
// The language the commands speak: what --lang says, else what the environment asks for.

#include <string>

#include "engine/core/result.h"
#include "lessons/kernel_text.h"

namespace ringside {

/// "en" or "zh_CN": `asked` where it is not empty, else the first of LC_ALL, LC_MESSAGES and LANG that is set, as
/// setlocale() looks at them.
std::string languageOf(const std::string& asked);

/// The engine's texts in the language of languageOf(asked).
Result<KernelText> kernelText(const std::string& asked);

}  // namespace ringside
