#include "views/timeline/timeline_data.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace ringside {
namespace {

/// The least that can be shown: three events, or a hundred nanoseconds.
double leastSpan(TimelineAxis axis) { return axis == TimelineAxis::events ? 3 : 100; }

/// What a CPU that was mostly idle between two samples did longest beside, and its share; idle: nothing.
std::pair<Context, double> workBeside(const RunSamples& run, std::size_t from, std::size_t to, std::size_t lane) {
    const LaneSample& a = run.lanes[lane][from];
    const LaneSample& b = run.lanes[lane][std::min(to, run.samples.size() - 1)];
    Context work = Context::idle;
    Time most = 0, all = 0;
    for (std::size_t c = 0; c < a.spent.size(); ++c) {
        const Time spent = b.spent[c] - a.spent[c];
        all += spent;
        if (static_cast<Context>(c) == Context::idle || spent <= most) continue;
        most = spent;
        work = static_cast<Context>(c);
    }
    if (most == 0) return {Context::idle, 1};
    return {work, std::ceil(8 * static_cast<double>(most) / static_cast<double>(all)) / 8};
}

}  // namespace

double TimelineData::at(double place) const {
    return std::clamp(from + (place - left) / width * (to - from), from, to);
}

double TimelineData::valueOf(const RunSamples& run, Position position) const {
    if (axis == TimelineAxis::events) return static_cast<double>(position);
    return run.empty() ? 0 : static_cast<double>(run.samples[run.indexAt(position)].time);
}

Position TimelineData::positionAt(const RunSamples& run, double place) const {
    if (run.empty()) return 0;
    const double v = at(place);
    if (axis == TimelineAxis::events) {
        return std::min(run.last(), static_cast<Position>(std::max(0.0, std::round(v))));
    }
    return run.samples[run.indexAtTime(static_cast<Time>(std::llround(v)))].position;
}

void TimelineData::fit(const RunSamples& run) {
    from = 0;
    to = run.empty() ? 1 : value(run.samples.back());
    if (to - from < leastSpan(axis)) to = from + leastSpan(axis);
}

void TimelineData::clampTo(const RunSamples& run) {
    const double end = std::max(run.empty() ? 1 : value(run.samples.back()), leastSpan(axis));
    const double span = std::clamp(to - from, leastSpan(axis), end);
    from = std::clamp(from, 0.0, end - span);
    to = from + span;
}

void TimelineData::zoom(const RunSamples& run, double factor, double place) {
    const double v = at(place);
    const double share = (v - from) / (to - from);
    const double span = (to - from) * factor;
    from = v - share * span;
    to = from + span;
    clampTo(run);
}

void TimelineData::pan(const RunSamples& run, double pixels) {
    const double by = pixels / width * (to - from);
    from += by;
    to += by;
    clampTo(run);
}

void TimelineData::reveal(const RunSamples& run, double v) {
    const double span = to - from, margin = span * 0.05;
    if (v < from)
        from = v - margin;
    else if (v > to)
        from = v - span + margin;
    else
        return;
    to = from + span;
    clampTo(run);
}

std::vector<LaneBar> TimelineData::bars(const RunSamples& run, std::size_t lane, Position until) const {
    std::vector<LaneBar> all;
    if (run.empty()) return all;
    const auto& samples = run.samples;
    const std::size_t begin = axis == TimelineAxis::events
                                  ? run.indexAt(static_cast<Position>(std::max(0.0, std::floor(from))))
                                  : run.indexAtTime(static_cast<Time>(from));
    const double right = left + width;
    for (std::size_t i = begin; i < samples.size() && samples[i].position < until;) {
        const double x0 = x(value(samples[i]));
        if (x0 > right) break;
        std::size_t j = i + 1;
        while (j < samples.size() && x(value(samples[j])) < x0 + 1) ++j;
        LaneBar bar;
        bar.context = run.dominant(i, j, lane);
        bar.task = run.lanes[lane][i].task;
        bar.packet = run.lanes[lane][i].packet;
        if (bar.context == Context::idle && (j > i + 1 || run.stride > 1))
            std::tie(bar.context, bar.share) = workBeside(run, i, j, lane);
        // the last sample has no width of its own by time; by events it lasts one
        const double end = j < samples.size()             ? x(value(samples[j]))
                           : axis == TimelineAxis::events ? x(value(samples[i]) + 1)
                                                          : x0;
        bar.x0 = std::max(x0, left);
        bar.x1 = std::min(std::min(end, x(valueOf(run, until))), right);
        if (!all.empty() && all.back().context == bar.context && all.back().share == bar.share &&
            (bar.context != Context::user || all.back().task == bar.task)) {
            all.back().x1 = bar.x1;
            if (bar.packet) all.back().packet = bar.packet;
        } else {
            all.push_back(bar);
        }
        i = j;
    }
    return all;
}

std::vector<AxisTick> TimelineData::ticks(double spacing) const {
    const double raw = (to - from) * spacing / std::max(width, 1.0);
    const double power = std::pow(10.0, std::floor(std::log10(std::max(raw, 1e-9))));
    double step = power;
    for (const double m : {1.0, 2.0, 4.0, 5.0, 10.0}) {
        step = m * power;
        if (step >= raw) break;
    }
    if (axis == TimelineAxis::events) step = std::max(1.0, std::round(step));
    std::vector<AxisTick> all;
    for (double v = std::ceil(from / step) * step; v <= to + step * 1e-6; v += step) all.push_back({x(v), v});
    return all;
}

}  // namespace ringside
