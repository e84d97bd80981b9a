#pragma once
// Values of the scenario language that are written as one text: how they are read, and what they look like.

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/protocol/addresses.h"
#include "engine/protocol/byte_order.h"
#include "engine/world/net/netdev.h"

namespace ringside {

/// The address a socket is bound to; version 4 or 6 also where it is bound to any.
struct BindAddress {
    std::uint8_t version = 4;
    IpAddr address{};  ///< none: any

    [[nodiscard]] std::string toString() const;
};

/// Where a route leads to: a network, or everything.
struct Destination {
    IpAddr network{};  ///< none: everything, of the family of the route's gateway
    std::uint8_t prefix_length = 0;

    [[nodiscard]] std::string toString() const;
};

/// Bytes written as pairs of hexadecimal digits; blanks and colons between them do not count.
struct HexBytes {
    ByteVector bytes;
    [[nodiscard]] std::string toString() const;
};

// Each reads a value from its text, and returns what was expected instead, or an empty text.
std::string parseValue(std::string_view text, MacAddr& out);
std::string parseValue(std::string_view text, IpAddr& out);
std::string parseValue(std::string_view text, Ipv4Addr& out);
std::string parseValue(std::string_view text, InterfaceAddress& out);
std::string parseValue(std::string_view text, BindAddress& out);
std::string parseValue(std::string_view text, Destination& out);
std::string parseValue(std::string_view text, HexBytes& out);

// What such a text looks like.
std::string_view formOf(const MacAddr&);
std::string_view formOf(const IpAddr&);
std::string_view formOf(const Ipv4Addr&);
std::string_view formOf(const InterfaceAddress&);
std::string_view formOf(const BindAddress&);
std::string_view formOf(const Destination&);
std::string_view formOf(const HexBytes&);

}  // namespace ringside
