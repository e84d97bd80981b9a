#pragma once
// The struct sk_buff itself, beside or over the buffer it points to, the sk_buffs that share that buffer, and what of
// the packet lies outside it.

#include <vector>

#include "views/scene/parts/canvas.h"

namespace ringside {

/// A member of the struct; texts of the kernel but for `doc`.
struct SkbMember {
    QString name, value;
    QString old;  ///< before this step, empty: the same
    QString doc;
};

/// Another sk_buff with the same buffer.
struct SkbSharer {
    std::uint32_t id = 0, data = 0, tail = 0, len = 0;
};

/// Data of the packet that is not in the linear part: a page fragment or an sk_buff of frag_list.
struct SkbPiece {
    QString name;  ///< "frags[0]", "frag_list: sk_buff 7"
    std::uint32_t bytes = 0;
    bool skb = false;
};

struct SkbStruct {
    QString title;  ///< "sk_buff 1"
    std::vector<SkbMember> members;
    std::vector<SkbSharer> sharers;
};

/// Width of the struct as a column.
inline constexpr double kStructColumn = 232;
/// Height of it as a strip.
inline constexpr double kStructStrip = 44;

/// As a column at the left: one row a member, the sharers below. Returns the middle of the row of `head`, from which
/// an arrow may go to the buffer. Items "member:NAME" and "sharer:ID".
double drawStructColumn(const Canvas& canvas, const QRectF& rect, const SkbStruct& skb);
/// As a strip: the members that fit in their order, then how many more there are.
void drawStructStrip(const Canvas& canvas, const QRectF& rect, const SkbStruct& skb);
/// A row of boxes for what lies outside the linear part; those that do not fit are counted. Items "piece:NAME".
void drawPieces(const Canvas& canvas, const QRectF& rect, const std::vector<SkbPiece>& pieces);

}  // namespace ringside
