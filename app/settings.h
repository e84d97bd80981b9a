#pragma once
// What the window remembers from one time to the next: how it looks, which files were open. What was done in lessons is
// in progress_file.

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

#include "app/state_file.h"
#include "views/home/recent_file.h"
#include "views/session/marks.h"
#include "views/theme/theme.h"

namespace ringside {

/// How many files are remembered.
inline constexpr std::size_t kMostRecent = 12;
/// Of how many runs the marks are remembered.
inline constexpr std::size_t kMostRuns = 40;

/// Markers and bookmarks of one run, which is known by what it was made of (Inputs::hash).
struct RunMarks {
    QString run;
    Marks marks;
};

struct Settings {
    ThemeKind theme = ThemeKind::light;
    int text_percent = 100;  ///< one of kTextSizes
    QString language;        ///< "en", "zh_CN"; empty: the desktop's
    bool reduced_motion = false;
    int speed = 3;  ///< stop of the speed slider
    QByteArray geometry, layout;
    QStringList gave_way;            ///< docks that are hidden in `layout` only because a view needed their room
    std::vector<RecentFile> recent;  ///< the newest first
    Marks marks;                     ///< breakpoints and watched values
    std::vector<RunMarks> runs;      ///< those with marks of their own, the newest first

    /// Those of any run with those of this one.
    [[nodiscard]] Marks marksOf(const QString& run) const;
    void keepMarks(const QString& run, const Marks& all);

    /// Puts a file at the front of `recent`.
    void remember(RecentFile file);
    void forget(const QString& path);

    /// From a file's content, each value only where it makes sense; without one as at the first start, where the
    /// program is dark if the desktop is.
    static Settings from(const QJsonObject& content);
    [[nodiscard]] QJsonObject content() const;
    /// The language to use: the chosen one, or the desktop's where it is one of ours.
    [[nodiscard]] QString languageOrDesktop() const;
};

/// Where they are kept in a folder.
StateFile settingsFile(const QString& folder);

/// The next larger (+1) or smaller (-1) text size.
int nextTextSize(int percent, int direction);

}  // namespace ringside
