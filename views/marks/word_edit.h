#pragma once
// A line of code that completes the word being typed: names of functions, drop reasons, fields.

#include <QLineEdit>
#include <QStringList>
#include <functional>

class QCompleter;
class QStringListModel;

namespace ringside {

class WordEdit : public QLineEdit {
    Q_OBJECT
  public:
    /// `words` is asked for when typing begins.
    explicit WordEdit(std::function<QStringList()> words, QWidget* parent = nullptr);
    [[nodiscard]] QCompleter& words() { return *m_completer; }

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

  private:
    void complete();
    void take(const QString& word);
    /// Where the word before the cursor begins.
    [[nodiscard]] int wordBegin() const;

    std::function<QStringList()> m_words;
    QStringListModel* m_model;
    QCompleter* m_completer;
};

}  // namespace ringside
