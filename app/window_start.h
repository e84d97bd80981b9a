#pragma once
// The program with a window.

#include <string>

namespace ringside {

struct WindowOptions {
    std::string input = {};  ///< lesson id, scenario or capture; empty: the list of lessons
    std::string lang = {};   ///< "en" or "zh_CN"; empty: as remembered
};

/// Opens the window and runs until it is closed; gives the exit status. Without a display one line says so (status 1).
int runWindow(int argc, char** argv, const WindowOptions& options);

}  // namespace ringside
