#include "views/session/run_ahead.h"

#include <QElapsedTimer>
#include <algorithm>
#include <chrono>
#include <iterator>

namespace ringside {
namespace {

/// How often a report is made: often enough to be seen growing, seldom enough to cost nothing.
constexpr int kReportMs = 80;

}  // namespace

void appendFindings(Findings& to, Findings&& next) {
    const std::size_t keep = next.first_chunk - to.first_chunk;
    if (to.summaries.size() > keep) to.summaries.resize(keep);
    std::move(next.summaries.begin(), next.summaries.end(), std::back_inserter(to.summaries));
    std::move(next.checkpoints.begin(), next.checkpoints.end(), std::back_inserter(to.checkpoints));
    to.explored = next.explored;
    to.ended = next.ended;
    to.spacing = next.spacing;
}

RunAhead::RunAhead(QObject* parent) : QObject(parent), m_work(this) {}

void RunAhead::start(Exploration exploration, SampleRecorder recorder, Position limit) {
    stop();
    auto run = std::make_shared<Exploration>(std::move(exploration));
    auto samples = std::make_shared<SampleRecorder>(std::move(recorder));
    m_work.start([this, run, samples, limit](std::stop_token stop) -> Background::Done {
        QElapsedTimer clock;
        if (samples->samples().empty()) samples->record(run->world(), run->inputs(), run->event());
        std::shared_ptr<RunReport> report;
        bool more = !run->ended();
        do {
            clock.start();
            report = std::make_shared<RunReport>();
            bool first = true;
            do {
                Findings findings = run->run(samples->stride(), stop);
                if (first)
                    report->findings = std::move(findings);
                else
                    appendFindings(report->findings, std::move(findings));
                first = false;
                samples->record(run->world(), run->inputs(), run->event());
                more = !run->ended() && run->world().position < limit && !stop.stop_requested();
            } while (more && clock.elapsed() < kReportMs);
            report->samples = samples->samples();
            report->fates = run->world().fates;
            report->last = !more;
            if (!more) break;
            ++m_waiting;
            m_work.tell([this, report] {
                --m_waiting;
                emit advanced(report);
            });
            while (m_waiting > 3 && !stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        } while (!stop.stop_requested());
        return [this, report] { emit advanced(report); };
    });
}

void RunAhead::stop() {
    m_work.stop();
    m_waiting = 0;
}

}  // namespace ringside
