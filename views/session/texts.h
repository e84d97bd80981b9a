#pragma once
// The words of engine and lessons in the learner's language.

#include <QObject>
#include <QString>
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/capture/decode.h"
#include "engine/core/event.h"
#include "engine/core/result.h"
#include "engine/world/inputs.h"
#include "lessons/kernel_text.h"

namespace ringside {

class Texts : public QObject {
    Q_OBJECT
  public:
    /// `data` is the folder with assets/.
    explicit Texts(std::filesystem::path data, QObject* parent = nullptr);

    /// "en" or "zh_CN". What cannot be read leaves English; the error tells why.
    std::optional<Error> setLanguage(const QString& language);
    [[nodiscard]] std::string language() const { return m_language; }
    /// A text of the engine in the learner's language.
    [[nodiscard]] QString text(std::string_view english) const;
    /// What is wrong: "place: expected X, found Y".
    [[nodiscard]] QString text(const Error& error) const;
    [[nodiscard]] QString text(const PacketNote& note) const;
    /// Why a capture ends early: what a library says of it stands in a sentence of ours.
    [[nodiscard]] QString damage(const std::string& reason) const;
    /// What an event does, in the learner's language; empty for an entry.
    [[nodiscard]] QString stage(const Inputs& inputs, const Event& event) const;

  signals:
    void languageChanged();

  private:
    [[nodiscard]] QString found(const std::string& what) const;

    std::filesystem::path m_data;
    std::string m_language = "en";
    KernelText m_words;
};

}  // namespace ringside
