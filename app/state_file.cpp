#include "app/state_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

namespace ringside {
namespace {

/// Far more than is ever kept: a file above it is not read into memory to find that out.
constexpr qint64 kMostBytes = 16 << 20;

}  // namespace

StateFile::StateFile(QString path, QString what, int version)
    : m_path(std::move(path)), m_what(std::move(what)), m_version(version) {}

QJsonObject StateFile::read() {
    using Kind = StateTrouble::Kind;
    const QFileInfo info(m_path);
    if (!info.exists() && !info.isSymLink()) return {};
    QFile file(m_path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) {
        m_trouble = StateTrouble{Kind::unreadable, m_path, {}};
        m_writable = false;
        return {};
    }
    if (file.size() > kMostBytes) return setAside(Kind::damaged), QJsonObject();
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    file.close();
    if (error.error != QJsonParseError::NoError) return setAside(Kind::damaged), QJsonObject();
    QJsonObject content = document.object();
    if (content.value(QLatin1String("what")).toString() != m_what) return setAside(Kind::foreign), QJsonObject();
    const int version = content.value(QLatin1String("version")).toInt();
    if (version < 1) return setAside(Kind::damaged), QJsonObject();
    if (version > m_version) return setAside(Kind::newer), QJsonObject();
    return content;
}

void StateFile::setAside(StateTrouble::Kind kind) {
    // as many as there are names for: after that somebody has to look into the folder
    for (int n = 1; n < 100; ++n) {
        const QString aside = QStringLiteral("%1.aside-%2").arg(m_path).arg(n);
        if (QFileInfo::exists(aside)) continue;
        if (!QFile::rename(m_path, aside)) break;
        m_trouble = StateTrouble{kind, m_path, aside};
        return;
    }
    m_trouble = StateTrouble{StateTrouble::Kind::stuck, m_path, {}};
    m_writable = false;
}

bool StateFile::write(QJsonObject content) {
    if (!m_writable || !QDir().mkpath(QFileInfo(m_path).path())) return false;
    content.insert(QLatin1String("what"), m_what);
    content.insert(QLatin1String("version"), m_version);
    const QByteArray bytes = QJsonDocument(content).toJson();
    QSaveFile file(m_path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
}

QString stateFolder() { return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation); }

}  // namespace ringside
