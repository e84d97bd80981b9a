// Sessions in the window: saving, opening, what is asked before something is lost, what is offered after a crash.
#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include "app/lazy_panel.h"
#include "app/main_window.h"
#include "app/top_bar.h"
#include "views/message/message_bar.h"

namespace ringside {
namespace {

constexpr int kAutosaveMs = 5000;
constexpr const char* kCentres[] = {"path", "skb", "cpus", "lab", "capture", "charts", "home"};

bool namesFile(const OpenRequest& request) {
    return request.kind == OpenRequest::Kind::capture || request.kind == OpenRequest::Kind::scenario ||
           request.name.find('/') != std::string::npos;
}

}  // namespace

bool isSession(const QString& file) { return file.endsWith(QLatin1String(kSessionEnding), Qt::CaseInsensitive); }

void MainWindow::connectSessions() {
    on(Act::open_session, [this] {
        const QString file =
            QFileDialog::getOpenFileName(this, tr("Open a session"), {}, tr("Sessions (*.ringside);;All files (*)"));
        if (!file.isEmpty()) openSession(file);
    });
    on(Act::save_session, [this] { saveSession(m_sessionFile); });
    on(Act::save_session_as, [this] { saveSession({}); });
    m_session.opening.setMayLeave([this] { return mayLeave(); });
    connect(&m_session.opening, &Opening::taken, this, [this] {
        m_sessionFile.clear();
        m_contentMark.clear();
        m_savedBranches = savedBranches(m_session.run.timeline());
    });
    connect(&m_session.opening, &Opening::notRestored, this, [this](NotRestored why) {
        // a stop was said by whoever asked for it
        if (why == NotRestored::stopped) return;
        report(Messages::Kind::error,
               why == NotRestored::other_input
                   ? tr("The session was made of another input than the one that is there now, and cannot be opened.")
                   : tr("The session cannot be made again by this Ringside: the run comes out differently."));
    });
    m_top->setRecent([this] { return m_settings.recent; });
    connect(m_top, &TopBar::recentChosen, this, &MainWindow::openFile);
    if (!m_memory) return;
    m_autosave = std::make_unique<Autosave>(m_memory->folder());
    m_autosaveTimer.setInterval(kAutosaveMs);
    m_autosaveTimer.setSingleShot(true);
    connect(&m_autosaveTimer, &QTimer::timeout, this, &MainWindow::autosave);
    // some time after anything was done: a busy machine's World is not looked at for nothing
    const auto soon = [this] {
        if (!m_autosaveTimer.isActive()) m_autosaveTimer.start();
    };
    connect(&m_session.run, &RunState::runChanged, this, soon);
    connect(&m_session.run, &RunState::moved, this, soon);
    connect(&m_session.run, &RunState::lessonChanged, this, soon);
    connect(&m_session.view, &ViewState::changed, this, soon);
    connect(&m_notes, &NoteBook::changed, this, soon);
    connect(&m_session.marks, &MarkBook::changed, this, soon);
}

SavedSession MainWindow::sessionNow() {
    SavedSession session;
    RunState& run = m_session.run;
    session.request = run.request();
    session.request.saved.reset();
    session.request.capture.reset();
    session.request.lesson.reset();
    if (namesFile(session.request))
        session.request.name = QFileInfo(QString::fromStdString(session.request.name)).absoluteFilePath().toStdString();
    if (const Player* player = run.player()) {
        session.request.progress = progressOf(*player, m_book.progress().of(player->lesson().id));
        session.request.at_end = player->finished();
        session.notes = m_notes.of(player->lesson().id);
    }
    if (session.request.kind == OpenRequest::Kind::capture) {
        if (m_contentMark.isEmpty()) m_contentMark = contentMark(QString::fromStdString(session.request.name));
        session.content = m_contentMark;
    }
    session.run = saveRun(run.timeline());
    session.view = m_session.view.now();
    session.centre = QLatin1String(kCentres[static_cast<std::size_t>(centre())]);
    session.layout = m_projector ? m_beforeProjector : saveState();
    for (const Dock& dock : m_docks)
        if ((m_projector ? m_gaveWayBefore : m_gaveWay).contains(dock.widget))
            session.gave_way << dock.widget->objectName();
    session.marks = m_session.marks.now().toJson();
    return session;
}

bool MainWindow::saveSession(QString file) {
    if (!m_session.run.hasRun()) return false;
    if (file.isEmpty()) {
        const QString title = m_session.run.title(m_session.texts.language());
        file = QFileDialog::getSaveFileName(this, tr("Save the session"), title + QLatin1String(kSessionEnding),
                                            tr("Sessions (*.ringside)"));
        if (file.isEmpty()) return false;
        if (!isSession(file)) file += QLatin1String(kSessionEnding);
    }
    const SavedSession session = sessionNow();
    const QString shown = QDir::toNativeSeparators(file);
    switch (writeSession(file, session)) {
        case SessionWritten::failed:
            report(Messages::Kind::error, tr("%1 could not be written.").arg(shown));
            return false;
        case SessionWritten::not_ours:
            report(Messages::Kind::error,
                   tr("%1 is there and is no session that this Ringside can read; it was left as it is. "
                      "Save under another name.")
                       .arg(shown));
            return false;
        case SessionWritten::yes:
            break;
    }
    m_sessionFile = file;
    m_savedBranches = session.run.branches;
    rememberSession(file);
    m_message->show(Messages::Kind::info, tr("Saved as %1.").arg(shown));
    return true;
}

void MainWindow::rememberSession(const QString& file) {
    m_settings.remember({QFileInfo(file).absoluteFilePath(), QDateTime::currentDateTimeUtc(), 0});
    keepSettings();
}

void MainWindow::openSession(const QString& file, bool left) {
    SessionProblem problem{};
    std::optional<SavedSession> session = readSession(file, problem);
    const QString shown = QDir::toNativeSeparators(file);
    if (!session) {
        switch (problem) {
            case SessionProblem::unreadable:
                return report(Messages::Kind::error, tr("%1 cannot be read.").arg(shown));
            case SessionProblem::damaged:
                return report(Messages::Kind::error, tr("%1 is damaged; it was left as it is.").arg(shown));
            case SessionProblem::foreign:
                return report(Messages::Kind::error, tr("%1 is not a session of Ringside.").arg(shown));
            case SessionProblem::newer:
                return report(Messages::Kind::error,
                              tr("%1 was saved by a newer Ringside; it was left as it is.").arg(shown));
        }
    }
    if (session->request.kind == OpenRequest::Kind::capture && !findInput(file, *session)) return;
    OpenRequest request = session->request;
    request.saved = std::make_shared<const SavedRun>(session->run);
    m_whenOpen = [this, file, left, session = std::move(*session)] {
        if (m_session.run.request().saved) showSession(session, left ? QString() : file);
        if (left && m_autosave) m_autosave->forgetLeft();
    };
    m_session.opening.open(request);
}

bool MainWindow::findInput(const QString& file, SavedSession& session) {
    const QString was = QString::fromStdString(session.request.name), name = QFileInfo(was).fileName();
    const QString beside = QFileInfo(file).absoluteDir().filePath(name);
    // a session that was handed on together with its capture
    for (const QString& place : {was, beside}) {
        if (!QFileInfo(place).isFile() || contentMark(place) != session.content) continue;
        session.request.name = place.toStdString();
        return true;
    }
    const bool there = QFileInfo(was).isFile();
    const QString now = QFileDialog::getOpenFileName(
        this,
        there ? tr("%1 has changed since. Where is the file as it was?").arg(name)
              : tr("%1 is not where it was. Where is it now?").arg(name),
        QFileInfo(file).absolutePath(), tr("Captures (*.pcap *.pcapng *.cap *.dmp *.gz *.zst);;All files (*)"));
    if (now.isEmpty()) {
        report(Messages::Kind::info, tr("The session was not opened: its capture %1 was not found.").arg(name));
        return false;
    }
    if (contentMark(now) != session.content) {
        report(Messages::Kind::error,
               tr("%1 is another capture than the one of the session.").arg(QDir::toNativeSeparators(now)));
        return false;
    }
    session.request.name = now.toStdString();
    return true;
}

void MainWindow::showSession(const SavedSession& session, const QString& file) {
    if (m_projector) setProjector(false);
    m_layOutSoon.stop();
    if (const Player* player = m_session.run.player()) m_notes.merge(player->lesson().id, session.notes);
    m_session.view.set(session.view);
    if (!session.layout.isEmpty() && restoreState(session.layout)) {
        m_gaveWay.clear();
        for (const Dock& dock : m_docks)
            if (session.gave_way.contains(dock.widget->objectName())) m_gaveWay.insert(dock.widget);
    }
    for (std::size_t i = 0; i < std::size(kCentres); ++i)
        if (session.centre == QLatin1String(kCentres[i]) && i != static_cast<std::size_t>(CentreView::home))
            setCentre(static_cast<CentreView>(i));
    m_session.marks.set(Marks::fromJson(session.marks));
    m_sessionFile = file;
    if (!file.isEmpty())
        rememberSession(file);
    else
        m_savedBranches.clear();  // what was never saved is unsaved still
    focusCentre();
}

bool MainWindow::unsaved() {
    // marks are kept with the settings
    return m_session.run.hasRun() && savedBranches(m_session.run.timeline()) != m_savedBranches;
}

bool MainWindow::mayLeave() {
    if (!unsaved()) return true;
    QMessageBox box(QMessageBox::Question, tr("Not saved"),
                    tr("What you did in this run is not saved: its branches would be gone."), QMessageBox::NoButton,
                    this);
    box.setObjectName("unsaved");
    QPushButton* save = box.addButton(tr("Save session…"), QMessageBox::AcceptRole);
    QPushButton* drop = box.addButton(tr("Do not save"), QMessageBox::DestructiveRole);
    box.addButton(tr("Stay here"), QMessageBox::RejectRole);
    box.setDefaultButton(save);
    box.exec();
    if (box.clickedButton() == save) return saveSession(m_sessionFile);
    return box.clickedButton() == drop;
}

void MainWindow::autosave() {
    if (!m_autosave) return;
    if (!m_session.run.hasRun()) return m_autosave->clear();
    // a picture a frame is enough to do while the run is played
    if (m_session.travel.playing() || m_session.opening.busy()) return m_autosaveTimer.start();
    SavedSession session = sessionNow();
    QByteArray bytes = bytesOf(session);
    if (bytes == m_autosaved && m_autosave->kept()) return;
    if (m_autosave->keep(session)) m_autosaved = std::move(bytes);
}

void MainWindow::offerLeft() {
    if (!m_autosave) return;
    const QStringList left = m_autosave->left();
    if (left.isEmpty()) return;
    m_message->show(Messages::Kind::warning,
                    tr("Ringside was not closed the last time. What was open then can be restored."), tr("Restore"),
                    [this, file = left.front()] { openSession(file, true); });
}

void MainWindow::endSessions() {
    m_autosaveTimer.stop();
    if (!m_autosave) return;
    m_autosave->clear();
    // they were offered
    m_autosave->forgetLeft();
}

}  // namespace ringside
