#pragma once
// The window: puts the views around the Session and nothing else. What it can be told is in actions, how it looks in
// settings.

#include <QMainWindow>
#include <QSet>
#include <QTranslator>
#include <filesystem>
#include <functional>

#include "app/actions.h"
#include "app/settings.h"
#include "views/session/session.h"

class QLabel;
class QPushButton;
class QProgressBar;
class QStackedWidget;

namespace ringside {

class CaptionStrip;
class CapturePanel;
class ChartsPanel;
class EventList;
class InspectorPanel;
class LabPanel;
class LessonPanel;
class MessageBar;
class PicturePanel;
class StacksPanel;
class TimelinePanel;
class TopBar;
class TransportBar;

/// The views in the centre, in the order of their keys 1 to 6.
enum class CentreView : std::uint8_t { path, skb, cpus, lab, capture, charts };

class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    MainWindow(std::filesystem::path folder, Settings settings, QWidget* parent = nullptr);
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

  protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build();
    void sizeDocks();
    /// Which docks there is room for.
    void adapt();
    void setTimelineCompact(bool compact);
    /// Hides a dock while a view needs its room, and brings it back afterwards.
    void giveWay(QDockWidget* dock, bool away);
    /// A panel beside the scenes: titled, themed, in the View menu, away in projector mode. `title`: QT_TR_NOOP.
    template <class Panel>
    QDockWidget* addDock(const char* name, const char* title, Panel* panel, Qt::DockWidgetArea area) {
        QDockWidget* dock = makeDock(name, panel, area);
        m_docks.push_back({dock, title, [panel](const Theme& theme) { panel->setTheme(theme); }});
        return dock;
    }
    QDockWidget* makeDock(const char* name, QWidget* panel, Qt::DockWidgetArea area);
    void connectActions();
    void connectSession();
    void on(Act act, std::function<void()> what);
    void applyTheme();
    void retranslate();
    void report(Session::MessageKind kind, const QString& text);
    void runChanged();
    void chooseFile(bool capture);
    void exportPicture();
    void focusScene();

    Session m_session;
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
    PicturePanel *m_path = nullptr, *m_skb = nullptr;
    StacksPanel* m_stacks = nullptr;
    LabPanel* m_lab = nullptr;
    CapturePanel* m_capture = nullptr;
    ChartsPanel* m_charts = nullptr;
    CaptionStrip* m_caption = nullptr;
    TransportBar* m_transport = nullptr;
    LessonPanel* m_lesson = nullptr;
    InspectorPanel* m_inspector = nullptr;
    TimelinePanel* m_timeline = nullptr;
    EventList* m_events = nullptr;
    QDockWidget *m_lessonDock = nullptr, *m_inspectorDock = nullptr, *m_transportDock = nullptr,
                *m_timelineDock = nullptr, *m_eventsDock = nullptr;
    QTimer m_slow;  ///< progress is shown only where opening takes longer than this
    QByteArray m_firstLayout, m_beforeProjector;
    struct Dock {
        QDockWidget* widget;
        const char* title;
        std::function<void(const Theme&)> setTheme;
    };
    std::vector<Dock> m_docks;
    QSet<QDockWidget*> m_gaveWay;
    bool m_projector = false;
};

}  // namespace ringside
