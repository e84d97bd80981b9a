#pragma once
// The program with a window.

#include <memory>
#include <string>

namespace ringside {

struct WindowOptions {
    std::string input = {};  ///< lesson id, scenario or capture; empty: the list of lessons
    std::string lang = {};   ///< "en" or "zh_CN"; empty: as remembered
};

class MainWindow;

/// The window as it opens, shown. There is a QApplication.
std::unique_ptr<MainWindow> openWindow(const WindowOptions& options);
/// Opens the window and runs until it is closed; gives the exit status. Without a display one line says so (status 1).
int runWindow(int argc, char** argv, const WindowOptions& options);

}  // namespace ringside
