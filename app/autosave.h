#pragma once
// The session that is open, kept in the folder of settings while the program runs, so that it can be offered after the
// program or the machine stopped. Each window of Ringside has a file of its own; a clean end removes it.

#include <QLockFile>
#include <QString>
#include <QStringList>
#include <memory>

#include "app/session_file.h"

namespace ringside {

class Autosave {
  public:
    /// Takes a file that no running window has. What is left of windows that are gone is put aside for left().
    explicit Autosave(const QString& folder);

    /// Sessions of windows that did not end by themselves, the newest first.
    [[nodiscard]] QStringList left() const;
    /// They are no longer wanted.
    void forgetLeft();
    /// False where it cannot be written.
    bool keep(const SavedSession& session);
    /// Whether there is something kept now.
    [[nodiscard]] bool kept() const;
    /// Nothing is open, or the window is closed.
    void clear();

  private:
    QString m_folder, m_file;  ///< no file: more windows are open than there are names for
    std::unique_ptr<QLockFile> m_lock;
};

}  // namespace ringside
