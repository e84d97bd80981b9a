#pragma once
// Answers: which run is open, where the learner is in it, what is known of it. Views hold it as const and connect to
// its signals; the request classes (travel, opening, acting, explorer) change it.

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "engine/history/drop_story.h"
#include "engine/history/fate_book.h"
#include "engine/history/timeline.h"
#include "lessons/lab_script.h"
#include "lessons/progress.h"
#include "views/session/opener.h"
#include "views/session/run_ahead.h"

namespace ringside {

/// How the learner came to the present position; `none`: another run or branch.
enum class Motion : std::uint8_t { none, forward, back, jump };

class RunState : public QObject {
    Q_OBJECT
  public:
    explicit RunState(QObject* parent = nullptr);
    ~RunState() override;

    // the run
    [[nodiscard]] bool hasRun() const { return m_timeline != nullptr; }
    [[nodiscard]] const OpenRequest& request() const { return m_request; }
    /// Name for title and breadcrumb.
    [[nodiscard]] QString title(std::string_view language) const;
    [[nodiscard]] const std::shared_ptr<const Capture>& capture() const { return m_capture; }
    [[nodiscard]] const Scenario& scenario() const { return m_scenario.scenario; }
    [[nodiscard]] const Inputs& inputs() const { return m_timeline->inputs(); }
    /// "udp_rcv"; empty without a run.
    [[nodiscard]] QString functionName(FunctionId id) const;
    [[nodiscard]] std::vector<BranchInfo> branches() const;
    [[nodiscard]] BranchId branch() const { return m_timeline ? m_timeline->branch() : 0; }

    // where the learner is
    [[nodiscard]] Position position() const { return m_timeline ? m_timeline->position() : 0; }
    [[nodiscard]] const World& world() const { return m_timeline->world(); }
    [[nodiscard]] const std::optional<Event>& event() const { return m_timeline->event(); }
    /// The World the changed values are held against; null at the start.
    [[nodiscard]] const World* previous() const { return m_previous ? &*m_previous : nullptr; }

    // what is known
    /// How far the run is known, and whether that is its end.
    [[nodiscard]] Position explored() const { return m_timeline ? m_timeline->explored() : 0; }
    [[nodiscard]] bool ended() const { return m_timeline && m_timeline->end().has_value(); }
    /// The last position that may be shown: an open question hides what would give its answer away.
    [[nodiscard]] Position limit() const;
    [[nodiscard]] bool questionHides() const { return m_player && m_player->horizon().has_value(); }
    /// Whether there is anything to step to.
    [[nodiscard]] bool canStep() const;
    [[nodiscard]] bool canBack() const { return position() > 0; }
    [[nodiscard]] const RunSamples& samples() const { return m_samples; }
    /// What became of every packet, as far as the run is known.
    [[nodiscard]] const FateBook& fates() const { return m_fates; }
    /// The walk of a packet up to the present position at least. Kept until another packet is asked for, or more of the
    /// run has to be known: then it costs a replay of the stretches the packet is in.
    [[nodiscard]] const PacketWalk& walk(std::uint32_t packet) const;
    /// Why the packet died, if it did in the known part. Kept until another is asked for; costs some seeks.
    [[nodiscard]] const DropStory* whyDropped(std::uint32_t packet) const;
    /// The drop next after (before) a position in the known part, 0: none.
    [[nodiscard]] Position nextDrop(Direction direction, Position from) const;
    /// An event of the known part; none beyond it.
    [[nodiscard]] std::optional<Event> eventAt(Position position) const;
    /// The first event of the known part after (before) `from` that matches.
    [[nodiscard]] Found find(const EventFilter& filter, Direction direction, Position from) const;
    /// The World at the end of what is known, and the event that led there. A seek's time.
    [[nodiscard]] std::pair<World, Event> lastKnown() const;
    /// Chunks of events known so far, and the positions in one that match.
    [[nodiscard]] std::size_t chunkCount() const { return m_timeline ? m_timeline->chunkCount() : 0; }
    [[nodiscard]] std::vector<Position> matches(std::size_t chunk, const EventFilter& filter) const;

    // the lesson
    [[nodiscard]] Player* player() const { return m_player.get(); }
    [[nodiscard]] const std::shared_ptr<const Lesson>& lesson() const { return m_lesson; }
    /// The exercise whose run this is; null: none.
    [[nodiscard]] const Exercise* watched() const;

    // for those who change it
    [[nodiscard]] Timeline& timeline() { return *m_timeline; }
    /// Another run, at its beginning or where the learner was in its lesson; tellRun() makes it known once everybody
    /// has let go of the old one. `language`: of what is said to the answers that were given.
    void take(OpenedRun&& run, const LessonProgress& progress, std::string_view language);
    void tellRun();
    /// Stands at `at` before the run is made known.
    void start(Position at);
    void start(Place at);
    /// Back to no run at all.
    void clear();
    /// Goes to `target`; tells moved() if that is elsewhere.
    void moveTo(Position target, Motion motion);
    /// The run goes another way after `from`: what was known beyond it is forgotten.
    void forgetAfter(Position from);
    /// Another branch is the present one, reached by `motion`.
    void tellBranch(Motion motion);
    void setSamples(RunSamples samples) { m_samples = std::move(samples); }
    void learnFates(const Log<PacketFate>& fates) { m_fates.learn(fates); }
    /// More is known.
    void adopt(RunReport& report);
    void tellKnown() { emit knownChanged(); }
    void tellLesson() { emit lessonChanged(); }

  signals:
    /// Another run, or another branch of it.
    void runChanged();
    void moved(ringside::Motion motion);
    /// More of the run is known.
    void knownChanged();
    /// The lesson's step, questions or horizon.
    void lessonChanged();

  private:
    /// The World before the one that is shown.
    void remember();

    OpenRequest m_request;
    ScenarioFile m_scenario;
    std::shared_ptr<const Capture> m_capture;
    std::unique_ptr<Timeline> m_timeline;
    std::unique_ptr<TimelineRun> m_run;
    std::shared_ptr<const Lesson> m_lesson;
    std::unique_ptr<Player> m_player;
    std::optional<World> m_previous;
    RunSamples m_samples;
    FateBook m_fates;
    mutable PacketWalk m_walk;
    mutable std::optional<DropStory> m_why;
};

}  // namespace ringside
