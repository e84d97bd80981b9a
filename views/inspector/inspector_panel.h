#pragma once
// Every value of the selected thing, with what this step changed.

#include <QSet>
#include <QTimer>
#include <QWidget>
#include <memory>

#include "views/inspector/inspected.h"
#include "views/inspector/inspector_model.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"

class QComboBox;
class QMenu;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace ringside {

class ThingMenus;

class InspectorPanel : public QWidget {
    Q_OBJECT
  public:
    InspectorPanel(const RunState& run, const Texts& texts, ViewState& view, Travel& travel, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    void setReducedMotion(bool reduced) { m_reduced = reduced; }
    [[nodiscard]] InspectorModel& model() { return *m_model; }
    [[nodiscard]] QTreeView& tree() { return *m_tree; }
    [[nodiscard]] QLineEdit& filter() { return *m_filter; }
    void focusFilter();
    /// Rows have a menu.
    void setMenus(const ThingMenus& menus);
    /// The menu of a row; the caller owns it.
    [[nodiscard]] QMenu* rowMenu(const QModelIndex& index);
    /// Who last changed the value in the current row; false: no row is current.
    bool whoChanged();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void refreshChoices();
    void openGroups();
    void tellEmpty();
    [[nodiscard]] QString groupName(const std::string& name) const;

    const RunState& m_run;
    const Texts& m_texts;
    ViewState& m_view;
    Travel& m_travel;
    Theme m_theme;
    std::shared_ptr<const ThingMenus> m_menus;
    InspectorModel* m_model;
    QLabel* m_emptyText;
    QComboBox* m_choice;
    QLineEdit* m_filter;
    QTreeView* m_tree;
    QWidget* m_empty;
    QPushButton* m_clear;
    QSet<QString> m_open, m_closed;  ///< groups the learner opened or closed, by path
    QTimer m_fade;
    int m_fadeStep = 0;
    bool m_reduced = false;
    class Delegate;
    Delegate* m_delegate;
};

}  // namespace ringside
