#pragma once
// What the parts of a scenario build together.

#include <vector>

#include "engine/scenario/scenario.h"

namespace ringside {

struct Building {
    explicit Building(const Scenario& of) : scenario(of), machine(world.machine()) {}
    const Scenario& scenario;
    World world;
    Machine& machine;  ///< the scenario's own machine, of `world`
    Inputs inputs;
    std::vector<SocketId> sockets;  ///< by index in Scenario::sockets
};

}  // namespace ringside
