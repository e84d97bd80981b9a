#pragma once
// One sentence under the top bar: what happened, what can be done. One at a time, the newest wins; a loss of data stays
// until it is closed. Older ones can be read again through `history`.

#include <QFrame>
#include <QStringList>
#include <functional>

#include "views/session/messages.h"
#include "views/theme/theme.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace ringside {

class MessageBar : public QFrame {
    Q_OBJECT
  public:
    explicit MessageBar(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Shows a sentence; `action` with its button where there is something to do.
    void show(Messages::Kind kind, const QString& text, const QString& action = {}, std::function<void()> act = {});
    void dismiss();
    [[nodiscard]] QString text() const;
    [[nodiscard]] const QStringList& history() const { return m_history; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    Theme m_theme;
    QLabel *m_icon, *m_text;
    QPushButton* m_action;
    QToolButton* m_close;
    std::function<void()> m_act;
    QStringList m_history;
    Messages::Kind m_kind = Messages::Kind::info;
};

}  // namespace ringside
