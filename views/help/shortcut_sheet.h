#pragma once
// The sheet of keys. Esc or ? closes it.

#include <QDialog>
#include <QStringList>
#include <vector>

#include "views/theme/theme.h"

namespace ringside {

/// One key or combination, and what it does.
struct ShortcutRow {
    QStringList caps;  ///< "Ctrl", "O"
    QString text;
};

class ShortcutSheet : public QDialog {
    Q_OBJECT
  public:
    ShortcutSheet(const std::vector<ShortcutRow>& rows, const Theme& theme, QWidget* parent);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
};

/// Versions, licence, what it is.
class AboutBox : public QDialog {
    Q_OBJECT
  public:
    AboutBox(const QString& version, const QString& kernel, const Theme& theme, QWidget* parent);
};

}  // namespace ringside
