#pragma once
// Plays a run on in the background, on a World of its own, and reports what it saw: summaries and checkpoints for the
// Timeline, samples for scrubber and charts, packet fates.

#include <QObject>
#include <atomic>
#include <memory>
#include <vector>

#include "engine/history/exploration.h"
#include "views/session/background.h"
#include "views/session/run_samples.h"

namespace ringside {

/// What the background run saw since the report before.
struct RunReport {
    Findings findings;
    RunSamples samples;     ///< all of them
    Log<PacketFate> fates;  ///< all of them
    bool last = false;      ///< no more will come: the end, or the limit, was reached
};

class RunAhead : public QObject {
    Q_OBJECT
  public:
    explicit RunAhead(QObject* parent = nullptr);
    /// Plays on to the end of the run, or to `limit`.
    void start(Exploration exploration, SampleRecorder recorder, Position limit);
    void stop();
    [[nodiscard]] bool busy() const { return m_work.busy(); }

  signals:
    void advanced(std::shared_ptr<ringside::RunReport> report);

  private:
    Background m_work;
    std::atomic<int> m_waiting{0};  ///< reports not yet taken: the run waits rather than fill the memory
};

/// Two Findings of one Exploration, the second following the first, as one.
void appendFindings(Findings& to, Findings&& next);

}  // namespace ringside
