#include "views/home/course_view.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <algorithm>

namespace ringside {
namespace {

/// With fewer lessons than this there is room to say what each is about.
constexpr int kFewLessons = 10;
/// How many rows of lessons the head of a part is worth.
constexpr int kHead = 2;

}  // namespace

CourseView::CourseView(QWidget* parent) : QWidget(parent), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("course");
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(0, 0, 0, 0);
}

void CourseView::setCourse(const Course& course) {
    m_course = course;
    arrange();
}

void CourseView::setTheme(const Theme& theme) {
    m_theme = theme;
    arrange();
}

void CourseView::setColumns(int columns) {
    if (m_most == columns) return;
    m_most = columns;
    arrange();
}

QWidget* CourseView::partOf(const CoursePart& part, std::vector<HomeRow*>& rows) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    auto* name = new QLabel(part.name);
    name->setFont(m_theme.font(TextToken::layer));
    // Chinese is taller: the lines below are in one row in both columns
    name->setMinimumHeight(qRound(25 * m_theme.text_percent / 100.0));
    const int count = static_cast<int>(part.lessons.size());
    auto* how = new QLabel(tr("%1 of %2").arg(part.done()).arg(count));
    how->setFont(m_theme.font(TextToken::small));
    how->setProperty("tone", "tertiary");
    head->addWidget(name, 1);
    head->addWidget(how);
    column->addLayout(head);
    auto* bar = new QProgressBar;
    bar->setTextVisible(false);
    bar->setRange(0, count);
    bar->setValue(part.done());
    bar->setFixedHeight(4);
    bar->setAccessibleName(tr("%1: %2 of %3 lessons done").arg(part.name).arg(part.done()).arg(count));
    column->addWidget(bar);
    column->addSpacing(4);
    const bool few = m_course.count() < kFewLessons;
    for (const CourseLesson& lesson : part.lessons) {
        HomeRowContent content;
        content.picture = HomeRowContent::Picture::mark;
        content.mark = lesson.mark;
        content.number = QStringLiteral("%1").arg(lesson.number, 3, 10, QLatin1Char('0'));
        content.title = lesson.title;
        content.faint = lesson.mark == LessonMark::to_come;
        if (few) content.detail = lesson.intro;
        if (lesson.mark == LessonMark::here || lesson.mark == LessonMark::begun)
            content.right = QStringLiteral("%1 / %2").arg(lesson.step).arg(lesson.steps);
        auto* row = new HomeRow;
        row->setObjectName(QStringLiteral("course-%1").arg(QString::fromStdString(lesson.id)));
        row->setTheme(m_theme);
        row->setContent(content);
        row->setToolTip(lesson.intro.isEmpty() ? lesson.title
                                               : QStringLiteral("<p><b>%1</b><br>%2</p>")
                                                     .arg(lesson.title.toHtmlEscaped(), lesson.intro.toHtmlEscaped()));
        const QString state = lesson.mark == LessonMark::done ? tr("done")
                              : lesson.mark == LessonMark::to_come
                                  ? tr("not begun")
                                  : tr("step %1 of %2").arg(lesson.step).arg(lesson.steps);
        row->setAccessibleName(tr("Lesson %1, %2, %3").arg(lesson.number).arg(lesson.title, state));
        connect(row, &HomeRow::clicked, this, [this, id = QString::fromStdString(lesson.id)] { emit chosen(id); });
        row->installEventFilter(this);
        column->addWidget(row);
        rows.push_back(row);
    }
    return box;
}

void CourseView::arrange() {
    QString had;
    for (const auto& column : m_columns)
        for (const HomeRow* row : column)
            if (row->hasFocus()) had = row->objectName();
    m_columns.clear();
    delete m_inside;
    m_inside = new QWidget;
    auto* columns = new QHBoxLayout(m_inside);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(qRound(26 * m_theme.text_percent / 100.0));
    int weight = 0, done = 0;
    for (const CoursePart& part : m_course.parts) weight += kHead + static_cast<int>(part.lessons.size());
    const int count = std::max(1, std::min(m_most, static_cast<int>(m_course.parts.size())));
    QVBoxLayout* column = nullptr;
    for (const CoursePart& part : m_course.parts) {
        // the next column where this one has its share
        if (!column || done * count >= weight * static_cast<int>(m_columns.size())) {
            if (column) column->addStretch();
            column = new QVBoxLayout;
            column->setSpacing(qRound(22 * m_theme.text_percent / 100.0));
            columns->addLayout(column, 1);
            m_columns.emplace_back();
        }
        column->addWidget(partOf(part, m_columns.back()));
        done += kHead + static_cast<int>(part.lessons.size());
    }
    if (column) column->addStretch();
    m_row->addWidget(m_inside);
    HomeRow* stop = nullptr;
    for (const auto& rows : m_columns) {
        for (HomeRow* row : rows) {
            row->setFocusPolicy(Qt::ClickFocus);
            if (!stop || row->objectName() == had || (had.isEmpty() && row->content().mark == LessonMark::here))
                stop = row;
        }
    }
    makeTabStop(stop);
    if (stop && stop->objectName() == had) stop->setFocus();
}

void CourseView::makeTabStop(HomeRow* row) {
    for (const auto& rows : m_columns)
        for (HomeRow* other : rows) other->setFocusPolicy(other == row ? Qt::StrongFocus : Qt::ClickFocus);
}

bool CourseView::eventFilter(QObject* watched, QEvent* event) {
    auto* row = qobject_cast<HomeRow*>(watched);
    if (!row) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusIn) makeTabStop(row);
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    // where it stands, and all rows one after the other
    std::vector<HomeRow*> all;
    std::size_t column = 0, line = 0, at = 0;
    for (std::size_t c = 0; c < m_columns.size(); ++c) {
        for (std::size_t i = 0; i < m_columns[c].size(); ++i) {
            if (m_columns[c][i] == row) column = c, line = i, at = all.size();
            all.push_back(m_columns[c][i]);
        }
    }
    HomeRow* to = nullptr;
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
            to = all[at == 0 ? 0 : at - 1];
            break;
        case Qt::Key_Down:
            to = all[std::min(at + 1, all.size() - 1)];
            break;
        case Qt::Key_Left:
        case Qt::Key_Right: {
            const bool right = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Right;
            if (right ? column + 1 == m_columns.size() : column == 0) return true;
            const auto& beside = m_columns[right ? column + 1 : column - 1];
            to = beside[std::min(line, beside.size() - 1)];
            break;
        }
        case Qt::Key_Home:
            to = all.front();
            break;
        case Qt::Key_End:
            to = all.back();
            break;
        default:
            return QWidget::eventFilter(watched, event);
    }
    to->setFocus(Qt::OtherFocusReason);
    return true;
}

}  // namespace ringside
