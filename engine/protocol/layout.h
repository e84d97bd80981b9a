// Where each header field lies and what it holds: for the byte picture and the inspector. Computed from the bytes
// alone; names are the kernel's. `doc` and `text` are English source texts, which the views may translate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/protocol/byte_order.h"
#include "engine/protocol/header_walk.h"

namespace ringside {

/// One field of a header.
struct LayoutField {
    std::string_view name;       ///< the kernel's ("saddr")
    std::uint32_t offset = 0;    ///< of its first byte, from the start of the bytes given
    std::uint32_t length = 0;    ///< bytes it touches
    std::uint8_t bitOffset = 0;  ///< of its first bit in the first byte, from the most significant
    std::uint16_t bits = 0;      ///< its width
    std::uint64_t value = 0;     ///< as a number where it has at most 64 bits, else 0
    std::string text;            ///< as people write it ("192.0.2.1", "DF, offset 0")
    std::string_view doc;        ///< what it says, in one line
};

/// One header with its fields.
struct LayoutLayer {
    HeaderKind kind = HeaderKind::none;
    std::string_view name;     ///< the kernel's struct ("iphdr")
    std::uint32_t offset = 0;  ///< from the start of the bytes given
    std::uint32_t length = 0;  ///< options included, as far as the bytes go
    bool cut = false;          ///< the bytes end before the header does; `fields` holds those that are there
    std::vector<LayoutField> fields;
};

/// The kernel's struct of a kind of header ("udphdr").
std::string_view headerName(HeaderKind kind);

/// One header that begins at `offset` of `bytes`.
LayoutLayer headerLayout(HeaderKind kind, ByteView bytes, std::size_t offset);

/// The headers from `offset` on, each following from the one before, to the transport header; a later fragment ends
/// with its network header. What remains is payload.
std::vector<LayoutLayer> layoutFrom(HeaderKind first, ByteView bytes, std::size_t offset = 0);

}  // namespace ringside
