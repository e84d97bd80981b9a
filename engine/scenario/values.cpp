#include "engine/scenario/values.h"

namespace ringside {

std::string BindAddress::toString() const { return address ? address.toString() : version == 6 ? "::" : "any"; }

std::string Destination::toString() const {
    return network ? network.toString() + "/" + std::to_string(prefix_length) : "default";
}

std::string HexBytes::toString() const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : bytes) text += {kDigits[byte >> 4], kDigits[byte & 15]};
    return text;
}

namespace {

/// Reads what the address type's own parse() knows.
template <class T>
std::string parsed(std::string_view text, T& out) {
    const std::optional<T> value = T::parse(text);
    if (!value) return std::string(formOf(out));
    out = *value;
    return {};
}

/// "10.0.0.1/24"; without a length, the whole address.
std::string prefix(std::string_view text, IpAddr& address, std::uint8_t& prefix_length) {
    const std::size_t slash = text.find('/');
    const std::optional<IpAddr> parsed = IpAddr::parse(text.substr(0, slash));
    if (!parsed) return std::string(formOf(InterfaceAddress{}));
    address = *parsed;
    const int longest = parsed->version == 6 ? 128 : 32;
    int length = longest;
    if (slash != std::string_view::npos) {
        length = slash + 1 == text.size() ? 10000 : 0;
        for (const char c : text.substr(slash + 1))
            length = c >= '0' && c <= '9' && length < 1000 ? length * 10 + (c - '0') : 10000;
    }
    if (length > longest) return "a prefix length from 0 to " + std::to_string(longest);
    prefix_length = static_cast<std::uint8_t>(length);
    return {};
}

}  // namespace

std::string parseValue(std::string_view text, MacAddr& out) { return parsed(text, out); }
std::string parseValue(std::string_view text, IpAddr& out) { return parsed(text, out); }
std::string parseValue(std::string_view text, Ipv4Addr& out) { return parsed(text, out); }

std::string parseValue(std::string_view text, InterfaceAddress& out) {
    return prefix(text, out.address, out.prefix_length);
}

std::string parseValue(std::string_view text, BindAddress& out) {
    out = {};
    if (text == "any") return {};
    const std::optional<IpAddr> address = IpAddr::parse(text);
    if (!address) return std::string(formOf(out));
    out.version = address->version;
    if (!address->isUnspecified()) out.address = *address;
    return {};
}

std::string parseValue(std::string_view text, Destination& out) {
    out = {};
    if (text == "default") return {};
    return prefix(text, out.network, out.prefix_length);
}

std::string parseValue(std::string_view text, HexBytes& out) {
    out.bytes.clear();
    int high = -1;
    for (const char c : text) {
        if (c == ' ' || c == ':' || c == '\n') continue;
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) return std::string(formOf(out));
        if (high < 0) {
            high = digit;
        } else {
            out.bytes.push_back(static_cast<std::uint8_t>(high * 16 + digit));
            high = -1;
        }
    }
    return high >= 0 ? std::string(formOf(out)) : std::string{};
}

std::string_view formOf(const MacAddr&) { return "an Ethernet address, as 52:54:00:12:34:56"; }
std::string_view formOf(const IpAddr&) { return "an IP address, as 10.0.0.1 or 2001:db8::1"; }
std::string_view formOf(const Ipv4Addr&) { return "an IPv4 address, as 10.0.0.1"; }
std::string_view formOf(const InterfaceAddress&) {
    return "an address with its prefix length, as 10.0.0.1/24 or 2001:db8::1/64";
}
std::string_view formOf(const BindAddress&) { return "an IP address, as 10.0.0.1 or 2001:db8::1, or any"; }
std::string_view formOf(const Destination&) { return "a network, as 10.0.0.0/24 or 2001:db8::/64, or default"; }
std::string_view formOf(const HexBytes&) { return "pairs of hexadecimal digits"; }

}  // namespace ringside
