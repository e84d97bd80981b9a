#include "views/lesson/note_editor.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace ringside {

NoteEditor::NoteEditor(const RunState& run, NoteBook& notes, QWidget* parent)
    : QWidget(parent), m_run(run), m_notes(notes) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_label = new QLabel;
    m_label->setProperty("tone", "secondary");
    m_text = new QPlainTextEdit;
    m_text->setObjectName("step-note");
    m_text->setTabChangesFocus(true);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_label->setBuddy(m_text);
    column->addWidget(m_label);
    column->addWidget(m_text);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        fit();
        if (m_step.empty() || m_writing) return;
        m_writing = true;
        m_notes.write(m_lesson, m_step, m_text->toPlainText());
        m_writing = false;
    });
    connect(&m_notes, &NoteBook::changed, this, &NoteEditor::refresh);
    retranslate();
}

void NoteEditor::setTheme(const Theme& theme) {
    m_label->setFont(theme.font(TextToken::small_medium));
    m_text->setFont(theme.font(TextToken::ui));
    fit();
}

void NoteEditor::retranslate() {
    m_label->setText(tr("Your note on this step"));
    m_text->setPlaceholderText(tr("Kept, and printed in the handout"));
    m_text->setAccessibleName(tr("Your note on this step"));
}

void NoteEditor::refresh() {
    const Player* player = m_run.player();
    setVisible(player && !player->finished());
    // what is being typed is there already
    if (!player || m_writing) return;
    m_lesson = player->lesson().id;
    m_step = player->lesson().steps[player->step()].id;
    const QString note = m_notes.note(m_lesson, m_step);
    if (note == m_text->toPlainText()) return;
    m_writing = true;
    m_text->setPlainText(note);
    m_writing = false;
}

void NoteEditor::edit() {
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->moveCursor(QTextCursor::End);
}

void NoteEditor::fit() {
    const int lines = std::clamp(m_text->blockCount(), 2, 8);
    m_text->setFixedHeight(lines * m_text->fontMetrics().lineSpacing() + m_text->fontMetrics().height());
}

}  // namespace ringside
