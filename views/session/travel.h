#pragma once
// Requests to be elsewhere in the open run: a step, a place, playing.
//
// Three clocks: model time lives in the World, animation time in the scenes, wall time in the play timer here.

#include <QObject>
#include <QTimer>

#include "lessons/way.h"
#include "views/session/messages.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/view_state.h"

namespace ringside {

class Travel : public QObject {
    Q_OBJECT
  public:
    Travel(RunState& run, ViewState& view, const Texts& texts, Messages& messages, QObject* parent = nullptr);

    void step(StepBy by);
    void back(StepBy by);
    /// Goes there, or as near as may be shown.
    void seek(Position position);
    void toStart() { seek(0); }
    void toEnd() { seek(m_run.limit()); }
    /// To the moment of a step of the lesson.
    void goToStep(std::size_t step);
    /// Follows a packet and goes to the first event about it.
    void goToPacket(std::uint32_t packet);
    /// Follows a packet that died, and goes to the event that drops it; false: it did not, as far as is known.
    bool goToDrop(std::uint32_t packet);
    /// To the next (previous) drop that is known, following its packet; false: there is none.
    bool toNextDrop(Direction direction);
    /// A step of a lesson at a time: playing waits at each for the reader.
    void setPlaying(bool playing);
    [[nodiscard]] bool playing() const { return m_play.isActive(); }
    /// Stops playing; a way that is being travelled ends at its target.
    void rest();
    /// Whether the way to a step of the lesson is being travelled. Another request ends it at its target first.
    [[nodiscard]] bool onTheWay() const { return m_wayTimer.isActive(); }
    /// The next step of the lesson is travelled to, or gone to at once (reduced motion).
    void setTravelled(bool travelled) { m_travelled = travelled; }
    /// Back to where an exercise of the lesson stands: its end.
    void finishLesson();

  signals:
    void playingChanged(bool playing);
    /// The way to this step of the lesson begins.
    void wayBegins(std::size_t step);

  private:
    void go(Position target, Motion motion);
    void lessonStep(Direction direction);
    /// The step's end, without moving.
    Found search(StepBy by, Direction direction);
    void tellNothing(const Found& found, Direction direction);
    void playOn();
    /// Goes to a later step along the way there.
    void travelTo(std::size_t step);
    void nextStop();
    void arriveAt(std::size_t step, Motion motion);
    /// The packet of the event that led here. Where one was set down at one without, as a wake-up, that of the last few
    /// events before it: what they are about is still under way.
    [[nodiscard]] std::uint32_t packetHere(Motion motion);
    /// At the target, if a way is being travelled.
    void endWay();

    RunState& m_run;
    ViewState& m_view;
    const Texts& m_texts;
    Messages& m_messages;
    QTimer m_play;
    QTimer m_wayTimer;
    std::vector<WayStop> m_way;
    std::size_t m_wayAt = 0, m_wayStep = 0;
    bool m_travelled = false;
};

}  // namespace ringside
