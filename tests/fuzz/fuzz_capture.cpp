// libFuzzer: any bytes as a capture file. Opening must not crash; every packet that libpcap gives must be found again
// by random access with the same length, and decode, lay out and go to the wire without touching a byte outside.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/capture/capture.h"
#include "engine/capture/wire.h"
#include "engine/protocol/layout.h"

namespace {

void check(bool condition) {
    if (!condition) std::abort();
}

// Copies to exactly as many bytes as there are, so that a sanitizer sees a read past the end.
ringside::ByteVector exact(ringside::ByteView bytes) { return {bytes.begin(), bytes.end()}; }

void walk(const ringside::Capture& capture) {
    using namespace ringside;
    PacketReader reader = capture.reader();
    const auto guess = capture.guessHost();
    const std::vector<IpAddr> host = guess ? capture.census().hostAddresses(*guess) : std::vector<IpAddr>{};
    const std::uint64_t last = std::min<std::uint64_t>(capture.count(), 300);
    for (std::uint64_t i = 0; i < last; ++i) {
        const std::uint64_t number = i % 2 == 0 ? last - i / 2 : 1 + i / 2;  // from both ends
        const auto packet = reader.packet(number);
        check(packet.ok());
        check(packet->data.size() == capture.times(number).caplen);
        const ByteVector bytes = exact(packet->data);
        PacketView view = *packet;
        view.data = bytes;
        const DecodedPacket decoded = decodePacket(view);
        for (const PacketNote& note : decoded.notes) check(!noteText(note).empty());
        const WireFrame frame = wireFrame(view, decoded, host);
        check(frame.bytes.empty() || frame.bytes.size() >= 60);
        for (const LayoutLayer& layer : layoutFrom(HeaderKind::ethernet, frame.bytes)) {
            check(layer.offset + layer.length <= frame.bytes.size());
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const int fd = memfd_create("capture", MFD_CLOEXEC);
    if (fd < 0) return 0;
    if (write(fd, data, size) == static_cast<ssize_t>(size)) {
        const auto capture = ringside::Capture::open("/proc/self/fd/" + std::to_string(fd));
        if (capture) walk(*capture);
    }
    close(fd);
    return 0;
}
