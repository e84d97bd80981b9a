#pragma once
// What the parts of the e1000 driver share. Follows drivers/net/ethernet/intel/e1000/e1000_main.c of Linux 6.1.192.

#include "engine/world/machine/machine.h"

namespace ringside::e1000 {

/// Bytes that a receive buffer has for a frame, check sequence and VLAN tag included (rx_buffer_len as
/// e1000_change_mtu() sets it). Simplified: above 2048 bytes the driver takes pages and frames of several descriptors,
/// the model one larger buffer.
std::uint32_t rxBufferLength(std::uint32_t mtu);
/// A page fragment for the receive ring (e1000_frag_len() without skb_shared_info).
BufferId newBuffer(Machine& machine, const E1000Adapter& adapter);
/// The value of ITR for so many interrupts a second: the gap in units of 256 ns.
constexpr std::uint32_t itrRegister(std::uint32_t per_second) { return 1'000'000'000U / (per_second * 256U); }

}  // namespace ringside::e1000
