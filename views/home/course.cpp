#include "views/home/course.h"

#include <QCoreApplication>
#include <algorithm>

namespace ringside {
namespace {

QString inLanguage(const std::map<std::string, std::string>& texts, std::string_view language) {
    auto it = texts.find(std::string(language));
    if (it == texts.end()) it = texts.find("en");
    return it == texts.end() ? QString() : QString::fromStdString(it->second).remove(QLatin1Char('`')).simplified();
}

/// What a part is called; one that is not known here by its own name.
QString partName(const std::string& part) {
    static constexpr std::pair<const char*, const char*> kNames[] = {
        {"orientation", QT_TRANSLATE_NOOP("Course", "Orientation")},
        {"receiving", QT_TRANSLATE_NOOP("Course", "Receiving")},
        {"sk-buff", QT_TRANSLATE_NOOP("Course", "sk_buff")},
        {"sending", QT_TRANSLATE_NOOP("Course", "Sending")},
        {"processes", QT_TRANSLATE_NOOP("Course", "Processes")},
        {"scheduling", QT_TRANSLATE_NOOP("Course", "Scheduling")},
        {"rcu", QT_TRANSLATE_NOOP("Course", "RCU")},
        {"configuring", QT_TRANSLATE_NOOP("Course", "Configuring and observing")},
    };
    for (const auto& [id, name] : kNames)
        if (part == id) return QCoreApplication::translate("Course", name);
    QString own = QString::fromStdString(part).replace(QLatin1Char('-'), QLatin1Char(' '));
    if (!own.isEmpty()) own[0] = own[0].toUpper();
    return own;
}

CourseLesson lessonOf(const LessonInfo& info, const Progress& progress, std::string_view language) {
    CourseLesson lesson;
    lesson.id = info.id;
    lesson.number = info.order;
    lesson.title = inLanguage(info.title, language);
    if (lesson.title.isEmpty()) lesson.title = QString::fromStdString(info.id);
    lesson.intro = inLanguage(info.intro, language);
    lesson.part = partName(info.part);
    lesson.steps = static_cast<int>(info.steps.size());
    const LessonProgress& was = progress.of(info.id);
    for (std::size_t i = 0; i < info.steps.size(); ++i) {
        if (info.steps[i].id != was.step) continue;
        lesson.step = static_cast<int>(i) + 1;
        lesson.stepTitle = inLanguage(info.steps[i].title, language);
    }
    // a lesson that was done and is being gone through once more is where the learner is
    const bool on_the_way = lesson.step > 0 && !(was.done && (lesson.step == lesson.steps || lesson.step == 1));
    if (on_the_way && progress.last == info.id)
        lesson.mark = LessonMark::here;
    else if (was.done)
        lesson.mark = LessonMark::done;
    else if (on_the_way)
        lesson.mark = LessonMark::begun;
    return lesson;
}

}  // namespace

int CoursePart::done() const {
    return static_cast<int>(std::count_if(lessons.begin(), lessons.end(),
                                          [](const CourseLesson& lesson) { return lesson.mark == LessonMark::done; }));
}

int Course::done() const {
    int sum = 0;
    for (const CoursePart& part : parts) sum += part.done();
    return sum;
}

int Course::count() const {
    int sum = 0;
    for (const CoursePart& part : parts) sum += static_cast<int>(part.lessons.size());
    return sum;
}

const CourseLesson* Course::here() const {
    for (const CoursePart& part : parts)
        for (const CourseLesson& lesson : part.lessons)
            if (lesson.mark == LessonMark::here) return &lesson;
    return nullptr;
}

const CourseLesson* Course::first() const { return parts.empty() ? nullptr : &parts.front().lessons.front(); }

Course courseOf(const Catalog& catalog, const Progress& progress, std::string_view language) {
    Course course;
    std::vector<std::string> ids;
    for (const LessonInfo& info : catalog.lessons) {
        const auto at = std::find(ids.begin(), ids.end(), info.part);
        const auto index = static_cast<std::size_t>(at - ids.begin());
        if (at == ids.end()) {
            ids.push_back(info.part);
            course.parts.push_back({partName(info.part), {}});
        }
        course.parts[index].lessons.push_back(lessonOf(info, progress, language));
    }
    return course;
}

}  // namespace ringside
