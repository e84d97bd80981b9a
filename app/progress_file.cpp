#include "app/progress_file.h"

#include <QDir>
#include <QJsonArray>

namespace ringside {
namespace {

QString said(const std::string& id) { return QString::fromStdString(id); }

}  // namespace

LessonProgress lessonProgressFrom(const QJsonObject& content) {
    LessonProgress lesson;
    lesson.step = content.value(QLatin1String("step")).toString().toStdString();
    const QJsonObject answers = content.value(QLatin1String("answers")).toObject();
    for (auto answer = answers.begin(); answer != answers.end(); ++answer) {
        if (answer.value().isString())
            lesson.answers[answer.key().toStdString()] = answer.value().toString().toStdString();
    }
    for (const auto& exercise : content.value(QLatin1String("solved")).toArray()) {
        if (exercise.isString()) lesson.solved.insert(exercise.toString().toStdString());
    }
    lesson.done = content.value(QLatin1String("done")).toBool();
    return lesson;
}

QJsonObject contentOf(const LessonProgress& progress) {
    QJsonObject answers;
    for (const auto& [step, answer] : progress.answers) answers.insert(said(step), said(answer));
    QJsonArray solved;
    for (const std::string& exercise : progress.solved) solved.append(said(exercise));
    return {{QStringLiteral("step"), said(progress.step)},
            {QStringLiteral("answers"), answers},
            {QStringLiteral("solved"), solved},
            {QStringLiteral("done"), progress.done}};
}

Progress progressFrom(const QJsonObject& content) {
    Progress progress;
    progress.last = content.value(QLatin1String("last")).toString().toStdString();
    const QJsonObject lessons = content.value(QLatin1String("lessons")).toObject();
    for (auto it = lessons.begin(); it != lessons.end(); ++it) {
        LessonProgress lesson = lessonProgressFrom(it.value().toObject());
        if (lesson != LessonProgress{}) progress.lessons[it.key().toStdString()] = std::move(lesson);
    }
    return progress;
}

QJsonObject contentOf(const Progress& progress) {
    QJsonObject lessons;
    for (const auto& [id, lesson] : progress.lessons) lessons.insert(said(id), contentOf(lesson));
    return {{QStringLiteral("last"), said(progress.last)}, {QStringLiteral("lessons"), lessons}};
}

StateFile progressFile(const QString& folder) {
    return {QDir(folder).filePath(QStringLiteral("progress.json")), QStringLiteral("ringside progress"), 1};
}

}  // namespace ringside
