#include "app/progress_file.h"

#include <QDir>
#include <QJsonArray>

namespace ringside {
namespace {

QString said(const std::string& id) { return QString::fromStdString(id); }

}  // namespace

Progress progressFrom(const QJsonObject& content) {
    Progress progress;
    progress.last = content.value(QLatin1String("last")).toString().toStdString();
    const QJsonObject lessons = content.value(QLatin1String("lessons")).toObject();
    for (auto it = lessons.begin(); it != lessons.end(); ++it) {
        const QJsonObject entry = it.value().toObject();
        LessonProgress lesson;
        lesson.step = entry.value(QLatin1String("step")).toString().toStdString();
        const QJsonObject answers = entry.value(QLatin1String("answers")).toObject();
        for (auto answer = answers.begin(); answer != answers.end(); ++answer) {
            if (answer.value().isString())
                lesson.answers[answer.key().toStdString()] = answer.value().toString().toStdString();
        }
        for (const auto& exercise : entry.value(QLatin1String("solved")).toArray()) {
            if (exercise.isString()) lesson.solved.insert(exercise.toString().toStdString());
        }
        lesson.done = entry.value(QLatin1String("done")).toBool();
        if (lesson != LessonProgress{}) progress.lessons[it.key().toStdString()] = std::move(lesson);
    }
    return progress;
}

QJsonObject contentOf(const Progress& progress) {
    QJsonObject lessons;
    for (const auto& [id, lesson] : progress.lessons) {
        QJsonObject answers;
        for (const auto& [step, answer] : lesson.answers) answers.insert(said(step), said(answer));
        QJsonArray solved;
        for (const std::string& exercise : lesson.solved) solved.append(said(exercise));
        lessons.insert(said(id), QJsonObject{{QStringLiteral("step"), said(lesson.step)},
                                             {QStringLiteral("answers"), answers},
                                             {QStringLiteral("solved"), solved},
                                             {QStringLiteral("done"), lesson.done}});
    }
    return {{QStringLiteral("last"), said(progress.last)}, {QStringLiteral("lessons"), lessons}};
}

StateFile progressFile(const QString& folder) {
    return {QDir(folder).filePath(QStringLiteral("progress.json")), QStringLiteral("ringside progress"), 1};
}

}  // namespace ringside
