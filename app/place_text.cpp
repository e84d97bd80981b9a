#include "app/place_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace ringside {

std::optional<TypedPlace> typedPlace(const QString& text) {
    QString typed = text.trimmed();
    if (typed.startsWith(QStringLiteral("ringside "))) typed = typed.mid(9).trimmed();
    bool number = false;
    const qulonglong position = typed.toULongLong(&number);
    if (number) return PositionPlace{position};
    const QString word = QCoreApplication::translate("PlaceText", "packet");
    static const QString pattern = QStringLiteral("^(?:packet|p|%1)\\s*#?(\\d+)$");
    const auto packet =
        QRegularExpression(pattern.arg(QRegularExpression::escape(word)), QRegularExpression::CaseInsensitiveOption)
            .match(typed);
    if (packet.hasMatch()) {
        const uint n = packet.captured(1).toUInt(&number);
        return number && n > 0 ? std::optional<TypedPlace>(PacketPlace{n}) : std::nullopt;
    }
    static const QRegularExpression address(QStringLiteral("^((?:\\w[A-Za-z0-9_-]*)?)(?:#([A-Za-z0-9_-]+))?$"));
    const auto step = address.match(typed);
    if (typed.isEmpty() || !step.hasMatch()) return std::nullopt;
    return StepPlace{step.captured(1).toStdString(), step.captured(2).toStdString()};
}

}  // namespace ringside
