#include "app/main_window.h"

#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLibraryInfo>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "app/dock_title.h"
#include "app/top_bar.h"
#include "views/capture/capture_panel.h"
#include "views/charts/charts_panel.h"
#include "views/events/event_list.h"
#include "views/inspector/inspector_panel.h"
#include "views/lab/lab_panel.h"
#include "views/lesson/caption_strip.h"
#include "views/lesson/lesson_panel.h"
#include "views/message/message_bar.h"
#include "views/picture/picture_panel.h"
#include "views/stacks/stacks_panel.h"
#include "views/timeline/timeline_panel.h"
#include "views/transport/icons.h"
#include "views/transport/transport_bar.h"

namespace ringside {

MainWindow::MainWindow(std::filesystem::path folder, Settings settings, QWidget* parent)
    : QMainWindow(parent), m_session(std::move(folder)), m_settings(std::move(settings)) {
    setObjectName("main-window");
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    m_actions = new Actions(this);
    build();
    connectActions();
    connectSession();
    m_session.setSpeed(m_settings.speed);
    setLanguage(m_settings.languageOrDesktop());
    applyTheme();
    resize(1440, 900);
    setCentre(CentreView::path);
    m_path->scene().setFocus();
    m_firstLayout = saveState();
    if (!m_settings.geometry.isEmpty()) restoreGeometry(m_settings.geometry);
    if (!m_settings.layout.isEmpty()) restoreState(m_settings.layout);
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() {
    qApp->removeEventFilter(this);
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
}

void MainWindow::build() {
    auto* head = new QWidget;
    auto* lines = new QVBoxLayout(head);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    m_top = new TopBar(m_session, *m_actions);
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

    m_path = new PicturePanel(m_session, PictureKind::path);
    m_skb = new PicturePanel(m_session, PictureKind::skb);
    m_stacks = new StacksPanel(m_session);
    m_lab = new LabPanel(m_session);
    m_capture = new CapturePanel(m_session);
    m_charts = new ChartsPanel(m_session);
    m_centre = new QStackedWidget;
    for (QWidget* view : std::initializer_list<QWidget*>{m_path, m_skb, m_stacks}) m_centre->addWidget(view);
    for (QWidget* view : std::initializer_list<QWidget*>{m_lab, m_capture}) {
        // these need more height than a small window has: they scroll rather than keep it tall
        auto* scroll = new QScrollArea;
        scroll->setWidgetResizable(true);
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setWidget(view);
        m_centre->addWidget(scroll);
    }
    m_centre->addWidget(m_charts);
    m_centre->setMinimumSize(360, 220);
    m_caption = new CaptionStrip(m_session);
    m_caption->hide();
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_centre, 1);
    column->addWidget(m_caption);
    setCentralWidget(centre);

    m_lesson = new LessonPanel(m_session);
    m_inspector = new InspectorPanel(m_session);
    m_inspector->setMinimumWidth(280);
    m_transport = new TransportBar(m_session);
    m_timeline = new TimelinePanel(m_session);
    m_events = new EventList(m_session);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    m_lessonDock = addDock("lesson-dock", QT_TR_NOOP("Lesson"), m_lesson, Qt::LeftDockWidgetArea);
    m_inspectorDock = addDock("inspector-dock", QT_TR_NOOP("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_transportDock = addDock("transport-dock", QT_TR_NOOP("Transport"), m_transport, Qt::BottomDockWidgetArea);
    qobject_cast<DockTitle*>(m_transportDock->titleBarWidget())->setCollapsed(true);
    m_transportDock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_transport->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
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

QDockWidget* MainWindow::makeDock(const char* name, QWidget* panel, Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(this);
    dock->setObjectName(name);
    dock->setWidget(panel);
    dock->setTitleBarWidget(new DockTitle(dock));
    addDockWidget(area, dock);
    return dock;
}

CentreView MainWindow::centre() const { return static_cast<CentreView>(m_centre->currentIndex()); }

void MainWindow::setCentre(CentreView view) {
    m_centre->setCurrentIndex(static_cast<int>(view));
    m_top->showView(static_cast<int>(view));
    adapt();
}

void MainWindow::adapt() {
    const CentreView view = centre();
    const int percent = m_settings.text_percent;
    // a small window gives up the inspector first, then the lesson panel becomes a caption; a capture wants the whole
    // width, and the inspector speaks of the run, not of the lab or of a chart
    const bool narrow = width() < 1180 * percent / 100, tiny = width() < 900 * percent / 100;
    const bool low = height() < 840 * percent / 100;
    if (!m_projector) {
        giveWay(m_inspectorDock, narrow || view >= CentreView::lab);
        giveWay(m_lessonDock, tiny || view == CentreView::capture);
        giveWay(m_eventsDock, low);
    }
    setTimelineCompact(m_projector || low);
    m_caption->setVisible(m_projector ||
                          (tiny && m_lessonDock->isHidden() && m_session.player() && view <= CentreView::cpus));
}

/// The lanes alone, without the dock's title and the row of controls.
void MainWindow::setTimelineCompact(bool compact) {
    m_timelineDock->setMaximumHeight(compact ? m_timeline->view().sizeHint().height() + 12 : QWIDGETSIZE_MAX);
    if (m_timeline->compact() == compact) return;
    m_timeline->setCompact(compact);
    qobject_cast<DockTitle*>(m_timelineDock->titleBarWidget())->setCollapsed(compact);
    if (!compact) sizeDocks();
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
    sizeDocks();
    adapt();
}

void MainWindow::applyTheme() {
    const Theme plain = makeTheme(m_settings.theme, m_settings.text_percent);
    const Theme scenes = makeTheme(m_settings.theme, m_settings.text_percent, m_projector);
    QApplication::setPalette(paletteOf(plain));
    QApplication::setFont(plain.font(TextToken::ui));
    // a desktop may give these classes fonts of its own, which the line above does not replace
    for (const char* name :
         {"QAbstractButton", "QToolButton", "QPushButton", "QHeaderView", "QMenu", "QMenuBar", "QAbstractItemView",
          "QAbstractScrollArea", "QTipLabel", "QLabel", "QLineEdit", "QComboBox"}) {
        QApplication::setFont(plain.font(TextToken::ui), name);
    }
    qApp->setStyleSheet(styleSheetOf(plain));
    m_top->setTheme(plain);
    m_message->setTheme(plain);
    m_path->setTheme(scenes);
    m_skb->setTheme(scenes);
    m_stacks->setTheme(scenes);
    m_lab->setTheme(plain);
    m_capture->setTheme(plain);
    m_charts->setTheme(plain);
    m_caption->setTheme(plain, m_projector);
    for (const Dock& dock : m_docks) dock.setTheme(plain);
    for (DockTitle* title : findChildren<DockTitle*>()) title->setTheme(plain);
    m_transportDock->setMaximumHeight(m_transport->sizeHint().height());
    const Act themes[] = {Act::light, Act::dark, Act::high_contrast};
    (*m_actions)[themes[static_cast<int>(m_settings.theme)]]->setChecked(true);
    QIcon icon;
    for (const int size : {32, 64, 128}) icon.addPixmap(makePixmap(Icon::mark, plain.color(Role::ink), size, 1));
    setWindowIcon(icon);
    setReducedMotion(m_settings.reduced_motion);
}

void MainWindow::setReducedMotion(bool reduced) {
    m_settings.reduced_motion = reduced;
    (*m_actions)[Act::reduced_motion]->setChecked(reduced);
    m_path->setReducedMotion(reduced);
    m_skb->setReducedMotion(reduced);
    m_lab->setReducedMotion(reduced);
    m_inspector->setReducedMotion(reduced);
}

void MainWindow::setLanguage(const QString& language) {
    m_settings.language = language;
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    // the session first: what is said again because of the translators asks it for the engine's texts
    m_session.setLanguage(language);
    if (language != QLatin1String("en")) {
        if (m_translator.load(QStringLiteral(":/i18n/ringside_%1.qm").arg(language)))
            QCoreApplication::installTranslator(&m_translator);
        const QString qt = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
        if (m_qtTranslator.load(QStringLiteral("qtbase_%1").arg(language), qt))
            QCoreApplication::installTranslator(&m_qtTranslator);
    }
    retranslate();
    (*m_actions)[language == QLatin1String("en") ? Act::english : Act::chinese]->setChecked(true);
}

void MainWindow::retranslate() {
    m_actions->retranslate();
    m_top->retranslate();
    for (DockTitle* title : findChildren<DockTitle*>()) title->retranslate();
    for (const Dock& dock : m_docks) dock.widget->setWindowTitle(tr(dock.title));
    m_stop->setText(tr("Stop"));
    const QString title = m_session.title();
    setWindowTitle(title.isEmpty() ? QStringLiteral("Ringside")
                                   : QStringLiteral("%1 – Ringside").arg(title));  // not translated: its name
}

void MainWindow::restoreLayout() {
    if (m_projector) setProjector(false);
    restoreState(m_firstLayout);
    for (const Dock& dock : m_docks) dock.widget->show();
    m_gaveWay.clear();
    setCentre(centre());
    sizeDocks();
}

/// For a room: only the scene, a caption, the lanes and the transport, all drawn larger.
void MainWindow::setProjector(bool on) {
    if (on == m_projector) return;
    m_projector = on;
    (*m_actions)[Act::projector]->setChecked(on);
    if (on) {
        m_beforeProjector = saveState();
        for (const Dock& dock : m_docks)
            if (dock.widget != m_timelineDock && dock.widget != m_transportDock) dock.widget->hide();
    } else {
        restoreState(m_beforeProjector);
    }
    m_top->setVisible(!on);
    applyTheme();
    adapt();
}

}  // namespace ringside
