#pragma once
// The bytes of a packet, one row (or more) a header, with the fields drawn round them.

#include <span>
#include <vector>

#include "views/scene/parts/canvas.h"

namespace ringside {

/// A header field; offsets in bytes from the start of the buffer.
struct ByteField {
    QString name;  ///< the kernel's; of fields that share a byte, both
    QString value;
    QString tooltip;
    std::uint32_t offset = 0, length = 0;
    QString shortName{}, shortValue{};  ///< where there is no room for the whole; empty: the whole is the shortest
};

/// A header with its fields, or the payload (no fields).
struct ByteLayer {
    QString name;
    std::uint32_t offset = 0, length = 0;
    Role role = Role::l7;
    QString note;  ///< "network_header = 78"
    std::vector<ByteField> fields;
    QString state{};  ///< translated, under the name: "not parsed yet"
};

struct ByteRows {
    std::vector<ByteLayer> layers;
    std::span<const std::uint8_t> bytes;  ///< the buffer from head on
    std::uint32_t data = 0, tail = 0;
    int oldData = -1, oldTail = -1;
    std::uint32_t marked = 0, markedLength = 0;    ///< bytes to outline: what is selected elsewhere
    std::uint32_t changed = 0, changedLength = 0;  ///< bytes written by this step
};

/// Draws into `rect`; payload that does not fit is counted in one line, lines of bytes that are all 0 fold to one.
/// Items "layer:NAME" and "field:LAYER.NAME".
void drawByteRows(const Canvas& canvas, const QRectF& rect, const ByteRows& rows);

}  // namespace ringside
