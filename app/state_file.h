#pragma once
// A file in which the program remembers something: JSON that says what it is and in which version. It is written
// atomically, and it never stops a start: one that cannot be used is set aside under another name, and told of.

#include <QJsonObject>
#include <QString>
#include <optional>

namespace ringside {

/// What was wrong with a file of ours.
struct StateTrouble {
    enum class Kind : std::uint8_t {
        damaged,     ///< no JSON, or far larger than what is kept here
        foreign,     ///< JSON, but not ours
        newer,       ///< of a version that this program does not know
        unreadable,  ///< it is there, but cannot be read; it stays where it is
        stuck,       ///< cannot be used and cannot be renamed either; it stays where it is
    };
    Kind kind = Kind::damaged;
    QString file;
    QString aside;  ///< where it is now; empty: where it was
};

class StateFile {
  public:
    /// `what` is said in the file and tells it from others; `version` is the newest that can be read.
    StateFile(QString path, QString what, int version);

    /// The content; empty where there is no file, or none that can be used: then trouble() says why. A file that is set
    /// aside is renamed and keeps all its bytes.
    QJsonObject read();
    [[nodiscard]] const std::optional<StateTrouble>& trouble() const { return m_trouble; }
    /// Replaces the file; false where that cannot be done, and then the file is as it was. What could not be read nor
    /// set aside is never overwritten.
    bool write(QJsonObject content);
    [[nodiscard]] const QString& path() const { return m_path; }

  private:
    void setAside(StateTrouble::Kind kind);

    QString m_path, m_what;
    int m_version;
    std::optional<StateTrouble> m_trouble;
    bool m_writable = true;
};

/// The folder that the program's files are in, for this user.
QString stateFolder();

}  // namespace ringside
