#pragma once
// The two cards on top of Home: go on where one was, and begin.

#include <QFrame>

#include "views/home/course.h"
#include "views/theme/theme.h"

class QLabel;
class QPushButton;

namespace ringside {

class HomePicture;
class StepDots;

/// Go on where one was.
class ContinueCard : public QFrame {
    Q_OBJECT
  public:
    explicit ContinueCard(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setLesson(const CourseLesson& lesson);
    /// Without its drawing, where there is no room for it.
    void setNarrow(bool narrow);
    [[nodiscard]] QPushButton* primary() { return m_continue; }

  signals:
    void continued();
    void begunAgain();

  private:
    HomePicture* m_picture;
    StepDots* m_dots;
    QLabel *m_caption, *m_title, *m_where, *m_step, *m_next;
    QPushButton *m_continue, *m_again;
};

/// Begin with the first lesson. The large one is for somebody who never began.
class BeginCard : public QFrame {
    Q_OBJECT
  public:
    explicit BeginCard(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setLesson(const CourseLesson& lesson, bool large);
    void setNarrow(bool narrow);
    [[nodiscard]] QPushButton* primary() { return m_begin; }

  signals:
    void begun();

  private:
    void showPicture();

    HomePicture* m_picture;
    QLabel *m_caption, *m_title, *m_text, *m_done;
    QPushButton* m_begin;
    bool m_large = false, m_narrow = false;
};

}  // namespace ringside
