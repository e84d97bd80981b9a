#include "engine/capture/unpack.h"

#include <fcntl.h>
#include <sys/poll.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

namespace ringside {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kRead = 256 * 1024, kMade = 1024 * 1024;
constexpr int kWaitMs = 100;  // between two looks at whether to stop
constexpr const char* kEndsEarly = "what was packed ends early";
constexpr const char* kBroken = "what was packed is damaged";

/// A file that has no name, or loses it at once.
int namelessFile() {
    std::error_code none;
    std::string folder = std::filesystem::temp_directory_path(none).string();
    if (none) folder = "/tmp";
    const int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) return fd;
    std::string path = folder + "/ringside-XXXXXX";
    const int named = ::mkostemp(path.data(), O_CLOEXEC);
    if (named >= 0) ::unlink(path.c_str());
    return named;
}

/// Takes bytes as they come and gives those that were packed.
class Unpacker {
  public:
    /// Where made bytes go; false: no room.
    using Sink = std::function<bool(const std::uint8_t*, std::size_t)>;
    Unpacker() = default;
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
    virtual ~Unpacker() = default;
    enum class Took : std::uint8_t { all, damage, no_room };
    virtual Took take(std::uint8_t* from, std::size_t bytes, const Sink& sink) = 0;
    /// Whether nothing more needs to come.
    [[nodiscard]] virtual bool whole() const = 0;
};

class Plain final : public Unpacker {
  public:
    Took take(std::uint8_t* from, std::size_t bytes, const Sink& sink) override {
        return sink(from, bytes) ? Took::all : Took::no_room;
    }
    [[nodiscard]] bool whole() const override { return true; }
};

/// gzip may be several members, one behind the other.
class Gzip final : public Unpacker {
  public:
    Gzip() : m_out(kMade) { m_broken = ::inflateInit2(&m_stream, 16 + MAX_WBITS) != Z_OK; }
    Gzip(const Gzip&) = delete;
    Gzip& operator=(const Gzip&) = delete;
    ~Gzip() override { ::inflateEnd(&m_stream); }

    Took take(std::uint8_t* from, std::size_t bytes, const Sink& sink) override {
        m_stream.next_in = from;
        m_stream.avail_in = static_cast<uInt>(bytes);
        bool full = false;  // a full buffer may have left something to be made without further input
        while (!m_broken && (m_stream.avail_in > 0 || full)) {
            if (m_ended) {
                if (m_stream.avail_in == 0) break;
                if (*m_stream.next_in == 0) return Took::all;  // tape blocks are filled up with zeros
                m_ended = false;
                if (::inflateReset(&m_stream) != Z_OK) return Took::damage;
            }
            m_stream.next_out = m_out.data();
            m_stream.avail_out = static_cast<uInt>(m_out.size());
            const int rc = ::inflate(&m_stream, Z_NO_FLUSH);
            const std::size_t made = m_out.size() - m_stream.avail_out;
            if (made > 0 && !sink(m_out.data(), made)) return Took::no_room;
            full = m_stream.avail_out == 0;
            if (rc == Z_STREAM_END)
                m_ended = true;
            else if (rc == Z_BUF_ERROR)
                break;  // wants more
            else if (rc != Z_OK)
                return Took::damage;
        }
        return m_broken ? Took::damage : Took::all;
    }
    [[nodiscard]] bool whole() const override { return m_ended; }

  private:
    z_stream m_stream{};
    std::vector<std::uint8_t> m_out;
    bool m_ended = false, m_broken = false;
};

class Zstd final : public Unpacker {
  public:
    Zstd() : m_stream(::ZSTD_createDStream()), m_out(kMade) {}

    Took take(std::uint8_t* from, std::size_t bytes, const Sink& sink) override {
        if (!m_stream) return Took::no_room;
        ZSTD_inBuffer in{from, bytes, 0};
        bool full = false;
        while (in.pos < in.size || full) {
            ZSTD_outBuffer out{m_out.data(), m_out.size(), 0};
            m_left = ::ZSTD_decompressStream(m_stream.get(), &out, &in);
            if (::ZSTD_isError(m_left) != 0) return Took::damage;
            if (out.pos > 0 && !sink(m_out.data(), out.pos)) return Took::no_room;
            full = out.pos == out.size;
        }
        return Took::all;
    }
    [[nodiscard]] bool whole() const override { return m_left == 0; }

  private:
    struct Free {
        void operator()(ZSTD_DStream* stream) const { ::ZSTD_freeDStream(stream); }
    };
    std::unique_ptr<ZSTD_DStream, Free> m_stream;
    std::vector<std::uint8_t> m_out;
    std::size_t m_left = 1;  ///< 0: a frame has just ended
};

std::unique_ptr<Unpacker> makeUnpacker(Packing packing) {
    switch (packing) {
        case Packing::gzip:
            return std::make_unique<Gzip>();
        case Packing::zstd:
            return std::make_unique<Zstd>();
        case Packing::none:
            break;
    }
    return std::make_unique<Plain>();
}

bool writeAll(int fd, const std::uint8_t* from, std::size_t bytes) {
    while (bytes > 0) {
        const ssize_t n = ::write(fd, from, bytes);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        from += n;
        bytes -= static_cast<std::size_t>(n);
    }
    return true;
}

}  // namespace

Packing packingOf(std::string_view head) {
    if (head.starts_with("\x1f\x8b"sv)) return Packing::gzip;
    if (head.starts_with("\x28\xb5\x2f\xfd"sv)) return Packing::zstd;
    return Packing::none;
}

Result<Unpacked> unpack(int fd, Packing packing, const std::string& shown,
                        const std::function<void(std::uint64_t)>& tell, const std::stop_token& stop) {
    const auto failed = [&](const char* expected) {
        return Error{shown, expected, std::string("an error: ") + std::strerror(errno != 0 ? errno : EIO)};
    };
    constexpr const char* kRoom = "room for the capture among the temporary files";
    Unpacked out;
    out.fd = namelessFile();
    if (out.fd < 0) return failed(kRoom);
    const auto giveUp = [&](Error error) {
        ::close(out.fd);
        return error;
    };
    const Unpacker::Sink sink = [&](const std::uint8_t* bytes, std::size_t count) {
        out.size += count;
        return writeAll(out.fd, bytes, count);
    };
    const std::unique_ptr<Unpacker> unpacker = makeUnpacker(packing);
    std::vector<std::uint8_t> buffer(kRead);
    std::uint64_t taken = 0;
    while (true) {
        if (stop.stop_requested()) return giveUp({shown, "", "opening was cancelled after 0 packets"});
        const ssize_t n = ::read(fd, buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) {
            // somebody may still write into the pipe
            pollfd more{fd, POLLIN, 0};
            ::poll(&more, 1, kWaitMs);
            continue;
        }
        if (n < 0) return giveUp(failed("a capture file (pcap or pcapng)"));
        if (n == 0) break;
        taken += static_cast<std::uint64_t>(n);
        const Unpacker::Took took = unpacker->take(buffer.data(), static_cast<std::size_t>(n), sink);
        if (took == Unpacker::Took::no_room) return giveUp(failed(kRoom));
        if (took == Unpacker::Took::damage) {
            out.damage = kBroken;
            break;
        }
        if (tell) tell(taken);
    }
    if (out.damage.empty() && !unpacker->whole()) out.damage = kEndsEarly;
    ::lseek(out.fd, 0, SEEK_SET);
    return out;
}

}  // namespace ringside
