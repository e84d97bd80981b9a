#pragma once
// A stretch of Markdown that is as high as its text: narration, prompts, replies. Code is set in the theme's mono font,
// which alone keeps `->` two characters.

#include <QTextBrowser>

#include "views/theme/theme.h"

namespace ringside {

class MarkdownView : public QTextBrowser {
    Q_OBJECT
  public:
    explicit MarkdownView(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setToken(TextToken token, Role role = Role::text);
    void setMarkdownText(const QString& markdown);
    [[nodiscard]] const QString& markdownText() const { return m_source; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {60, m_height}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void render();
    void fit();
    Theme m_theme;
    TextToken m_token = TextToken::body;
    Role m_role = Role::text;
    QString m_source;
    int m_height = 20;
};

}  // namespace ringside
