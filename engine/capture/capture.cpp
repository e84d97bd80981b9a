#include "engine/capture/capture.h"

#include <fcntl.h>
#include <pcap/pcap.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "engine/capture/block_reader.h"
#include "engine/capture/census_counter.h"
#include "engine/capture/unpack.h"

namespace ringside {
namespace {

// Sixteen times what libpcap would read at once by itself: fewer system calls, and it still fits the nearest caches.
constexpr std::size_t kReadBuffer = 64 * 1024;
constexpr std::uint64_t kProgressSteps = 200;
constexpr const char* kExpected = "a capture file (pcap or pcapng)";

struct Signature {
    std::string_view bytes;
    const char* name;
};
using namespace std::string_view_literals;
constexpr Signature kOthers[] = {
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
Result<std::shared_ptr<CaptureSource>> openSource(const std::string& path, const std::string& shownAs) {
    auto source = std::make_shared<CaptureSource>();
    source->path = shownAs.empty() ? path : shownAs;
    // Without O_NONBLOCK a pipe nobody writes to would hold the caller for ever.
    source->fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (source->fd < 0) return Error{source->path, kExpected, systemError(errno)};
    struct stat st {};
    if (::fstat(source->fd, &st) != 0) return Error{source->path, kExpected, systemError(errno)};
    if (S_ISDIR(st.st_mode)) return Error{source->path, kExpected, "a directory"};
    source->size = static_cast<std::uint64_t>(st.st_size);
    source->pipe = S_ISFIFO(st.st_mode);
    if (!source->pipe && !S_ISREG(st.st_mode)) return Error{source->path, kExpected, "a device"};
    return source;
}

// What can only be read once, or is packed, is put into a file of its own. `damage`: what is packed ends early.
std::optional<Error> makeSeekable(CaptureSource& source, std::string& head, std::string& damage,
                                  const std::function<void(const OpenProgress&)>& progress,
                                  const std::stop_token& stop) {
    const auto begin = [&] {
        head.resize(64);
        head.resize(source.readAt(0, reinterpret_cast<std::uint8_t*>(head.data()), head.size()));
        return packingOf(head);
    };
    const auto into = [&](Packing packing) -> std::optional<Error> {
        const std::uint64_t all = source.size;
        Result<Unpacked> made = unpack(
            source.fd, packing, source.path,
            [&](std::uint64_t taken) {
                if (progress) progress({taken, std::max(all, taken), 0});
            },
            stop);
        if (!made) return made.error();
        source.replaceFile(made->fd, made->size);
        damage = made->damage;
        return std::nullopt;
    };
    if (source.pipe) {
        if (std::optional<Error> error = into(Packing::none)) return error;
        if (source.size == 0) return Error{source.path, kExpected, "a pipe that nothing comes from"};
    }
    if (source.size == 0) return Error{source.path, kExpected, "an empty file"};
    if (const Packing packing = begin(); packing != Packing::none) {
        if (std::optional<Error> error = into(packing)) return error;
        begin();
    }
    return std::nullopt;
}

// pcapng begins with a section header block, whose type reads the same in both byte orders.
CaptureFormat formatOf(std::string_view head) {
    return head.size() >= 12 && head.substr(0, 4) == "\x0a\x0d\x0d\x0a"sv ? CaptureFormat::pcapng : CaptureFormat::pcap;
}

struct ClosePcap {
    void operator()(pcap_t* p) const { pcap_close(p); }
};
using PcapHandle = std::unique_ptr<pcap_t, ClosePcap>;

}  // namespace

// Takes the packets one after the other.
class IndexBuilder {
  public:
    IndexBuilder(std::uint64_t fileSize, const std::function<void(const OpenProgress&)>& progress,
                 const std::stop_token& stop)
        : m_size(fileSize), m_progress(progress), m_stop(stop) {}

    /// Whether the packet after those taken so far begins a group: its position is wanted then.
    bool wantsPosition() const { return m_index->times.size() % CaptureIndex::kGroup == 0; }

    /// Notes where a group begins. False where opening is to be given up.
    bool begin(std::uint64_t position) {
        m_index->positions.push_back(position);
        m_index->latest.push_back(m_latest);
        if (position < m_nextReport) return true;
        if (m_stop.stop_requested()) return false;
        if (m_progress) m_progress({position, m_size, packets()});
        m_nextReport = position + m_size / kProgressSteps;
        return true;
    }

    void add(PacketView& view) {
        view.number = packets() + 1;
        m_index->times.push_back({view.tsNs, view.caplen, view.len});
        m_latest = std::max(m_latest, view.tsNs);
        if (view.linktype != m_linktype) changeLinktype(view.linktype);
        if (!m_index->linktypeOf.empty() || m_mixed) m_index->linktypeOf.push_back(m_linktypeNumber);
        m_census.add(view);
    }

    std::shared_ptr<CaptureIndex> finish() {
        m_index->times.shrink_to_fit();
        if (m_index->linktypes.empty()) m_index->linktypes.push_back(0);
        if (m_progress) m_progress({m_size, m_size, packets()});
        return std::move(m_index);
    }
    AddressCensus takeCensus() { return m_census.take(); }
    std::uint64_t packets() const { return m_index->times.size(); }
    CaptureIndex& index() { return *m_index; }

  private:
    void changeLinktype(int linktype) {
        std::vector<int>& all = m_index->linktypes;
        const auto known = std::find(all.begin(), all.end(), linktype);
        m_linktypeNumber = static_cast<std::uint16_t>(known - all.begin());
        if (known == all.end()) all.push_back(linktype);
        // The packets before the first change have the first link type.
        if (all.size() == 2 && !m_mixed) {
            m_mixed = true;
            m_index->linktypeOf.assign(packets() - 1, 0);
        }
        m_linktype = linktype;
    }

    std::uint64_t m_size;
    const std::function<void(const OpenProgress&)>& m_progress;
    const std::stop_token& m_stop;
    std::shared_ptr<CaptureIndex> m_index = std::make_shared<CaptureIndex>();
    CensusCounter m_census;
    std::uint64_t m_nextReport = 0;
    std::int64_t m_latest = CaptureIndex::kNoTime;
    int m_linktype = -1;
    std::uint16_t m_linktypeNumber = 0;
    bool m_mixed = false;
};

// One way through the file.
struct Capture::Reading {
    std::optional<Error> refused;  // the file is no capture
    bool stopped = false;
    std::uint64_t packets = 0;
    int linktype = 0;
    std::uint32_t snaplen = 0;
    std::string damage;
    std::shared_ptr<CaptureIndex> index;
    AddressCensus census;

    void take(IndexBuilder& builder) {
        packets = builder.packets();
        index = builder.finish();
        census = builder.takeCensus();
    }
};

Capture::Reading Capture::readWithLibpcap(const std::shared_ptr<const CaptureSource>& source, const std::string& head,
                                          const std::function<void(const OpenProgress&)>& progress,
                                          const std::stop_token& stop) {
    Reading out;
    const int copy = ::fcntl(source->fd, F_DUPFD_CLOEXEC, 0);
    FILE* const file = copy >= 0 ? ::fdopen(copy, "rb") : nullptr;
    if (file == nullptr) {
        const int number = errno;
        if (copy >= 0) ::close(copy);
        out.refused = Error{source->path, kExpected, systemError(number)};
        return out;
    }
    const auto buffer = std::make_unique<char[]>(kReadBuffer);  // given, because glibc ignores a size without one
    std::setvbuf(file, buffer.get(), _IOFBF, kReadBuffer);
    char text[PCAP_ERRBUF_SIZE] = "";
    const PcapHandle pcap(pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, text));
    if (!pcap) {
        std::fclose(file);
        out.refused = Error{source->path, kExpected, describe(head, text)};
        return out;
    }
    out.linktype = pcap_datalink(pcap.get());
    out.snaplen = static_cast<std::uint32_t>(pcap_snapshot(pcap.get()));
    IndexBuilder builder(source->size, progress, stop);
    if (source->format == CaptureFormat::pcapng) {
        // libpcap takes no second section of another byte order, so the first one's is that of all.
        builder.index().sections.push_back({0, head[8] == 0x1a});
    }
    pcap_pkthdr* header = nullptr;
    const std::uint8_t* bytes = nullptr;
    PacketView view;
    view.linktype = out.linktype;
    auto position = static_cast<std::uint64_t>(ftello(file));
    int rc = 0;
    while ((rc = pcap_next_ex(pcap.get(), &header, &bytes)) == 1) {
        // The position was taken after the packet before this one.
        if (builder.wantsPosition() && !builder.begin(position)) break;
        view.caplen = header->caplen;
        view.len = header->len;
        // A file can say any second; nanoseconds in 64 bits cannot.
        const auto seconds = std::clamp<std::int64_t>(header->ts.tv_sec, -kMostCaptureSeconds, kMostCaptureSeconds);
        view.tsNs = seconds * kSecond + header->ts.tv_usec;
        view.data = ByteView(bytes, header->caplen);
        builder.add(view);
        if (builder.wantsPosition()) position = static_cast<std::uint64_t>(ftello(file));
    }
    out.stopped = stop.stop_requested();
    if (rc != PCAP_ERROR_BREAK && rc != 1) out.damage = pcap_geterr(pcap.get());
    out.take(builder);
    return out;
}

Capture::Reading Capture::readBlocks(const std::shared_ptr<const CaptureSource>& source,
                                     const std::function<void(const OpenProgress&)>& progress,
                                     const std::stop_token& stop) {
    Reading out;
    BlockReader reader(source);
    IndexBuilder builder(source->size, progress, stop);
    BlockReader::Packet packet;
    PacketView view;
    BlockReader::Next next = BlockReader::Next::end;
    while ((next = reader.next(packet)) == BlockReader::Next::packet) {
        if (builder.wantsPosition() && !builder.begin(packet.position)) break;
        view.tsNs = packet.tsNs;
        view.caplen = packet.caplen;
        view.len = packet.len;
        view.linktype = packet.linktype;
        view.data = packet.data;
        builder.add(view);
    }
    out.stopped = stop.stop_requested();
    if (next == BlockReader::Next::damage) out.damage = reader.damage();
    out.linktype = reader.firstLinktype();
    out.snaplen = reader.firstSnaplen();
    builder.index().sections = reader.sections();
    out.take(builder);
    return out;
}

Result<Capture> Capture::open(const std::string& path, const std::function<void(const OpenProgress&)>& progress,
                              const std::stop_token& stop, const std::string& shownAs) {
    auto opened = openSource(path, shownAs);
    if (!opened) return opened.error();
    const std::shared_ptr<CaptureSource> source = *opened;
    std::string head, packed;
    if (std::optional<Error> error = makeSeekable(*source, head, packed, progress, stop)) return *error;
    source->format = formatOf(head);

    Reading reading = readWithLibpcap(source, head, progress, stop);
    const bool gaveUp = reading.refused || !reading.damage.empty();
    if (gaveUp && !reading.stopped && source->format == CaptureFormat::pcapng) {
        Reading blocks = readBlocks(source, progress, stop);
        if (blocks.stopped || blocks.packets > reading.packets || (reading.refused && blocks.damage.empty()))
            reading = std::move(blocks);
    }
    if (reading.stopped) {
        return Error{source->path, "", "opening was cancelled after " + std::to_string(reading.packets) + " packets"};
    }
    if (reading.refused) return packed.empty() ? *reading.refused : Error{source->path, kExpected, packed};
    // The end of what is packed is why the capture ends, wherever in a packet that is.
    if (!packed.empty()) reading.damage = packed;
    Capture capture;
    capture.m_linktype = reading.linktype;
    capture.m_snaplen = reading.snaplen;
    if (!reading.damage.empty()) capture.m_damage = CaptureDamage{reading.packets, std::move(reading.damage)};
    capture.m_source = source;
    capture.m_index = std::move(reading.index);
    capture.m_census = std::move(reading.census);
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
    std::string line = path() + ": the capture ends " + after + ": " + m_damage->reason;
    if (m_damage->reason.find(" different from the type of the first interface") != std::string::npos)
        line += " (write the packets of each into a file of its own: tshark -r FILE -Y frame.interface_id==0 -w OUT)";
    return line;
}

std::size_t Capture::indexBytes() const {
    return m_index->times.capacity() * sizeof(PacketTimes) +
           (m_index->positions.capacity() + m_index->latest.capacity()) * sizeof(std::uint64_t) +
           m_index->linktypeOf.capacity() * sizeof(std::uint16_t);
}

}  // namespace ringside
