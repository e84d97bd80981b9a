#pragma once
// What is the e1000's own: bits of its registers and descriptors, and struct e1000_adapter. Follows e1000_hw.h and
// e1000.h of drivers/net/ethernet/intel/e1000.

#include <cstdint>
#include <string_view>

#include "engine/core/fields.h"

namespace ringside {

/// Receive descriptor status bits (E1000_RXD_STAT_*).
inline constexpr std::uint8_t E1000_RXD_STAT_DD = 0x01, E1000_RXD_STAT_EOP = 0x02, E1000_RXD_STAT_IXSM = 0x04;
/// Interrupt causes (E1000_ICR_*): receive timer, overrun, receive descriptor minimum threshold.
inline constexpr std::uint32_t E1000_ICR_RXDMT0 = 0x10, E1000_ICR_RXO = 0x40, E1000_ICR_RXT0 = 0x80;
inline constexpr std::uint32_t kRxInterrupts = E1000_ICR_RXDMT0 | E1000_ICR_RXO | E1000_ICR_RXT0;

/// Transmit descriptor status: done.
inline constexpr std::uint8_t E1000_TXD_STAT_DD = 0x01;

/// How the driver sees its traffic (enum latency_range).
enum class LatencyRange : std::uint8_t { lowest_latency, low_latency, bulk_latency };
std::string_view nameOf(LatencyRange range);

/// struct e1000_adapter, what receiving and interrupt moderation need.
struct E1000Adapter {
    std::uint32_t rx_buffer_len = 1522;  ///< bytes a receive buffer has for a frame
    std::uint32_t itr_setting = 3;       ///< InterruptThrottleRate: 3 dynamic conservative, 1 dynamic, 0 off
    std::uint32_t itr = 20000;           ///< interrupts a second
    LatencyRange rx_itr = LatencyRange::lowest_latency, tx_itr = LatencyRange::lowest_latency;
    // since the last interrupt
    std::uint32_t total_rx_bytes = 0, total_rx_packets = 0, total_tx_bytes = 0, total_tx_packets = 0;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v("rx_buffer_len", s.rx_buffer_len, Unit::bytes, "room of a receive buffer for a frame");
        v("itr_setting", s.itr_setting, Unit::none, "InterruptThrottleRate: 3 dynamic conservative, 1 dynamic, 0 off");
        v("itr", s.itr, Unit::count, "interrupts a second that the driver wants at most");
        v("rx_itr", s.rx_itr, Unit::none, "class of the received traffic");
        v("tx_itr", s.tx_itr, Unit::none, "class of the sent traffic");
        v("total_rx_packets", s.total_rx_packets, Unit::count, "packets received since the last interrupt");
        v("total_rx_bytes", s.total_rx_bytes, Unit::bytes, "their bytes");
        v("total_tx_packets", s.total_tx_packets, Unit::count, "packets sent since the last interrupt");
        v("total_tx_bytes", s.total_tx_bytes, Unit::bytes, "their bytes");
    }
};

}  // namespace ringside
