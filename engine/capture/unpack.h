// Captures that cannot be read in any order as they are: packed by gzip or zstd, or coming from a pipe. They are kept
// in a file without a name, in the folder for temporary files, which goes with the last reader.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace ringside {

enum class Packing : std::uint8_t { none, gzip, zstd };
/// By the first bytes of a file.
Packing packingOf(std::string_view head);

struct Unpacked {
    int fd = -1;  ///< the caller closes it
    std::uint64_t size = 0;
    std::string damage;  ///< why what is packed ends early; what stands before it is there
};

/// Everything that `fd` brings from where it stands, unpacked. `tell` is called now and then with the bytes taken from
/// `fd`. Errors name `shown`: no room for it, a read error, a stop.
Result<Unpacked> unpack(int fd, Packing packing, const std::string& shown,
                        const std::function<void(std::uint64_t)>& tell, const std::stop_token& stop);

}  // namespace ringside
