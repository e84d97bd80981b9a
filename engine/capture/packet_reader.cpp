#include "engine/capture/packet_reader.h"

#include <pcap/pcap.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

namespace ringside {
namespace {

constexpr std::size_t kWindow = 64 * 1024;  // reading forwards costs few system calls, jumping about few copied bytes
constexpr std::uint32_t kSimplePacketBlock = 3;
constexpr std::uint32_t kPacketBlock = 2;
constexpr std::uint32_t kEnhancedPacketBlock = 6;
constexpr std::uint32_t kBlockHeader = 8;
constexpr std::uint32_t kPacketHeader = 20;  // of an enhanced or an old packet block, before the bytes
constexpr std::uint32_t kSimpleHeader = 4;

std::uint32_t load32(const std::uint8_t* p, bool bigEndian) {
    if (bigEndian) return loadBe32(p);
    return std::uint32_t{p[3]} << 24 | std::uint32_t{p[2]} << 16 | std::uint32_t{p[1]} << 8 | p[0];
}

// A FILE with a position of its own on a shared descriptor, for libpcap.
struct Cookie {
    std::shared_ptr<const CaptureSource> source;
    std::uint64_t position = 0;
    std::array<char, kWindow> buffer{};
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

CaptureSource::~CaptureSource() {
    if (fd >= 0) ::close(fd);
}

std::size_t CaptureSource::readAt(std::uint64_t offset, std::uint8_t* to, std::size_t bytes) const {
    std::size_t done = 0;
    while (done < bytes) {
        const ssize_t n = ::pread(fd, to + done, bytes - done, static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        done += static_cast<std::size_t>(n);
    }
    return done;
}

void PacketReader::ClosePcap::operator()(pcap* p) const { pcap_close(p); }

PacketReader::PacketReader(std::shared_ptr<const CaptureSource> source, std::shared_ptr<const CaptureIndex> index,
                           int linktype)
    : m_source(std::move(source)), m_index(std::move(index)), m_linktype(linktype) {}
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
    view.linktype = m_linktype;
    const bool read = m_source->format == CaptureFormat::pcap ? readClassic(number, view) : readBlocks(number, view);
    if (!read) {
        m_next = 0;
        return Error{m_source->path, "packet " + std::to_string(number) + " where it was when the file was opened",
                     "a file that has changed since"};
    }
    m_next = number + 1;
    return view;
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

const std::uint8_t* PacketReader::window(std::uint64_t offset, std::size_t bytes) {
    if (offset < m_windowAt || offset + bytes > m_windowAt + m_window.size()) {
        m_window.resize(std::max(kWindow, bytes));
        m_windowAt = offset;
        m_window.resize(m_source->readAt(offset, m_window.data(), m_window.size()));
        if (m_window.size() < bytes) return nullptr;
    }
    return m_window.data() + (offset - m_windowAt);
}

bool PacketReader::readBlocks(std::uint64_t number, PacketView& view) {
    const std::uint64_t group = (number - 1) / CaptureIndex::kGroup;
    const std::uint64_t first = group * CaptureIndex::kGroup + 1;
    if (m_next < first || m_next > number) {
        m_next = first;
        m_position = m_index->positions[group];
    }
    for (;;) {
        const std::uint8_t* const header = window(m_position, kBlockHeader);
        if (header == nullptr) return false;
        const std::uint32_t type = load32(header, m_source->bigEndian);
        const std::uint32_t length = load32(header + 4, m_source->bigEndian);
        if (length < kBlockHeader) return false;
        const std::uint64_t begin = m_position;
        m_position += length;
        const bool isPacket = type == kEnhancedPacketBlock || type == kPacketBlock || type == kSimplePacketBlock;
        if (!isPacket || m_next++ < number) continue;
        const std::uint32_t skip = kBlockHeader + (type == kSimplePacketBlock ? kSimpleHeader : kPacketHeader);
        if (length < skip || length - skip < view.caplen) return false;
        const std::uint8_t* const bytes = window(begin + skip, view.caplen);
        if (bytes == nullptr) return false;
        view.data = ByteView(bytes, view.caplen);
        return true;
    }
}

}  // namespace ringside
