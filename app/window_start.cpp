#include "app/window_start.h"

#include <QApplication>
#include <QStyleFactory>
#include <cstdio>

#include "app/main_window.h"
#include "app/open_input.h"

namespace ringside {

std::unique_ptr<MainWindow> openWindow(const WindowOptions& options) {
    QCoreApplication::setOrganizationName(QStringLiteral("ringside"));
    QCoreApplication::setApplicationName(QStringLiteral("ringside"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RINGSIDE_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("ringside"));
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    loadFonts();
    auto memory = std::make_unique<Memory>(stateFolder());
    Settings settings = memory->settings();
    if (!options.lang.empty()) settings.language = QString::fromStdString(options.lang);
    auto window = std::make_unique<MainWindow>(dataFolder(), settings, std::move(memory));
    if (!options.input.empty()) window->openFirst(QString::fromStdString(options.input));
    window->show();
    return window;
}

int runWindow(int argc, char** argv, const WindowOptions& options) {
    const bool display = !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    if (!display && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        std::fputs("ringside: there is no display; `ringside --text LESSON` steps a lesson in the terminal\n", stderr);
        return 1;
    }
    const QApplication app(argc, argv);
    const std::unique_ptr<MainWindow> window = openWindow(options);
    return QApplication::exec();
}

}  // namespace ringside
