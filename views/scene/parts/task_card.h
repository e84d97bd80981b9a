#pragma once
// A process in user space, or asleep in a system call.

#include "views/scene/parts/canvas.h"

namespace ringside {

struct TaskCard {
    QString name;
    unsigned pid = 0;
    QString state;  ///< the kernel's name: TASK_RUNNING, not translated
    bool running = false;
    QString note;  ///< what it is doing: "recvfrom(3, …)", "interrupted on CPU 0"
};

/// Draws into `rect` (54 to 74 high). Item "task:PID".
void drawTaskCard(const Canvas& canvas, const QRectF& rect, const TaskCard& card);

}  // namespace ringside
