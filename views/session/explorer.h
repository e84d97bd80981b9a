#pragma once
// Requests about what is known: playing the open run on in the background, stopping that, going on; and which series
// are sampled on the way.

#include <QObject>

#include "views/session/mark_book.h"
#include "views/session/run_ahead.h"
#include "views/session/run_state.h"
#include "views/session/view_state.h"

namespace ringside {

class Explorer : public QObject {
    Q_OBJECT
  public:
    Explorer(RunState& run, ViewState& view, MarkBook& marks, QObject* parent = nullptr);
    ~Explorer() override;

    [[nodiscard]] bool running() const { return m_ahead.busy() || m_again.busy(); }
    /// Ends the background run; what it found stays.
    void stop();
    /// Plays the run on beyond where it was stopped.
    void runOn();

    // for the other requests
    /// Plays a run that was just opened to its end, or for some minutes of a busy machine.
    void begin(SampleRecorder recorder);
    /// Lets go of the run: it will change.
    void pause();
    /// Goes on after pause(), where nothing changed.
    void resume();
    /// The run goes another way after `from`: what is known there is sampled again, the rest follows in the background.
    void resample(Position from);

  private:
    void start(SampleRecorder recorder);
    /// Plays the known part once more from its beginning, for series that were not sampled then, and goes on.
    void sampleAgain();
    /// Samples the known part behind what `begun` has, in the background, and goes on.
    void sampleKnown(SampleRecorder begun);
    [[nodiscard]] std::vector<std::string> wanted() const;

    RunState& m_run;
    ViewState& m_view;
    MarkBook& m_marks;
    RunAhead m_ahead;
    Background m_again;
    Position m_limit = 0;
};

}  // namespace ringside
