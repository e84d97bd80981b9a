#include "views/session/texts.h"

namespace ringside {

Texts::Texts(std::filesystem::path data, QObject* parent) : QObject(parent), m_data(std::move(data)) {}

std::optional<Error> Texts::setLanguage(const QString& language) {
    std::optional<Error> failed;
    m_language = language.toStdString();
    m_words = KernelText();
    if (m_language != "en") {
        Result<KernelText> words = KernelText::load((m_data / "assets" / "translations").string(), m_language);
        if (words)
            m_words = std::move(*words);
        else
            failed = words.error();
    }
    emit languageChanged();
    return failed;
}

QString Texts::text(std::string_view english) const {
    const std::string_view words = m_words(english);
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QString Texts::text(const Error& error) const {
    const QString expected = text(error.expected), found = text(error.found);
    QString what = found;
    if (!error.expected.empty()) {
        what = error.found.empty() ? tr("expected %1").arg(expected) : tr("expected %1, found %2").arg(expected, found);
    }
    return error.place.empty() ? what : tr("%1: %2").arg(QString::fromStdString(error.place), what);
}

QString Texts::text(const PacketNote& note) const {
    QString said = text(noteTemplate(note.kind));
    // not every note has both arguments, and QString::arg() wants each of its own to have a place
    for (const int n : {1, 2}) {
        const QString place = QStringLiteral("%%1").arg(n);
        if (said.contains(place)) said.replace(place, text(noteArgument(note, n)));
    }
    return said;
}

QString Texts::stage(const Inputs& inputs, const Event& event) const {
    if (event.function >= inputs.functions.size() || event.kind == EventKind::enter) return {};
    const FunctionInfo& info = inputs.function(event.function);
    if (event.stage >= info.stages.size()) return {};
    const std::string_view words = m_words.stage(info, event.stage);
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

}  // namespace ringside
