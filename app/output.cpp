#include "app/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ringside {

void Output::flush() {
    if (m_error == 0 && !m_buffer.empty()) {
        errno = 0;
        const std::size_t written = std::fwrite(m_buffer.data(), 1, m_buffer.size(), m_file);
        // Flushed at once: an error that only the stream's own buffer knows would come too late to stop for.
        if (written != m_buffer.size() || std::fflush(m_file) != 0) m_error = errno != 0 ? errno : EIO;
    }
    m_buffer.clear();
}

std::string Output::finish() {
    flush();
    if (m_error == 0) return {};
    return m_error == EBADF ? "that it is closed" : std::strerror(m_error);
}

void complain(std::FILE* err, std::string_view message) {
    std::string line = "ringside: ";
    line += message;
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), err);
    std::fflush(err);
}

void occupyStandardStreams() {
    for (int fd = 0; fd <= 2; ++fd) {
        if (::fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
        // Opened the wrong way round: reading standard input or writing standard output then fails as if closed.
        const int taken = ::open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
        if (taken > fd) ::close(taken);
    }
}

}  // namespace ringside
