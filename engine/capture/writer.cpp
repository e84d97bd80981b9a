#include "engine/capture/writer.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace ringside {
namespace {

constexpr std::uint32_t kNanosecondMagic = 0xa1b23c4d;
constexpr std::uint32_t kSnapLength = 262144;
constexpr std::uint32_t kEthernet = 1;

/// A pcap under construction, in the byte order of this machine, as readers expect it of any. Errors of writing and
/// closing are kept: a full disk may be told only then.
class PcapFile {
  public:
    explicit PcapFile(const std::string& path) : m_file(std::fopen(path.c_str(), "wbe")), m_error(m_file ? 0 : errno) {
        put(std::uint32_t{kNanosecondMagic});
        put(std::uint16_t{2});
        put(std::uint16_t{4});
        put(std::uint32_t{0});
        put(std::uint32_t{0});
        put(std::uint32_t{kSnapLength});
        put(std::uint32_t{kEthernet});
    }
    PcapFile(const PcapFile&) = delete;
    PcapFile& operator=(const PcapFile&) = delete;
    ~PcapFile() { close(); }

    void packet(Time time, std::span<const std::uint8_t> bytes) {
        put(static_cast<std::uint32_t>(time / kSecond));
        put(static_cast<std::uint32_t>(time % kSecond));
        put(static_cast<std::uint32_t>(bytes.size()));
        put(static_cast<std::uint32_t>(bytes.size()));
        write(bytes.data(), bytes.size());
    }

    /// errno of the first failure, 0 where all was written.
    int close() {
        if (m_file != nullptr && std::fclose(m_file) != 0 && m_error == 0) m_error = errno;
        m_file = nullptr;
        return m_error;
    }

  private:
    template <class T>
    void put(T number) {
        write(&number, sizeof number);
    }
    void write(const void* from, std::size_t bytes) {
        if (m_error != 0 || bytes == 0) return;
        errno = 0;
        if (std::fwrite(from, 1, bytes, m_file) != bytes) m_error = errno != 0 ? errno : EIO;
    }

    std::FILE* m_file;
    int m_error;
};

/// Where a link leads to, though nothing be there yet; the path itself where it is none. A ring of links ends somewhere
/// in it, and opening it fails.
std::string behindLinks(std::string path) {
    constexpr int kMost = 40;  // as many as Linux follows
    std::error_code none;
    for (int i = 0; i < kMost && std::filesystem::is_symlink(path, none); ++i) {
        const std::filesystem::path to = std::filesystem::read_symlink(path, none);
        if (none) break;
        path = (std::filesystem::path(path).parent_path() / to).string();
    }
    return path;
}

/// Whether the path is something that must not be replaced by a file: a pipe, a device, a socket.
bool isSpecial(const std::string& path) {
    struct stat st {};
    return ::stat(path.c_str(), &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

}  // namespace

std::optional<Error> writeCapture(const std::string& path, const World& world, const Inputs& inputs) {
    const std::string target = behindLinks(path);
    std::error_code none;
    if (std::filesystem::is_symlink(target, none))
        return Error{path, "a path that can be written, with room for the whole capture", std::strerror(ELOOP)};
    const bool direct = isSpecial(target);
    const std::string partial = direct ? target : target + ".part";
    PcapFile file(partial);
    std::vector<std::uint8_t> scratch;
    for (std::uint64_t i = 0; i < world.wire.next; ++i) {
        const std::span<const std::uint8_t> frame = inputs.traffic->frame(i, scratch);
        if (!frame.empty()) file.packet(inputs.traffic->time(i) + world.wire.shift, frame);
    }
    for (const MadePacket& packet : *world.wire.made) file.packet(packet.time, packet.frame.read());
    int error = file.close();
    if (error == 0 && !direct && std::rename(partial.c_str(), target.c_str()) != 0) error = errno;
    if (error == 0) return std::nullopt;
    if (!direct) std::remove(partial.c_str());
    return Error{path, "a path that can be written, with room for the whole capture", std::strerror(error)};
}

}  // namespace ringside
