#include "app/settings.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>
#include <QSettings>
#include <algorithm>

namespace ringside {
namespace {

/// Raised when docks are added or renamed: an older layout would leave them out.
constexpr int kLayoutVersion = 1;

constexpr const char* kThemes[] = {"light", "dark", "high-contrast"};

}  // namespace

Settings Settings::load() {
    const QSettings stored;
    Settings s;
    const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    const QString theme = stored.value("theme", kThemes[dark ? 1 : 0]).toString();
    for (int i = 0; i < 3; ++i) {
        if (theme == QLatin1String(kThemes[i])) s.theme = static_cast<ThemeKind>(i);
    }
    const int percent = stored.value("text", 100).toInt();
    if (std::find(kTextSizes.begin(), kTextSizes.end(), percent) != kTextSizes.end()) s.text_percent = percent;
    s.language = stored.value("language").toString();
    s.reduced_motion = stored.value("reducedMotion", false).toBool();
    s.speed = std::clamp(stored.value("speed", 3).toInt(), 0, 6);
    if (stored.value("layoutVersion").toInt() == kLayoutVersion) {
        s.geometry = stored.value("geometry").toByteArray();
        s.layout = stored.value("layout").toByteArray();
    }
    return s;
}

void Settings::save() const {
    QSettings stored;
    stored.setValue("theme", kThemes[static_cast<int>(theme)]);
    stored.setValue("text", text_percent);
    stored.setValue("language", language);
    stored.setValue("reducedMotion", reduced_motion);
    stored.setValue("speed", speed);
    stored.setValue("layoutVersion", kLayoutVersion);
    stored.setValue("geometry", geometry);
    stored.setValue("layout", layout);
}

QString Settings::languageOrDesktop() const {
    if (language == QLatin1String("en") || language == QLatin1String("zh_CN")) return language;
    return QLocale::system().language() == QLocale::Chinese ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

int nextTextSize(int percent, int direction) {
    auto at = std::find(kTextSizes.begin(), kTextSizes.end(), percent);
    if (at == kTextSizes.end()) return 100;
    if (direction > 0 && at + 1 != kTextSizes.end()) ++at;
    if (direction < 0 && at != kTextSizes.begin()) --at;
    return *at;
}

}  // namespace ringside
