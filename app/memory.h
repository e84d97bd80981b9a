#pragma once
// What the program remembers, read at its start and kept in a folder: settings, and what was done in the lessons.

#include <QString>
#include <vector>

#include "app/progress_file.h"
#include "app/settings.h"

namespace ringside {

class Memory {
  public:
    /// Reads what is in the folder. What cannot be used is in troubles(), and the program begins without it.
    explicit Memory(const QString& folder);

    [[nodiscard]] const Settings& settings() const { return m_settings; }
    [[nodiscard]] const Progress& progress() const { return m_progress; }
    [[nodiscard]] std::vector<StateTrouble> troubles() const;

    /// False where they cannot be written; the file is as it was then.
    bool keep(const Settings& settings);
    /// The same. What another window of Ringside did meanwhile in other lessons is kept.
    bool keep(const Progress& progress);
    [[nodiscard]] QString folder() const { return m_folder; }

  private:
    QString m_folder;
    StateFile m_settingsFile, m_progressFile;
    Settings m_settings;
    Progress m_progress;  ///< as it was last in the file
};

}  // namespace ringside
