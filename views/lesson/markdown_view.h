#pragma once
// A stretch of Markdown that is as high as its text: narration, prompts, replies. Code is set in the theme's mono font,
// which alone keeps `->` two characters.

#include <QTextBrowser>

#include "views/lesson/lesson_words.h"
#include "views/theme/theme.h"

namespace ringside {

class MarkdownView : public QTextBrowser {
    Q_OBJECT
  public:
    explicit MarkdownView(QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setToken(TextToken token, Role role = Role::text);
    void setMarkdownText(const QString& markdown);
    /// Marks the words that are explained: the pointer shows what they mean, a click tells wordClicked(). Null: none.
    void setWords(const LessonWords* words);
    /// The key of the word at a place of the widget; empty: none is explained there.
    [[nodiscard]] QString wordAt(QPoint place) const;
    /// The words that are marked now, in their order.
    [[nodiscard]] QStringList markedWords() const;
    [[nodiscard]] const QString& markdownText() const { return m_source; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {60, m_height}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }

  signals:
    void wordClicked(const QString& key, QPoint screen);

  protected:
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    void render();
    void markWords();
    void fit();
    Theme m_theme;
    TextToken m_token = TextToken::body;
    Role m_role = Role::text;
    QString m_source;
    const LessonWords* m_words = nullptr;
    int m_height = 20;
};

}  // namespace ringside
