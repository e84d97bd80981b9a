#include "views/session/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <cstdlib>

namespace ringside {

TimeUnit unitOf(Time span) {
    if (span >= 10 * kSecond) return {1e9, QStringLiteral("s")};
    if (span >= 10 * kMillisecond) return {1e6, QStringLiteral("ms")};
    return {1e3, QStringLiteral("µs")};
}

QString timeText(Time time) {
    if (time == kNever) return QCoreApplication::translate("Time", "never");
    const Time size = std::abs(time);
    if (size >= kSecond) return QStringLiteral("%1 s").arg(static_cast<double>(time) / 1e9, 0, 'f', 6);
    if (size >= kMillisecond) return QStringLiteral("%1 ms").arg(static_cast<double>(time) / 1e6, 0, 'f', 6);
    return QStringLiteral("%1 µs").arg(static_cast<double>(time) / 1e3, 0, 'f', 3);
}

QString countText(std::uint64_t count) { return QLocale(QLocale::English).toString(static_cast<qulonglong>(count)); }

QString valueText(const Value& value) {
    if (value.leaf() && value.kind == Value::Kind::number && value.unit == Unit::nanoseconds) {
        return timeText(value.number);
    }
    return QString::fromStdString(value.show());
}

QString contextText(Context context) {
    switch (context) {
        case Context::idle:
            return QCoreApplication::translate("Context", "idle");
        case Context::process:
            return QCoreApplication::translate("Context", "process");
        case Context::softirq:
            return QCoreApplication::translate("Context", "softirq");
        case Context::hardirq:
            return QCoreApplication::translate("Context", "hard IRQ");
        case Context::user:
            return QCoreApplication::translate("Context", "user");
        case Context::hardware:
            return QCoreApplication::translate("Context", "hardware");
    }
    return {};
}

QString fateText(Fate fate) {
    switch (fate) {
        case Fate::delivered:
            return QCoreApplication::translate("Fate", "delivered");
        case Fate::dropped:
            return QCoreApplication::translate("Fate", "dropped");
        case Fate::forwarded:
            return QCoreApplication::translate("Fate", "forwarded");
        case Fate::consumed:
            return QCoreApplication::translate("Fate", "consumed");
        case Fate::ignored:
            return QCoreApplication::translate("Fate", "ignored");
        case Fate::undecided:
            return QCoreApplication::translate("Fate", "undecided");
    }
    return {};
}

}  // namespace ringside
