#pragma once
// Where everything of the path scene stands: computed before anything is drawn, so it can be tested by itself and
// motion can ask it.

#include "views/scene/path_scene.h"

namespace ringside {

struct PathLayout {
    /// A stop, or a station folded to one line.
    struct StopAt {
        QPointF dot;
        QRectF label;  ///< empty: there is no room for it
        Align align = Align::left;
        bool shown = true;  ///< false: its station is folded
    };
    struct StationAt {
        QRectF box;
        bool folded = false;
        double side = 0;  ///< folded: where the route passes it
    };
    QSizeF size;
    bool tight = false;  ///< little height: labels that repeat something go
    QRectF user, kernel, hardware;
    std::vector<StationAt> stations;
    std::vector<StopAt> stops;            ///< over all stations
    std::vector<QPointF> route;           ///< from the ring to the reader, bends included
    std::vector<std::size_t> stopVertex;  ///< index into route of every stop
    std::size_t queueVertex = 0, taskVertex = 0;
    QRectF queue;
    std::vector<QRectF> cpus, tasks;
    QRectF nic;
    RingWindow ring;
    QPointF wireFrom, wireTo, irqFrom, irqTo, dmaFrom, dmaTo;

    /// Where a place is on the picture.
    [[nodiscard]] QPointF point(const PathPlace& place) const;
    /// The way from one place to another, along what is drawn.
    [[nodiscard]] std::vector<QPointF> way(const PathPlace& from, const PathPlace& to) const;
    /// Index of the route's vertex at a place; -1 where the route does not go.
    [[nodiscard]] int vertexOf(const PathPlace& place) const;
};

PathLayout layoutPath(const PathInput& input, const TextMetrics& metrics, QSizeF size);

double lengthOf(const std::vector<QPointF>& way);
/// The point at a share (0 to 1) of a way's length.
QPointF pointOn(const std::vector<QPointF>& way, double share);
/// The first part of a way, up to a share of its length.
std::vector<QPointF> cutWay(const std::vector<QPointF>& way, double share);

}  // namespace ringside
