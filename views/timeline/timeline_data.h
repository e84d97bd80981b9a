#pragma once
// The scrubber's arithmetic, without a widget: which part of the run lies where, and what a place on it means.

#include <vector>

#include "views/session/run_samples.h"
#include "views/session/view_state.h"

namespace ringside {

/// A piece of a lane in which a CPU did one thing.
struct LaneBar {
    double x0 = 0, x1 = 0;
    Context context = Context::idle;
    std::uint32_t packet = 0;  ///< the packet it was about, 0: none or several
    TaskId task{};
    double share = 1;  ///< below 1: the CPU was idle for most of it, and this part of it in `context`, in eighths
};

/// A labelled place on the axis.
struct AxisTick {
    double x = 0;
    double value = 0;  ///< event number, or nanoseconds
};

struct TimelineData {
    TimelineAxis axis = TimelineAxis::events;
    double left = 112, width = 600;  ///< of the lanes, in widget pixels
    double from = 0, to = 1;         ///< what is shown, in units of the axis

    [[nodiscard]] double value(const Sample& sample) const {
        return axis == TimelineAxis::events ? static_cast<double>(sample.position) : static_cast<double>(sample.time);
    }
    /// Where a value is; may lie outside the lanes.
    [[nodiscard]] double x(double v) const { return left + (v - from) / (to - from) * width; }
    /// The value at a place, kept inside what is shown.
    [[nodiscard]] double at(double place) const;
    /// The value of a position: between samples by events it is exact, by time that of the sample.
    [[nodiscard]] double valueOf(const RunSamples& run, Position position) const;
    /// The position at a place.
    [[nodiscard]] Position positionAt(const RunSamples& run, double place) const;
    /// Shows everything.
    void fit(const RunSamples& run);
    /// Shows `factor` times as much around a place, within what there is.
    void zoom(const RunSamples& run, double factor, double place);
    /// Moves what is shown by pixels.
    void pan(const RunSamples& run, double pixels);
    /// Brings a value into view, moving no more than needed.
    void reveal(const RunSamples& run, double v);
    /// The bars of a lane up to `until`; idle stretches are bars too. None narrower than a pixel: what is merged shows
    /// what took longest. Work never vanishes: where idle took longest, the longest work is shown with its share.
    [[nodiscard]] std::vector<LaneBar> bars(const RunSamples& run, std::size_t lane, Position until) const;
    /// Round values about `spacing` pixels apart.
    [[nodiscard]] std::vector<AxisTick> ticks(double spacing) const;

  private:
    void clampTo(const RunSamples& run);
};

}  // namespace ringside
