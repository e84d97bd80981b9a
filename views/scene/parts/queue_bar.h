#pragma once
// A socket's receive queue: one slot for every skb that its memory has room for.

#include <vector>

#include "views/scene/parts/canvas.h"

namespace ringside {

struct QueueBar {
    QString socket;                      ///< "udp:5000"
    std::vector<std::uint32_t> packets;  ///< first in the queue first
    std::uint32_t followed = 0;
    std::uint32_t expected = 0;  ///< a packet on its way here; 0: none
    int memory = 0, limit = 0;   ///< sk_rmem_alloc, sk_rcvbuf
    int perSkb = 0;              ///< truesize of one such packet; 0: unknown
    QString refused;             ///< number of a packet that was refused in this step
};

/// Draws slots of 34 × 22 from `rect`'s left, with the memory on the right. Item "socket:NAME". Returns the middle of
/// the first free slot (where the next packet will stand).
QPointF drawQueueBar(const Canvas& canvas, const QRectF& rect, const QueueBar& bar);
/// Where packet `index` of the queue stands.
QPointF queueSlot(const QRectF& rect, std::size_t index);

}  // namespace ringside
