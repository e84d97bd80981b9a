#include "engine/scenario/scenario.h"

#include "engine/core/fields_visitors.h"
#include "engine/hardware/hardware.h"
#include "engine/linux/table.h"
#include "engine/scenario/key_check.h"
#include "engine/scenario/parts/building.h"

namespace ringside {
namespace {

// What each part has to say: one line a part.
using PartCheck = std::optional<Error> (*)(const Scenario&);
constexpr PartCheck kChecks[] = {checkNics, checkSockets, checkTasks};
using PartBuild = void (*)(Building&);
constexpr PartBuild kBuilds[] = {buildMachine, buildNics, buildSockets, buildTasks};

std::uint64_t hashInputs(const Inputs& inputs, std::uint64_t seed) {
    HashVisitor hash;
    hash.word(seed);
    hash.word(static_cast<std::uint64_t>(inputs.pace));
    for (const Program& program : inputs.programs) hash.word(programHash(program));
    hash.word(inputs.traffic->identity());
    return hash.hash();
}

}  // namespace

std::optional<Error> check(const Scenario& scenario) {
    if (auto error = checkKeys(scenario, "")) return error;
    for (const PartCheck part : kChecks) {
        if (auto error = part(scenario)) return error;
    }
    return std::nullopt;
}

Result<Start> build(const Scenario& scenario) {
    if (std::optional<Error> error = check(scenario)) return *error;
    Building building(scenario);
    // the first in the agenda: of what is due at that time nothing goes before it
    if (scenario.until != 0) building.world.agenda.add(scenario.until, Due::run_ends, 0, 0, 0, 0);
    building.inputs.functions = linux61Table();
    building.inputs.pace = scenario.pace;
    building.inputs.traffic = scenario.traffic ? scenario.traffic : std::make_shared<FrameList>(scenario.frames);
    for (const PartBuild part : kBuilds) part(building);
    building.inputs.hash = hashInputs(building.inputs, scenario.seed);
    auto inputs = std::make_shared<const Inputs>(std::move(building.inputs));
    scheduleArrival(building.world, *inputs, 0);
    return Start{std::move(building.world), std::move(inputs)};
}

std::uint64_t fingerprint(const World& world, const Inputs& inputs) {
    HashVisitor hash;
    hash.word(worldHash(world, inputs));
    hash.word(inputs.hash);
    hash.word(world.position);
    return hash.hash();
}

}  // namespace ringside
