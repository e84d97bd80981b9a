#include "engine/protocol/addresses.h"

#include <algorithm>
#include <cstring>

namespace ringside {
namespace {

constexpr char kHex[] = "0123456789abcdef";

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string hexGroup(unsigned v) {
    std::string s;
    for (int shift = 12; shift >= 0; shift -= 4) {
        const unsigned digit = (v >> shift) & 0xfU;
        if (digit != 0 || !s.empty() || shift == 0) s += kHex[digit];
    }
    return s;
}

// Reads 16-bit groups separated by ':' (the last may be a dotted quad); false where the text is no such list.
bool parseGroups(std::string_view text, bool quadAllowed, std::vector<std::uint8_t>& out) {
    if (text.empty()) return true;
    for (;;) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        if (colon == std::string_view::npos && quadAllowed && group.find('.') != std::string_view::npos) {
            const auto quad = Ipv4Addr::parse(group);
            if (!quad) return false;
            std::uint8_t b[4];
            quad->store(b);
            out.insert(out.end(), b, b + 4);
            return true;
        }
        if (group.empty() || group.size() > 4) return false;
        unsigned v = 0;
        for (const char c : group) {
            const int d = hexDigit(c);
            if (d < 0) return false;
            v = v * 16 + static_cast<unsigned>(d);
        }
        out.push_back(static_cast<std::uint8_t>(v >> 8));
        out.push_back(static_cast<std::uint8_t>(v));
        if (colon == std::string_view::npos) return true;
        text.remove_prefix(colon + 1);
    }
}

}  // namespace

MacAddr MacAddr::load(const std::uint8_t* p) {
    MacAddr m;
    std::memcpy(m.bytes.data(), p, m.bytes.size());
    return m;
}

void MacAddr::store(std::uint8_t* p) const { std::memcpy(p, bytes.data(), bytes.size()); }

std::optional<MacAddr> MacAddr::parse(std::string_view text) {
    MacAddr m;
    if (text.size() != 17) return std::nullopt;
    for (std::size_t i = 0; i < 6; ++i) {
        const int hi = hexDigit(text[i * 3]);
        const int lo = hexDigit(text[i * 3 + 1]);
        if (hi < 0 || lo < 0 || (i < 5 && text[i * 3 + 2] != ':')) return std::nullopt;
        m.bytes[i] = static_cast<std::uint8_t>(hi * 16 + lo);
    }
    return m;
}

std::string MacAddr::toString() const {
    std::string s;
    for (const std::uint8_t b : bytes) {
        if (!s.empty()) s += ':';
        s += kHex[b >> 4];
        s += kHex[b & 0xfU];
    }
    return s;
}

std::optional<Ipv4Addr> Ipv4Addr::parse(std::string_view text) {
    std::uint32_t value = 0;
    for (int part = 0; part < 4; ++part) {
        if (part > 0) {
            if (text.empty() || text.front() != '.') return std::nullopt;
            text.remove_prefix(1);
        }
        unsigned v = 0;
        std::size_t digits = 0;
        while (digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9') {
            v = v * 10 + static_cast<unsigned>(text[digits] - '0');
            ++digits;
        }
        if (digits == 0 || v > 255) return std::nullopt;
        text.remove_prefix(digits);
        value = (value << 8) | v;
    }
    if (!text.empty()) return std::nullopt;
    return Ipv4Addr{value};
}

std::string Ipv4Addr::toString() const {
    std::string s;
    for (int shift = 24; shift >= 0; shift -= 8) {
        if (shift != 24) s += '.';
        s += std::to_string((value >> shift) & 0xffU);
    }
    return s;
}

Ipv6Addr Ipv6Addr::load(const std::uint8_t* p) {
    Ipv6Addr a;
    std::memcpy(a.bytes.data(), p, a.bytes.size());
    return a;
}

void Ipv6Addr::store(std::uint8_t* p) const { std::memcpy(p, bytes.data(), bytes.size()); }

std::optional<Ipv6Addr> Ipv6Addr::parse(std::string_view text) {
    std::vector<std::uint8_t> head;
    std::vector<std::uint8_t> tail;
    const std::size_t gap = text.find("::");
    Ipv6Addr a;
    if (gap == std::string_view::npos) {
        if (text.empty() || !parseGroups(text, true, head) || head.size() != 16) return std::nullopt;
        std::copy(head.begin(), head.end(), a.bytes.begin());
        return a;
    }
    if (!parseGroups(text.substr(0, gap), false, head) || !parseGroups(text.substr(gap + 2), true, tail))
        return std::nullopt;
    if (head.size() + tail.size() > 14) return std::nullopt;  // "::" stands for at least one group
    std::copy(head.begin(), head.end(), a.bytes.begin());
    std::copy(tail.begin(), tail.end(), a.bytes.end() - static_cast<std::ptrdiff_t>(tail.size()));
    return a;
}

std::string Ipv6Addr::toString() const {
    const bool mapped = std::all_of(bytes.begin(), bytes.begin() + 10, [](auto b) { return b == 0; }) &&
                        bytes[10] == 0xff && bytes[11] == 0xff;
    if (mapped) return "::ffff:" + Ipv4Addr::load(&bytes[12]).toString();
    // RFC 5952: the longest run of zero groups, at least two long, the first of equals, becomes "::".
    std::size_t best = 8;
    std::size_t bestLength = 1;
    for (std::size_t i = 0; i < 8;) {
        std::size_t n = 0;
        while (i + n < 8 && loadBe16(&bytes[(i + n) * 2]) == 0) ++n;
        if (n > bestLength) {
            best = i;
            bestLength = n;
        }
        i += n + 1;
    }
    std::string s;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == best) {
            s += "::";
            i += bestLength - 1;
            continue;
        }
        if (!s.empty() && s.back() != ':') s += ':';
        s += hexGroup(loadBe16(&bytes[i * 2]));
    }
    return s;
}

IpAddr IpAddr::of(Ipv4Addr a) {
    IpAddr r;
    r.version = 4;
    a.store(r.bytes.data());
    return r;
}

IpAddr IpAddr::of(const Ipv6Addr& a) {
    IpAddr r;
    r.version = 6;
    r.bytes = a.bytes;
    return r;
}

std::optional<IpAddr> IpAddr::parse(std::string_view text) {
    if (const auto a = Ipv4Addr::parse(text)) return of(*a);
    if (const auto a = Ipv6Addr::parse(text)) return of(*a);
    return std::nullopt;
}

std::string IpAddr::toString() const {
    if (version == 4) return v4().toString();
    if (version == 6) return v6().toString();
    return {};
}

bool IpAddr::isMulticast() const { return version == 4 ? v4().isMulticast() : version == 6 && v6().isMulticast(); }
bool IpAddr::isBroadcast() const { return version == 4 && v4().isBroadcast(); }
bool IpAddr::isLoopback() const { return version == 4 ? v4().isLoopback() : version == 6 && v6().isLoopback(); }
bool IpAddr::isUnspecified() const {
    return version == 4 ? v4().isUnspecified() : version == 6 && v6().isUnspecified();
}
bool IpAddr::isLinkLocal() const { return version == 4 ? v4().isLinkLocal() : version == 6 && v6().isLinkLocal(); }

}  // namespace ringside
