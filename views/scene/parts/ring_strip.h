#pragma once
// A window of the receive descriptor ring, on the boundary between kernel and hardware because both sides write it.

#include <vector>

#include "views/scene/parts/canvas.h"

namespace ringside {

enum class CellState : std::uint8_t { ready, used, cleaning, dma, no_buffer };

struct RingCell {
    int index = 0;
    CellState state = CellState::ready;
    std::uint32_t packet = 0;
    double filled = 0.5;  ///< dma: the share that is written
};

struct RingStrip {
    QString nic;                  ///< "eth0"
    std::vector<RingCell> cells;  ///< the whole ring, in order
    int next_to_use = 0, next_to_clean = 0, rdh = 0, rdt = 0;
    int old_next_to_use = -1, old_next_to_clean = -1, old_rdh = -1,
        old_rdt = -1;  ///< before this step; -1 or equal: did not move
    std::uint32_t followed = 0;
};

/// How a window of the ring lies in a strip: which cells are seen and where.
struct RingWindow {
    QRectF rect;
    int first = 0, shown = 0, count = 0;
    double pitch = 38;
    /// Middle of a cell; the nearer end of the window when it is outside.
    [[nodiscard]] QPointF cell(int index) const;
    [[nodiscard]] bool contains(int index) const;
};

/// The window of a strip of this width that has next_to_clean third from the left.
RingWindow windowOf(const RingStrip& strip, const QRectF& rect);
enum class RingFlags : std::uint8_t { both, driver, hidden };  ///< driver: next_to_use and next_to_clean only
void drawRingStrip(const Canvas& canvas, const RingWindow& window, const RingStrip& strip, RingFlags flags);
/// Explains the three states of cells, ending at `right`.
void drawRingLegend(const Canvas& canvas, double right, double middle);

}  // namespace ringside
