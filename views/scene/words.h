#pragma once
// The engine's own texts (what a function does, what a field means) are English; this puts them into the reader's
// language.

#include <QString>
#include <functional>
#include <string_view>

namespace ringside {

/// A text of the engine as it is.
inline QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// English text of the engine to the reader's; an empty function leaves it as it is.
using Words = std::function<QString(std::string_view)>;

inline QString inWords(const Words& words, std::string_view english) {
    return words ? words(english) : fromView(english);
}

}  // namespace ringside
