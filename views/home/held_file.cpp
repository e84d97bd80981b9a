#include "views/home/held_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace ringside {
namespace {

/// pcap in both byte orders with micro- and nanoseconds, the variant of Kuznetsov, pcapng, gzip, zstd.
constexpr const char* kBeginnings[] = {"d4c3b2a1", "a1b2c3d4", "4d3cb2a1", "a1b23c4d",
                                       "34cdb2a1", "a1b2cd34", "0a0d0d0a", "28b52ffd"};

}  // namespace

bool seemsOpenable(const QString& path) {
    const QFileInfo info(path);
    if (info.isDir()) return QDir(path).exists(QStringLiteral("lesson.yaml"));
    const QString ending = info.suffix().toLower();
    if (ending == QLatin1String("yaml") || ending == QLatin1String("yml")) return true;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return false;
    const QByteArray begins = file.read(4).toHex();
    return begins.startsWith("1f8b") ||
           std::any_of(std::begin(kBeginnings), std::end(kBeginnings), [&](const char* b) { return begins == b; });
}

}  // namespace ringside
