// Home, and what the window remembers.
#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include "app/lazy_panel.h"
#include "app/main_window.h"
#include "views/home/home_page.h"
#include "views/message/message_bar.h"

namespace ringside {

HomePage* MainWindow::makeHome() {
    auto* home =
        new HomePage({m_catalog, m_book, m_session.opening.dataFolder(), [this] { return m_session.texts.language(); },
                      [this](const Error& error) { return m_session.texts.text(error); }});
    connect(home, &HomePage::lessonChosen, this, &MainWindow::openLesson);
    connect(home, &HomePage::fileChosen, this, &MainWindow::openFile);
    connect(home, &HomePage::openRequested, this, [this] { (*m_actions)[Act::open_capture]->trigger(); });
    connect(home, &HomePage::labChosen, this, [this] { setCentre(CentreView::lab); });
    connect(home, &HomePage::keysWanted, this, [this] { (*m_actions)[Act::shortcuts]->trigger(); });
    connect(home, &HomePage::missingChosen, this, [this, home](const QString& path) {
        m_settings.forget(path);
        home->setRecent(m_settings.recent);
        keepSettings();
    });
    return take(home, Look::plain);
}

void MainWindow::goHome() {
    if (m_projector) setProjector(false);
    m_session.travel.rest();
    if (const Player* player = m_session.run.player()) m_book.note(*player);
    if (centre() != CentreView::home) m_behindHome = centre();
    m_home->panel().setRecent(m_settings.recent);
    setCentre(CentreView::home);
    m_home->panel().focusPrimary();
}

void MainWindow::leaveHome() {
    if (!m_session.run.hasRun()) return;
    setCentre(m_behindHome);
    focusScene();
}

void MainWindow::openFirst(const QString& name) {
    setCentre(CentreView::path);
    openFile(name);
    // a session that cannot be read is said at once
    if (!m_session.opening.busy()) goHome();
}

void MainWindow::openLesson(const QString& id, bool again) {
    const Player* open = m_session.run.player();
    // it is open already, behind Home
    if (open && !again && open->lesson().id == id.toStdString()) return leaveHome();
    if (again) m_book.startAgain(id.toStdString());
    OpenRequest request;
    request.name = id.toStdString();
    m_session.opening.open(request);
}

void MainWindow::openFile(const QString& path) {
    if (isSession(path)) return openSession(path);
    m_session.opening.openNamed(path);
}

void MainWindow::enableActs() {
    const bool home = centre() == CentreView::home, run = m_session.run.hasRun();
    for (const Act act : {Act::play,
                          Act::step,
                          Act::back,
                          Act::next_function,
                          Act::previous_function,
                          Act::next_packet,
                          Act::previous_packet,
                          Act::why,
                          Act::run_on_to_stop,
                          Act::run_back_to_stop,
                          Act::break_here,
                          Act::who_changed,
                          Act::marker_a,
                          Act::marker_b,
                          Act::bookmark,
                          Act::breakpoints,
                          Act::watch,
                          Act::bookmarks,
                          Act::next_lesson_step,
                          Act::previous_lesson_step,
                          Act::start,
                          Act::end,
                          Act::run_on,
                          Act::lesson_panel,
                          Act::inspector,
                          Act::timeline,
                          Act::events,
                          Act::filter,
                          Act::projector})
        (*m_actions)[act]->setEnabled(run && !home);
    for (const Act act : kCallSteps) (*m_actions)[act]->setEnabled(run && !home);
    for (const Act act : kAlongSteps) (*m_actions)[act]->setEnabled(run && !home);
    for (const Act act : {Act::view_path, Act::view_skb, Act::view_cpu, Act::view_capture, Act::view_charts})
        (*m_actions)[act]->setEnabled(run);
    for (const Act act : {Act::undo, Act::redo}) (*m_actions)[act]->setEnabled(centre() == CentreView::lab);
    for (const Act act : {Act::export_picture, Act::print_picture})
        (*m_actions)[act]->setEnabled(run && centre() <= CentreView::cpus);
}

void MainWindow::rememberRun() {
    const OpenRequest& request = m_session.run.request();
    if (request.kind != OpenRequest::Kind::capture && request.kind != OpenRequest::Kind::scenario) return;
    const auto& capture = m_session.run.capture();
    RecentFile file{QFileInfo(QString::fromStdString(request.name)).absoluteFilePath(), QDateTime::currentDateTimeUtc(),
                    capture ? capture->count() : 0};
    // the same run again, or another branch of it
    if (!m_settings.recent.empty() && m_settings.recent.front().path == file.path &&
        m_settings.recent.front().packets == file.packets)
        return;
    m_settings.remember(std::move(file));
    keepSettings();
}

void MainWindow::keepSettings() {
    if (!m_memory || m_memory->keep(m_settings)) return;
    if (std::exchange(m_keptInVain, true)) return;
    report(Messages::Kind::warning,
           tr("What Ringside remembers could not be saved in %1.").arg(QDir::toNativeSeparators(m_memory->folder())));
}

void MainWindow::keepProgress() {
    m_keepSoon.stop();
    if (const Player* player = m_session.run.player()) m_book.note(*player);
    if (!m_memory || m_memory->keep(m_book.progress())) return;
    if (std::exchange(m_keptInVain, true)) return;
    report(
        Messages::Kind::warning,
        tr("What you did in the lessons could not be saved in %1.").arg(QDir::toNativeSeparators(m_memory->folder())));
}

void MainWindow::keepNotes() {
    m_keepNotesSoon.stop();
    if (!m_memory || m_memory->keep(m_notes.notes())) return;
    if (std::exchange(m_keptInVain, true)) return;
    report(Messages::Kind::warning,
           tr("Your notes could not be saved in %1.").arg(QDir::toNativeSeparators(m_memory->folder())));
}

void MainWindow::tellTroubles() {
    if (!m_memory) return;
    QStringList said;
    for (const StateTrouble& trouble : m_memory->troubles()) {
        const QString file = QDir::toNativeSeparators(trouble.file), aside = QDir::toNativeSeparators(trouble.aside);
        switch (trouble.kind) {
            case StateTrouble::Kind::damaged:
                said << tr("%1 is damaged; it was kept as %2, and Ringside begins without it.").arg(file, aside);
                break;
            case StateTrouble::Kind::foreign:
                said << tr("%1 is not a file of Ringside; it was kept as %2, and Ringside begins without it.")
                            .arg(file, aside);
                break;
            case StateTrouble::Kind::newer:
                said << tr("%1 is of a newer Ringside; it was kept as %2, and Ringside begins without it.")
                            .arg(file, aside);
                break;
            case StateTrouble::Kind::unreadable:
                said << tr("%1 cannot be read; it is left as it is, and nothing is remembered this time.").arg(file);
                break;
            case StateTrouble::Kind::stuck:
                said << tr("%1 cannot be used nor renamed; it is left as it is, and nothing is remembered this time.")
                            .arg(file);
                break;
        }
    }
    if (!said.isEmpty()) report(Messages::Kind::warning, said.join(QLatin1Char(' ')));
}

}  // namespace ringside
