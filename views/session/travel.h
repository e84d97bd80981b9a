#pragma once
// Requests to be elsewhere in the open run: a step, a place, playing.
//
// Three clocks: model time lives in the World, animation time in the scenes, wall time in the play timer here.

#include <QObject>
#include <QTimer>

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
    void setPlaying(bool playing);
    [[nodiscard]] bool playing() const { return m_play.isActive(); }

  signals:
    void playingChanged(bool playing);

  private:
    void go(Position target, Motion motion);
    void lessonStep(Direction direction);
    void playOn();

    RunState& m_run;
    ViewState& m_view;
    const Texts& m_texts;
    Messages& m_messages;
    QTimer m_play;
};

}  // namespace ringside
