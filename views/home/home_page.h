#pragma once
// What is shown when nothing is open: what Ringside is, where to begin or go on, the course, the learner's own files.

#include <QWidget>
#include <filesystem>

#include "views/home/course.h"
#include "views/home/home_side.h"
#include "views/session/catalog_book.h"
#include "views/session/progress_book.h"

class QBoxLayout;
class QScrollArea;

namespace ringside {

class BeginCard;
class ContinueCard;
class CourseView;

class HomePage : public QWidget {
    Q_OBJECT
  public:
    /// What it needs of the rest. `language` gives the learner's, `say` an error in it.
    struct Parts {
        CatalogBook& catalog;
        ProgressBook& progress;
        std::filesystem::path data;
        std::function<std::string()> language;
        std::function<QString(const Error&)> say;
    };
    explicit HomePage(Parts parts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setRecent(std::vector<RecentFile> files) { m_side->setRecent(std::move(files)); }
    /// This file is held over the window; empty: none.
    void setHeld(const QString& path) { m_side->dropZone().setHeld(path); }
    /// To the button that goes on, or begins.
    void focusPrimary();

  signals:
    /// `again`: from its first step.
    void lessonChosen(const QString& id, bool again);
    void fileChosen(const QString& path);
    void missingChosen(const QString& path);
    void openRequested();
    void labChosen();
    void keysWanted();

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* buildCourse();
    void connectParts();
    void refresh();
    /// Columns and what has room, by the width.
    void fit();

    Parts m;
    Theme m_theme;
    Course m_course;
    QScrollArea* m_scroll;
    QBoxLayout *m_halves, *m_cards;
    QWidget* m_left;
    HomeSide* m_side;
    ContinueCard* m_continue;
    BeginCard* m_begin;
    CourseView* m_view;
    QLabel *m_headline, *m_sentence, *m_courseTitle, *m_courseHow, *m_total, *m_broken, *m_legend, *m_model;
    bool m_focusWanted = false;
};

}  // namespace ringside
