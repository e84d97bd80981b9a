#include "engine/capture/packet_reader.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "engine/capture/block_reader.h"

namespace ringside {
namespace {

constexpr std::size_t kBuffer = 64 * 1024;

// A FILE with a position of its own on a shared descriptor, for libpcap.
struct Cookie {
    std::shared_ptr<const CaptureSource> source;
    std::uint64_t position = 0;
    std::array<char, kBuffer> buffer{};
};

ssize_t cookieRead(void* cookie, char* to, std::size_t bytes) {
    auto* const c = static_cast<Cookie*>(cookie);
    const std::size_t n = c->source->readAt(c->position, reinterpret_cast<std::uint8_t*>(to), bytes);
    c->position += n;
    return static_cast<ssize_t>(n);
}

int cookieSeek(void* cookie, off64_t* offset, int whence) {
    auto* const c = static_cast<Cookie*>(cookie);
    const std::uint64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? c->position : c->source->size;
    const std::int64_t target = static_cast<std::int64_t>(base) + *offset;
    if (target < 0) return -1;
    c->position = static_cast<std::uint64_t>(target);
    *offset = target;
    return 0;
}

int cookieClose(void* cookie) {
    delete static_cast<Cookie*>(cookie);
    return 0;
}

}  // namespace

void PacketReader::ClosePcap::operator()(pcap* p) const { pcap_close(p); }

PacketReader::PacketReader(std::shared_ptr<const CaptureSource> source, std::shared_ptr<const CaptureIndex> index)
    : m_source(std::move(source)), m_index(std::move(index)), m_window(m_source) {}
PacketReader::PacketReader(PacketReader&&) noexcept = default;
PacketReader& PacketReader::operator=(PacketReader&&) noexcept = default;
PacketReader::~PacketReader() = default;

Result<PacketView> PacketReader::packet(std::uint64_t number) {
    if (number == 0 || number > count()) {
        return Error{m_source->path, "a packet from 1 to " + std::to_string(count()), std::to_string(number)};
    }
    const PacketTimes& times = m_index->times[number - 1];
    PacketView view;
    view.number = number;
    view.tsNs = times.tsNs;
    view.caplen = times.caplen;
    view.len = times.len;
    view.linktype = m_index->linktype(number);
    const std::int64_t latest = latestBefore(number);
    if (view.tsNs < latest) view.backNs = latest - view.tsNs;
    const bool read = m_source->format == CaptureFormat::pcap ? readClassic(number, view) : readBlocks(number, view);
    if (!read) {
        m_next = 0;
        return Error{m_source->path, "packet " + std::to_string(number) + " where it was when the file was opened",
                     "a file that has changed since"};
    }
    m_next = number + 1;
    return view;
}

std::int64_t PacketReader::latestBefore(std::uint64_t number) {
    // Far ahead, or behind, where the difference wraps: on from the group's first.
    if (number - m_latestBefore > CaptureIndex::kGroup) {
        const std::uint64_t group = (number - 1) / CaptureIndex::kGroup;
        m_latestBefore = group * CaptureIndex::kGroup + 1;
        m_latest = m_index->latest[group];
    }
    for (; m_latestBefore < number; ++m_latestBefore)
        m_latest = std::max(m_latest, m_index->times[m_latestBefore - 1].tsNs);
    return m_latest;
}

bool PacketReader::seekClassic(std::uint64_t position) {
    if (!m_pcap) {
        auto* const cookie = new Cookie{m_source};
        FILE* const file = fopencookie(cookie, "rb", {cookieRead, nullptr, cookieSeek, cookieClose});
        if (file == nullptr) {
            delete cookie;
            return false;
        }
        std::setvbuf(file, cookie->buffer.data(), _IOFBF, cookie->buffer.size());
        char text[PCAP_ERRBUF_SIZE];
        m_pcap.reset(pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, text));
        if (!m_pcap) {
            std::fclose(file);
            return false;
        }
    }
    return fseeko(pcap_file(m_pcap.get()), static_cast<off_t>(position), SEEK_SET) == 0;
}

bool PacketReader::readClassic(std::uint64_t number, PacketView& view) {
    if (number != m_next) {
        const std::uint64_t group = (number - 1) / CaptureIndex::kGroup;
        const std::uint64_t first = group * CaptureIndex::kGroup + 1;
        // Skipping forward inside the group is cheaper than filling the buffer anew.
        if (m_next < first || m_next > number) {
            if (!seekClassic(m_index->positions[group])) return false;
            m_next = first;
        }
    }
    pcap_pkthdr* header = nullptr;
    const std::uint8_t* bytes = nullptr;
    for (; m_next <= number; ++m_next) {
        if (pcap_next_ex(m_pcap.get(), &header, &bytes) != 1) return false;
    }
    if (header->caplen != view.caplen || header->len != view.len) return false;
    view.data = ByteView(bytes, header->caplen);
    return true;
}

bool PacketReader::readBlocks(std::uint64_t number, PacketView& view) {
    const std::uint64_t group = (number - 1) / CaptureIndex::kGroup;
    const std::uint64_t first = group * CaptureIndex::kGroup + 1;
    if (m_next < first || m_next > number) {
        m_next = first;
        m_position = m_index->positions[group];
        m_bigEndian = m_index->bigEndianAt(m_position);
    }
    for (;;) {
        const std::uint8_t* header = m_window.at(m_position, pcapng::kBlockHeader);
        if (header == nullptr) return false;
        const std::uint32_t type = pcapng::load32(header, m_bigEndian);
        if (type == pcapng::kSection) {
            header = m_window.at(m_position, pcapng::kBlockHeader + 4);
            if (header == nullptr) return false;
            m_bigEndian = pcapng::sectionIsBigEndian(header);
        }
        const std::uint32_t length = pcapng::load32(header + 4, m_bigEndian);
        if (length < pcapng::kBlockHeader) return false;
        const std::uint64_t begin = m_position;
        m_position += length;
        const bool isPacket =
            type == pcapng::kEnhancedPacket || type == pcapng::kPacket || type == pcapng::kSimplePacket;
        if (!isPacket || m_next++ < number) continue;
        const std::uint32_t skip =
            pcapng::kBlockHeader + (type == pcapng::kSimplePacket ? pcapng::kSimpleHeader : pcapng::kPacketHeader);
        if (length < skip || length - skip < view.caplen) return false;
        const std::uint8_t* const bytes = m_window.at(begin + skip, view.caplen);
        if (bytes == nullptr) return false;
        view.data = ByteView(bytes, view.caplen);
        return true;
    }
}

}  // namespace ringside
