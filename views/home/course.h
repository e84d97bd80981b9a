#pragma once
// The course as a learner sees it: its parts and lessons, and how far each was gone. A value without widgets.

#include <QString>
#include <string_view>
#include <vector>

#include "lessons/catalog.h"
#include "lessons/progress.h"

namespace ringside {

enum class LessonMark : std::uint8_t {
    to_come,
    begun,  ///< left on the way, for another lesson
    here,   ///< where the learner was last, on the way
    done,
};

struct CourseLesson {
    std::string id;
    int number = 0;  ///< as the catalog orders them
    QString title, intro;
    QString part;       ///< name of its part
    QString stepTitle;  ///< of the step where the learner was
    LessonMark mark = LessonMark::to_come;
    int step = 0;  ///< where the learner was, from 1; 0: not begun
    int steps = 0;
};

struct CoursePart {
    QString name;
    std::vector<CourseLesson> lessons;
    [[nodiscard]] int done() const;
};

struct Course {
    std::vector<CoursePart> parts;  ///< in the order of their first lessons
    [[nodiscard]] int done() const;
    [[nodiscard]] int count() const;
    /// The lesson to go on with; null where none was left on the way.
    [[nodiscard]] const CourseLesson* here() const;
    /// The first lesson of the course; null where there is none.
    [[nodiscard]] const CourseLesson* first() const;
};

/// `language`: of titles; English where a lesson lacks it.
Course courseOf(const Catalog& catalog, const Progress& progress, std::string_view language);

}  // namespace ringside
