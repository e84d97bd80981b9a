#include "engine/capture/writer.h"

#include <pcap/pcap.h>

#include <cstdio>
#include <memory>

namespace ringside {

std::optional<Error> writeCapture(const std::string& path, const World& world, const Inputs& inputs) {
    const std::unique_ptr<pcap_t, decltype(&pcap_close)> dead(
        pcap_open_dead_with_tstamp_precision(DLT_EN10MB, 262144, PCAP_TSTAMP_PRECISION_NANO), &pcap_close);
    const std::string partial = path + ".part";
    pcap_dumper_t* const dumper = pcap_dump_open(dead.get(), partial.c_str());
    if (!dumper) return Error{path, "a path that can be written", pcap_geterr(dead.get())};
    const auto write = [&](Time time, std::span<const std::uint8_t> bytes) {
        if (bytes.empty()) return;
        pcap_pkthdr header{};
        header.ts.tv_sec = static_cast<decltype(header.ts.tv_sec)>(time / kSecond);
        header.ts.tv_usec =
            static_cast<decltype(header.ts.tv_usec)>(time % kSecond);  // nanoseconds, by the precision asked for
        header.caplen = header.len = static_cast<bpf_u_int32>(bytes.size());
        pcap_dump(reinterpret_cast<u_char*>(dumper), &header, bytes.data());
    };
    std::vector<std::uint8_t> scratch;
    for (std::uint64_t i = 0; i < world.wire.next; ++i)
        write(inputs.traffic->time(i) + world.wire.shift, inputs.traffic->frame(i, scratch));
    for (const Bytes& frame : *world.wire.injected) write(world.now, frame.read());
    const bool written = pcap_dump_flush(dumper) == 0;
    pcap_dump_close(dumper);
    if (!written || std::rename(partial.c_str(), path.c_str()) != 0) {
        std::remove(partial.c_str());
        return Error{path, "room for the whole capture", "the file could not be written to its end"};
    }
    return std::nullopt;
}

}  // namespace ringside
