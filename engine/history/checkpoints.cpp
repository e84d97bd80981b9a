#include "engine/history/checkpoints.h"

#include <algorithm>
#include <utility>

#include "engine/history/footprint.h"

namespace ringside {

void CheckpointList::add(Checkpoint checkpoint, const World* parent) {
    RS_ASSERT(m_list.empty() || m_list.back().place < checkpoint.place);
    checkpoint.bytes = bytesBeyond(checkpoint.world, m_list.empty() ? parent : &m_list.back().world);
    m_bytes += checkpoint.bytes;
    m_list.push_back(std::move(checkpoint));
}

const Checkpoint* CheckpointList::before(Place place) const {
    const auto after = std::upper_bound(m_list.begin(), m_list.end(), place,
                                        [](const Place& p, const Checkpoint& c) { return p < c.place; });
    return after == m_list.begin() ? nullptr : &*std::prev(after);
}

void CheckpointList::thin(Position spacing) {
    std::vector<Checkpoint> kept;
    bool dropped = false;
    m_bytes = 0;
    for (Checkpoint& checkpoint : m_list) {
        if (checkpoint.place.position % spacing != 0) {
            dropped = true;
            continue;
        }
        if (std::exchange(dropped, false))
            checkpoint.bytes = bytesBeyond(checkpoint.world, kept.empty() ? nullptr : &kept.back().world);
        m_bytes += checkpoint.bytes;
        kept.push_back(std::move(checkpoint));
    }
    m_list = std::move(kept);
}

}  // namespace ringside
