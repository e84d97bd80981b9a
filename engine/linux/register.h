#pragma once
// What inet_init(), inet6_init() and the protocols register at boot, and what inet_create() gives a new socket. Used by
// scenario/, which knows no functions.

#include "engine/world/machine/machine.h"

namespace ringside {

/// dev_add_pack(), inet_add_protocol(), inet6_add_protocol() of everything that is built in: fills inet_protos and
/// inet6_protos of the machine, and ptypes of each of its namespaces.
void registerProtocols(Machine& machine);
/// The operations of a UDP socket of its family (inet_create, inet6_create, udp_init_sock).
void initSocket(Socket& socket);

}  // namespace ringside
