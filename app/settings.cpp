#include "app/settings.h"

#include <QDir>
#include <QGuiApplication>
#include <QJsonArray>
#include <QLocale>
#include <QPalette>
#include <algorithm>

namespace ringside {
namespace {

/// Raised when docks are added or renamed: an older layout would leave them out.
constexpr int kLayoutVersion = 2;

constexpr const char* kThemes[] = {"light", "dark", "high-contrast"};

QByteArray bytesOf(const QJsonValue& value) { return QByteArray::fromBase64(value.toString().toLatin1()); }
QString textOf(const QByteArray& bytes) { return QString::fromLatin1(bytes.toBase64()); }

std::vector<RecentFile> recentFrom(const QJsonArray& files) {
    std::vector<RecentFile> recent;
    for (const auto& value : files) {
        const QString path = value[QLatin1String("path")].toString();
        const QDateTime opened = QDateTime::fromString(value[QLatin1String("opened")].toString(), Qt::ISODate);
        if (path.isEmpty() || !opened.isValid() || recent.size() == kMostRecent) continue;
        const qint64 packets = value[QLatin1String("packets")].toInteger();
        recent.push_back({path, opened.toUTC(), packets > 0 ? static_cast<quint64>(packets) : 0});
    }
    return recent;
}

}  // namespace

Settings Settings::from(const QJsonObject& content) {
    Settings s;
    const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    const QString theme = content.value(QLatin1String("theme")).toString(QLatin1String(kThemes[dark ? 1 : 0]));
    for (int i = 0; i < 3; ++i) {
        if (theme == QLatin1String(kThemes[i])) s.theme = static_cast<ThemeKind>(i);
    }
    const int percent = content.value(QLatin1String("text")).toInt(100);
    if (std::find(kTextSizes.begin(), kTextSizes.end(), percent) != kTextSizes.end()) s.text_percent = percent;
    s.language = content.value(QLatin1String("language")).toString();
    s.reduced_motion = content.value(QLatin1String("reducedMotion")).toBool();
    s.speed = std::clamp(content.value(QLatin1String("speed")).toInt(3), 0, 6);
    if (content.value(QLatin1String("layoutVersion")).toInt() == kLayoutVersion) {
        s.geometry = bytesOf(content.value(QLatin1String("geometry")));
        s.layout = bytesOf(content.value(QLatin1String("layout")));
        for (const auto& dock : content.value(QLatin1String("gaveWay")).toArray()) s.gave_way << dock.toString();
    }
    s.marks = Marks::fromJson(content.value(QLatin1String("marks")).toObject()).ofAnyRun();
    for (const auto& value : content.value(QLatin1String("runs")).toArray()) {
        const QString key = value[QLatin1String("run")].toString();
        if (!key.isEmpty() && s.runs.size() < kMostRuns)
            s.runs.push_back({key, Marks::fromJson(value[QLatin1String("marks")].toObject()).ofThisRun()});
    }
    s.recent = recentFrom(content.value(QLatin1String("recent")).toArray());
    return s;
}

QJsonObject Settings::content() const {
    QJsonArray files;
    for (const RecentFile& file : recent) {
        QJsonObject entry{{QStringLiteral("path"), file.path},
                          {QStringLiteral("opened"), file.opened.toUTC().toString(Qt::ISODate)}};
        if (file.packets) entry.insert(QLatin1String("packets"), static_cast<qint64>(file.packets));
        files.append(entry);
    }
    QJsonArray marked;
    for (const RunMarks& one : runs)
        marked.append(QJsonObject{{QStringLiteral("run"), one.run}, {QStringLiteral("marks"), one.marks.toJson()}});
    return {{QStringLiteral("theme"), QLatin1String(kThemes[static_cast<int>(theme)])},
            {QStringLiteral("text"), text_percent},
            {QStringLiteral("language"), language},
            {QStringLiteral("reducedMotion"), reduced_motion},
            {QStringLiteral("speed"), speed},
            {QStringLiteral("layoutVersion"), kLayoutVersion},
            {QStringLiteral("geometry"), textOf(geometry)},
            {QStringLiteral("layout"), textOf(layout)},
            {QStringLiteral("gaveWay"), QJsonArray::fromStringList(gave_way)},
            {QStringLiteral("recent"), files},
            {QStringLiteral("marks"), marks.ofAnyRun().toJson()},
            {QStringLiteral("runs"), marked}};
}

void Settings::remember(RecentFile file) {
    forget(file.path);
    recent.insert(recent.begin(), std::move(file));
    if (recent.size() > kMostRecent) recent.resize(kMostRecent);
}

Marks Settings::marksOf(const QString& run) const {
    Marks all = marks;
    for (const RunMarks& one : runs) {
        if (one.run != run) continue;
        all.markers = one.marks.markers;
        all.bookmarks = one.marks.bookmarks;
    }
    return all;
}

void Settings::keepMarks(const QString& run, const Marks& all) {
    marks = all.ofAnyRun();
    if (run.isEmpty()) return;
    std::erase_if(runs, [&](const RunMarks& one) { return one.run == run; });
    if (const Marks own = all.ofThisRun(); own != Marks{}) runs.insert(runs.begin(), {run, own});
    if (runs.size() > kMostRuns) runs.resize(kMostRuns);
}

void Settings::forget(const QString& path) {
    std::erase_if(recent, [&](const RecentFile& file) { return file.path == path; });
}

QString Settings::languageOrDesktop() const {
    if (language == QLatin1String("en") || language == QLatin1String("zh_CN")) return language;
    return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

StateFile settingsFile(const QString& folder) {
    return {QDir(folder).filePath(QStringLiteral("settings.json")), QStringLiteral("ringside settings"), 1};
}

int nextTextSize(int percent, int direction) {
    auto at = std::find(kTextSizes.begin(), kTextSizes.end(), percent);
    if (at == kTextSizes.end()) return 100;
    if (direction > 0 && at + 1 != kTextSizes.end()) ++at;
    if (direction < 0 && at != kTextSizes.begin()) --at;
    return *at;
}

}  // namespace ringside
