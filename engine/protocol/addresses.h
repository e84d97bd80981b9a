// Addresses as values: Ethernet, IPv4, IPv6, and an IP address of either family.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/protocol/byte_order.h"

namespace ringside {

/// An Ethernet address.
struct MacAddr {
    std::array<std::uint8_t, 6> bytes{};

    /// Six bytes from the wire; p must have them.
    static MacAddr load(const std::uint8_t* p);
    /// "52:54:00:12:34:56", case does not matter; nothing for any other text.
    static std::optional<MacAddr> parse(std::string_view text);
    /// ff:ff:ff:ff:ff:ff.
    static constexpr MacAddr broadcast() { return {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}; }

    void store(std::uint8_t* p) const;
    std::string toString() const;
    constexpr bool isMulticast() const { return (bytes[0] & 1U) != 0; }
    constexpr bool isBroadcast() const { return *this == broadcast(); }

    constexpr auto operator<=>(const MacAddr&) const = default;
};

/// An IPv4 address; `value` is in host order (192.0.2.1 is 0xc0000201).
struct Ipv4Addr {
    std::uint32_t value = 0;

    static constexpr Ipv4Addr load(const std::uint8_t* p) { return {loadBe32(p)}; }
    /// Dotted quad, each part 0 to 255; nothing for any other text.
    static std::optional<Ipv4Addr> parse(std::string_view text);

    constexpr void store(std::uint8_t* p) const { storeBe32(p, value); }
    std::string toString() const;
    constexpr bool isMulticast() const { return (value >> 28) == 0xe; }
    constexpr bool isBroadcast() const { return value == 0xffffffffU; }
    constexpr bool isLoopback() const { return (value >> 24) == 127; }
    constexpr bool isUnspecified() const { return value == 0; }
    /// 169.254.0.0/16.
    constexpr bool isLinkLocal() const { return (value >> 16) == 0xa9fe; }

    constexpr auto operator<=>(const Ipv4Addr&) const = default;
};

/// An IPv6 address.
struct Ipv6Addr {
    std::array<std::uint8_t, 16> bytes{};

    static Ipv6Addr load(const std::uint8_t* p);
    /// The text forms of RFC 4291, `::` and an embedded dotted quad included; no zone. Nothing for any other text.
    static std::optional<Ipv6Addr> parse(std::string_view text);

    void store(std::uint8_t* p) const;
    /// The one form of RFC 5952; mapped IPv4 addresses as ::ffff:192.0.2.1.
    std::string toString() const;
    constexpr bool isMulticast() const { return bytes[0] == 0xff; }
    constexpr bool isLoopback() const {
        Ipv6Addr one{};
        one.bytes[15] = 1;
        return *this == one;
    }
    constexpr bool isUnspecified() const { return *this == Ipv6Addr{}; }
    /// fe80::/10.
    constexpr bool isLinkLocal() const { return bytes[0] == 0xfe && (bytes[1] & 0xc0U) == 0x80; }

    constexpr auto operator<=>(const Ipv6Addr&) const = default;
};

/// An IPv4 or IPv6 address, or none (version 0). IPv4 sorts before IPv6.
struct IpAddr {
    std::uint8_t version = 0;              ///< 4, 6, or 0: no address
    std::array<std::uint8_t, 16> bytes{};  ///< network order; IPv4 uses the first four

    static IpAddr of(Ipv4Addr a);
    static IpAddr of(const Ipv6Addr& a);
    /// Either text form.
    static std::optional<IpAddr> parse(std::string_view text);

    constexpr Ipv4Addr v4() const { return Ipv4Addr::load(bytes.data()); }
    constexpr Ipv6Addr v6() const { return {bytes}; }
    std::string toString() const;  ///< "" for no address
    bool isMulticast() const;
    bool isBroadcast() const;  ///< 255.255.255.255 only: a subnet's broadcast address needs its mask
    bool isLoopback() const;
    bool isUnspecified() const;
    bool isLinkLocal() const;
    explicit constexpr operator bool() const { return version != 0; }

    constexpr auto operator<=>(const IpAddr&) const = default;
};

}  // namespace ringside
