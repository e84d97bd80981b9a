// The processor the figures were measured on, as Linux tells it.

#include <algorithm>
#include <fstream>
#include <thread>

#include "tests/bench/figures.h"

namespace ringside::bench {
namespace {

std::string firstLine(const std::string& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

/// The value of a line of /proc/cpuinfo; empty where there is none.
std::string cpuinfo(const std::string& key) {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with(key)) continue;
        const std::size_t colon = line.find(": ");
        const std::size_t after = line.find_first_not_of(" \t", key.size());
        if (colon != std::string::npos && after == line.find(':')) return line.substr(colon + 2);
    }
    return {};
}

/// "32K" or "8M" in bytes.
std::size_t bytesOf(const std::string& size) {
    if (size.empty()) return 0;
    const std::size_t unit = size.back() == 'M' ? 1024U * 1024 : size.back() == 'K' ? 1024U : 1U;
    return std::stoull(size) * unit;
}

std::string sizeOf(std::size_t bytes) {
    constexpr std::size_t mebibyte = 1024U * 1024;
    return bytes >= mebibyte ? number(static_cast<double>(bytes) / static_cast<double>(mebibyte), 0) + " MiB"
                             : number(static_cast<double>(bytes) / 1024, 0) + " KiB";
}

}  // namespace

Processor processor() {
    Processor p;
    p.name = cpuinfo("model name");
    if (p.name.empty()) p.name = "a processor without a name";
    const std::string family = cpuinfo("cpu family"), model = cpuinfo("model");
    if (!family.empty()) p.name += " (family " + family + ", model " + model + ")";
    p.cpus = std::thread::hardware_concurrency();
    for (int i = 0; i < 8; ++i) {
        const std::string folder = "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(i) + "/";
        const std::string level = firstLine(folder + "level"), type = firstLine(folder + "type");
        const std::size_t size = bytesOf(firstLine(folder + "size"));
        if (level == "1" && type == "Data") p.l1d = size;
        if (level == "2") p.l2 = size;
        if (level == "3") p.l3 = size;
    }
    return p;
}

std::string Processor::sentence() const {
    std::string text = "Measured on " + name + ", " + std::to_string(cpus) + (cpus == 1 ? " CPU" : " CPUs");
    if (l1d) text += ", L1 data cache " + sizeOf(l1d);
    if (l2) text += ", L2 " + sizeOf(l2);
    if (l3) text += ", L3 " + sizeOf(l3);
    return text + "; compiler " + __VERSION__ + ".";
}

}  // namespace ringside::bench
