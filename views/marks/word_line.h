#pragma once
// A line in which a breakpoint or a name of the state is typed: with completion, its button, and what is wrong with it.

#include <QWidget>
#include <functional>

#include "views/theme/theme.h"

class QLabel;
class QPushButton;

namespace ringside {

class WordEdit;

class WordLine : public QWidget {
    Q_OBJECT
  public:
    /// `name` begins the names of its parts: NAME-edit, NAME-add, NAME-wrong. `take` is given what was typed, without
    /// blanks around it, and says what is wrong with it; empty: it was taken, and the line is cleared.
    WordLine(const QString& name, std::function<QStringList()> words, std::function<QString(const QString&)> take,
             QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setTexts(const QString& placeholder, const QString& accessible, const QString& tip);
    [[nodiscard]] WordEdit& edit() { return *m_edit; }
    /// What is said of the line as it was typed.
    [[nodiscard]] QString complaint() const;

  private:
    void enter();

    std::function<QString(const QString&)> m_take;
    WordEdit* m_edit;
    QPushButton* m_add;
    QLabel* m_wrong;
};

}  // namespace ringside
