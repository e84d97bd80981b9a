#include "app/notes_file.h"

#include <QDir>

namespace ringside {

LessonNotes lessonNotesFrom(const QJsonObject& content) {
    LessonNotes notes;
    for (auto it = content.begin(); it != content.end(); ++it)
        if (!it.value().toString().isEmpty()) notes[it.key().toStdString()] = it.value().toString();
    return notes;
}

QJsonObject contentOf(const LessonNotes& notes) {
    QJsonObject content;
    for (const auto& [step, text] : notes) content.insert(QString::fromStdString(step), text);
    return content;
}

Notes notesFrom(const QJsonObject& content) {
    Notes notes;
    const QJsonObject lessons = content.value(QLatin1String("lessons")).toObject();
    for (auto it = lessons.begin(); it != lessons.end(); ++it)
        if (LessonNotes of = lessonNotesFrom(it.value().toObject()); !of.empty())
            notes[it.key().toStdString()] = std::move(of);
    return notes;
}

QJsonObject contentOf(const Notes& notes) {
    QJsonObject lessons;
    for (const auto& [lesson, of] : notes) lessons.insert(QString::fromStdString(lesson), contentOf(of));
    return {{QStringLiteral("lessons"), lessons}};
}

StateFile notesFile(const QString& folder) {
    return {QDir(folder).filePath(QStringLiteral("notes.json")), QStringLiteral("ringside notes"), 1};
}

}  // namespace ringside
