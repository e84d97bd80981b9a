// The main of every test executable that opens windows. The platform is chosen before QApplication exists, because the
// build runs the executable with --gtest_list_tests where there is no display. A warning of Qt's fails the test it
// comes from: what Qt complains of is a mistake of ours that nobody would look at otherwise.
#include <gtest/gtest.h>

#include <QApplication>
#include <QStandardPaths>
#include <cstdio>
#include <cstdlib>

namespace {

/// What is said of the machine a test runs on, not of the program.
constexpr const char* kAllowed[] = {
    "This plugin does not support",                      // of the offscreen platform
    "QStandardPaths: XDG_RUNTIME_DIR not set",           // in a container
    "QStandardPaths: wrong permissions on runtime dir",  // the same
};

void onMessage(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    std::fprintf(stderr, "%s\n", qUtf8Printable(text));
    if (type == QtFatalMsg) std::abort();
    if (type == QtDebugMsg || type == QtInfoMsg) return;
    for (const char* allowed : kAllowed) {
        if (text.startsWith(QLatin1String(allowed))) return;
    }
    ADD_FAILURE() << "Qt warns: " << qUtf8Printable(text) << " (" << (context.category ? context.category : "") << ")";
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    // Settings written by a test must never reach the settings of the person who runs it.
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setApplicationName(QStringLiteral("ringside-tests"));
    QApplication application(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    qInstallMessageHandler(onMessage);
    return RUN_ALL_TESTS();
}
