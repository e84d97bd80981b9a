#pragma once
// A place in the window whose panel is made when the place is first shown, or when somebody asks for the panel: what is
// not looked at costs neither the start nor a change of theme.

#include <QVBoxLayout>
#include <QWidget>
#include <functional>

class QLabel;

namespace ringside {

/// The part that does not depend on the panel's type.
class PanelPlace : public QWidget {
  public:
    explicit PanelPlace(QWidget* parent = nullptr);
    /// Makes the panel if it is not there yet.
    virtual void fill() = 0;
    /// Until `ready`, being shown makes no panel: a sentence stands there instead.
    void waitFor(std::function<bool()> ready);
    void setWaitingText(const QString& text);
    /// The panel is put into a scroll area.
    void setScrolling() { m_scrolling = true; }
    /// Makes the panel if the place is shown and what it waits for has come.
    void look();

  protected:
    void showEvent(QShowEvent* event) override;
    void put(QWidget* panel);

  private:
    std::function<bool()> m_ready;
    QLabel* m_waiting = nullptr;
    bool m_scrolling = false;
};

template <class Panel>
class LazyPanel : public PanelPlace {
  public:
    /// `make` is called once, and gives the panel ready to be shown: themed and connected.
    explicit LazyPanel(std::function<Panel*()> make) : m_make(std::move(make)) {}

    /// The panel, made now if need be.
    Panel& panel() {
        fill();
        return *m_panel;
    }
    /// The panel if there is one already; null: nobody has looked at it.
    [[nodiscard]] Panel* made() const { return m_panel; }
    void fill() override {
        if (m_panel) return;
        m_panel = m_make();
        put(m_panel);
    }

  private:
    std::function<Panel*()> m_make;
    Panel* m_panel = nullptr;
};

}  // namespace ringside
