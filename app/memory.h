#pragma once
// What the program remembers, read at its start and kept in a folder: settings, what was done in the lessons, and what
// was written beside their steps.

#include <QString>
#include <vector>

#include "app/notes_file.h"
#include "app/progress_file.h"
#include "app/settings.h"

namespace ringside {

class Memory {
  public:
    /// Reads what is in the folder. What cannot be used is in troubles(), and the program begins without it.
    explicit Memory(const QString& folder);

    [[nodiscard]] const Settings& settings() const { return m_settings; }
    [[nodiscard]] const Progress& progress() const { return m_progress; }
    [[nodiscard]] const Notes& notes() const { return m_notes; }
    [[nodiscard]] std::vector<StateTrouble> troubles() const;

    /// False where they cannot be written; the file is as it was then.
    bool keep(const Settings& settings);
    /// The same. What another window of Ringside did meanwhile in other lessons is kept.
    bool keep(const Progress& progress);
    /// The same. What another window wrote meanwhile beside other lessons is kept.
    bool keep(const Notes& notes);
    [[nodiscard]] QString folder() const { return m_folder; }

  private:
    QString m_folder;
    StateFile m_settingsFile, m_progressFile, m_notesFile;
    Settings m_settings;
    Progress m_progress;  ///< as it was last in the file
    Notes m_notes;        ///< the same
};

}  // namespace ringside
