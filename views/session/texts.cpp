#include "views/session/texts.h"

#include <QRegularExpression>

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
    const QString expected = text(error.expected);
    const QString instead = error.expected == "a YAML value"
                                ? tr("something that is none (yaml-cpp: “%1”)").arg(QString::fromStdString(error.found))
                                : found(error.found);
    QString what = instead;
    if (!error.expected.empty()) {
        what =
            error.found.empty() ? tr("expected %1").arg(expected) : tr("expected %1, found %2").arg(expected, instead);
    }
    return error.place.empty() ? what : tr("%1: %2").arg(QString::fromStdString(error.place), what);
}

/// What a capture's reader found in place of one has a part of the file in it, and what libpcap said.
QString Texts::found(const std::string& what) const {
    static const QRegularExpression begins(QStringLiteral("^text that begins \"(.*)\" \\(libpcap: .*\\)$"));
    static const QRegularExpression bytes(QStringLiteral("^bytes ([0-9a-f ]*) \\(libpcap: .*\\)$"));
    const QString said = QString::fromStdString(what);
    if (const auto match = begins.match(said); match.hasMatch())
        return tr("text that begins with “%1”").arg(match.captured(1));
    if (const auto match = bytes.match(said); match.hasMatch()) return tr("the bytes %1").arg(match.captured(1));
    constexpr std::string_view kSystem = "an error: ";
    if (what.starts_with(kSystem))
        return tr("an error of the system (“%1”)").arg(QString::fromStdString(what.substr(kSystem.size())));
    return text(what);
}

QString Texts::damage(const std::string& reason) const {
    const QString known = text(reason);
    const QString said = QString::fromStdString(reason);
    // what is translated is ours
    if (m_language != "en" && known != said) return known;
    if (said.startsWith(QLatin1String("truncated dump file"))) return tr("the file is cut off there");
    return tr("the file cannot be read on there (“%1”)").arg(said);
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
