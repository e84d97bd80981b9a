#pragma once
// The course in columns: each part with its lessons, in the order down, then right. Tab stops at it once; arrows go
// from lesson to lesson, Enter opens.

#include <QWidget>

#include "views/home/course.h"
#include "views/home/home_row.h"

class QHBoxLayout;
class QLabel;

namespace ringside {

class CourseView : public QWidget {
    Q_OBJECT
  public:
    explicit CourseView(QWidget* parent = nullptr);
    void setCourse(const Course& course);
    void setTheme(const Theme& theme);
    /// At most so many columns of parts.
    void setColumns(int columns);
    [[nodiscard]] int columns() const { return static_cast<int>(m_columns.size()); }

  signals:
    void chosen(const QString& lesson);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void arrange();
    QWidget* partOf(const CoursePart& part, std::vector<HomeRow*>& rows);
    void makeTabStop(HomeRow* row);

    Theme m_theme;
    Course m_course;
    int m_most = 4;
    QHBoxLayout* m_row;
    QWidget* m_inside = nullptr;
    std::vector<std::vector<HomeRow*>> m_columns;
};

}  // namespace ringside
