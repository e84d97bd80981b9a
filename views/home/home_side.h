#pragma once
// The right side of Home: the learner's own captures, those that were open, samples, the lab.

#include <QWidget>
#include <filesystem>
#include <vector>

#include "views/home/home_row.h"
#include "views/home/recent_file.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ringside {

/// A place to let files go over; the whole window takes them.
class DropZone : public QWidget {
    Q_OBJECT
  public:
    explicit DropZone(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void retranslate();
    /// This file is held over the window; empty: none.
    void setHeld(const QString& path);
    [[nodiscard]] QPushButton* button() { return m_open; }
    [[nodiscard]] QString sentence() const;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Theme m_theme;
    QString m_held;  ///< its name
    bool m_refused = false;
    QLabel *m_icon, *m_text, *m_key;
    QPushButton* m_open;
};

class HomeSide : public QWidget {
    Q_OBJECT
  public:
    /// `folder` is the one with assets/.
    explicit HomeSide(std::filesystem::path folder, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void retranslate();
    void setRecent(std::vector<RecentFile> files);
    [[nodiscard]] DropZone& dropZone() { return *m_drop; }

  signals:
    void openRequested();
    void fileChosen(const QString& path);
    /// A file that is not there any more was chosen.
    void missingChosen(const QString& path);
    void labChosen();
    void keysWanted();

  private:
    QLabel* heading(QVBoxLayout* column);
    HomeRow* row(QVBoxLayout* column, const char* name);
    void fillRecent();

    std::filesystem::path m_data;
    Theme m_theme;
    std::vector<RecentFile> m_files;
    DropZone* m_drop;
    QLabel *m_own, *m_recent, *m_nothing, *m_samples, *m_try;
    QVBoxLayout* m_recentRows;
    std::vector<HomeRow*> m_sampleRows, m_recentFiles;
    HomeRow* m_lab;
    QPushButton* m_keys;
};

}  // namespace ringside
