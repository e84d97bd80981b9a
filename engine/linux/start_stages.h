#pragma once
// Stages at which stacks stand at position 0; the files that define the functions hold these numbers with a
// static_assert.

#include <cstdint>

namespace ringside {

inline constexpr std::uint8_t kUserModeNextOperation = 0;  ///< user_mode
inline constexpr std::uint8_t kDoIdleLook = 0;             ///< do_idle
inline constexpr std::uint8_t kSmpbootLook = 0;            ///< smpboot_thread_fn
inline constexpr std::uint8_t kScheduleSwitched = 5;  ///< schedule: this task has been switched away and comes back
inline constexpr std::uint8_t kRetFromForkBegin = 0;  ///< ret_from_fork

}  // namespace ringside
