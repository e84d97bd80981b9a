#pragma once
// What each kind of stage costs, in notional nanoseconds. The order of magnitude is that of published measurements of a
// receive path on a server CPU around 3 GHz (about 1 to 2 µs a packet in softirq, 1 µs for an interrupt, 1 to 2 µs for
// a context switch); the split among stages is illustrative, and the program says so wherever a time is shown. Nothing
// is decided by these numbers but interleaving.

#include <cstdint>

namespace ringside::cost {

inline constexpr std::uint32_t enter = 4;      ///< entering any function
inline constexpr std::uint32_t check = 4;      ///< a test, a branch
inline constexpr std::uint32_t field = 3;      ///< writing a few fields
inline constexpr std::uint32_t list_step = 5;  ///< one element of a list
inline constexpr std::uint32_t alloc = 25;     ///< from a per-CPU cache
inline constexpr std::uint32_t free = 20;
inline constexpr std::uint32_t lookup = 30;  ///< a hash or trie look-up, one cache miss
inline constexpr std::uint32_t checksum =
    20;                                     ///< start of a checksum; plus checksum_16 for every 16 bytes (illustrative)
inline constexpr std::uint32_t copy = 30;   ///< copying a small packet
inline constexpr std::uint32_t mmio = 150;  ///< an uncached device register
inline constexpr std::uint32_t irq_entry = 250;  ///< taking an interrupt
inline constexpr std::uint32_t irq_return = 120;
inline constexpr std::uint32_t context_switch = 900;
inline constexpr std::uint32_t syscall = 80;  ///< user mode to kernel, and back

}  // namespace ringside::cost
