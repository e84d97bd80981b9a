#pragma once
// A file that was open once.

#include <QDateTime>
#include <QString>

namespace ringside {

struct RecentFile {
    QString path;
    QDateTime opened;     ///< UTC
    quint64 packets = 0;  ///< of a capture; 0: not known
    friend bool operator==(const RecentFile&, const RecentFile&) = default;
};

}  // namespace ringside
