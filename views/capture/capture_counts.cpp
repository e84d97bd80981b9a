#include "views/capture/capture_counts.h"

#include <algorithm>

namespace ringside {
namespace {

CaptureCounts::Kind kindOf(const FateKey& key) {
    if (!key.known) return CaptureCounts::unknown;
    if (key.fate == Fate::delivered) return CaptureCounts::delivered;
    return key.fate == Fate::dropped ? CaptureCounts::dropped : CaptureCounts::otherwise;
}

bool same(const PacketFate& a, const PacketFate& b) {
    return a.packet == b.packet && a.position == b.position && a.fate == b.fate && a.reason == b.reason &&
           a.function == b.function;
}

}  // namespace

FateKey fateKeyOf(const PacketFate* fate) {
    if (!fate) return {false, Fate::ignored, Drop::NOT_DROPPED};
    return {true, fate->fate, fate->fate == Fate::dropped ? fate->reason : Drop::NOT_DROPPED};
}

Tone toneOf(const FateKey& key) {
    if (!key.known) return Tone::idle;
    switch (key.fate) {
        case Fate::delivered:
            return Tone::user;
        case Fate::dropped:
            return Tone::drop;
        case Fate::forwarded:
            return Tone::process;
        case Fate::consumed:
            return Tone::softirq;
        case Fate::ignored:
        case Fate::undecided:
            return Tone::idle;
    }
    return Tone::idle;
}

void CaptureCounts::open(const Capture* capture) {
    m_capture = capture;
    m_begin = 0;
    m_width = 1;
    const std::uint64_t all = capture ? capture->count() : 0;
    if (all > 0) {
        std::int64_t end = m_begin = capture->times(1).tsNs;
        for (std::uint64_t n = 2; n <= all; ++n) {
            m_begin = std::min(m_begin, capture->times(n).tsNs);
            end = std::max(end, capture->times(n).tsNs);
        }
        m_width = (end - m_begin) / static_cast<std::int64_t>(kBins) + 1;
    }
    restart();
}

void CaptureCounts::restart() {
    m_seen = 0;
    m_marks.assign(m_capture ? static_cast<std::size_t>(m_capture->count()) : 0, {});
    m_fates.clear();
    m_functions.clear();
    m_bins.assign(m_marks.empty() ? 0 : kBins, {});
    for (std::uint32_t n = 1; n <= m_marks.size(); ++n) {
        count(n, m_marks[n - 1], true);
        Bin& bin = m_bins[binOf(n)];
        if (bin.first == 0) bin.first = n;
    }
}

std::int64_t CaptureCounts::timeOf(std::uint32_t packet) const { return m_capture->times(packet).tsNs - m_begin; }

std::size_t CaptureCounts::binOf(std::uint32_t packet) const {
    return static_cast<std::size_t>(timeOf(packet) / m_width);
}

std::int64_t CaptureCounts::binBegin(std::size_t bin) const { return static_cast<std::int64_t>(bin) * m_width; }

void CaptureCounts::count(std::uint32_t packet, const Mark& mark, bool add) {
    const auto change = [add](auto& counts, const auto& key) {
        auto& n = counts[key];
        n = add ? n + 1 : n - 1;
        if (n == 0) counts.erase(key);
    };
    change(m_fates, mark.key);
    if (mark.key.known && mark.key.fate == Fate::dropped) change(m_functions, mark.function);
    std::uint32_t& n = m_bins[binOf(packet)].of[kindOf(mark.key)];
    n = add ? n + 1 : n - 1;
}

bool CaptureCounts::learn(const FateBook& book) {
    const bool other = m_seen > 0 && (book.size() < m_seen || !same(book[m_seen - 1], m_last));
    if (other) restart();
    const bool more = book.size() > m_seen;
    for (; m_seen < book.size(); ++m_seen) {
        const PacketFate& fate = book[m_seen];
        m_last = fate;
        // what the machine itself sends has numbers beyond those of the capture
        if (fate.packet == 0 || fate.packet > m_marks.size()) continue;
        Mark& mark = m_marks[fate.packet - 1];
        count(fate.packet, mark, false);
        mark = {fateKeyOf(&fate), fate.function};
        count(fate.packet, mark, true);
    }
    return other || more;
}

}  // namespace ringside
