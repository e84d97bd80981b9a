#pragma once
// The window: puts the views around the Session and gives each the parts that it needs, nothing else. What it can be
// told is in actions, how it looks in settings.

#include <QMainWindow>
#include <QSet>
#include <QTranslator>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>

#include "app/actions.h"
#include "app/autosave.h"
#include "app/handout.h"
#include "app/memory.h"
#include "app/settings.h"
#include "views/session/catalog_book.h"
#include "views/session/note_book.h"
#include "views/session/progress_book.h"
#include "views/session/session.h"

class QLabel;
class QPushButton;
class QProgressBar;
class QPrinter;
class QStackedWidget;

namespace ringside {

class CaptionStrip;
class CapturePanel;
class ChartsPanel;
class EventList;
class HomePage;
class InspectorPanel;
class LabPanel;
class LessonPanel;
class MarksPanel;
class ThingMenus;
class MessageBar;
class PicturePanel;
class Presenter;
class SceneWidget;
class SearchIndex;
struct StepPlace;
class SearchPalette;
struct StateField;
class StacksPanel;
class TimelinePanel;
class TopBar;
class TransportBar;
class PanelPlace;
template <class Panel>
class LazyPanel;

/// The views in the centre, in the order of their keys 1 to 6, and Home.
enum class CentreView : std::uint8_t { path, skb, cpus, lab, capture, charts, home };

/// By its name.
bool isSession(const QString& file);

class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    /// Without a `memory` nothing is kept.
    MainWindow(const std::filesystem::path& folder, Settings settings, std::unique_ptr<Memory> memory = {},
               QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Session& session() { return m_session; }
    [[nodiscard]] const Settings& settings() const { return m_settings; }
    [[nodiscard]] Actions& actions() { return *m_actions; }
    [[nodiscard]] CentreView centre() const;
    void setCentre(CentreView view);
    void setTheme(ThemeKind kind);
    void setTextSize(int percent);
    void setLanguage(const QString& language);
    void setReducedMotion(bool reduced);
    void setProjector(bool on);
    [[nodiscard]] bool projector() const { return m_projector; }
    void restoreLayout();
    /// Opens a file or lesson at the start: Home is not shown before it.
    void openFirst(const QString& name);
    /// Nothing but Home is shown; a run that is open stays.
    void goHome();
    [[nodiscard]] const ProgressBook& progress() const { return m_book; }
    [[nodiscard]] NoteBook& notes() { return m_notes; }
    /// What somebody typed: a step of a lesson, an event, a packet; says what is wrong with it otherwise.
    void goToTyped(const QString& text);
    /// Saves what is open; an empty name asks for one. False, with a message, where it is not saved.
    bool saveSession(QString file);
    /// Opens a session file; `left`: one that a crash left, which is no file of the person's.
    void openSession(const QString& file, bool left = false);
    /// Whether something was done in the run that no file has.
    [[nodiscard]] bool unsaved();
    /// Keeps what is open for after a crash, now.
    void autosave();

  protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    enum class Look : std::uint8_t { plain, scene };
    void build();
    void buildCentre();
    void buildDocks();
    void sizeDocks();
    /// Which docks there is room for.
    void adapt();
    void setTimelineCompact(bool compact);
    /// Hides a dock while a view needs its room, and brings it back afterwards.
    void giveWay(QDockWidget* dock, bool away);
    /// A place for a panel with what its constructor takes; it is made when it is first shown, themed, and kept themed.
    /// `connected` is told of it then. A scene is drawn larger by the projector.
    template <class Panel, class... Arguments>
    LazyPanel<Panel>* place(Look look, std::function<void(Panel&)> connected, Arguments&&... arguments);
    /// What a panel that was made is told.
    struct Made {
        Look look;
        std::function<void(const Theme&)> setTheme;
        std::function<void(bool)> setReducedMotion;  ///< empty: nothing moves in it
    };
    /// Themes a panel that was made, and keeps it themed. Here, since several files make panels.
    template <class Panel>
    Panel* take(Panel* panel, Look look) {
        Made made{look, [panel](const Theme& theme) { panel->setTheme(theme); }, {}};
        if constexpr (requires { panel->setReducedMotion(true); })
            made.setReducedMotion = [panel](bool reduced) { panel->setReducedMotion(reduced); };
        dress(std::move(made));
        return panel;
    }
    void dress(Made made);
    /// Puts a place beside the scenes: titled, in the View menu, away in projector mode. `title`: QT_TR_NOOP.
    QDockWidget* addDock(const char* name, const char* title, PanelPlace* panel, Qt::DockWidgetArea area);
    void connectActions();
    void connectSession();
    void on(Act act, std::function<void()> what);
    void applyTheme();
    [[nodiscard]] double room() const;
    /// As it was before projector mode.
    void layOutAgain();
    enum class Styled : std::uint8_t { fonts, all };
    /// Palette and fonts of the program, and its style sheet, where the theme changed them.
    void styleProgram(Styled what);
    void installLanguage(const QString& language);
    void retranslate();
    void report(Messages::Kind kind, const QString& text);
    void runChanged();
    void chooseFile(bool capture);
    void exportPicture();
    void focusScene();
    /// The view that is shown has the keys.
    void focusCentre();
    HomePage* makeHome();
    /// From Home to the view that was shown before it.
    void leaveHome();
    void openLesson(const QString& id, bool again);
    void openFile(const QString& path);
    // search (main_window_search.cpp)
    void openSearch();
    SearchIndex searchIndex();
    void addLessons(SearchIndex& index);
    /// From Home, the lab or a capture to a picture of the run.
    void showRun();
    void goToFunction(FunctionId id);
    void goToField(const StateField& field);
    void goToLessonStep(const std::string& lesson, std::size_t step);
    /// What can be done now: on Home no step, without a run no view of one.
    void enableActs();
    void rememberRun();
    void keepSettings();
    void keepProgress();
    void tellTroubles();
    /// The picture that a step of the lesson is about.
    void showSceneOf(std::size_t step);
    // the step of a lesson (main_window_lesson.cpp)
    void connectLesson();
    /// The address of the present step into the clipboard.
    void copyLink();
    void editNote();
    void askPlace();
    void goToStepPlace(const StepPlace& place);
    [[nodiscard]] HandoutOptions handoutOptions();
    void saveHandout();
    void printHandout();
    void printPicture();
    /// Asks for a printer, then prints.
    void onPrinter(const QString& name, const std::function<std::optional<Error>(QPrinter&)>& print);
    /// The picture in the centre, or the path.
    SceneWidget& shownScene();
    void updateLessonActions();
    // sessions (main_window_session.cpp)
    void connectSessions();
    SavedSession sessionNow();
    void rememberSession(const QString& file);
    /// Finds the capture of a session: where it was, beside the session, or where the person says. False: it is said.
    bool findInput(const QString& file, SavedSession& session);
    void showSession(const SavedSession& session, const QString& file);
    /// Asks where something would be lost; false: it stays.
    bool mayLeave();
    void offerLeft();
    void endSessions();
    void keepNotes();
    // breakpoints, watched values, marks (main_window_marks.cpp)
    void connectMarkActions();
    void connectMarks();
    /// Shows the page of the dock and gives it the keys.
    void showMarks(int page);
    /// To a place on whatever branch.
    void goToPlace(const MarkedPlace& place);
    /// Those of the run that was opened, beside those of any run.
    void takeMarks();
    void keepMarks();
    [[nodiscard]] QString runKey() const;

    Session m_session;
    ProgressBook m_book;
    CatalogBook m_catalog;
    std::unique_ptr<Memory> m_memory;
    QTimer m_keepSoon;  ///< progress is kept a moment after it was made
    bool m_keptInVain = false;
    NoteBook m_notes;
    QTimer m_keepNotesSoon;
    QString m_sessionFile;                     ///< that what is open was saved in or came from; empty: none
    QString m_contentMark;                     ///< of the capture that is open, once it was asked for
    std::vector<SavedBranch> m_savedBranches;  ///< as they are in that file, or as the run began
    std::unique_ptr<Autosave> m_autosave;      ///< null: nothing is remembered
    QTimer m_autosaveTimer;
    QByteArray m_autosaved;  ///< as it was written last
    Settings m_settings;
    QTranslator m_translator, m_qtTranslator;
    Actions* m_actions = nullptr;
    TopBar* m_top = nullptr;
    MessageBar* m_message = nullptr;
    QWidget* m_progress = nullptr;
    QProgressBar* m_progressBar = nullptr;
    QLabel* m_progressText = nullptr;
    QPushButton* m_stop = nullptr;
    QStackedWidget* m_centre = nullptr;
    LazyPanel<PicturePanel>*m_path = nullptr, *m_skb = nullptr;
    LazyPanel<StacksPanel>* m_stacks = nullptr;
    LazyPanel<LabPanel>* m_lab = nullptr;
    LazyPanel<CapturePanel>* m_capture = nullptr;
    LazyPanel<ChartsPanel>* m_charts = nullptr;
    LazyPanel<HomePage>* m_home = nullptr;
    SearchPalette* m_search = nullptr;  ///< made when it is first asked for
    std::function<void()> m_whenOpen;   ///< what is to be done in the run that is being opened
    CentreView m_behindHome = CentreView::path;
    LazyPanel<CaptionStrip>* m_caption = nullptr;
    LazyPanel<TransportBar>* m_transport = nullptr;
    LazyPanel<LessonPanel>* m_lesson = nullptr;
    LazyPanel<InspectorPanel>* m_inspector = nullptr;
    LazyPanel<TimelinePanel>* m_timeline = nullptr;
    LazyPanel<EventList>* m_events = nullptr;
    LazyPanel<MarksPanel>* m_marks = nullptr;
    QDockWidget* m_marksDock = nullptr;
    std::unique_ptr<ThingMenus> m_menus;
    QString m_marksOf;       ///< the run whose marks are shown
    QTimer m_keepMarksSoon;  ///< a moment after they were changed
    QDockWidget *m_lessonDock = nullptr, *m_inspectorDock = nullptr, *m_transportDock = nullptr,
                *m_timelineDock = nullptr, *m_eventsDock = nullptr;
    QTimer m_slow;     ///< progress is shown only where opening takes longer than this
    QTimer m_settled;  ///< an opening has just ended, and what followed from it has happened
    QTimer m_opened;   ///< everybody was told of the run that was opened
    QByteArray m_firstLayout;
    QByteArray m_beforeProjector, m_geometryBefore;  ///< layout and place, before projector mode
    Qt::WindowStates m_stateBefore;
    QTimer m_layOutSoon;
    Presenter* m_presenter = nullptr;  ///< in projector mode
    struct Dock {
        QDockWidget* widget;
        const char* title;
        PanelPlace* place;
    };
    std::vector<Dock> m_docks;
    std::vector<Made> m_made;
    Theme m_plain, m_scenes;
    std::optional<Theme> m_fonts, m_sheet;          ///< what the program's fonts and its style sheet were made of
    QSet<QDockWidget*> m_gaveWay, m_gaveWayBefore;  ///< now, and before projector mode
    bool m_projector = false;
    QString m_shownStep;  ///< the step of a lesson whose picture was chosen
};

}  // namespace ringside
