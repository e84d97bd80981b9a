#pragma once
// Waiting in tests that open windows. What a test waits for is a condition; a time is only how long it may take at
// most, and a busy machine needs the more of it.

#include <QTest>
#include <QTimer>
#include <functional>

namespace ringside::test {

/// Waits until something holds, events running; false after `ms`.
inline bool until(const std::function<bool()>& holds, int ms = 20'000) { return QTest::qWaitFor(holds, ms); }

/// Lets everything be delivered that is due: what was posted, layouts, repaints (which Qt puts off by some
/// milliseconds) and what these post in turn. However late a timer is, it comes before the turns that follow it.
inline void settle() {
    QTest::qWait(30);
    for (int turn = 0; turn < 4; ++turn) {
        bool came = false;
        QTimer::singleShot(0, [&came] { came = true; });
        until([&came] { return came; });
    }
}

}  // namespace ringside::test
