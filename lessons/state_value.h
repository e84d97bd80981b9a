#pragma once
// One value of the state by its name, found without building the tree of everything around it.

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/core/event.h"
#include "engine/core/result.h"
#include "engine/core/value.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

/// The value at a name, at one moment (the World after the event):
/// - any path of the World's field lists: `nic.eth0.rx.next_to_clean`, `cpu[0].softirq_pending`,
/// `socket[udp:5000].sk_rmem_alloc`,
///   `sysctl.net.core.netdev_budget`; tasks also by name (`task.udprx.state`); an id leads on to what it names
///   (`skb.head.dataref`); beside the fields of a receive ring `used`, of a CPU `context`, of an sk_buff `headroom`,
///   `tailroom`, `headlen`;
/// - `skb.FIELD`: the sk_buff the event is about, or else the only one alive;
/// - `event.cpu`, `event.time`, `event.packet`, `event.depth`, `event.context`, `event.drop`, `event.function`;
/// - `frame.NAME`: an argument or local of the event's function; `fate.delivered` and so on: packets whose way ended
/// like that. The error has no place: `expected` tells the nearest name there is.
Result<Value> stateValue(const World& world, const Inputs& inputs, const Event& event, std::string_view name);

/// The number behind a kernel constant (`TASK_RUNNING`, `CHECKSUM_NONE`, `SOCKET_RCVBUFF`, `NAPIF_STATE_SCHED`,
/// contexts), if it is one.
bool stateConstant(std::string_view name, double& value);

}  // namespace ringside
