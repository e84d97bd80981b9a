#pragma once
// Runs the built program as a script would, and gives what it said.

#include <string>
#include <vector>

namespace ringside::test {

struct ProgramResult {
    int status = -1;
    std::string out, err;
    /// The lines of `out`.
    [[nodiscard]] std::vector<std::string> lines() const;
};

/// The program with these arguments (quoted for the shell as they stand), no display, no standard input, in the C
/// locale. `before` is put before the program's name: "env LANG=zh_CN", or a command of the shell with its semicolon.
ProgramResult ringside(const std::string& arguments, const std::string& before = {});

}  // namespace ringside::test
