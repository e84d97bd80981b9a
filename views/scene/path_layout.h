#pragma once
// Where everything of the path scene stands: computed before anything is drawn, so it can be tested by itself and
// motion can ask it.

#include <array>

#include "views/scene/path_scene.h"

namespace ringside {

struct PathLayout {
    /// A stop, or a station folded to one line.
    struct StopAt {
        QPointF dot;
        QRectF label;  ///< empty: there is no room for it
        Align align = Align::left;
        bool shown = true;  ///< false: its station is folded
        PathLeg leg = PathLeg::receive;
        std::size_t vertex = 0;  ///< index into its leg's route
    };
    struct StationAt {
        QRectF box;   ///< its own part of the band
        QRectF band;  ///< of the whole layer; empty: the other leg's station of this layer draws it
        bool folded = false;
        double side = 0;    ///< folded: where the route passes it
        double textTo = 0;  ///< folded: how far to the right its texts may go; not above `side`: there is no room
    };
    /// The way of a packet through the kernel, bends included: from the ring to the reader, from a process to the card.
    struct Leg {
        std::vector<QPointF> route;  ///< empty: the input has no station of it
    };
    QSizeF size;
    bool tight = false;  ///< little height: labels that repeat something go
    QRectF user, kernel, hardware;
    std::vector<StationAt> stations;
    std::vector<StopAt> stops;                    ///< over all stations
    std::array<Leg, 2> legs;                      ///< by PathLeg
    std::size_t queueVertex = 0, taskVertex = 0;  ///< of the receive leg
    QPointF taskPoint;                            ///< where a packet stands that came to the reader
    QRectF queue;
    std::vector<QRectF> cpus, tasks;
    int card = 0;               ///< the one that is drawn with its ring
    QRectF nic;                 ///< that card
    std::vector<QRectF> cards;  ///< of every card; empty: there is no room for it
    QRectF more;                ///< where the number of cards without room is told; empty: all have room
    int cardsLeftOut = 0;
    RingWindow ring;
    QPointF wireFrom, wireTo, irqFrom, irqTo, dmaFrom, dmaTo;

    [[nodiscard]] const std::vector<QPointF>& route(PathLeg leg = PathLeg::receive) const {
        return legs[static_cast<std::size_t>(leg)].route;
    }
    /// Where a place is on the picture.
    [[nodiscard]] QPointF point(const PathPlace& place) const;
    /// The way from one place to another, along what is drawn.
    [[nodiscard]] std::vector<QPointF> way(const PathPlace& from, const PathPlace& to) const;
    /// The leg a place is on.
    [[nodiscard]] PathLeg legOf(const PathPlace& place) const;
    /// Index of the vertex of its leg's route at a place; -1 where no route goes.
    [[nodiscard]] int vertexOf(const PathPlace& place) const;
};

PathLayout layoutPath(const PathInput& input, const TextMetrics& metrics, QSizeF size);

double lengthOf(const std::vector<QPointF>& way);
/// The point at a share (0 to 1) of a way's length.
QPointF pointOn(const std::vector<QPointF>& way, double share);
/// The first part of a way, up to a share of its length.
std::vector<QPointF> cutWay(const std::vector<QPointF>& way, double share);

}  // namespace ringside
