#pragma once
// What inet_init(), inet6_init() and the protocols register at boot, and what inet_create() gives a new socket. Used by
// scenario/, which knows no functions.

#include "engine/world/machine/machine.h"

namespace ringside {

/// inet_add_protocol(), inet6_add_protocol() of everything that is built in: fills inet_protos and inet6_protos of the
/// machine, and initNet() for each of its namespaces.
void registerProtocols(Machine& machine);
/// What a new namespace begins with: its handlers in ptype_base, ip6_null_entry.
void initNet(Machine& machine, NetNo net);
/// dev_add_pack(): to the front of its list, which its type and device say.
PtypeId devAddPack(Machine& machine, NetNo net, const PacketHandler& handler);
/// nf_register_net_hook(): before those of the same priority.
void nfRegisterNetHook(Net& net, const NfHookEntry& entry);
/// The operations of a UDP socket of its family (inet_create, inet6_create, udp_init_sock).
void initSocket(Socket& socket);

}  // namespace ringside
