#pragma once
// What the program was asked to do. The calls are a contract that scripts rely on; see README.md.

namespace ringside {

/// Parses the arguments and does what they say; gives the exit status: 0 done, 1 bad input, 2 wrong usage.
int runProgram(int argc, char** argv);

}  // namespace ringside
