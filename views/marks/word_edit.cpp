#include "views/marks/word_edit.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>
#include <utility>

namespace ringside {

WordEdit::WordEdit(std::function<QStringList()> words, QWidget* parent)
    : QLineEdit(parent),
      m_words(std::move(words)),
      m_model(new QStringListModel(this)),
      m_completer(new QCompleter(this)) {
    m_completer->setModel(m_model);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setMaxVisibleItems(10);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &WordEdit::take);
    connect(this, &QLineEdit::textEdited, this, &WordEdit::complete);
}

int WordEdit::wordBegin() const {
    int at = cursorPosition();
    while (at > 0) {
        const QChar c = text().at(at - 1);
        if (!c.isLetterOrNumber() && !QStringLiteral("_.[]:*").contains(c)) break;
        --at;
    }
    return at;
}

void WordEdit::complete() {
    const int begin = wordBegin();
    const QString word = text().mid(begin, cursorPosition() - begin);
    if (word.size() < 2) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(word);
    if (m_completer->completionCount() == 0 ||
        (m_completer->completionCount() == 1 && m_completer->currentCompletion() == word)) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->complete();
}

void WordEdit::take(const QString& word) {
    const int begin = wordBegin();
    setText(text().left(begin) + word + text().mid(cursorPosition()));
    setCursorPosition(begin + static_cast<int>(word.size()));
}

void WordEdit::keyPressEvent(QKeyEvent* event) {
    // while words are offered, these choose one
    if (m_completer->popup()->isVisible()) {
        const int k = event->key();
        // Enter takes what is typed, unless one of them was gone to
        const bool enter = k == Qt::Key_Enter || k == Qt::Key_Return;
        if (enter && !m_completer->popup()->currentIndex().isValid()) {
            m_completer->popup()->hide();
            return QLineEdit::keyPressEvent(event);
        }
        if (enter || k == Qt::Key_Escape || k == Qt::Key_Tab) return event->ignore();
    }
    QLineEdit::keyPressEvent(event);
}

void WordEdit::focusInEvent(QFocusEvent* event) {
    m_model->setStringList(m_words());
    QLineEdit::focusInEvent(event);
}

}  // namespace ringside
