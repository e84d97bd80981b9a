#include "app/autosave.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace ringside {
namespace {

constexpr int kMostWindows = 16;
constexpr int kMostLeft = 8;

}  // namespace

Autosave::Autosave(const QString& folder) : m_folder(folder) {
    const QDir dir(folder);
    if (!QDir().mkpath(folder)) return;
    for (int n = 1; n <= kMostWindows; ++n) {
        const QString file = dir.filePath(QStringLiteral("open-%1%2").arg(n).arg(QLatin1String(kSessionEnding)));
        // once there is a place for this window, only what others left is looked at
        if (m_lock && !QFileInfo::exists(file)) continue;
        auto lock = std::make_unique<QLockFile>(dir.filePath(QStringLiteral("open-%1.lock").arg(n)));
        lock->setStaleLockTime(0);  // a lock is old when its process is gone, and not before
        if (!lock->tryLock(0)) continue;
        for (int k = 1; k <= kMostLeft && QFileInfo::exists(file); ++k)
            QFile::rename(file, dir.filePath(QStringLiteral("left-%1%2").arg(k).arg(QLatin1String(kSessionEnding))));
        if (m_lock) continue;
        m_lock = std::move(lock);
        m_file = file;
    }
}

QStringList Autosave::left() const {
    const QDir dir(m_folder);
    QStringList files;
    for (const QString& name :
         dir.entryList({QStringLiteral("left-*") + QLatin1String(kSessionEnding)}, QDir::Files, QDir::Time))
        files << dir.filePath(name);
    return files;
}

void Autosave::forgetLeft() {
    for (const QString& file : left()) QFile::remove(file);
}

bool Autosave::keep(const SavedSession& session) {
    return !m_file.isEmpty() && writeSession(m_file, session) == SessionWritten::yes;
}

bool Autosave::kept() const { return QFileInfo::exists(m_file); }

void Autosave::clear() {
    if (!m_file.isEmpty()) QFile::remove(m_file);
}

}  // namespace ringside
