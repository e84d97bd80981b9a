#include "app/memory.h"

namespace ringside {

Memory::Memory(const QString& folder)
    : m_folder(folder),
      m_settingsFile(settingsFile(folder)),
      m_progressFile(progressFile(folder)),
      m_notesFile(notesFile(folder)),
      m_settings(Settings::from(m_settingsFile.read())),
      m_progress(progressFrom(m_progressFile.read())),
      m_notes(notesFrom(m_notesFile.read())) {}

std::vector<StateTrouble> Memory::troubles() const {
    std::vector<StateTrouble> troubles;
    for (const StateFile* file : {&m_settingsFile, &m_progressFile, &m_notesFile})
        if (file->trouble()) troubles.push_back(*file->trouble());
    return troubles;
}

bool Memory::keep(const Settings& settings) { return m_settingsFile.write(settings.content()); }

bool Memory::keep(const Progress& progress) {
    Progress all = progress;
    for (const auto& [id, lesson] : progressFrom(m_progressFile.read()).lessons)
        if (progress.of(id) == m_progress.of(id)) all.lessons[id] = lesson;
    if (!m_progressFile.write(contentOf(all))) return false;
    // not `all`: what the other window did is not what this one did
    m_progress = progress;
    return true;
}

bool Memory::keep(const Notes& notes) {
    Notes all = notes;
    const auto of = [](const Notes& from, const std::string& lesson) {
        const auto found = from.find(lesson);
        return found == from.end() ? LessonNotes{} : found->second;
    };
    for (const auto& [lesson, there] : notesFrom(m_notesFile.read()))
        if (of(notes, lesson) == of(m_notes, lesson)) all[lesson] = there;
    if (!m_notesFile.write(contentOf(all))) return false;
    m_notes = notes;
    return true;
}

}  // namespace ringside
