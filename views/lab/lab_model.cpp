#include "views/lab/lab_model.h"

#include <algorithm>

namespace ringside {
namespace {

/// The function of the table behind an operation: alloc_skb() is an inline around __alloc_skb().
FunctionId functionOf(const Inputs& inputs, LabOp op) {
    const std::string_view name = op == LabOp::alloc_skb ? "__alloc_skb" : nameOf(op);
    for (const FunctionInfo& f : inputs.functions) {
        if (f.name == name) return f.id;
    }
    return kNoFunction;
}

bool makesOne(LabOp op) { return op == LabOp::alloc_skb || op == LabOp::skb_clone || op == LabOp::skb_copy; }

std::uint32_t youngest(const World& world) {
    std::uint32_t id = 0;
    world.machine().skbs.each([&](SkbId, const SkBuff& skb) { id = std::max(id, skb.id); });
    return id;
}

}  // namespace

const char* nameOf(LabOp op) {
    static constexpr const char* names[kLabOps] = {"alloc_skb", "skb_reserve", "skb_put",   "skb_push",
                                                   "skb_pull",  "skb_trim",    "skb_clone", "skb_copy"};
    return names[static_cast<std::size_t>(op)];
}

bool takesNumber(LabOp op) { return op != LabOp::skb_clone && op != LabOp::skb_copy; }

LabModel::LabModel(QObject* parent) : QObject(parent) { clear(); }
LabModel::~LabModel() = default;

void LabModel::begin(std::shared_ptr<const Lesson> lesson, std::size_t exercise) {
    m_lesson = std::move(lesson);
    m_exercise = exercise;
    clear();
    for (const LabStep& step : m_lesson->exercises[exercise].lab) {
        for (int op = 0; op < kLabOps; ++op) {
            if (functionOf(inputs(), static_cast<LabOp>(op)) != kNoFunction &&
                inputs().function(functionOf(inputs(), static_cast<LabOp>(op))).name == step.function) {
                apply(static_cast<LabOp>(op), step.argument);
            }
        }
    }
}

void LabModel::judge() {
    m_reached = false;
    if (!m_lesson) return;
    TimelineRun run(*m_timeline);
    const Result<bool> goal = goalReached(m_lesson->exercises[m_exercise], run, m_timeline->position());
    m_reached = goal && *goal;  // an sk_buff that is not there yet has no values: not reached
}

std::vector<GoalState> LabModel::goalParts(std::string_view language) const {
    if (!m_lesson) return {};
    TimelineRun run(*m_timeline);
    return goalStates(*m_lesson, m_lesson->exercises[m_exercise], run, m_timeline->position(), language);
}

void LabModel::clear() {
    Scenario machine;
    machine.name = "sk_buff lab";
    machine.cpus = 1;
    Result<Start> start = build(machine);
    m_timeline = std::make_unique<Timeline>(std::move(*start));
    m_entries.clear();
    m_done = 0;
    m_previous.reset();
    m_refusal.reset();
    m_chosen = 0;
    judge();
    emit changed();
}

const World& LabModel::world() const { return m_timeline->world(); }
const Inputs& LabModel::inputs() const { return m_timeline->inputs(); }
SkbId LabModel::chosen() const { return world().machine().findSkb(m_chosen); }

std::vector<std::uint32_t> LabModel::skbs() const {
    std::vector<std::uint32_t> all;
    world().machine().skbs.each([&](SkbId, const SkBuff& skb) { all.push_back(skb.id); });
    std::sort(all.begin(), all.end());
    return all;
}

std::uint32_t LabModel::packet() const {
    for (std::size_t i = m_done; i-- > 0;) {
        if (m_entries[i].packet) return m_entries[i].packet;
        if (m_entries[i].op == LabOp::alloc_skb) return 0;
    }
    return 0;
}

LabShape LabModel::shapeOf(SkbId id) const {
    if (!id) return {};
    const SkBuff& skb = world().machine().skbs[id];
    return {skb.data, skb.tail, skb.end, skb.len};
}

bool LabModel::canApply(LabOp op) const { return op == LabOp::alloc_skb || chosen(); }

void LabModel::choose(std::uint32_t serial) {
    if (!world().machine().findSkb(serial)) return;
    m_chosen = serial;
    m_refusal.reset();
    emit changed();
}

void LabModel::dismissRefusal() {
    m_refusal.reset();
    emit changed();
}

bool LabModel::call(LabOp op, std::uint32_t argument) {
    LabCall what;
    what.function = functionOf(inputs(), op);
    what.argument = takesNumber(op) ? argument : 0;
    if (op != LabOp::alloc_skb) what.skb = chosen();
    // tried on a copy first: a call the kernel stops for must leave nothing behind, not even in the history
    const Result<World> trial = tryLabCall(world(), inputs(), what);
    if (!trial || !trial->machine().oops.empty()) {
        LabRefusal& refusal = m_refusal.emplace();
        refusal.op = op;
        refusal.argument = argument;
        refusal.line = trial ? trial->machine().oops : trial.error().message();
        refusal.before = shapeOf(chosen());
        refusal.tail = refusal.before.tail + (op == LabOp::skb_put || op == LabOp::skb_reserve ? argument : 0);
        refusal.data = static_cast<std::int64_t>(refusal.before.data) -
                       (op == LabOp::skb_push ? static_cast<std::int64_t>(argument) : 0);
        return false;
    }
    // skb_pull() answers NULL for more than there is and leaves the sk_buff alone; skb_trim() with a larger length does
    // nothing: allowed, said
    m_timeline->intervene(what);
    m_timeline->finishLabCall();
    if (makesOne(op)) m_chosen = youngest(world());
    return true;
}

void LabModel::settle() {
    LabEntry& entry = m_entries.back();
    entry.skb = m_chosen;
    entry.shape = shapeOf(chosen());
    entry.end = m_timeline->position();
    m_done = m_entries.size();
    judge();
    emit changed();
}

bool LabModel::apply(LabOp op, std::uint32_t argument) {
    if (!canApply(op)) return false;
    m_refusal.reset();
    World before = world();
    if (!call(op, argument)) {
        emit changed();
        return false;
    }
    m_previous = std::move(before);
    m_entries.resize(m_done);
    m_entries.push_back({op, argument, 0, 0, {}, 0});
    settle();
    return true;
}

bool LabModel::takePacket(std::uint32_t packet, const std::vector<std::uint8_t>& bytes) {
    constexpr std::uint32_t kHeadroom = 64;  // NET_SKB_PAD, what a driver leaves
    const auto size = static_cast<std::uint32_t>(bytes.size());
    if (!apply(LabOp::alloc_skb, size + kHeadroom) || !apply(LabOp::skb_reserve, kHeadroom) ||
        !apply(LabOp::skb_put, size))
        return false;
    m_timeline->intervene(WriteData{chosen(), bytes});
    m_entries.back().packet = packet;
    emit changed();
    return true;
}

void LabModel::goTo(std::size_t count) {
    if (count > m_entries.size()) return;
    m_refusal.reset();
    const auto place = [this](std::size_t n) {
        return n == 0 ? Place{} : Place{m_entries[n - 1].end, m_entries[n - 1].packet ? 1U : 0U};
    };
    if (count > 0) {
        m_timeline->seek(place(count - 1));
        m_previous = world();
    } else {
        m_previous.reset();
    }
    m_timeline->seek(place(count));
    m_done = count;
    m_chosen = count ? m_entries[count - 1].skb : 0;
    judge();
    emit changed();
}

}  // namespace ringside
