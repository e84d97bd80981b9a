#pragma once
// An sk_buff close up: the buffer to scale with its pointers, and the bytes with the fields of the headers in them. A
// pure function of plain values; skb_adapter.h takes these from a World.

#include <QString>
#include <QStringList>
#include <cstdint>
#include <vector>

#include "views/scene/parts/buffer_bar.h"
#include "views/scene/parts/byte_rows.h"
#include "views/scene/parts/skb_struct.h"
#include "views/scene/scene_widget.h"

namespace ringside {

struct SkbInput {
    QString title;        ///< the call: "skb_pull(skb, 20)"; kernel text
    QString sentence;     ///< what it does, translated
    QStringList effects;  ///< "skb->data += 20"; kernel text
    std::uint32_t data = 0, tail = 0, end = 0, sharedInfo = 320;
    int oldData = -1, oldTail = -1, oldEnd = -1;  ///< before this step; -1: there was none
    std::vector<std::uint8_t> bytes;              ///< head to end
    std::vector<ByteLayer> layers;                ///< in order of offset; the last may be payload
    std::uint32_t marked = 0, markedLength = 0;
    std::uint32_t changed = 0, changedLength = 0;
    int mac = -1, network = -1, transport = -1;  ///< header offsets, -1: not set
    SkbStruct skb;                               ///< the struct, and who shares its buffer
    std::vector<SkbPiece> pieces;                ///< data outside the linear part
    bool refused = false;                        ///< the kernel would stop here, or has
    QString refusedLine;                         ///< its own line; empty: it stands elsewhere
    int overrun = 0;                             ///< bytes it would have gone past end (negative: before head)
    QString empty;                               ///< not empty: there is no sk_buff, show this sentence
};

DisplayList buildSkbScene(const SkbInput& input, const SceneRequest& request);

/// Milliseconds of the pointers' glide: 240 forwards when one moves, half of it backwards, else 0.
int skbMotion(const SkbInput& input, bool backwards);

}  // namespace ringside
