// A file read through a window that follows: reading forwards costs few system calls, jumping about few copied bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/capture/capture_source.h"

namespace ringside {

class FileWindow {
  public:
    explicit FileWindow(std::shared_ptr<const CaptureSource> source) : m_source(std::move(source)) {}

    /// `bytes` bytes of the file from `offset` on, or null where the file ends before; good until the next call.
    const std::uint8_t* at(std::uint64_t offset, std::size_t bytes) {
        if (offset < m_at || offset + bytes > m_at + m_bytes.size()) {
            if (offset > m_source->size || m_source->size - offset < bytes) return nullptr;
            m_bytes.resize(bytes > kSize ? bytes : kSize);
            m_at = offset;
            m_bytes.resize(m_source->readAt(offset, m_bytes.data(), m_bytes.size()));
            if (m_bytes.size() < bytes) return nullptr;
        }
        return m_bytes.data() + (offset - m_at);
    }

  private:
    static constexpr std::size_t kSize = 64 * 1024;

    std::shared_ptr<const CaptureSource> m_source;
    std::vector<std::uint8_t> m_bytes;
    std::uint64_t m_at = 0;
};

}  // namespace ringside
