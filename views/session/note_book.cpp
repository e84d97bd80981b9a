#include "views/session/note_book.h"

#include <utility>

namespace ringside {

const LessonNotes& NoteBook::of(const std::string& lesson) const {
    static const LessonNotes none;
    const auto found = m_notes.find(lesson);
    return found == m_notes.end() ? none : found->second;
}

QString NoteBook::note(const std::string& lesson, const std::string& step) const {
    const LessonNotes& notes = of(lesson);
    const auto found = notes.find(step);
    return found == notes.end() ? QString() : found->second;
}

void NoteBook::set(Notes notes) {
    if (notes == m_notes) return;
    m_notes = std::move(notes);
    emit changed();
}

void NoteBook::write(const std::string& lesson, const std::string& step, const QString& text) {
    if (note(lesson, step) == text) return;
    LessonNotes& notes = m_notes[lesson];
    if (text.isEmpty())
        notes.erase(step);
    else
        notes[step] = text;
    if (notes.empty()) m_notes.erase(lesson);
    emit changed();
}

void NoteBook::merge(const std::string& lesson, const LessonNotes& notes) {
    for (const auto& [step, text] : notes) {
        const QString own = note(lesson, step);
        if (own.contains(text)) continue;
        write(lesson, step, own.isEmpty() || text.contains(own) ? text : own + QStringLiteral("\n\n") + text);
    }
}

}  // namespace ringside
