// Breakpoints, watched values and marks: their keys, their dock, and how they are kept.
#include <QDockWidget>
#include <QLabel>
#include <QProgressBar>

#include "app/lazy_panel.h"
#include "app/main_window.h"
#include "views/inspector/inspector_panel.h"
#include "views/marks/marks_panel.h"
#include "views/marks/places_page.h"
#include "views/session/format.h"

namespace ringside {

void MainWindow::connectMarkActions() {
    RunState& run = m_session.run;
    MarkBook& marks = m_session.marks;
    on(Act::run_on_to_stop, [this] { m_session.hunt.toBreakpoint(Direction::forward); });
    on(Act::run_back_to_stop, [this] { m_session.hunt.toBreakpoint(Direction::backward); });
    on(Act::break_here, [this, &run, &marks] {
        if (!run.event()) return report(Messages::Kind::info, tr("Nothing has happened yet."));
        const QString name = run.functionName(run.event()->function);
        report(Messages::Kind::info, marks.toggleBreakpoint(name)
                                         ? tr("Breakpoint at %1: R runs on to it, Shift R back.").arg(name)
                                         : tr("No breakpoint at %1 any more.").arg(name));
    });
    on(Act::who_changed, [this] {
        if (!m_inspector->made() || !m_inspector->made()->whoChanged())
            report(Messages::Kind::info, tr("Choose a value in the inspector first."));
    });
    const Act markers[] = {Act::marker_a, Act::marker_b};
    for (std::size_t i = 0; i < 2; ++i) {
        on(markers[i], [this, i, &run, &marks] {
            marks.setMarker(i, placeHere(run));
            const QString name = i == 0 ? QStringLiteral("A") : QStringLiteral("B");
            QString said = tr("Marker %1 is at event %2.").arg(name, countText(run.position()));
            const auto& [a, b] = marks.now().markers;
            if (a && b && a->branch == b->branch && std::max(a->position, b->position) <= run.limit())
                said +=
                    QLatin1Char(' ') +
                    tr("From A to B: %1").arg(differenceOf(run, a->position, b->position).join(QStringLiteral("; ")));
            report(Messages::Kind::info, said);
        });
    }
    on(Act::bookmark, [this] {
        showMarks(static_cast<int>(MarksPanel::Page::places));
        m_marks->panel().places().addHere();
    });
    const Act pages[] = {Act::breakpoints, Act::watch, Act::bookmarks};
    for (int i = 0; i < 3; ++i) on(pages[i], [this, i] { showMarks(i); });
}

void MainWindow::connectMarks() {
    connect(&m_session.hunt, &Hunt::busyChanged, this, [this](bool busy) {
        m_progressBar->setRange(0, 0);
        m_progressText->setText(tr("Searching…"));
        if (busy) {
            m_slow.start();
        } else {
            m_slow.stop();
            m_progress->hide();
        }
    });
    connect(&m_session.hunt, &Hunt::progress, this, [this](quint64 done, quint64 total) {
        m_progressBar->setRange(0, 1000);
        m_progressBar->setValue(total ? static_cast<int>(done * 1000 / total) : 0);
        m_progressText->setText(tr("%1 events searched").arg(countText(done)));
    });
    m_session.marks.set(m_settings.marks);
    m_keepMarksSoon.setSingleShot(true);
    m_keepMarksSoon.setInterval(1000);
    connect(&m_session.marks, &MarkBook::changed, &m_keepMarksSoon, qOverload<>(&QTimer::start));
    connect(&m_keepMarksSoon, &QTimer::timeout, this, &MainWindow::keepMarks);
}

void MainWindow::showMarks(int page) {
    if (centre() == CentreView::lab) setCentre(CentreView::path);
    m_gaveWay.remove(m_marksDock);
    m_marksDock->show();
    m_marksDock->raise();
    m_marks->panel().show(static_cast<MarksPanel::Page>(page));
}

void MainWindow::goToPlace(const MarkedPlace& place) {
    if (!m_session.run.hasRun()) return;
    if (place.branch >= m_session.run.branches().size())
        return report(Messages::Kind::info, tr("The branch of this place is not there any more."));
    if (place.branch != m_session.run.branch()) m_session.acting.switchBranch(place.branch);
    m_session.travel.seek(place.position);
    if (m_session.run.position() < place.position)
        report(Messages::Kind::info, tr("It comes only after the open question, or is not known yet."));
}

/// What the run was made of; the same lesson, scenario or capture has the same.
QString MainWindow::runKey() const {
    return m_session.run.hasRun() ? QString::number(m_session.run.inputs().hash, 16) : QString();
}

void MainWindow::takeMarks() {
    const QString key = runKey();
    if (key == m_marksOf) return;
    // those of the run before, which is gone
    m_settings.keepMarks(m_marksOf, m_session.marks.now());
    m_marksOf = key;
    m_session.marks.set(m_settings.marksOf(key));
}

void MainWindow::keepMarks() {
    m_keepMarksSoon.stop();
    m_settings.keepMarks(m_marksOf, m_session.marks.now());
    keepSettings();
}

}  // namespace ringside
