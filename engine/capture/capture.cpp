#include "engine/capture/capture.h"

#include <fcntl.h>
#include <pcap/pcap.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "engine/capture/census_counter.h"

namespace ringside {
namespace {

// Sixteen times what libpcap would read at once by itself: fewer system calls, and it still fits the nearest caches.
constexpr std::size_t kReadBuffer = 64 * 1024;
constexpr std::int64_t kMostSeconds = std::int64_t{1} << 32;  // the year 2106
constexpr std::uint64_t kProgressSteps = 200;
constexpr const char* kExpected = "a capture file (pcap or pcapng)";

struct Signature {
    std::string_view bytes;
    const char* name;
};
using namespace std::string_view_literals;
constexpr Signature kOthers[] = {
    {"\x1f\x8b"sv, "a gzip file; unpack it first (gunzip)"},
    {"\x28\xb5\x2f\xfd"sv, "a zstd file; unpack it first (unzstd)"},
    {"\xfd\x37zXZ"sv, "an xz file; unpack it first (unxz)"},
    {"BZh"sv, "a bzip2 file; unpack it first (bunzip2)"},
    {"\x04\x22\x4d\x18"sv, "an lz4 file; unpack it first (unlz4)"},
    {"PK\x03\x04"sv, "a zip file; unpack it first (unzip)"},
    {"snoop\0\0\0"sv, "a snoop capture; convert it first (editcap -F pcap)"},
    {"GMBU"sv, "a Network Monitor capture; convert it first (editcap -F pcap)"},
    {"RTSS"sv, "a Network Monitor 1 capture; convert it first (editcap -F pcap)"},
    {"\x7f\x45LF"sv, "a program (ELF)"},
};

// What a file that libpcap refuses seems to be, from its first bytes.
std::string describe(std::string_view head, const std::string& reason) {
    for (const Signature& s : kOthers) {
        if (head.substr(0, s.bytes.size()) == s.bytes) return s.name;
    }
    const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
    const bool text =
        !line.empty() && std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' || c == '\t'; });
    if (text) {
        constexpr std::size_t kShown = 24;
        return "text that begins \"" + std::string(line.substr(0, kShown)) + "\" (libpcap: " + reason + ")";
    }
    std::string hex;
    for (const char c : head.substr(0, 4)) {
        const auto b = static_cast<unsigned char>(c);
        hex += hex.empty() ? "" : " ";
        hex += "0123456789abcdef"[b >> 4];
        hex += "0123456789abcdef"[b & 0xf];
    }
    return "bytes " + hex + " (libpcap: " + reason + ")";
}

std::string systemError(int number) {
    if (number == ENOENT) return "no such file";
    if (number == EACCES) return "a file that may not be read (permission denied)";
    return std::string("an error: ") + std::strerror(number);
}

// Opens and looks at what kind of thing `path` is, before libpcap sees it.
Result<std::shared_ptr<CaptureSource>> openSource(const std::string& path) {
    auto source = std::make_shared<CaptureSource>();
    source->path = path;
    // Without O_NONBLOCK a pipe nobody writes to would hold the caller for ever.
    source->fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (source->fd < 0) return Error{path, kExpected, systemError(errno)};
    struct stat st {};
    if (::fstat(source->fd, &st) != 0) return Error{path, kExpected, systemError(errno)};
    if (S_ISDIR(st.st_mode)) return Error{path, kExpected, "a directory"};
    if (!S_ISREG(st.st_mode)) return Error{path, kExpected, "a pipe or device; store the capture in a file first"};
    if (st.st_size == 0) return Error{path, kExpected, "an empty file"};
    source->size = static_cast<std::uint64_t>(st.st_size);
    return source;
}

// pcapng begins with a section header block, whose type reads the same in both byte orders; its magic number tells them
// apart. pcap_is_swapped() is relative to this machine, so the bytes are looked at themselves.
void recogniseFormat(CaptureSource& source, ByteView head) {
    constexpr std::array<std::uint8_t, 4> kSection{0x0a, 0x0d, 0x0d, 0x0a};
    if (head.size() >= 12 && std::equal(kSection.begin(), kSection.end(), head.begin())) {
        source.format = CaptureFormat::pcapng;
        source.bigEndian = head[8] == 0x1a;
    }
}

struct ClosePcap {
    void operator()(pcap_t* p) const { pcap_close(p); }
};
using PcapHandle = std::unique_ptr<pcap_t, ClosePcap>;

}  // namespace

// Takes the packets one after the other.
class IndexBuilder {
  public:
    IndexBuilder(pcap_t* pcap, std::uint64_t fileSize) : m_pcap(pcap), m_size(fileSize) {}

    enum class End : std::uint8_t { file, damage, stopped };

    End run(const std::function<void(const OpenProgress&)>& progress, const std::stop_token& stop) {
        FILE* const file = pcap_file(m_pcap);
        pcap_pkthdr* header = nullptr;
        PacketView view;
        view.linktype = pcap_datalink(m_pcap);
        const std::uint8_t* bytes = nullptr;
        std::uint64_t position = static_cast<std::uint64_t>(ftello(file));
        std::uint64_t nextReport = 0;
        int rc = 0;
        while ((rc = pcap_next_ex(m_pcap, &header, &bytes)) == 1) {
            const std::size_t n = m_index->times.size();
            if (n % CaptureIndex::kGroup == 0) {
                // The position was taken after the packet before this one.
                m_index->positions.push_back(position);
                if (position >= nextReport) {
                    if (stop.stop_requested()) return End::stopped;
                    if (progress) progress({position, m_size, n});
                    nextReport = position + m_size / kProgressSteps;
                }
            }
            view.number = n + 1;
            view.caplen = header->caplen;
            view.len = header->len;
            // A damaged file can say any second; differences of the greatest still fit.
            const auto seconds = std::clamp<std::int64_t>(header->ts.tv_sec, -kMostSeconds, kMostSeconds);
            view.tsNs = seconds * kSecond + header->ts.tv_usec;
            m_index->times.push_back({view.tsNs, view.caplen, view.len});
            view.data = ByteView(bytes, header->caplen);
            m_census.add(view);
            if ((n + 1) % CaptureIndex::kGroup == 0) position = static_cast<std::uint64_t>(ftello(file));
        }
        if (stop.stop_requested()) return End::stopped;
        m_index->times.shrink_to_fit();
        if (progress) progress({m_size, m_size, m_index->times.size()});
        return rc == PCAP_ERROR_BREAK ? End::file : End::damage;
    }

    std::shared_ptr<CaptureIndex> takeIndex() { return std::move(m_index); }
    AddressCensus takeCensus() { return m_census.take(); }
    std::uint64_t packets() const { return m_index->times.size(); }

  private:
    pcap_t* m_pcap;
    std::uint64_t m_size;
    std::shared_ptr<CaptureIndex> m_index = std::make_shared<CaptureIndex>();
    CensusCounter m_census;
};

Result<Capture> Capture::open(const std::string& path, const std::function<void(const OpenProgress&)>& progress,
                              const std::stop_token& stop) {
    auto opened = openSource(path);
    if (!opened) return opened.error();
    const std::shared_ptr<CaptureSource> source = *opened;
    std::array<std::uint8_t, 64> head{};
    const std::size_t headSize = source->readAt(0, head.data(), head.size());
    recogniseFormat(*source, ByteView(head.data(), headSize));

    const int copy = ::fcntl(source->fd, F_DUPFD_CLOEXEC, 0);
    FILE* const file = copy >= 0 ? ::fdopen(copy, "rb") : nullptr;
    if (file == nullptr) {
        const int number = errno;
        if (copy >= 0) ::close(copy);
        return Error{path, kExpected, systemError(number)};
    }
    const auto buffer = std::make_unique<char[]>(kReadBuffer);  // given, because glibc ignores a size without one
    std::setvbuf(file, buffer.get(), _IOFBF, kReadBuffer);
    char text[PCAP_ERRBUF_SIZE] = "";
    const PcapHandle pcap(pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, text));
    if (!pcap) {
        std::fclose(file);
        return Error{path, kExpected, describe({reinterpret_cast<const char*>(head.data()), headSize}, text)};
    }

    Capture capture;
    capture.m_linktype = pcap_datalink(pcap.get());
    capture.m_snaplen = static_cast<std::uint32_t>(pcap_snapshot(pcap.get()));
    IndexBuilder builder(pcap.get(), source->size);
    const IndexBuilder::End end = builder.run(progress, stop);
    if (end == IndexBuilder::End::stopped) {
        return Error{path, "", "opening was cancelled after " + std::to_string(builder.packets()) + " packets"};
    }
    if (end == IndexBuilder::End::damage) capture.m_damage = CaptureDamage{builder.packets(), pcap_geterr(pcap.get())};
    capture.m_source = source;
    capture.m_index = builder.takeIndex();
    capture.m_census = builder.takeCensus();
    return capture;
}

PacketTimes Capture::times(std::uint64_t number) const {
    RS_ASSERT(number >= 1 && number <= count());
    return m_index->times[number - 1];
}

std::string Capture::damageLine() const {
    if (!m_damage) return {};
    const std::string after = m_damage->afterPacket == 0 ? "before the first packet"
                                                         : "after packet " + std::to_string(m_damage->afterPacket);
    return path() + ": the capture ends " + after + ": " + m_damage->reason;
}

std::size_t Capture::indexBytes() const {
    return m_index->times.capacity() * sizeof(PacketTimes) + m_index->positions.capacity() * sizeof(std::uint64_t);
}

}  // namespace ringside
