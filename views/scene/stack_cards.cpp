#include "views/scene/stack_cards.h"

#include <QCoreApplication>
#include <algorithm>

#include "engine/linux/functions.h"
#include "views/scene/parts/card.h"
#include "views/scene/words.h"

namespace ringside {
namespace {

bool visible(const Frame& frame) { return frame.state != FrameState::pushed && frame.function != kNoFunction; }

}  // namespace

std::string_view systemCall(const Inputs& inputs, const Task& task) {
    for (std::size_t i = 0; i < task.stack->size(); ++i) {
        const Frame& frame = (*task.stack)[i];
        if (frame.function == kNoFunction) continue;
        const std::string_view name = inputs.function(frame.function).name;
        if (name.starts_with(kSystemCallPrefix)) return name;
    }
    return {};
}

std::vector<StackCard> stackCards(const World& world, const Inputs& inputs, const Event* event) {
    std::vector<StackCard> cards;
    for (const Cow<Cpu>& handle : world.machine().cpus) {
        const Cpu& cpu = *handle;
        const Task& task = world.machine().tasks[cpu.current];
        StackCard card{
            cpu.id, task.idle() ? Tone::idle : Tone::user, {}, fromView(task.comm), event && event->cpu == cpu.id, {}};
        const bool call = !systemCall(inputs, task).empty();
        bool first = true;
        for (std::size_t i = task.stack->size(); i-- > 0;) {
            const Frame& frame = (*task.stack)[i];
            if (!visible(frame)) continue;
            const Tone tone = toneOf(frame.context);
            if (first) card.tone = tone;
            const bool user = frame.function == fn::k_user_mode;
            StackLine line{user ? fromView(task.comm) : fromView(inputs.function(frame.function).name), tone, {}, user};
            if (user && first)
                line.function = QCoreApplication::translate("Scene", "%1, in user space").arg(line.function);
            else if (user && call)
                line.function = QCoreApplication::translate("Scene", "%1, in a system call").arg(line.function);
            else if (user)
                line.function = QCoreApplication::translate("Scene", "%1, interrupted").arg(line.function);
            // the event that drops is red where it drops
            if (card.active && event->drop != Drop::NOT_DROPPED && frame.function == event->function)
                line.tone = Tone::drop;
            if (first && card.active && event->packet != 0 && !user) line.packet = QString::number(event->packet);
            card.lines.push_back(std::move(line));
            first = false;
        }
        // A CPU that halts is idle, whatever the context of the event that put it there.
        if (task.idle() && cpu.waiting) card.tone = Tone::idle;
        cards.push_back(std::move(card));
    }
    return cards;
}

std::vector<StackCard> sleepingCards(const World& world, const Inputs& inputs, std::size_t most) {
    std::vector<StackCard> cards;
    world.machine().tasks.each([&](TaskId, const Task& task) {
        if (task.idle() || task.on_cpu || task.state == TaskState::TASK_DEAD) return;
        StackCard card{static_cast<int>(task.pid), Tone::idle, {}, fromView(task.comm), false, {}};
        card.kept = task.state == TaskState::TASK_RUNNING ? QCoreApplication::translate("Scene", "waits for a CPU")
                                                          : QCoreApplication::translate("Scene", "asleep");
        for (std::size_t i = task.stack->size(); i-- > 0;) {
            const Frame& frame = (*task.stack)[i];
            if (!visible(frame)) continue;
            const bool user = frame.function == fn::k_user_mode;
            card.lines.push_back({user ? QCoreApplication::translate("Scene", "%1, in a system call").arg(card.task)
                                       : fromView(inputs.function(frame.function).name),
                                  toneOf(frame.context),
                                  {},
                                  user});
        }
        // a task in user space has nothing to show
        if (card.lines.size() > 1) cards.push_back(std::move(card));
    });
    // programs before threads of the kernel
    std::stable_sort(cards.begin(), cards.end(), [](const StackCard& a, const StackCard& b) {
        return a.lines.back().band && !b.lines.back().band;
    });
    cards.erase(cards.begin() + static_cast<std::ptrdiff_t>(std::min(most, cards.size())), cards.end());
    return cards;
}

}  // namespace ringside
