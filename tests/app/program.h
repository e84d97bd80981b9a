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

/// The program with these arguments (quoted for the shell as they stand), no display, no standard input.
ProgramResult ringside(const std::string& arguments);

}  // namespace ringside::test
