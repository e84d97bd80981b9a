#pragma once
// What a learner set in a run to come back to, as one plain value: breakpoints, watched expressions, markers and
// bookmarks. Files of the program and of a session hold it as JSON.

#include <QJsonObject>
#include <QString>
#include <array>
#include <optional>
#include <vector>

#include "engine/core/types.h"
#include "engine/history/branches.h"

namespace ringside {

/// A condition at which going on (or back) stops, as it is typed: "udp_rcv", "drop NO_SOCKET",
/// "socket[udp:5000].sk_rmem_alloc > 200000" (lessons/stop_condition.h).
struct Breakpoint {
    QString text;
    bool on = true;
    friend bool operator==(const Breakpoint&, const Breakpoint&) = default;
};

/// A place of a run on one of its branches.
struct MarkedPlace {
    Position position = 0;
    BranchId branch = 0;
    friend bool operator==(const MarkedPlace&, const MarkedPlace&) = default;
};

struct Bookmark {
    MarkedPlace place;
    QString name;
    friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

/// The value. Breakpoints and watched expressions speak of any run, the rest of one.
struct Marks {
    std::vector<Breakpoint> breakpoints;
    std::vector<QString> watched;                       ///< expressions
    std::array<std::optional<MarkedPlace>, 2> markers;  ///< A and B
    std::vector<Bookmark> bookmarks;                    ///< in order of position

    /// What cannot be read is left out.
    static Marks fromJson(const QJsonObject& content);
    [[nodiscard]] QJsonObject toJson() const;
    /// Only what speaks of any run; only what speaks of this one, without what is on other branches than the first.
    [[nodiscard]] Marks ofAnyRun() const;
    [[nodiscard]] Marks ofThisRun() const;
    friend bool operator==(const Marks&, const Marks&) = default;
};

/// The most of each that are kept.
inline constexpr std::size_t kMostMarks = 200;

}  // namespace ringside
