#pragma once
// The bar on top: where the learner is, which view is shown, and the few buttons for the whole window.

#include <QWidget>
#include <functional>
#include <vector>

#include "app/actions.h"
#include "views/home/recent_file.h"
#include "views/session/acting.h"
#include "views/theme/theme.h"

class QComboBox;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace ringside {

class TopBar : public QWidget {
    Q_OBJECT
  public:
    TopBar(const RunState& run, const Texts& texts, Acting& acting, Actions& actions, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// The views' actions are checked by the window; the bar shows which is.
    void showView(int index);
    /// Home has a field to search in where the views are chosen otherwise.
    void showHome(bool home);
    void retranslate();
    /// Another panel to show and hide from the View menu.
    void addPanel(QAction* toggle);
    [[nodiscard]] QMenu* menu() const { return m_menu; }
    /// What the menu offers to be opened again; asked when it is shown.
    void setRecent(std::function<std::vector<RecentFile>()> recent) { m_recent = std::move(recent); }

  signals:
    void recentChosen(const QString& path);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fillMenu();
    void fillRecent(QMenu* menu);
    void fillBranches();
    void refresh();
    void fit();
    /// The search field says as much as it has room for.
    void fitSearch();

    const RunState& m_run;
    const Texts& m_texts;
    Acting& m_acting;
    Actions& m_actions;
    Theme m_theme;
    QToolButton *m_menuButton, *m_home, *m_search, *m_open, *m_language, *m_projector, *m_help;
    QPushButton* m_searchField;
    QLabel *m_mark, *m_name, *m_crumb;
    QWidget* m_segments;
    QComboBox* m_combo;
    QMenu *m_menu, *m_branches;
    QList<QMenu*> m_submenus;
    std::vector<QToolButton*> m_views;
    QList<QAction*> m_panels;
    std::function<std::vector<RecentFile>()> m_recent;
    bool m_atHome = false;
};

}  // namespace ringside
