#include "app/actions.h"

#include <QActionGroup>
#include <QWidget>

namespace ringside {

Actions::Actions(QWidget* window) : QObject(window) {
    using K = QKeySequence;
    add(Act::open_capture, {K(QStringLiteral("Ctrl+O"))});
    add(Act::open_scenario);
    add(Act::home, {K(QStringLiteral("Alt+Home"))});
    add(Act::search, {K(QStringLiteral("Ctrl+K"))});
    add(Act::export_picture);
    add(Act::open_at, {K(QStringLiteral("Ctrl+G"))});
    add(Act::open_session, {K(QStringLiteral("Ctrl+Shift+O"))});
    add(Act::save_session, {K(QStringLiteral("Ctrl+S"))});
    add(Act::save_session_as, {K(QStringLiteral("Ctrl+Shift+S"))});
    add(Act::print_picture);
    add(Act::copy_link, {K(QStringLiteral("Ctrl+Shift+C"))});
    add(Act::edit_note, {K(QStringLiteral("N"))});
    add(Act::save_handout);
    add(Act::print_handout, {K(QStringLiteral("Ctrl+P"))});
    add(Act::quit, {K(QStringLiteral("Ctrl+Q"))});
    add(Act::play, {K(QStringLiteral("Space"))});
    add(Act::step, {K(QStringLiteral("Right"))});
    add(Act::back, {K(QStringLiteral("Left"))});
    add(Act::next_function, {K(QStringLiteral("Shift+Right"))});
    add(Act::previous_function, {K(QStringLiteral("Shift+Left"))});
    add(Act::next_packet, {K(QStringLiteral("Ctrl+Right"))});
    add(Act::previous_packet, {K(QStringLiteral("Ctrl+Left"))});
    add(Act::step_into, {K(QStringLiteral("D"))});
    add(Act::step_into_back, {K(QStringLiteral("Shift+D"))});
    add(Act::step_over, {K(QStringLiteral("O"))});
    add(Act::step_over_back, {K(QStringLiteral("Shift+O"))});
    add(Act::step_out, {K(QStringLiteral("U"))});
    add(Act::step_out_back, {K(QStringLiteral("Shift+U"))});
    add(Act::next_of_packet, {K(QStringLiteral("P"))});
    add(Act::previous_of_packet, {K(QStringLiteral("Shift+P"))});
    add(Act::next_of_task, {K(QStringLiteral("T"))});
    add(Act::previous_of_task, {K(QStringLiteral("Shift+T"))});
    add(Act::next_on_cpu, {K(QStringLiteral("C"))});
    add(Act::previous_on_cpu, {K(QStringLiteral("Shift+C"))});
    add(Act::why, {K(QStringLiteral("W"))});
    add(Act::run_on_to_stop, {K(QStringLiteral("R"))});
    add(Act::run_back_to_stop, {K(QStringLiteral("Shift+R"))});
    add(Act::break_here, {K(QStringLiteral("F9"))});
    add(Act::who_changed, {K(QStringLiteral("V"))});
    add(Act::marker_a, {K(QStringLiteral("Shift+A"))});
    add(Act::marker_b, {K(QStringLiteral("Shift+B"))});
    add(Act::bookmark, {K(QStringLiteral("M"))});
    add(Act::breakpoints, {K(QStringLiteral("Ctrl+B"))});
    add(Act::watch, {K(QStringLiteral("Ctrl+W"))});
    add(Act::bookmarks, {K(QStringLiteral("Ctrl+M"))});
    add(Act::next_drop, {K(QStringLiteral("X"))});
    add(Act::previous_drop, {K(QStringLiteral("Shift+X"))});
    add(Act::next_lesson_step, {K(QStringLiteral("Alt+Right"))});
    add(Act::previous_lesson_step, {K(QStringLiteral("Alt+Left"))});
    add(Act::start, {K(QStringLiteral("Home"))});
    add(Act::end, {K(QStringLiteral("End"))});
    add(Act::slower, {K(QStringLiteral("["))});
    add(Act::faster, {K(QStringLiteral("]"))});
    int number = 1;
    for (const Act view :
         {Act::view_path, Act::view_skb, Act::view_cpu, Act::view_lab, Act::view_capture, Act::view_charts}) {
        add(view, {K(QString::number(number++))}, true);
    }
    add(Act::lesson_panel, {K(QStringLiteral("L"))}, true);
    add(Act::inspector, {K(QStringLiteral("I"))}, true);
    add(Act::timeline, {}, true);
    add(Act::events, {}, true);
    add(Act::filter, {K(QStringLiteral("Ctrl+F"))});
    add(Act::projector, {K(QStringLiteral("F"))}, true);
    add(Act::restore_layout);
    add(Act::text_larger, {K(QStringLiteral("Ctrl++")), K(QStringLiteral("Ctrl+="))});
    add(Act::text_smaller, {K(QStringLiteral("Ctrl+-"))});
    add(Act::text_normal, {K(QStringLiteral("Ctrl+0"))});
    auto* themes = new QActionGroup(this);
    for (const Act theme : {Act::light, Act::dark, Act::high_contrast}) {
        add(theme, {}, true);
        themes->addAction(m_actions[theme]);
    }
    add(Act::reduced_motion, {}, true);  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks): Qt's parent owns the group
    auto* languages = new QActionGroup(this);
    for (const Act language : {Act::english, Act::chinese}) {
        add(language, {}, true);
        languages->addAction(m_actions[language]);
    }
    // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks): Qt's parent owns the group
    add(Act::undo, {K(QStringLiteral("Ctrl+Z"))});
    add(Act::redo, {K(QStringLiteral("Ctrl+Y")), K(QStringLiteral("Ctrl+Shift+Z"))});
    add(Act::run_on);
    add(Act::shortcuts, {K(QStringLiteral("?")), K(QStringLiteral("Shift+?")), K(QStringLiteral("F1"))});
    add(Act::about);
    add(Act::focus_scene, {K(QStringLiteral("Esc"))});
    add(Act::next_panel, {K(QStringLiteral("F6"))});
    add(Act::previous_panel, {K(QStringLiteral("Shift+F6"))});
    for (const auto& [act, action] : m_actions) window->addAction(action);
    retranslate();
}

void Actions::add(Act act, const QList<QKeySequence>& keys, bool checkable) {
    auto* action = new QAction(this);
    action->setShortcuts(keys);
    action->setCheckable(checkable);
    m_actions[act] = action;
}

void Actions::retranslate() {
    const auto say = [this](Act act, const QString& text) { m_actions[act]->setText(text); };
    say(Act::open_capture, tr("Open capture…"));
    say(Act::open_scenario, tr("Open scenario…"));
    say(Act::home, tr("Home"));
    say(Act::search, tr("Search"));
    say(Act::export_picture, tr("Save picture…"));
    say(Act::copy_link, tr("Copy link to this step"));
    say(Act::save_handout, tr("Save handout…"));
    say(Act::print_handout, tr("Print handout…"));
    say(Act::print_picture, tr("Print picture…"));
    say(Act::edit_note, tr("Write a note on this step"));
    say(Act::open_at, tr("Open at…"));
    say(Act::open_session, tr("Open session…"));
    say(Act::save_session, tr("Save session"));
    say(Act::save_session_as, tr("Save session as…"));
    say(Act::quit, tr("Quit"));
    say(Act::play, tr("Play or pause"));
    say(Act::step, tr("Step"));
    say(Act::back, tr("Back"));
    say(Act::next_function, tr("Next function"));
    say(Act::previous_function, tr("Previous function"));
    say(Act::next_packet, tr("Next packet"));
    say(Act::step_into, tr("Step into the call"));
    say(Act::step_into_back, tr("Step back into the call"));
    say(Act::step_over, tr("Step over the call"));
    say(Act::step_over_back, tr("Step back over the call"));
    say(Act::step_out, tr("Step out to the caller"));
    say(Act::step_out_back, tr("Step back to the call"));
    say(Act::next_of_packet, tr("Next step of this packet"));
    say(Act::previous_of_packet, tr("Previous step of this packet"));
    say(Act::next_of_task, tr("Next step of this task"));
    say(Act::previous_of_task, tr("Previous step of this task"));
    say(Act::next_on_cpu, tr("Next step on this CPU"));
    say(Act::previous_on_cpu, tr("Previous step on this CPU"));
    say(Act::why, tr("Why this event?"));
    say(Act::run_on_to_stop, tr("On to the next breakpoint"));
    say(Act::run_back_to_stop, tr("Back to the last breakpoint"));
    say(Act::break_here, tr("Break at this function"));
    say(Act::who_changed, tr("Who last changed this value?"));
    say(Act::marker_a, tr("Set marker A here"));
    say(Act::marker_b, tr("Set marker B here"));
    say(Act::bookmark, tr("Bookmark this moment"));
    say(Act::breakpoints, tr("Breakpoints"));
    say(Act::watch, tr("Watched values"));
    say(Act::bookmarks, tr("Marks"));
    say(Act::next_drop, tr("Next drop"));
    say(Act::previous_drop, tr("Previous drop"));
    say(Act::previous_packet, tr("Previous packet"));
    say(Act::next_lesson_step, tr("Next lesson step"));
    say(Act::previous_lesson_step, tr("Previous lesson step"));
    say(Act::start, tr("Start"));
    say(Act::end, tr("Last known step"));
    say(Act::slower, tr("Slower"));
    say(Act::faster, tr("Faster"));
    say(Act::view_path, tr("Path"));
    say(Act::view_skb, QStringLiteral("sk_buff"));  // not translated: a kernel name
    say(Act::view_cpu, tr("Call stacks"));
    say(Act::view_lab, tr("Lab"));
    say(Act::view_capture, tr("Capture"));
    say(Act::view_charts, tr("Charts"));
    say(Act::lesson_panel, tr("Lesson panel"));
    say(Act::inspector, tr("Inspector"));
    say(Act::timeline, tr("Timeline"));
    say(Act::events, tr("Events"));
    say(Act::filter, tr("Filter"));
    say(Act::projector, tr("Projector mode"));
    say(Act::restore_layout, tr("Restore layout"));
    say(Act::text_larger, tr("Larger text"));
    say(Act::text_smaller, tr("Smaller text"));
    say(Act::text_normal, tr("Text at 100 %"));
    say(Act::light, tr("Light"));
    say(Act::dark, tr("Dark"));
    say(Act::high_contrast, tr("High contrast"));
    say(Act::reduced_motion, tr("Reduced motion"));
    say(Act::english, QStringLiteral("English"));  // not translated: each language names itself
    say(Act::chinese, QStringLiteral("简体中文"));
    say(Act::undo, tr("Undo in the lab"));
    say(Act::redo, tr("Redo in the lab"));
    say(Act::run_on, tr("Run on in the background"));
    say(Act::shortcuts, tr("Keys"));
    say(Act::about, tr("About Ringside"));
    say(Act::focus_scene, tr("Back to the scene"));
    say(Act::next_panel, tr("Next panel"));
    say(Act::previous_panel, tr("Previous panel"));
}

std::vector<ShortcutRow> Actions::keys() const {
    const auto row = [this](std::initializer_list<const char*> caps, const QString& text) {
        ShortcutRow r;
        for (const char* cap : caps) r.caps << QString::fromUtf8(cap);
        r.text = text;
        return r;
    };
    const auto name = [this](Act act) { return m_actions.at(act)->text(); };
    return {row({"Space"}, name(Act::play)),
            row({"→"}, name(Act::step)),
            row({"←"}, name(Act::back)),
            row({"Shift", "→"}, name(Act::next_function)),
            row({"Ctrl", "→"}, name(Act::next_packet)),
            row({"Alt", "→"}, name(Act::next_lesson_step)),
            row({"D"}, name(Act::step_into)),
            row({"O"}, name(Act::step_over)),
            row({"U"}, name(Act::step_out)),
            row({"P"}, name(Act::next_of_packet)),
            row({"T"}, name(Act::next_of_task)),
            row({"C"}, name(Act::next_on_cpu)),
            row({"W"}, name(Act::why)),
            row({"R"}, name(Act::run_on_to_stop)),
            row({"Shift", "R"}, name(Act::run_back_to_stop)),
            row({"F9"}, name(Act::break_here)),
            row({"V"}, name(Act::who_changed)),
            row({"Shift", "A"}, name(Act::marker_a)),
            row({"Shift", "B"}, name(Act::marker_b)),
            row({"M"}, name(Act::bookmark)),
            row({"Ctrl", "B"}, name(Act::breakpoints)),
            row({"Ctrl", "W"}, name(Act::watch)),
            row({"Ctrl", "M"}, name(Act::bookmarks)),
            row({"X"}, name(Act::next_drop)),
            row({"Home"}, name(Act::start)),
            row({"End"}, name(Act::end)),
            row({"[", "]"}, tr("slower, faster")),
            row({"1", "…", "6"}, tr("choose the view")),
            row({"L"}, name(Act::lesson_panel)),
            row({"I"}, name(Act::inspector)),
            row({"F"}, name(Act::projector)),
            row({"A", "B", "S", "Z"}, tr("projector: answer, black, spotlight, zoom")),
            row({"Ctrl", "+"}, name(Act::text_larger)),
            row({"Ctrl", "−"}, name(Act::text_smaller)),
            row({"Ctrl", "0"}, name(Act::text_normal)),
            row({"Ctrl", "O"}, name(Act::open_capture)),
            row({"Ctrl", "G"}, name(Act::open_at)),
            row({"Ctrl", "S"}, name(Act::save_session)),
            row({"N"}, name(Act::edit_note)),
            row({"Ctrl", "F"}, name(Act::filter)),
            row({"Ctrl", "K"}, name(Act::search)),
            row({"Alt", "Home"}, name(Act::home)),
            row({"Ctrl", "Z"}, name(Act::undo)),
            row({"Ctrl", "Y"}, name(Act::redo)),
            row({"Tab"}, tr("next station, Enter selects it")),
            row({"F6"}, name(Act::next_panel)),
            row({"Esc"}, name(Act::focus_scene)),
            row({"?"}, tr("this sheet"))};
}

}  // namespace ringside
