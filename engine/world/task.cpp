#include "engine/world/task.h"

namespace ringside {

std::string_view nameOf(TaskState state) {
    switch (state) {
        case TaskState::TASK_RUNNING:
            return "TASK_RUNNING";
        case TaskState::TASK_INTERRUPTIBLE:
            return "TASK_INTERRUPTIBLE";
        case TaskState::TASK_UNINTERRUPTIBLE:
            return "TASK_UNINTERRUPTIBLE";
        case TaskState::EXIT_DEAD:
            return "EXIT_DEAD";
        case TaskState::EXIT_ZOMBIE:
            return "EXIT_ZOMBIE";
        case TaskState::TASK_DEAD:
            return "TASK_DEAD";
        case TaskState::TASK_WAKING:
            return "TASK_WAKING";
    }
    return "?";
}

char letterOf(TaskState state) {
    switch (state) {
        case TaskState::TASK_RUNNING:
            return 'R';
        case TaskState::TASK_INTERRUPTIBLE:
            return 'S';
        case TaskState::TASK_UNINTERRUPTIBLE:
            return 'D';
        case TaskState::EXIT_DEAD:
            return 'X';
        case TaskState::EXIT_ZOMBIE:
            return 'Z';
        case TaskState::TASK_DEAD:
            return 'X';
        case TaskState::TASK_WAKING:
            return 'W';
    }
    return '?';
}

}  // namespace ringside
