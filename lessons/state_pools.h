#pragma once
// Where an id of the World leads: the pool that holds what it names. A path goes through an id as the kernel goes
// through a pointer, so an id that is missing here leads nowhere.

#include "engine/world/machine/machine.h"

namespace ringside {

inline const auto& poolOf(const Machine& m, SkbId) { return m.skbs; }
inline const auto& poolOf(const Machine& m, BufferId) { return m.buffers; }
inline const auto& poolOf(const Machine& m, NapiId) { return m.napis; }
inline const auto& poolOf(const Machine& m, PtypeId) { return m.ptypes; }
inline const auto& poolOf(const Machine& m, DstId) { return m.dsts; }
inline const auto& poolOf(const Machine& m, SocketId) { return m.sockets; }
inline const auto& poolOf(const Machine& m, TaskId) { return m.tasks; }

/// An id that a path leads through.
template <class T>
concept PooledId = requires(const Machine& m, T id) {
    poolOf(m, id);
};

}  // namespace ringside
