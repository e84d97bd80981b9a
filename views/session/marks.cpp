#include "views/session/marks.h"

#include <QJsonArray>

namespace ringside {
namespace {

QJsonObject placeJson(const MarkedPlace& place) {
    QJsonObject object{{QStringLiteral("position"), static_cast<qint64>(place.position)}};
    if (place.branch) object.insert(QLatin1String("branch"), static_cast<qint64>(place.branch));
    return object;
}

std::optional<MarkedPlace> placeFrom(const QJsonValue& value) {
    const qint64 position = value[QLatin1String("position")].toInteger(-1);
    const qint64 branch = value[QLatin1String("branch")].toInteger(0);
    if (position < 0 || branch < 0 || branch > 0x7fffffff) return std::nullopt;
    return MarkedPlace{static_cast<Position>(position), static_cast<BranchId>(branch)};
}

}  // namespace

Marks Marks::fromJson(const QJsonObject& content) {
    Marks marks;
    for (const auto& value : content.value(QLatin1String("breakpoints")).toArray()) {
        const QString text = value[QLatin1String("text")].toString().trimmed();
        if (!text.isEmpty() && marks.breakpoints.size() < kMostMarks)
            marks.breakpoints.push_back({text, value[QLatin1String("on")].toBool(true)});
    }
    for (const auto& value : content.value(QLatin1String("watched")).toArray()) {
        const QString text = value.toString().trimmed();
        if (!text.isEmpty() && marks.watched.size() < kMostMarks) marks.watched.push_back(text);
    }
    const QJsonArray markers = content.value(QLatin1String("markers")).toArray();
    for (qsizetype i = 0; i < 2 && i < markers.size(); ++i)
        marks.markers[static_cast<std::size_t>(i)] = placeFrom(markers[i]);
    for (const auto& value : content.value(QLatin1String("bookmarks")).toArray()) {
        const auto place = placeFrom(value);
        if (place && marks.bookmarks.size() < kMostMarks)
            marks.bookmarks.push_back({*place, value[QLatin1String("name")].toString()});
    }
    return marks;
}

QJsonObject Marks::toJson() const {
    QJsonArray stops, expressions, ab, named;
    for (const Breakpoint& one : breakpoints)
        stops.append(QJsonObject{{QStringLiteral("text"), one.text}, {QStringLiteral("on"), one.on}});
    for (const QString& one : watched) expressions.append(one);
    for (const auto& one : markers) ab.append(one ? QJsonValue(placeJson(*one)) : QJsonValue());
    for (const Bookmark& one : bookmarks) {
        QJsonObject object = placeJson(one.place);
        object.insert(QLatin1String("name"), one.name);
        named.append(object);
    }
    return {{QStringLiteral("breakpoints"), stops},
            {QStringLiteral("watched"), expressions},
            {QStringLiteral("markers"), ab},
            {QStringLiteral("bookmarks"), named}};
}

Marks Marks::ofAnyRun() const {
    Marks marks;
    marks.breakpoints = breakpoints;
    marks.watched = watched;
    return marks;
}

Marks Marks::ofThisRun() const {
    Marks marks;
    for (std::size_t i = 0; i < markers.size(); ++i)
        if (markers[i] && markers[i]->branch == 0) marks.markers[i] = markers[i];
    for (const Bookmark& one : bookmarks)
        if (one.place.branch == 0) marks.bookmarks.push_back(one);
    return marks;
}

}  // namespace ringside
