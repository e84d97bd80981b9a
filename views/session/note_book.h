#pragma once
// What the learner wrote beside the steps of lessons. Whoever keeps it between two starts sets it and listens to
// changed().

#include <QObject>
#include <QString>
#include <map>
#include <string>

namespace ringside {

/// Notes of one lesson, by the id of the step; an empty note is none.
using LessonNotes = std::map<std::string, QString>;
/// By the lesson's id.
using Notes = std::map<std::string, LessonNotes>;

class NoteBook : public QObject {
    Q_OBJECT
  public:
    explicit NoteBook(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const Notes& notes() const { return m_notes; }
    /// Of one lesson; one without any gives an empty value.
    [[nodiscard]] const LessonNotes& of(const std::string& lesson) const;
    /// Empty: there is none.
    [[nodiscard]] QString note(const std::string& lesson, const std::string& step) const;
    void set(Notes notes);
    void write(const std::string& lesson, const std::string& step, const QString& text);
    /// Takes over notes from elsewhere (a session file): where both say something else, both are kept.
    void merge(const std::string& lesson, const LessonNotes& notes);

  signals:
    void changed();

  private:
    Notes m_notes;
};

}  // namespace ringside
