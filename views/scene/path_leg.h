#pragma once
// One leg of the path laid out: its stops in rows that turn at alternate ends, or folded to one line.

#include "views/scene/path_layout.h"

namespace ringside {

/// Measures that give way when there is little room.
struct PathHeights {
    double user = 124, hardware = 146, task = 74, taskTop = 36, nic = 66;
    double row = 47, dot = 15,
           label = 13;  ///< of a row of stops: its height, where the route runs in it, and the label under that
    double folded = 34, queue = 58, gap = 6, top = 10, flags = 34;
};

/// What a leg has to be laid out in.
struct LegPlan {
    PathLeg leg = PathLeg::receive;
    std::vector<std::size_t> stations;  ///< of the input, the lowest first
    double railLeft = 0, railRight = 0;
    bool folded = false;  ///< a straight line with one stop a layer
};

inline constexpr double kBend = 16;  ///< from the vertical part of a route to the first stop

/// How the stops of a station are spread over rows, as many in a row as fit into `room`; indices over all stations, in
/// the order in which the rows are laid from below.
std::vector<std::vector<std::size_t>> rowsOf(const PathStation& station, std::size_t firstStop,
                                             const TextMetrics& metrics, double room);

/// Lays one leg out, from below upwards. The stations' boxes are there already.
class LegBuilder {
  public:
    LegBuilder(const PathInput& input, const TextMetrics& metrics, const PathHeights& heights, const LegPlan& plan,
               PathLayout& out);
    /// The route begins at `start` below the lowest station.
    void build(QPointF start);
    /// Ends it at the process: from the last station up to `height`, and on to `foot`. For the send leg, begins there.
    void finish(double height, QPointF foot);

  private:
    void folded(std::size_t station);
    void spread(std::size_t station);
    void queue(std::size_t station);
    [[nodiscard]] double rail() const { return m_onRight ? m_plan.railRight : m_plan.railLeft; }
    [[nodiscard]] const QString& nameOf(std::size_t stop) const;
    void reach(std::size_t stop);

    const PathInput& m_in;
    const TextMetrics& m_metrics;
    const PathHeights& m_heights;
    const LegPlan& m_plan;
    PathLayout& m_out;
    PathLayout::Leg& m_leg;
    std::vector<std::size_t> m_firstStop;
    bool m_onRight = false;
};

}  // namespace ringside
