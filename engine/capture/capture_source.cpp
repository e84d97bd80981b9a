#include "engine/capture/capture_source.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace ringside {

CaptureSource::~CaptureSource() {
    if (fd >= 0) ::close(fd);
}

void CaptureSource::replaceFile(int other, std::uint64_t bytes) {
    if (fd >= 0) ::close(fd);
    fd = other;
    size = bytes;
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

bool CaptureIndex::bigEndianAt(std::uint64_t position) const {
    const auto after = std::upper_bound(sections.begin(), sections.end(), position,
                                        [](std::uint64_t at, const Section& s) { return at < s.position; });
    return after != sections.begin() && std::prev(after)->bigEndian;
}

}  // namespace ringside
