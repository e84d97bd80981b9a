#pragma once
// The linear buffer of an sk_buff to scale: headroom, layers, data..tail, tailroom, skb_shared_info.

#include <vector>

#include "views/scene/parts/canvas.h"
#include "views/scene/parts/flag.h"

namespace ringside {

/// A header or the payload within the buffer; offsets in bytes from head.
struct BufferLayer {
    QString name;
    std::uint32_t offset = 0, length = 0;
    Role role = Role::l7;
};

struct BufferBar {
    std::uint32_t data = 0, tail = 0, end = 0;
    std::uint32_t sharedInfo = 320;               ///< bytes behind end
    int mac = -1, network = -1, transport = -1;   ///< header offsets, -1: not set
    int oldData = -1, oldTail = -1, oldEnd = -1;  ///< before this step; -1 or equal: did not move
    std::vector<BufferLayer> layers;
    int overrun = 0;  ///< bytes that a refused operation wanted past end (or, negative, before head)
};

enum class BarDetail : std::uint8_t { full, mini };  ///< mini: no words, for history cards

/// Where byte `offset` begins in a bar drawn into `rect`.
double barX(const QRectF& rect, const BufferBar& bar, double offset);
/// Draws the bar into `rect` (44 high when full). Item "buffer".
void drawBufferBar(const Canvas& canvas, const QRectF& rect, const BufferBar& bar, BarDetail detail);
/// Room that the flags of a bar take above and below it, whatever the phase of their motion.
double heightAboveBar(const Canvas& canvas, const QRectF& rect, const BufferBar& bar);
double heightBelowBar(const Canvas& canvas, const QRectF& rect, const BufferBar& bar);
/// The header offsets as flags under the bar, with their numbers.
void drawHeaderFlags(const Canvas& canvas, const QRectF& rect, const BufferBar& bar);
/// head, data, tail and end as flags over the bar, `phase` of the way from their old places.
void drawBufferFlags(const Canvas& canvas, const QRectF& rect, const BufferBar& bar, double phase);

}  // namespace ringside
