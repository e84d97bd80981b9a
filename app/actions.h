#pragma once
// Everything the window can be told to do, with its key: one table for menus, the keyboard and the sheet of keys.

#include <QAction>
#include <QObject>
#include <map>
#include <vector>

#include "views/help/shortcut_sheet.h"

namespace ringside {

enum class Act : std::uint8_t {
    open_capture,
    open_scenario,
    home,
    search,
    export_picture,
    open_at,
    open_session,
    save_session,
    save_session_as,
    print_picture,
    copy_link,
    edit_note,
    save_handout,
    print_handout,
    quit,
    play,
    step,
    back,
    next_function,
    previous_function,
    next_packet,
    previous_packet,
    step_into,
    step_into_back,
    step_over,
    step_over_back,
    step_out,
    step_out_back,
    next_of_packet,
    previous_of_packet,
    next_of_task,
    previous_of_task,
    next_on_cpu,
    previous_on_cpu,
    why,
    run_on_to_stop,
    run_back_to_stop,
    break_here,
    who_changed,
    marker_a,
    marker_b,
    bookmark,
    breakpoints,
    watch,
    bookmarks,
    next_drop,
    previous_drop,
    next_lesson_step,
    previous_lesson_step,
    start,
    end,
    slower,
    faster,
    view_path,
    view_skb,
    view_cpu,
    view_lab,
    view_capture,
    view_charts,
    lesson_panel,
    inspector,
    timeline,
    events,
    filter,
    projector,
    restore_layout,
    text_larger,
    text_smaller,
    text_normal,
    light,
    dark,
    high_contrast,
    reduced_motion,
    english,
    chinese,
    undo,
    redo,
    run_on,
    shortcuts,
    about,
    focus_scene,
    next_panel,
    previous_panel,
    count_
};

/// The finer steps: along a call, and along what an event is about. In menus they stand in this order.
inline constexpr Act kCallSteps[] = {Act::step_into,      Act::step_into_back, Act::step_over,
                                     Act::step_over_back, Act::step_out,       Act::step_out_back};
inline constexpr Act kAlongSteps[] = {Act::next_of_packet,   Act::previous_of_packet, Act::next_of_task,
                                      Act::previous_of_task, Act::next_on_cpu,        Act::previous_on_cpu};

class Actions : public QObject {
    Q_OBJECT
  public:
    explicit Actions(QWidget* window);
    [[nodiscard]] QAction* operator[](Act act) const { return m_actions.at(act); }
    /// Says all texts again, in the present language.
    void retranslate();
    /// The keys for the sheet, in its order.
    [[nodiscard]] std::vector<ShortcutRow> keys() const;

  private:
    void add(Act act, const QList<QKeySequence>& keys = {}, bool checkable = false);
    std::map<Act, QAction*> m_actions;
};

}  // namespace ringside
