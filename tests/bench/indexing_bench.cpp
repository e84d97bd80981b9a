// The window while a large capture is played on in the background: how long a key takes to its picture, how long the
// GUI thread is away at most, and how much memory it takes. In a process of its own, so that its memory is the
// window's.

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QTimer>
#include <QWindow>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <map>
#include <thread>

#include "app/main_window.h"
#include "app/window_start.h"
#include "tests/bench/figures.h"
#include "tests/bench/temporary_capture.h"

namespace ringside::bench {
namespace {

constexpr std::uint32_t kPackets = 200'000;
constexpr int kBeatMs = 4, kBeatsAKey = 10;
constexpr int kMostMs = 300'000;

struct Press {
    const char* what;
    Qt::Key key;
    Qt::KeyboardModifiers modifiers;
};
// What somebody does who walks about in a run: steps of every size and both ways, the list, other views.
constexpr Press kPresses[] = {{"Right", Qt::Key_Right, Qt::NoModifier},
                              {"Shift Right", Qt::Key_Right, Qt::ShiftModifier},
                              {"Ctrl Right", Qt::Key_Right, Qt::ControlModifier},
                              {"Left", Qt::Key_Left, Qt::NoModifier},
                              {"Ctrl Right", Qt::Key_Right, Qt::ControlModifier},
                              {"Shift Left", Qt::Key_Left, Qt::ShiftModifier},
                              {"Ctrl Left", Qt::Key_Left, Qt::ControlModifier},
                              {"End", Qt::Key_End, Qt::NoModifier},
                              {"Ctrl Left", Qt::Key_Left, Qt::ControlModifier},
                              {"Left", Qt::Key_Left, Qt::NoModifier},
                              {"Home", Qt::Key_Home, Qt::NoModifier},
                              {"capture", Qt::Key_5, Qt::NoModifier},
                              {"Down", Qt::Key_Down, Qt::NoModifier},
                              {"PageDown", Qt::Key_PageDown, Qt::NoModifier},
                              {"Down", Qt::Key_Down, Qt::NoModifier},
                              {"path", Qt::Key_1, Qt::NoModifier}};

using Wall = std::chrono::steady_clock;

double millisecondsSince(Wall::time_point begin) {
    return std::chrono::duration<double, std::milli>(Wall::now() - begin).count();
}

/// An event that knows when it was sent: by another thread, as the window system does it.
class Beat : public QEvent {
  public:
    static QEvent::Type type() {
        static const int registered = registerEventType();
        return static_cast<QEvent::Type>(registered);
    }
    explicit Beat(bool key) : QEvent(type()), press(key) {}
    Wall::time_point sent = Wall::now();
    bool press;
};

/// Takes the beats: each says how long the thread was away; each so many is a key, timed until it is painted.
class Typist : public QObject {
  public:
    explicit Typist(MainWindow& window) : m_window(window) {}
    std::map<std::string, std::vector<double>> keys;
    double away = 0;
    bool measuring = false;

    bool event(QEvent* event) override {
        if (event->type() != Beat::type()) return QObject::event(event);
        const auto& beat = static_cast<const Beat&>(*event);
        if (!measuring) return true;
        away = std::max(away, millisecondsSince(beat.sent));
        // a person waits for the picture before the next key
        if (!beat.press || m_pending) return true;
        m_pending = true;
        const Press& press = kPresses[m_next++ % std::size(kPresses)];
        QTest::keyClick(m_window.windowHandle(), press.key, press.modifiers);
        // Qt paints with low priority what the key asked for; what is posted now comes right after.
        QTimer::singleShot(0, this, [this, &press, sent = beat.sent] {
            QCoreApplication::sendPostedEvents();
            m_pending = false;
            keys[press.what].push_back(millisecondsSince(sent));
        });
        return true;
    }

  private:
    MainWindow& m_window;
    std::size_t m_next = 0;
    bool m_pending = false;
};

}  // namespace

int typeWhileIndexing(const char* capture) {
    int argc = 1;
    char name[] = "bench_ringside";
    char* argv[] = {name, nullptr};
    const QApplication app(argc, argv);
    WindowOptions options;
    options.lang = "en";
    options.input = capture;
    const std::unique_ptr<MainWindow> window = openWindow(options);
    window->resize(1600, 1000);
    window->activateWindow();
    Typist typist(*window);
    std::atomic<bool> over = false;
    std::thread clock([&] {
        for (int beat = 1; !over; ++beat) {
            QCoreApplication::postEvent(&typist, new Beat(beat % kBeatsAKey == 0));
            std::this_thread::sleep_for(std::chrono::milliseconds(kBeatMs));
        }
    });
    QElapsedTimer all;
    all.start();
    const RunState& run = window->session().run;
    while (!run.hasRun() && all.elapsed() < kMostMs) QTest::qWait(10);
    const Wall::time_point begin = Wall::now();
    typist.measuring = true;
    while (!run.ended() && all.elapsed() < kMostMs) QTest::qWait(20);
    typist.measuring = false;
    const double took = millisecondsSince(begin);
    over = true;
    clock.join();
    QTest::qWait(50);
    std::vector<double> times;
    for (const auto& [what, of] : typist.keys) {
        times.insert(times.end(), of.begin(), of.end());
        std::fprintf(stderr, "%-12s %3zu keys, worst %6.1f ms\n", what.c_str(), of.size(),
                     *std::max_element(of.begin(), of.end()));
    }
    if (!run.ended() || times.empty()) return 1;
    std::sort(times.begin(), times.end());
    std::printf("%zu %f %f %f %f %f %f\n", times.size(), times[times.size() / 2], times[times.size() * 99 / 100],
                times.back(), typist.away, static_cast<double>(peakBytes()) / 1e6, took / 1000);
    return 0;
}

void indexingFigures(Figures& figures) {
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    const TemporaryCapture file(kPackets);
    std::error_code none;
    const std::string self = std::filesystem::read_symlink("/proc/self/exe", none);
    std::FILE* child = popen((self + " --indexing " + file.path()).c_str(), "r");
    std::size_t keys = 0;
    double median = 0, p99 = 0, worst = 0, away = 0, peak = 0, took = 0;
    const int read = child == nullptr ? 0
                                      : std::fscanf(child, "%zu %lf %lf %lf %lf %lf %lf", &keys, &median, &p99, &worst,
                                                    &away, &peak, &took);
    if (child) pclose(child);
    const std::string what = "the window while 200 k packets (131 MB) are played on";
    if (read != 7) {
        figures.push_back({what, "key to picture p99 ≤ 50 ms", "failed", false});
        return;
    }
    figures.push_back(
        {what + " (" + number(took) + " s): key to picture, median / p99 / worst of " + std::to_string(keys),
         "p99 ≤ 50 ms", number(median) + " / " + number(p99) + " / " + number(worst) + " ms", p99 <= 50});
    figures.push_back(
        {"the same: the longest that the GUI thread is away", "≤ 100 ms", number(away, 0) + " ms", away <= 100});
    figures.push_back({"the same: resident memory, at most", "≤ 400 MB", number(peak, 0) + " MB", peak <= 400});
}

}  // namespace ringside::bench
