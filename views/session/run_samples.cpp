#include "views/session/run_samples.h"

#include <algorithm>
#include <limits>

#include "engine/history/whereabouts.h"

namespace ringside {
namespace {

LaneSample laneOf(const Machine& machine, const Cpu& cpu, const Event& event) {
    LaneSample lane{contextOf(machine, cpu), cpu.current, 0, cpu.times.in};
    if (event.seq != 0 && event.cpu == cpu.id) {
        lane.context = event.context;
        lane.packet = event.packet;
    }
    return lane;
}

/// Every second one goes.
template <class T>
void halve(std::vector<T>& list) {
    for (std::size_t i = 0; 2 * i < list.size(); ++i) list[i] = list[2 * i];
    list.resize((list.size() + 1) / 2);
}

}  // namespace

std::size_t RunSamples::indexAt(Position position) const {
    const auto after = std::upper_bound(samples.begin(), samples.end(), position,
                                        [](Position p, const Sample& s) { return p < s.position; });
    return after == samples.begin() ? 0 : static_cast<std::size_t>(after - samples.begin()) - 1;
}

std::size_t RunSamples::indexAtTime(Time time) const {
    const auto after =
        std::upper_bound(samples.begin(), samples.end(), time, [](Time t, const Sample& s) { return t < s.time; });
    return after == samples.begin() ? 0 : static_cast<std::size_t>(after - samples.begin()) - 1;
}

Context RunSamples::dominant(std::size_t from, std::size_t to, std::size_t lane) const {
    const LaneSample& a = lanes[lane][from];
    const LaneSample& b = lanes[lane][std::min(to, samples.size() - 1)];
    // one event wide: what the event says is exact
    if (to <= from + 1 && stride == 1) return a.context;
    std::size_t best = 0;
    Time most = 0;
    for (std::size_t c = 0; c < a.spent.size(); ++c) {
        const Time spent = b.spent[c] - a.spent[c];
        if (spent > most) {
            most = spent;
            best = c;
        }
    }
    return most > 0 ? static_cast<Context>(best) : a.context;
}

const Series* RunSamples::find(std::string_view expression) const {
    const auto at =
        std::find_if(series.begin(), series.end(), [&](const Series& s) { return s.expression == expression; });
    return at == series.end() ? nullptr : &*at;
}

std::vector<std::string> RunSamples::expressions() const {
    std::vector<std::string> all;
    for (const Series& one : series) all.push_back(one.expression);
    return all;
}

void RunSamples::cutAfter(Position position) {
    while (!samples.empty() && samples.back().position > position) samples.pop_back();
    for (Series& one : series) one.values.resize(samples.size());
    for (Lane& lane : lanes) lane.resize(samples.size());
    while (!drops.empty() && drops.back().position > position) drops.pop_back();
}

SampleRecorder::SampleRecorder(const std::vector<std::string>& expressions) {
    for (const std::string& text : expressions) m_samples.series.push_back({text, {}});
    compile();
}

SampleRecorder::SampleRecorder(RunSamples samples, const World& world) : m_samples(std::move(samples)) {
    m_fates.learn(world.fates);
    compile();
}

void SampleRecorder::compile() {
    for (const Series& one : m_samples.series) {
        Result<Expression> read = Expression::parse(one.expression);
        m_compiled.push_back(read ? std::optional(std::move(*read)) : std::nullopt);
    }
}

void SampleRecorder::thin() {
    halve(m_samples.samples);
    for (Series& one : m_samples.series) halve(one.values);
    for (Lane& lane : m_samples.lanes) halve(lane);
    m_samples.stride *= 2;
}

void SampleRecorder::record(const World& world, const Inputs& inputs, const Event& event) {
    m_fates.learn(world.fates, [&](const PacketFate& fate) {
        if (fate.fate == Fate::dropped && m_samples.drops.size() < kMaxSamples)
            m_samples.drops.push_back({world.position, fate.time, fate.packet, fate.reason});
    });
    const Machine& machine = world.machine();
    if (m_samples.lanes.empty()) m_samples.lanes.resize(machine.cpus.size());
    const std::size_t most = std::min(kMaxSamples, kMaxLaneSamples / std::max<std::size_t>(1, machine.cpus.size()));
    if (m_samples.samples.size() >= most) thin();
    if (!m_samples.empty() && m_samples.last() >= world.position) return;
    m_samples.samples.push_back({world.position, world.now});
    for (std::size_t n = 0; n < m_samples.lanes.size(); ++n)
        m_samples.lanes[n].push_back(laneOf(machine, *machine.cpus[n], event));
    const ExpressionScope scope{world, inputs, event, {}, &m_fates};
    for (std::size_t i = 0; i < m_compiled.size(); ++i) {
        std::optional<double> value;
        if (m_compiled[i]) {
            if (const Result<double> now = m_compiled[i]->evaluate(scope)) value = *now;
        }
        m_samples.series[i].values.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
}

}  // namespace ringside
