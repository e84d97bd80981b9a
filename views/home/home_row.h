#pragma once
// One row of Home that can be chosen: a lesson, a file, a sample, a sandbox. Painted; what has no room is cut with an
// ellipsis and said in the tooltip.

#include <QAbstractButton>

#include "views/home/course.h"
#include "views/theme/theme.h"

namespace ringside {

/// What a row shows.
struct HomeRowContent {
    enum class Picture : std::uint8_t { none, mark, lab };
    Picture picture = Picture::none;
    LessonMark mark = LessonMark::to_come;  ///< picture mark
    QString number;                         ///< before the title, as code
    QString title;
    bool code = false;  ///< the title is a file's name
    QString detail;     ///< a line below; empty: none
    QString right;      ///< at the end of the title's line
    bool faint = false;
};

class HomeRow : public QAbstractButton {
    Q_OBJECT
  public:
    explicit HomeRow(QWidget* parent = nullptr);
    void setContent(HomeRowContent content);
    [[nodiscard]] const HomeRowContent& content() const { return m_content; }
    void setTheme(const Theme& theme);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    [[nodiscard]] int px(double design) const { return qRound(design * m_theme.text_percent / 100.0); }
    [[nodiscard]] bool hasHere() const;
    void paintMark(QPainter& p, QPointF centre, const QColor& ink) const;
    void paintLab(QPainter& p, const QRectF& room) const;

    HomeRowContent m_content;
    Theme m_theme;
};

}  // namespace ringside
