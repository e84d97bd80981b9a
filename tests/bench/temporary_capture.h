#pragma once
// A capture to measure with: UDP datagrams in a file that goes away.

#include <benchmark/benchmark.h>
#include <pcap/pcap.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/figures.h"

namespace ringside::bench {

/// A capture in a temporary file, gone with this object.
class TemporaryCapture {
  public:
    static constexpr std::size_t kPayload = 608;          ///< 650 bytes on the wire: a million are 650 MB
    static constexpr std::uint32_t kGapMicroseconds = 5;  ///< about what they take on a gigabit link

    explicit TemporaryCapture(std::uint32_t packets)
        : m_path(std::filesystem::temp_directory_path() / ("ringside-bench-" + std::to_string(getpid()) + ".pcap")) {
        pcap_t* link = pcap_open_dead(DLT_EN10MB, 65535);
        pcap_dumper_t* file = pcap_dump_open(link, m_path.c_str());
        if (!file) {
            std::fprintf(stderr, "%s: %s\n", m_path.c_str(), pcap_geterr(link));
            std::abort();
        }
        std::vector<std::vector<std::uint8_t>> frames;
        for (std::uint32_t i = 0; i < 64; ++i) frames.push_back(udpFrame(i, kPayload));
        for (std::uint32_t i = 0; i < packets; ++i) {
            const std::vector<std::uint8_t>& frame = frames[i % frames.size()];
            pcap_pkthdr header{};
            const std::uint64_t microseconds = std::uint64_t{i} * kGapMicroseconds;
            header.ts.tv_sec = 1'700'000'000 + static_cast<long>(microseconds / 1'000'000);
            header.ts.tv_usec = static_cast<long>(microseconds % 1'000'000);
            header.caplen = header.len = static_cast<bpf_u_int32>(frame.size());
            pcap_dump(reinterpret_cast<u_char*>(file), &header, frame.data());
        }
        pcap_dump_close(file);
        pcap_close(link);
    }
    ~TemporaryCapture() { std::filesystem::remove(m_path); }
    TemporaryCapture(const TemporaryCapture&) = delete;
    TemporaryCapture& operator=(const TemporaryCapture&) = delete;
    [[nodiscard]] const std::string& path() const { return m_path; }

  private:
    std::string m_path;
};

/// CPU time of a program that only reads the packets of a capture, in seconds.
inline double bareLoop(const std::string& path) {
    const Clock::time_point begin = Clock::now();
    char error[PCAP_ERRBUF_SIZE];
    pcap_t* file = pcap_open_offline(path.c_str(), error);
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    std::uint64_t n = 0;
    while (pcap_next_ex(file, &header, &bytes) == 1) ++n;
    pcap_close(file);
    benchmark::DoNotOptimize(n);
    return secondsSince(begin);
}

}  // namespace ringside::bench
