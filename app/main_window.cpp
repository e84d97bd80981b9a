#include "app/main_window.h"

#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLibraryInfo>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <span>

#include "app/dock_title.h"
#include "app/lazy_panel.h"
#include "app/presenter.h"
#include "app/top_bar.h"
#include "views/capture/capture_panel.h"
#include "views/charts/charts_panel.h"
#include "views/events/event_list.h"
#include "views/home/home_page.h"
#include "views/inspector/inspector_panel.h"
#include "views/lab/lab_panel.h"
#include "views/lesson/caption_strip.h"
#include "views/lesson/lesson_panel.h"
#include "views/marks/marks_panel.h"
#include "views/menus/thing_menus.h"
#include "views/message/message_bar.h"
#include "views/picture/picture_panel.h"
#include "views/search/search_palette.h"
#include "views/stacks/stacks_panel.h"
#include "views/timeline/timeline_panel.h"
#include "views/transport/icons.h"
#include "views/transport/transport_bar.h"

namespace ringside {

MainWindow::MainWindow(const std::filesystem::path& folder, Settings settings, std::unique_ptr<Memory> memory,
                       QWidget* parent)
    : QMainWindow(parent),
      m_session(folder),
      m_catalog(m_session.opening.dataFolder()),
      m_memory(std::move(memory)),
      m_settings(std::move(settings)) {
    setObjectName("main-window");
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    m_actions = new Actions(this);
    // language and fonts first: a widget made afterwards says its texts once
    installLanguage(m_settings.languageOrDesktop());
    styleProgram(Styled::fonts);
    build();
    connectActions();
    connectSession();
    connectSessions();
    m_session.view.setSpeed(m_settings.speed);
    retranslate();
    resize(1440, 900);
    m_firstLayout = saveState();
    if (!m_settings.geometry.isEmpty()) restoreGeometry(m_settings.geometry);
    if (!m_settings.layout.isEmpty() && restoreState(m_settings.layout)) {
        for (const Dock& dock : m_docks)
            if (m_settings.gave_way.contains(dock.widget->objectName())) m_gaveWay.insert(dock.widget);
    }
    goHome();
    // a dock's width follows from what is in it
    for (const Dock& dock : m_docks)
        if (!dock.widget->isHidden()) dock.place->look();
    // the sheet last: with it in place, Qt styles a widget again each time it or what it stands in is put somewhere
    applyTheme();
    updateLessonActions();
    qApp->installEventFilter(this);
    tellTroubles();
    offerLeft();
}

MainWindow::~MainWindow() {
    qApp->removeEventFilter(this);
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
}

void MainWindow::dress(Made made) {
    if (m_sheet) {  // else the window is not dressed yet, and will tell it
        made.setTheme(made.look == Look::scene ? m_scenes : m_plain);
        if (made.setReducedMotion) made.setReducedMotion(m_settings.reduced_motion);
    }
    m_made.push_back(std::move(made));
}

template <class Panel, class... Arguments>
LazyPanel<Panel>* MainWindow::place(Look look, std::function<void(Panel&)> connected, Arguments&&... arguments) {
    // what was given by reference is kept as one
    std::tuple<Arguments...> kept(std::forward<Arguments>(arguments)...);
    return new LazyPanel<Panel>([this, look, connected = std::move(connected), kept = std::move(kept)] {
        Panel* panel = take(std::apply([](auto&... each) { return new Panel(each...); }, kept), look);
        if (connected) connected(*panel);
        return panel;
    });
}

void MainWindow::build() {
    auto* head = new QWidget;
    auto* lines = new QVBoxLayout(head);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    m_top = new TopBar(m_session.run, m_session.texts, m_session.acting, *m_actions);
    m_progress = new QWidget;
    m_progress->setProperty("panel", true);
    auto* progress = new QHBoxLayout(m_progress);
    progress->setContentsMargins(20, 4, 12, 4);
    m_progressBar = new QProgressBar;
    m_progressBar->setTextVisible(false);
    m_progressText = new QLabel;
    m_progressText->setObjectName("progress-text");
    m_stop = new QPushButton;
    m_stop->setObjectName("opening-stop");
    progress->addWidget(m_progressText);
    progress->addWidget(m_progressBar, 1);
    progress->addWidget(m_stop);
    m_progress->hide();
    m_message = new MessageBar;
    lines->addWidget(m_top);
    lines->addWidget(m_progress);
    lines->addWidget(m_message);
    setMenuWidget(head);

    m_menus =
        std::make_unique<ThingMenus>(ThingMenus::Parts{m_session.run, m_session.view, m_session.travel, m_session.hunt,
                                                       m_session.marks, m_session.texts, m_session.messages});
    buildCentre();
    buildDocks();
}

void MainWindow::buildCentre() {
    auto& [texts, messages, view, marks, run, travel, explorer, hunt, acting, opening] = m_session;
    const auto menus = [this](auto& panel) { panel.setMenus(*m_menus); };
    m_path = place<PicturePanel>(Look::scene, menus, run, texts, view, travel, PictureKind::path);
    m_skb = place<PicturePanel>(Look::scene, menus, run, texts, view, travel, PictureKind::skb);
    m_stacks = place<StacksPanel>(Look::scene, menus, run, texts, view, travel);
    m_lab = place<LabPanel>(
        Look::plain,
        [this](LabPanel& lab) {
            connect(&lab.model(), &LabModel::changed, this, [this, &lab] {
                if (lab.model().exercise() && lab.model().reached()) m_lesson->panel().page().exercise().setSolved();
            });
        },
        run, texts, messages);
    m_capture = place<CapturePanel>(
        Look::plain,
        [this](CapturePanel& capture) {
            connect(&capture, &CapturePanel::pathRequested, this, [this] { setCentre(CentreView::path); });
            connect(&capture, &CapturePanel::openRequested, this, [this] { chooseFile(true); });
        },
        run, texts, travel, opening, acting);
    m_charts = place<ChartsPanel>(Look::plain, {}, run, texts, view, travel);
    // these need more height than a small window has: they scroll rather than keep it tall
    m_lab->setScrolling();
    m_capture->setScrolling();
    m_charts->setScrolling();
    m_centre = new QStackedWidget;
    for (QWidget* each : std::initializer_list<QWidget*>{m_path, m_skb, m_stacks, m_lab, m_capture, m_charts})
        m_centre->addWidget(each);
    m_home = new LazyPanel<HomePage>([this] { return makeHome(); });
    m_centre->addWidget(m_home);
    m_centre->setMinimumSize(360, 220);
    m_caption = place<CaptionStrip>(Look::scene, {}, run, texts);
    m_caption->hide();
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_centre, 1);
    column->addWidget(m_caption);
    setCentralWidget(centre);
}

void MainWindow::buildDocks() {
    auto& [texts, messages, view, marks, run, travel, explorer, hunt, acting, opening] = m_session;
    m_lesson = place<LessonPanel>(
        Look::plain,
        [this](LessonPanel& panel) {
            connect(&panel, &LessonPanel::labWanted, this,
                    [this](std::shared_ptr<const Lesson> lesson, std::size_t exercise) {
                        m_lab->panel().begin(std::move(lesson), exercise);
                        setCentre(CentreView::lab);
                    });
            connect(&panel, &LessonPanel::sceneWanted, this, &MainWindow::focusCentre);
            const auto done = [this, &panel] {
                QStringList ids;
                for (const auto& [id, progress] : m_book.progress().lessons) {
                    if (progress.done) ids << QString::fromStdString(id);
                }
                panel.setDone(ids);
            };
            done();
            connect(&m_book, &ProgressBook::changed, &panel, done);
        },
        run, texts, travel, opening, acting, m_notes);
    const auto menus = [this](auto& panel) { panel.setMenus(*m_menus); };
    m_inspector = place<InspectorPanel>(Look::plain, menus, run, texts, view, travel);
    m_inspector->setMinimumWidth(280);
    m_transport = place<TransportBar>(
        Look::plain,
        [this](TransportBar& bar) {
            constexpr Act wide[] = {Act::next_function, Act::previous_function, Act::next_packet, Act::previous_packet};
            constexpr Act found[] = {Act::next_drop,
                                     Act::previous_drop,
                                     Act::run_on_to_stop,
                                     Act::run_back_to_stop,
                                     Act::break_here,
                                     Act::who_changed,
                                     Act::why};
            QList<QAction*> steps;
            for (const std::span<const Act> group :
                 std::initializer_list<std::span<const Act>>{wide, kCallSteps, kAlongSteps, found}) {
                if (!steps.isEmpty()) steps << nullptr;
                for (const Act act : group) steps << (*m_actions)[act];
            }
            bar.setMore(steps);
        },
        run, view, travel);
    m_marks = place<MarksPanel>(
        Look::plain, {},
        MarkParts{run, marks, hunt, travel, texts, [this](const MarkedPlace& place) { goToPlace(place); }});
    m_timeline = place<TimelinePanel>(
        Look::plain, [this](TimelinePanel& panel) { panel.view().setMarks(m_session.marks, m_session.hunt); }, run,
        view, travel, explorer);
    m_events = place<EventList>(Look::plain, menus, run, texts, view, travel);
    for (PanelPlace* place : std::initializer_list<PanelPlace*>{m_inspector, m_events})
        place->waitFor([this] { return m_session.run.hasRun(); });
    m_marks->setMinimumWidth(280);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    m_lessonDock = addDock("lesson-dock", QT_TR_NOOP("Lesson"), m_lesson, Qt::LeftDockWidgetArea);
    m_inspectorDock = addDock("inspector-dock", QT_TR_NOOP("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_marksDock = addDock("marks-dock", QT_TR_NOOP("Breakpoints and marks"), m_marks, Qt::RightDockWidgetArea);
    m_marksDock->hide();
    m_transportDock = addDock("transport-dock", QT_TR_NOOP("Transport"), m_transport, Qt::BottomDockWidgetArea);
    qobject_cast<DockTitle*>(m_transportDock->titleBarWidget())->setCollapsed(true);
    m_transportDock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_transport->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_transport->fill();
    m_timeline->fill();
    m_timelineDock = addDock("timeline-dock", QT_TR_NOOP("Timeline"), m_timeline, Qt::BottomDockWidgetArea);
    m_eventsDock = addDock("events-dock", QT_TR_NOOP("Events"), m_events, Qt::BottomDockWidgetArea);
    splitDockWidget(m_transportDock, m_timelineDock, Qt::Vertical);
    splitDockWidget(m_timelineDock, m_eventsDock, Qt::Horizontal);
    sizeDocks();
}

void MainWindow::sizeDocks() {
    const int percent = m_settings.text_percent;
    resizeDocks({m_lessonDock, m_inspectorDock}, {330 * percent / 100, 330 * percent / 100}, Qt::Horizontal);
    resizeDocks({m_timelineDock, m_eventsDock}, {900, 560}, Qt::Horizontal);
    resizeDocks({m_timelineDock}, {190 * percent / 100}, Qt::Vertical);
}

QDockWidget* MainWindow::addDock(const char* name, const char* title, PanelPlace* panel, Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(this);
    dock->setObjectName(name);
    dock->setWidget(panel);
    dock->setTitleBarWidget(new DockTitle(dock));
    addDockWidget(area, dock);
    m_docks.push_back({dock, title, panel});
    return dock;
}

CentreView MainWindow::centre() const { return static_cast<CentreView>(m_centre->currentIndex()); }

void MainWindow::setCentre(CentreView view) {
    // the keys stay with what is shown, they do not wander on to a button
    const bool keys = QApplication::focusWidget() && m_centre->isAncestorOf(QApplication::focusWidget());
    m_centre->setCurrentIndex(static_cast<int>(view));
    m_top->showHome(view == CentreView::home);
    if (view != CentreView::home) m_top->showView(static_cast<int>(view));
    enableActs();
    adapt();
    if (keys && view != CentreView::home) focusCentre();
}

void MainWindow::adapt() {
    const CentreView view = centre();
    const int percent = m_settings.text_percent;
    // a small window gives up the inspector first, then the lesson panel becomes a caption; a capture wants the whole
    // width, and the inspector speaks of the run, not of the lab or of a chart
    const bool narrow = width() < 1180 * percent / 100, tiny = width() < 900 * percent / 100;
    const bool low = height() < 840 * percent / 100;
    // Home is all there is to see, and without a run there is nothing that a dock could show
    const bool alone = view == CentreView::home || !m_session.run.hasRun();
    if (alone) {
        for (const Dock& dock : m_docks) giveWay(dock.widget, true);
        m_caption->hide();
        return;
    }
    giveWay(m_transportDock, false);
    if (!m_projector) {
        giveWay(m_timelineDock, false);
        giveWay(m_inspectorDock, narrow || view >= CentreView::lab);
        giveWay(m_marksDock, narrow || view == CentreView::lab);
        giveWay(m_lessonDock, tiny || view == CentreView::capture);
        giveWay(m_eventsDock, low);
    }
    setTimelineCompact(m_projector || low);
    m_caption->setVisible(m_projector ||
                          (tiny && m_lessonDock->isHidden() && m_session.run.player() && view <= CentreView::cpus));
}

/// The lanes alone, without the dock's title and the row of controls.
void MainWindow::setTimelineCompact(bool compact) {
    m_timelineDock->setMaximumHeight(compact ? m_timeline->panel().view().sizeHint().height() + 12 : QWIDGETSIZE_MAX);
    if (m_timeline->panel().compact() == compact) return;
    m_timeline->panel().setCompact(compact);
    qobject_cast<DockTitle*>(m_timelineDock->titleBarWidget())->setCollapsed(compact);
    if (!compact && !m_projector) sizeDocks();
}

void MainWindow::giveWay(QDockWidget* dock, bool away) {
    if (away && !dock->isHidden()) {
        dock->hide();
        m_gaveWay.insert(dock);
    } else if (!away && m_gaveWay.remove(dock)) {
        dock->show();
    }
}

void MainWindow::setTheme(ThemeKind kind) {
    m_settings.theme = kind;
    applyTheme();
}

void MainWindow::setTextSize(int percent) {
    m_settings.text_percent = percent;
    applyTheme();
    if (!m_projector) sizeDocks();
    adapt();
}

void MainWindow::styleProgram(Styled what) {
    const int percent = m_settings.text_percent;
    m_plain = makeTheme(m_settings.theme,
                        m_projector ? qRound(std::min(percent, kMostRoomPercent) * kRoomText * room()) : percent);
    m_scenes = makeTheme(m_settings.theme, percent, m_projector, room());
    // where nothing changed, every widget there is would be polished again for nothing
    if (m_fonts != m_plain) {
        m_fonts = m_plain;
        QApplication::setPalette(paletteOf(m_plain));
        QApplication::setFont(m_plain.font(TextToken::ui));
        // a desktop may give these classes fonts of its own, which the line above does not replace
        for (const char* name :
             {"QAbstractButton", "QToolButton", "QPushButton", "QHeaderView", "QMenu", "QMenuBar", "QAbstractItemView",
              "QAbstractScrollArea", "QTipLabel", "QLabel", "QLineEdit", "QComboBox"}) {
            QApplication::setFont(m_plain.font(TextToken::ui), name);
        }
    }
    if (what == Styled::fonts || m_sheet == m_plain) return;
    m_sheet = m_plain;
    qApp->setStyleSheet(styleSheetOf(m_plain));
}

void MainWindow::applyTheme() {
    styleProgram(Styled::all);
    m_top->setTheme(m_plain);
    m_message->setTheme(m_plain);
    for (const Made& made : m_made) made.setTheme(made.look == Look::scene ? m_scenes : m_plain);
    for (DockTitle* title : findChildren<DockTitle*>()) title->setTheme(m_plain);
    m_transportDock->setMaximumHeight(m_transport->sizeHint().height());
    const Act themes[] = {Act::light, Act::dark, Act::high_contrast};
    (*m_actions)[themes[static_cast<int>(m_settings.theme)]]->setChecked(true);
    QIcon icon;
    for (const int size : {32, 64, 128}) icon.addPixmap(makePixmap(Icon::mark, m_plain.color(Role::ink), size, 1));
    setWindowIcon(icon);
    setReducedMotion(m_settings.reduced_motion);
}

void MainWindow::setReducedMotion(bool reduced) {
    m_settings.reduced_motion = reduced;
    m_session.travel.setTravelled(!reduced);
    (*m_actions)[Act::reduced_motion]->setChecked(reduced);
    for (const Made& made : m_made)
        if (made.setReducedMotion) made.setReducedMotion(reduced);
}

void MainWindow::setLanguage(const QString& language) {
    installLanguage(language);
    retranslate();
    if (m_search && m_search->isVisible()) m_search->setIndex(searchIndex());
}

void MainWindow::installLanguage(const QString& language) {
    m_settings.language = language;
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    // first: what is said again because of the translators asks for the engine's texts
    if (const std::optional<Error> error = m_session.texts.setLanguage(language))
        m_session.messages.report(Messages::Kind::error, m_session.texts.text(*error));
    (*m_actions)[language == QLatin1String("en") ? Act::english : Act::chinese]->setChecked(true);
    if (language == QLatin1String("en")) return;
    if (m_translator.load(QStringLiteral(":/i18n/ringside_%1.qm").arg(language)))
        QCoreApplication::installTranslator(&m_translator);
    const QString qt = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (m_qtTranslator.load(QStringLiteral("qtbase_%1").arg(language), qt))
        QCoreApplication::installTranslator(&m_qtTranslator);
}

void MainWindow::retranslate() {
    m_actions->retranslate();
    m_top->retranslate();
    for (DockTitle* title : findChildren<DockTitle*>()) title->retranslate();
    for (const Dock& dock : m_docks) {
        dock.widget->setWindowTitle(tr(dock.title));
        dock.place->setWaitingText(tr("Nothing is open."));
    }
    m_stop->setText(tr("Stop"));
    const QString title = m_session.run.title(m_session.texts.language());
    setWindowTitle(title.isEmpty() ? QStringLiteral("Ringside")
                                   : QStringLiteral("%1 – Ringside").arg(title));  // not translated: its name
}

void MainWindow::restoreLayout() {
    if (m_projector) setProjector(false);
    m_layOutSoon.stop();
    restoreState(m_firstLayout);
    for (const Dock& dock : m_docks) dock.widget->setVisible(dock.widget != m_marksDock);
    m_gaveWay.clear();
    setCentre(centre());
    sizeDocks();
}

/// How large the window is beside the projector's design.
double MainWindow::room() const { return std::max(1.0, std::min(width() / 1280.0, height() / 720.0)); }

/// For a room: only the scene, a caption and the transport, all drawn larger, on the whole screen.
void MainWindow::setProjector(bool on) {
    if (on == m_projector) return;
    if (on) {
        m_beforeProjector = saveState();
        m_geometryBefore = saveGeometry();
        m_stateBefore = windowState();
        m_gaveWayBefore = m_gaveWay;
    }
    m_projector = on;
    (*m_actions)[Act::projector]->setChecked(on);
    if (on) {
        for (const Dock& dock : m_docks)
            if (dock.widget != m_transportDock) dock.widget->hide();
        setWindowState(m_stateBefore | Qt::WindowFullScreen);
        m_presenter = new Presenter(this, {[this](Direction direction) {
                                               if (direction == Direction::forward)
                                                   m_session.travel.step(StepBy::lesson);
                                               else
                                                   m_session.travel.back(StepBy::lesson);
                                           },
                                           [this] { m_caption->panel().reveal(); },
                                           [this] { return centre() <= CentreView::cpus ? &shownScene() : nullptr; }});
    } else {
        delete std::exchange(m_presenter, nullptr);
        setWindowState(m_stateBefore);
    }
    m_top->setVisible(!on);
    applyTheme();
    if (!on) layOutAgain();
    adapt();
    // the window gets its size back a moment later, and the docks theirs with it
    if (!on) m_layOutSoon.start();
}

void MainWindow::layOutAgain() {
    if (m_projector) return;
    restoreState(m_beforeProjector);
    m_gaveWay = m_gaveWayBefore;
}

}  // namespace ringside
