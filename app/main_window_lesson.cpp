// What can be done with the step of a lesson, and where one types to go: its address, notes, the handout, printing.
#include <QClipboard>
#include <QDockWidget>
#include <QFileDialog>
#include <QGuiApplication>
#include <QInputDialog>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>

#include "app/handout.h"
#include "app/lazy_panel.h"
#include "app/main_window.h"
#include "app/place_text.h"
#include "lessons/catalog.h"
#include "views/lesson/lesson_panel.h"
#include "views/message/message_bar.h"
#include "views/picture/picture_panel.h"
#include "views/scene/scene_export.h"
#include "views/session/format.h"
#include "views/stacks/stacks_panel.h"

namespace ringside {

void MainWindow::connectLesson() {
    on(Act::open_at, [this] { askPlace(); });
    on(Act::copy_link, [this] { copyLink(); });
    on(Act::edit_note, [this] { editNote(); });
    on(Act::save_handout, [this] { saveHandout(); });
    on(Act::print_handout, [this] { printHandout(); });
    on(Act::print_picture, [this] { printPicture(); });
}

void MainWindow::copyLink() {
    const Player* player = m_session.run.player();
    if (!player) return;
    const std::string link = player->lesson().id + "#" + player->lesson().steps[player->step()].id;
    QGuiApplication::clipboard()->setText(QString::fromStdString(link));
    m_message->show(Messages::Kind::info, tr("Copied: %1").arg(QString::fromStdString(link)));
}

void MainWindow::updateLessonActions() {
    const bool lesson = m_session.run.player() != nullptr;
    for (const Act act : {Act::copy_link, Act::edit_note, Act::save_handout, Act::print_handout})
        (*m_actions)[act]->setEnabled(lesson);
    for (const Act act : {Act::save_session, Act::save_session_as})
        (*m_actions)[act]->setEnabled(m_session.run.hasRun());
}

void MainWindow::editNote() {
    if (!m_session.run.player() || m_projector) return;
    if (centre() == CentreView::home) leaveHome();
    m_gaveWay.remove(m_lessonDock);
    m_lessonDock->show();
    m_lesson->panel().page().note().edit();
}

void MainWindow::askPlace() {
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName("open-at");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Open at"));
    dialog->setLabelText(
        tr("A step of a lesson (wire-to-recvfrom#ip, or #ip in this one), an event by its number "
           "(1234), or a packet (packet 17):"));
    dialog->setOkButtonText(tr("Go there"));
    dialog->setCancelButtonText(tr("Cancel"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) { goToTyped(text); });
    dialog->open();
}

void MainWindow::goToTyped(const QString& text) {
    const std::optional<TypedPlace> place = typedPlace(text);
    if (!place)
        return report(Messages::Kind::error,
                      tr("“%1” is no step of a lesson, no number of an event and no packet.").arg(text));
    if (const auto* step = std::get_if<StepPlace>(&*place)) return goToStepPlace(*step);
    RunState& run = m_session.run;
    if (!run.hasRun()) return report(Messages::Kind::error, tr("Nothing is open that has events and packets."));
    if (const auto* packet = std::get_if<PacketPlace>(&*place)) {
        EventFilter filter;
        filter.packet = packet->packet;
        const Found found = run.find(filter, Direction::forward, 0);
        if (!found || found.position > run.limit())
            return report(Messages::Kind::error,
                          run.ended() && !run.questionHides()
                              ? tr("There is no packet %1 in this run.").arg(packet->packet)
                              : tr("Packet %1 is not in the part that is known so far.").arg(packet->packet));
        showRun();
        return m_session.travel.goToPacket(packet->packet);
    }
    const Position position = std::get<PositionPlace>(*place).position;
    if (position > run.limit())
        return report(Messages::Kind::error,
                      run.ended() && !run.questionHides()
                          ? tr("The run ends with event %1.").arg(countText(run.limit()))
                          : tr("Event %1 is the last that can be gone to now.").arg(countText(run.limit())));
    showRun();
    m_session.travel.seek(position);
}

void MainWindow::goToStepPlace(const StepPlace& place) {
    const Player* player = m_session.run.player();
    if (place.lesson.empty() && !player)
        return report(Messages::Kind::error, tr("No lesson is open; name it before the “#”."));
    const bool open = player && (place.lesson.empty() || place.lesson == player->lesson().id);
    if (!open) return openFile(QString::fromStdString(place.lesson + (place.step.empty() ? "" : "#" + place.step)));
    const Result<std::size_t> step = place.step.empty() ? Result<std::size_t>(0) : stepOf(player->lesson(), place.step);
    if (!step) return report(Messages::Kind::error, m_session.texts.text(step.error()));
    goToLessonStep(player->lesson().id, *step);
}

HandoutOptions MainWindow::handoutOptions() {
    // on paper it is always light
    return {ThemeKind::light, m_notes.of(m_session.run.lesson()->id)};
}

void MainWindow::saveHandout() {
    const std::shared_ptr<const Lesson> lesson = m_session.run.lesson();
    if (!lesson) return;
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the handout"), QString::fromStdString(lesson->id + ".pdf"), tr("Documents (*.pdf)"));
    if (file.isEmpty()) return;
    const Result<QString> saved = writeHandout(*lesson, m_session.texts, file, handoutOptions());
    if (saved)
        m_message->show(Messages::Kind::info, tr("Saved as %1.").arg(*saved));
    else
        report(Messages::Kind::error, m_session.texts.text(saved.error()));
}

void MainWindow::onPrinter(const QString& name, const std::function<std::optional<Error>(QPrinter&)>& print) {
    auto* printer = new QPrinter(QPrinter::ScreenResolution);
    printer->setResolution(kHandoutDpi);
    printer->setFullPage(true);
    printer->setDocName(name);
    auto* dialog = new QPrintDialog(printer, this);
    dialog->setObjectName("print");
    connect(dialog, &QPrintDialog::finished, this, [this, dialog, printer, print](int result) {
        const std::unique_ptr<QPrinter> owned(printer);
        dialog->deleteLater();
        if (result != QDialog::Accepted) return;
        if (const std::optional<Error> error = print(*owned))
            report(Messages::Kind::error, m_session.texts.text(*error));
        else
            m_message->show(Messages::Kind::info, tr("Printed."));
    });
    dialog->open();
}

void MainWindow::printHandout() {
    const std::shared_ptr<const Lesson> lesson = m_session.run.lesson();
    if (!lesson) return;
    onPrinter(QString::fromStdString(lesson->id), [this, lesson, options = handoutOptions()](QPrinter& printer) {
        return ringside::printHandout(*lesson, m_session.texts, printer, options);
    });
}

SceneWidget& MainWindow::shownScene() {
    return centre() == CentreView::skb    ? m_skb->panel().scene()
           : centre() == CentreView::cpus ? m_stacks->panel().scene()
                                          : m_path->panel().scene();
}

void MainWindow::printPicture() {
    if (!m_session.run.hasRun() || centre() > CentreView::cpus) return;
    onPrinter(m_session.run.title(m_session.texts.language()), [this](QPrinter& printer) -> std::optional<Error> {
        const SceneWidget& scene = shownScene();
        const Theme theme = makeTheme(ThemeKind::light);
        const QSizeF size = scene.displayList().size() * theme.scale();
        printer.setPageOrientation(size.width() > size.height() ? QPageLayout::Landscape : QPageLayout::Portrait);
        QPainter painter;
        if (!painter.begin(&printer)) return Error{"printer", "a printer that can be written to", "none"};
        const double margin = kHandoutDpi / 2.0;
        const QSizeF room(printer.width() - 2 * margin, printer.height() - 2 * margin);
        const double scale = std::min(room.width() / size.width(), room.height() / size.height());
        painter.translate(margin, margin);
        painter.scale(scale, scale);
        paint(painter, scene.displayList(), theme, 1);
        return std::nullopt;
    });
}

void MainWindow::exportPicture() {
    const SceneWidget& scene = shownScene();
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the picture"), QStringLiteral("ringside.png"),
                                                      tr("Pictures (*.png *.svg *.pdf)"));
    if (file.isEmpty()) return;
    const Result<QString> saved = exportScene(scene.displayList(), scene.theme(), file);
    if (saved)
        m_message->show(Messages::Kind::info, tr("Saved as %1.").arg(*saved));
    else
        report(Messages::Kind::error, m_session.texts.text(saved.error()));
}

}  // namespace ringside
