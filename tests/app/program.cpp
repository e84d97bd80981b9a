#include "tests/app/program.h"

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace ringside::test {

std::vector<std::string> ProgramResult::lines() const {
    std::vector<std::string> all;
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
}

ProgramResult ringside(const std::string& arguments, const std::string& before) {
    char error_file[] = "/tmp/ringside-test-XXXXXX";
    const int fd = mkstemp(error_file);
    if (fd < 0) return {};
    close(fd);
    const std::string command = std::string("exec </dev/null 2>") + error_file +
                                "; unset DISPLAY WAYLAND_DISPLAY LC_ALL LC_MESSAGES; export LANG=C "
                                "QT_QPA_PLATFORM=offscreen; " +
                                before + " " + RINGSIDE_BINARY + " " + arguments;
    ProgramResult result;
    if (std::FILE* pipe = popen(command.c_str(), "r")) {
        char buffer[65536];
        while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) result.out.append(buffer, n);
        const int status = pclose(pipe);
        result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    }
    std::ifstream in(error_file);
    std::ostringstream text;
    text << in.rdbuf();
    result.err = text.str();
    std::remove(error_file);
    return result;
}

}  // namespace ringside::test
