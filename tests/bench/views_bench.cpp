// How long a frame of the path scene takes with many packets in motion, and how long the program takes from its start
// to its first painted window, beside a program with an empty one.

#include <benchmark/benchmark.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "app/main_window.h"
#include "app/window_start.h"
#include "tests/bench/figures.h"
#include "tests/views/scene_path_samples.h"

extern char** environ;

namespace ringside::bench {
namespace {

constexpr int kMoving = 200, kMotionMs = 3000;

/// CPU time between the ends of two paintings: the tick, the building of the list and the drawing of what changed. The
/// waiting in between costs none.
class TimedScene : public SceneWidget {
  public:
    std::vector<double> milliseconds;  ///< a frame
    int paints = 0;

  protected:
    void paintEvent(QPaintEvent* event) override {
        SceneWidget::paintEvent(event);
        ++paints;
        const Clock::time_point now = Clock::now();
        if (animating() && m_last.time_since_epoch().count() != 0)
            milliseconds.push_back(std::chrono::duration<double, std::milli>(now - m_last).count());
        m_last = now;
    }

  private:
    Clock::time_point m_last{};
};

PathInput manyMoving() {
    PathInput in = samplePath();
    int stops = 0;
    for (const PathStation& station : in.stations) stops += static_cast<int>(station.stops.size());
    for (int i = 0; i < kMoving - 1; ++i) {
        const int from = i % (stops - 1);
        in.packets.push_back({static_cast<std::uint32_t>(100 + i),
                              CapsuleKind::other,
                              {PathPlace::At::stop, from, 0},
                              {PathPlace::At::stop, from + 1, 0},
                              {}});
    }
    return in;
}

void runEvents(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Wall time of this program as a child that opens a window and ends when it was painted, in milliseconds.
double startToPaint(const char* window) {
    const std::string self = "/proc/self/exe";
    char* const argv[] = {const_cast<char*>("bench_ringside"), const_cast<char*>("--paint"), const_cast<char*>(window),
                          nullptr};
    QElapsedTimer clock;
    clock.start();
    pid_t child = 0;
    int status = 0;
    if (posix_spawn(&child, self.c_str(), nullptr, nullptr, argv, environ) != 0 ||
        waitpid(child, &status, 0) != child || status != 0) {
        std::fprintf(stderr, "the window %s could not be opened\n", window);
        std::abort();
    }
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// Ends the program after the first painting of a window.
class EndsAfterPaint : public QObject {
  public:
    bool eventFilter(QObject* watched, QEvent* event) override {
        // at once: what a program does to end is no part of its start
        if (event->type() == QEvent::Paint) QTimer::singleShot(0, qApp, [] { std::_Exit(0); });
        return QObject::eventFilter(watched, event);
    }
};

}  // namespace

int paintOnce(const char* which) {
    int argc = 1;
    char name[] = "bench_ringside";
    char* argv[] = {name, nullptr};
    QApplication app(argc, argv);
    EndsAfterPaint end;
    if (std::strcmp(which, "empty") == 0) {
        QWidget window;
        window.resize(1600, 1000);
        window.installEventFilter(&end);
        window.show();
        return QApplication::exec();
    }
    const std::unique_ptr<MainWindow> window = openWindow({});
    window->installEventFilter(&end);
    return QApplication::exec();
}

void viewsFigures(Figures& figures) {
    // drawn by software, into memory, with settings that are nobody's
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    double empty = 1e9, whole = 1e9;
    for (int i = 0; i < 10; ++i) {
        empty = std::min(empty, startToPaint("empty"));
        whole = std::min(whole, startToPaint("ringside"));
    }
    figures.push_back({"start to first painted window, beside an empty Qt window's", "≤ 2 ×",
                       number(whole / empty, 2) + " × (" + number(whole, 0) + " ms, " + number(empty, 0) + " ms)",
                       whole <= 2 * empty});

    int argc = 1;
    char name[] = "bench_ringside";
    char* argv[] = {name, nullptr};
    const QApplication app(argc, argv);
    loadFonts();
    TimedScene scene;
    const PathInput input = manyMoving();
    scene.setBuilder([&](const SceneRequest& request) { return buildPathScene(input, request); });
    scene.resize(1920, 1080);
    scene.show();
    runEvents(200);
    scene.milliseconds.clear();
    scene.animate(kMotionMs);
    runEvents(kMotionMs + 200);
    std::vector<double>& frames = scene.milliseconds;
    if (frames.empty()) {
        std::fputs("the scene did not move\n", stderr);
        std::abort();
    }
    std::sort(frames.begin(), frames.end());
    const double p99 = frames[frames.size() * 99 / 100];
    const int before = scene.paints;
    runEvents(1000);
    const int paused = scene.paints - before;
    figures.push_back({"a frame of the path scene, 1920×1080, " + std::to_string(kMoving) +
                           " packets in motion: " + "median / p99 (" + std::to_string(frames.size()) + " frames)",
                       "p99 ≤ 8 ms", number(frames[frames.size() / 2]) + " / " + number(p99) + " ms", p99 <= 8});
    figures.push_back({"the same, paused: repaints in a second", "none", std::to_string(paused), paused == 0});
}

}  // namespace ringside::bench
