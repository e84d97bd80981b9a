#pragma once
// The one object the views talk to: which run is open, where the learner is in it, what is selected. Everything a view
// shows comes from here, and a view changes nothing but by asking here.
//
// Three clocks: model time lives in the World, animation time in the scenes, wall time in the play timer here.

#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "engine/history/fate_book.h"
#include "engine/history/timeline.h"
#include "lessons/kernel_text.h"
#include "lessons/lab_script.h"
#include "lessons/player.h"
#include "views/session/opener.h"
#include "views/session/run_ahead.h"
#include "views/session/view_state.h"

namespace ringside {

class Session : public QObject {
    Q_OBJECT
  public:
    enum class Motion { none, forward, back, jump };
    Q_ENUM(Motion)
    enum class MessageKind { info, warning, error };
    Q_ENUM(MessageKind)

    /// `data` is the folder with lessons/, assets/.
    explicit Session(std::filesystem::path data, QObject* parent = nullptr);
    ~Session() override;

    // opening (session_open.cpp): off the GUI thread; the run that is open stays until the new one is ready
    void open(const OpenRequest& request);
    void openNamed(const QString& name) { open(requestFor(name.toStdString())); }
    /// Opens the present capture again with other choices.
    void reopenCapture(const ReplayOptions& options);
    void cancelOpening();
    /// Back to no run at all.
    void close();
    [[nodiscard]] bool opening() const { return m_opener.busy(); }
    [[nodiscard]] const std::filesystem::path& dataFolder() const { return m_data; }

    // the run
    [[nodiscard]] bool hasRun() const { return m_timeline != nullptr; }
    [[nodiscard]] const OpenRequest& request() const { return m_request; }
    /// Name for title and breadcrumb.
    [[nodiscard]] QString title() const;
    [[nodiscard]] const std::shared_ptr<const Capture>& capture() const { return m_capture; }
    [[nodiscard]] const Scenario& scenario() const { return m_scenario.scenario; }
    [[nodiscard]] const Inputs& inputs() const { return m_timeline->inputs(); }
    [[nodiscard]] Timeline& timeline() { return *m_timeline; }

    // where the learner is
    [[nodiscard]] Position position() const { return m_timeline ? m_timeline->position() : 0; }
    [[nodiscard]] const World& world() const { return m_timeline->world(); }
    [[nodiscard]] const std::optional<Event>& event() const { return m_timeline->event(); }
    /// The World the changed values are held against; null at the start.
    [[nodiscard]] const World* previous() const { return m_previous ? &*m_previous : nullptr; }
    /// The event that follows, if it is known and may be shown.
    [[nodiscard]] std::optional<Event> nextEvent();

    // what is known of the run
    /// How far the run is known, and whether that is its end.
    [[nodiscard]] Position explored() const { return m_timeline ? m_timeline->explored() : 0; }
    [[nodiscard]] bool ended() const { return m_timeline && m_timeline->end().has_value(); }
    /// The last position that may be shown: an open question hides what would give its answer away.
    [[nodiscard]] Position limit();
    [[nodiscard]] bool questionHides();
    [[nodiscard]] const SampleSeries& samples() const { return m_samples; }
    /// What became of every packet, as far as the run is known.
    [[nodiscard]] const FateBook& fates() const { return m_fates; }
    /// The walk of a packet up to the present position at least. Kept until another packet is asked for, or more of the
    /// run has to be known: then it costs a replay of the stretches the packet is in.
    const PacketWalk& walk(std::uint32_t packet);
    [[nodiscard]] bool running() const { return m_ahead.busy(); }
    void stopRunning();
    /// Plays the run on in the background, beyond where it was stopped.
    void runOn();

    // moving
    void step(StepBy by);
    void back(StepBy by);
    void seek(Position position);
    void toStart() { seek(0); }
    void toEnd() { seek(limit()); }
    [[nodiscard]] bool canStep();
    [[nodiscard]] bool canBack() const { return position() > 0; }
    void setPlaying(bool playing);
    [[nodiscard]] bool playing() const { return m_play.isActive(); }

    // shared view state
    [[nodiscard]] const ViewState& view() const { return m_view; }
    void setStepBy(StepBy by);
    void setSpeed(int stop);
    void select(Selection selection);
    void follow(std::uint32_t packet);
    /// The packet to show: the followed one, or the one the event is about, or the last one that was.
    [[nodiscard]] std::uint32_t packet() const { return m_view.followed ? m_view.followed : m_lastPacket; }
    /// The first event about a packet after it was given up or delivered; for "open in path".
    void goToPacket(std::uint32_t packet);

    // lesson
    [[nodiscard]] Player* player() { return m_player.get(); }
    [[nodiscard]] const std::shared_ptr<const Lesson>& lesson() const { return m_lesson; }
    void goToStep(std::size_t step);
    Result<Grade> answer(const std::string& answer);
    void skipQuestion();

    // acting (session_acts.cpp)
    /// Does it here; where a future is known, a branch opens. False, with a message, when it cannot be done.
    bool intervene(const Intervention& what);
    void switchBranch(BranchId id);

    // words
    /// "en" or "zh_CN": of lessons and of the engine's texts.
    void setLanguage(const QString& language);
    [[nodiscard]] std::string language() const { return m_language; }
    /// A text of the engine in the learner's language.
    [[nodiscard]] QString text(std::string_view english) const;
    /// What is wrong: "place: expected X, found Y".
    [[nodiscard]] QString text(const Error& error) const;
    [[nodiscard]] QString text(const PacketNote& note) const;
    /// "udp_rcv", and what the event does there in the learner's language.
    [[nodiscard]] QString functionName(FunctionId id) const;
    [[nodiscard]] QString stageText(const Event& event) const;

    void report(MessageKind kind, const QString& text) { emit message(kind, text); }

  signals:
    void openingChanged(bool opening);
    void openingProgress(quint64 done, quint64 total, quint64 packets);
    /// Another run, or another branch of it.
    void runChanged();
    void moved(ringside::Session::Motion motion);
    /// More of the run is known.
    void knownChanged();
    void playingChanged(bool playing);
    void viewChanged();
    /// The lesson's step, questions or horizon.
    void lessonChanged();
    void languageChanged();
    void message(ringside::Session::MessageKind kind, const QString& text);

  private:
    void take(OpenedRun&& run);
    void adopt(const RunReport& report);
    void startAhead(SampleRecorder recorder);
    /// Goes to `target`, or as near as may be shown.
    void go(Position target, Motion motion);
    void goTo(Position target, Motion motion);
    void lessonStep(Direction direction);
    void playOn();
    void resample(Position from);

    std::filesystem::path m_data;
    Background m_opener;
    OpenRequest m_request;
    ScenarioFile m_scenario;
    std::shared_ptr<const Capture> m_capture;
    std::unique_ptr<Timeline> m_timeline;
    std::unique_ptr<TimelineRun> m_run;
    std::shared_ptr<const Lesson> m_lesson;
    std::unique_ptr<Player> m_player;
    std::optional<World> m_previous;
    RunAhead m_ahead;
    SampleSeries m_samples;
    FateBook m_fates;
    PacketWalk m_walk;
    Position m_aheadLimit = 0;
    QTimer m_play;
    ViewState m_view;
    std::uint32_t m_lastPacket = 0;
    std::string m_language = "en";
    KernelText m_words;
};

}  // namespace ringside
