// What the window does with actions, files, keys and the session's news.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

#include "app/lazy_panel.h"
#include "app/main_window.h"
#include "app/panel_focus.h"
#include "app/top_bar.h"
#include "views/capture/capture_panel.h"
#include "views/events/event_list.h"
#include "views/events/why_menu.h"
#include "views/home/home_page.h"
#include "views/inspector/inspector_panel.h"
#include "views/lab/lab_panel.h"
#include "views/lesson/lesson_panel.h"
#include "views/message/message_bar.h"
#include "views/picture/picture_panel.h"
#include "views/search/search_palette.h"
#include "views/session/format.h"
#include "views/stacks/stacks_panel.h"

namespace ringside {

void MainWindow::on(Act act, std::function<void()> what) {
    connect((*m_actions)[act], &QAction::triggered, this, [what = std::move(what)] { what(); });
}

void MainWindow::connectActions() {
    on(Act::open_capture, [this] { chooseFile(true); });
    on(Act::open_scenario, [this] { chooseFile(false); });
    on(Act::home, [this] { goHome(); });
    on(Act::search, [this] { openSearch(); });
    on(Act::export_picture, [this] { exportPicture(); });
    on(Act::quit, [this] { close(); });
    on(Act::play, [this] { m_session.travel.setPlaying(!m_session.travel.playing()); });
    const struct {
        Act forward, backward;
        std::optional<StepBy> by;
    } steps[] = {{Act::step, Act::back, std::nullopt},
                 {Act::next_function, Act::previous_function, StepBy::function},
                 {Act::next_packet, Act::previous_packet, StepBy::packet},
                 {Act::step_into, Act::step_into_back, StepBy::into},
                 {Act::step_over, Act::step_over_back, StepBy::over},
                 {Act::step_out, Act::step_out_back, StepBy::out},
                 {Act::next_of_packet, Act::previous_of_packet, StepBy::same_packet},
                 {Act::next_of_task, Act::previous_of_task, StepBy::same_task},
                 {Act::next_on_cpu, Act::previous_on_cpu, StepBy::same_cpu},
                 {Act::next_lesson_step, Act::previous_lesson_step, StepBy::lesson}};
    for (const auto& s : steps) {
        on(s.forward, [this, by = s.by] { m_session.travel.step(by.value_or(m_session.view.now().step_by)); });
        on(s.backward, [this, by = s.by] { m_session.travel.back(by.value_or(m_session.view.now().step_by)); });
    }
    on(Act::why, [this] {
        if (!m_session.run.event()) return m_message->show(Messages::Kind::info, tr("Nothing has happened yet."));
        auto* menu = new QMenu(this);
        menu->setObjectName("why-menu");
        menu->setAttribute(Qt::WA_DeleteOnClose);
        addCauses(*menu, m_session.run, m_session.travel, m_session.run.position());
        menu->popup(m_centre->mapToGlobal(m_centre->rect().center() - menu->sizeHint().width() / 2 * QPoint(1, 0) -
                                          QPoint(0, menu->sizeHint().height() / 2)));
    });
    connectMarkActions();
    on(Act::next_drop, [this] { m_session.travel.toNextDrop(Direction::forward); });
    on(Act::previous_drop, [this] { m_session.travel.toNextDrop(Direction::backward); });
    on(Act::start, [this] { m_session.travel.toStart(); });
    on(Act::end, [this] { m_session.travel.toEnd(); });
    on(Act::slower, [this] { m_session.view.setSpeed(m_session.view.now().speed - 1); });
    on(Act::faster, [this] { m_session.view.setSpeed(m_session.view.now().speed + 1); });
    const Act views[] = {Act::view_path, Act::view_skb,     Act::view_cpu,
                         Act::view_lab,  Act::view_capture, Act::view_charts};
    for (int i = 0; i < 6; ++i) on(views[i], [this, i] { setCentre(static_cast<CentreView>(i)); });
    const std::pair<Act, QDockWidget*> docks[] = {{Act::lesson_panel, m_lessonDock},
                                                  {Act::inspector, m_inspectorDock},
                                                  {Act::timeline, m_timelineDock},
                                                  {Act::events, m_eventsDock}};
    for (const auto& [act, dock] : docks) {
        QAction* action = (*m_actions)[act];
        connect(action, &QAction::triggered, dock, &QWidget::setVisible);
        connect(dock, &QDockWidget::visibilityChanged, action,
                [action, dock = dock] { action->setChecked(!dock->isHidden()); });
        action->setChecked(true);
    }
    for (const Dock& dock : m_docks) {
        const bool named =
            dock.widget == m_transportDock ||
            std::any_of(std::begin(docks), std::end(docks), [&](const auto& d) { return d.second == dock.widget; });
        if (!named) m_top->addPanel(dock.widget->toggleViewAction());
    }
    on(Act::filter, [this] {
        if (centre() == CentreView::capture && m_session.run.capture()) return m_capture->panel().focusFilter();
        m_eventsDock->show();
        m_eventsDock->raise();
        m_events->panel().focusFilter();
    });
    on(Act::projector, [this] { setProjector(!m_projector); });
    on(Act::restore_layout, [this] { restoreLayout(); });
    on(Act::text_larger, [this] { setTextSize(nextTextSize(m_settings.text_percent, 1)); });
    on(Act::text_smaller, [this] { setTextSize(nextTextSize(m_settings.text_percent, -1)); });
    on(Act::text_normal, [this] { setTextSize(100); });
    on(Act::light, [this] { setTheme(ThemeKind::light); });
    on(Act::dark, [this] { setTheme(ThemeKind::dark); });
    on(Act::high_contrast, [this] { setTheme(ThemeKind::high_contrast); });
    on(Act::reduced_motion, [this] { setReducedMotion((*m_actions)[Act::reduced_motion]->isChecked()); });
    on(Act::english, [this] { setLanguage(QStringLiteral("en")); });
    on(Act::chinese, [this] { setLanguage(QStringLiteral("zh_CN")); });
    on(Act::undo, [this] { m_lab->panel().undo(); });
    on(Act::redo, [this] { m_lab->panel().redo(); });
    on(Act::run_on, [this] { m_session.explorer.runOn(); });
    on(Act::shortcuts, [this] {
        auto* sheet = new ShortcutSheet(m_actions->keys(), makeTheme(m_settings.theme, m_settings.text_percent), this);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    on(Act::about, [this] {
        const QString kernel = QStringLiteral("6.1.192");
        auto* box = new AboutBox(QCoreApplication::applicationVersion(), kernel,
                                 makeTheme(m_settings.theme, m_settings.text_percent), this);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    on(Act::focus_scene, [this] { focusScene(); });
    const auto panels = [this] {
        return std::vector<QWidget*>{m_top,           m_lessonDock,   m_centre,     m_inspectorDock,
                                     m_transportDock, m_timelineDock, m_eventsDock, m_message};
    };
    on(Act::next_panel, [panels] { focusNextPanel(panels(), true); });
    on(Act::previous_panel, [panels] { focusNextPanel(panels(), false); });
    connectLesson();
}

void MainWindow::connectSession() {
    connect(&m_session.messages, &Messages::message, this, &MainWindow::report);
    connect(&m_session.run, &RunState::runChanged, this, &MainWindow::runChanged);
    if (m_memory) m_book.set(m_memory->progress());
    m_session.opening.setProgress([this](const Lesson& lesson) { return m_book.opening(lesson); });
    connect(&m_session.run, &RunState::lessonChanged, this, [this] {
        if (const Player* player = m_session.run.player()) m_book.note(*player);
    });
    m_keepSoon.setSingleShot(true);
    m_keepSoon.setInterval(1000);
    connect(&m_book, &ProgressBook::changed, &m_keepSoon, qOverload<>(&QTimer::start));
    connect(&m_keepSoon, &QTimer::timeout, this, &MainWindow::keepProgress);
    m_keepNotesSoon.setSingleShot(true);
    m_keepNotesSoon.setInterval(1000);
    if (m_memory) m_notes.set(m_memory->notes());
    connect(&m_notes, &NoteBook::changed, &m_keepNotesSoon, qOverload<>(&QTimer::start));
    connect(&m_keepNotesSoon, &QTimer::timeout, this, &MainWindow::keepNotes);
    connect(&m_session.run, &RunState::lessonChanged, this, [this] {
        Player* player = m_session.run.player();
        if (!player || !m_session.run.hasRun()) return;
        // a step names the picture it is about; what the learner chose is left alone until the next one
        const QString shown = QString::fromStdString(player->lesson().id + "#") + QString::number(player->step());
        if (shown == m_shownStep) return;
        m_shownStep = shown;
        showSceneOf(player->step());
    });
    connect(&m_session.travel, &Travel::wayBegins, this, [this](std::size_t step) {
        // what happens on the way is seen in the path, if that is where the way leads
        const std::string& scene = m_session.run.player()->lesson().steps[step].scene;
        if (scene == "path" || scene == "ring") showSceneOf(step);
    });
    m_layOutSoon.setSingleShot(true);
    m_layOutSoon.setInterval(150);
    connect(&m_layOutSoon, &QTimer::timeout, this, [this] {
        m_transportDock->setMaximumHeight(m_transport->sizeHint().height());
        layOutAgain();
        adapt();
    });
    m_slow.setSingleShot(true);
    m_slow.setInterval(300);
    connect(&m_slow, &QTimer::timeout, this,
            [this] { m_progress->setVisible(m_session.opening.busy() || m_session.hunt.busy()); });
    // what was named at the start could not be opened, or was stopped: the error is said, Home is shown
    for (QTimer* timer : {&m_settled, &m_opened}) {
        timer->setSingleShot(true);
        timer->setInterval(0);
    }
    connect(&m_opened, &QTimer::timeout, this, [this] {
        if (const auto act = std::exchange(m_whenOpen, nullptr)) act();
    });
    connect(&m_settled, &QTimer::timeout, this, [this] {
        if (!m_opened.isActive()) m_whenOpen = nullptr;
        if (!m_session.run.hasRun() && !m_session.opening.busy() && centre() < CentreView::lab) goHome();
    });
    connect(&m_session.opening, &Opening::busyChanged, this, [this](bool opening) {
        m_progressBar->setRange(0, 0);
        m_progressText->setText(tr("Opening…"));
        if (opening) {
            m_slow.start();
        } else {
            m_slow.stop();
            m_progress->hide();
            m_settled.start();
        }
    });
    connect(&m_session.opening, &Opening::progress, this, [this](quint64 done, quint64 total, quint64 packets) {
        m_progressBar->setRange(0, 1000);
        m_progressBar->setValue(total ? static_cast<int>(done * 1000 / total) : 0);
        m_progressText->setText(tr("%1 packets read").arg(countText(packets)));
    });
    connectMarks();
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_session.hunt.busy()) {
            m_session.hunt.cancel();
            m_message->show(Messages::Kind::info, tr("The search was stopped; you are where you were."));
            return;
        }
        m_session.opening.cancel();
        m_message->show(Messages::Kind::info, tr("Opening was stopped; what was open before is still there."));
    });
}

void MainWindow::showSceneOf(std::size_t step) {
    const std::string& scene = m_session.run.player()->lesson().steps[step].scene;
    setCentre(scene == "skb" ? CentreView::skb : scene == "cpu" ? CentreView::cpus : CentreView::path);
}

void MainWindow::runChanged() {
    updateLessonActions();
    m_shownStep.clear();
    retranslate();
    for (const Dock& dock : m_docks) dock.place->look();
    enableActs();
    adapt();
    if (!m_session.run.hasRun()) {
        // the lab needs no run
        if (centre() != CentreView::lab) goHome();
        return;
    }
    rememberRun();
    takeMarks();
    const bool fromHome = centre() == CentreView::home;
    if (m_session.run.capture() && !m_session.run.player() && m_session.run.position() == 0) {
        setCentre(CentreView::capture);
    } else if (fromHome ||
               (m_session.run.position() == 0 && centre() == CentreView::capture && !m_session.run.capture())) {
        setCentre(CentreView::path);
    }
    // once everybody was told of the run
    if (m_whenOpen) m_opened.start();
    // the keys are the scene's from the first one on
    if (fromHome) focusCentre();
}

void MainWindow::report(Messages::Kind kind, const QString& text) {
    if (kind == Messages::Kind::error && !m_session.run.hasRun()) {
        m_message->show(kind, text, tr("Open another…"), [this] { chooseFile(true); });
    } else {
        m_message->show(kind, text);
    }
}

void MainWindow::chooseFile(bool capture) {
    const QString filter = capture ? tr("Captures (*.pcap *.pcapng *.cap *.dmp *.gz *.zst);;All files (*)")
                                   : tr("Scenarios (*.yaml *.yml);;All files (*)");
    const auto samples = m_session.opening.dataFolder() / "assets" / "samples";
    const QString file = QFileDialog::getOpenFileName(this, capture ? tr("Open a capture") : tr("Open a scenario"),
                                                      QString::fromStdString(samples.string()), filter);
    if (!file.isEmpty()) openFile(file);
}

void MainWindow::focusScene() {
    if (m_projector) return setProjector(false);
    if (centre() == CentreView::home) return leaveHome();
    focusCentre();
}

void MainWindow::focusCentre() {
    QWidget* focus = m_centre->currentWidget();
    if (centre() == CentreView::path) focus = &m_path->panel().scene();
    if (centre() == CentreView::skb) focus = &m_skb->panel().scene();
    if (centre() == CentreView::cpus) focus = &m_stacks->panel().scene();
    if (focus == m_centre->currentWidget()) {
        if (QWidget* entry = keyboardEntry(focus)) focus = entry;
    }
    focus->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayLeave()) return event->ignore();
    const bool projector = m_projector;
    if (m_projector) setProjector(false);
    m_settings.geometry = projector ? m_geometryBefore : saveGeometry();
    m_settings.layout = saveState();
    m_settings.gave_way.clear();
    for (const Dock& dock : m_docks)
        if (m_gaveWay.contains(dock.widget)) m_settings.gave_way << dock.widget->objectName();
    m_settings.speed = m_session.view.now().speed;
    keepMarks();
    keepProgress();
    keepNotes();
    endSessions();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!event->mimeData()->hasUrls() || !event->mimeData()->urls().first().isLocalFile()) return;
    event->acceptProposedAction();
    if (m_home->made()) m_home->made()->setHeld(event->mimeData()->urls().first().toLocalFile());
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* event) {
    QMainWindow::dragLeaveEvent(event);
    if (m_home->made()) m_home->made()->setHeld({});
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.isEmpty()) return;
    event->acceptProposedAction();
    if (m_home->made()) m_home->made()->setHeld({});
    openFile(urls.first().toLocalFile());
    if (urls.size() > 1) m_message->show(Messages::Kind::info, tr("One file at a time: the first one is opened."));
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    // text in a room follows the screen
    if (m_projector && m_scenes.room != room()) applyTheme();
    adapt();
}

/// Keys that belong to the widget that has the focus are not taken as the window's.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        // Enter presses whatever can be pressed; in the bars Space is for playing
        auto* button = qobject_cast<QAbstractButton*>(watched);
        const bool presses = qobject_cast<QPushButton*>(watched) || qobject_cast<QToolButton*>(watched);
        const int pressed = static_cast<QKeyEvent*>(event)->key();
        if (presses && (pressed == Qt::Key_Return || pressed == Qt::Key_Enter) && button->window() == this) {
            button->click();
            return true;
        }
    }
    if (event->type() != QEvent::ShortcutOverride) return QMainWindow::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    if (m_search && m_search->isVisible()) {
        // all keys are the palette's
        key->accept();
        return true;
    }
    QWidget* focus = QApplication::focusWidget();
    if (!focus || watched != focus || focus->window() != this) return QMainWindow::eventFilter(watched, event);
    const int k = key->key();
    const bool plain = (key->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == Qt::NoModifier;
    const bool arrow = k == Qt::Key_Left || k == Qt::Key_Right || k == Qt::Key_Up || k == Qt::Key_Down;
    const bool move = arrow || k == Qt::Key_Home || k == Qt::Key_End || k == Qt::Key_PageUp || k == Qt::Key_PageDown;
    const bool text = qobject_cast<QLineEdit*>(focus) || qobject_cast<QAbstractSpinBox*>(focus) ||
                      qobject_cast<QPlainTextEdit*>(focus);
    const bool items = qobject_cast<QAbstractItemView*>(focus) || qobject_cast<QAbstractSlider*>(focus) ||
                       qobject_cast<QComboBox*>(focus);
    bool own = plain && text && k != Qt::Key_Escape && k != Qt::Key_F1 && k != Qt::Key_F10;
    own |= plain && items && (move || k == Qt::Key_Space);
    // Space plays; it never presses a button of a bar, which Enter does
    const bool bar = m_top->isAncestorOf(focus) || m_transport->isAncestorOf(focus);
    own |= plain && qobject_cast<QAbstractButton*>(focus) && k == Qt::Key_Space && !bar;
    const bool digit = k >= Qt::Key_0 && k <= Qt::Key_9;
    QWidget* question =
        m_lesson->made() && m_lesson->made()->hasPage() && m_lesson->made()->page().question().isVisible()
            ? &m_lesson->made()->page().question()
            : nullptr;
    own |= plain && digit && question && question->isAncestorOf(focus);
    // while a number is asked for, digits are the answer: beside the field they would leave for another view
    if (plain && digit && question && !text) {
        auto* number = question->findChild<QLineEdit*>(QStringLiteral("question-number"));
        if (number && number->isVisible() && number->isEnabled()) {
            number->setFocus(Qt::ShortcutFocusReason);
            own = true;
        }
    }
    if (own) key->accept();
    return own;
}

}  // namespace ringside
