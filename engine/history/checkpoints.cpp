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

bool CheckpointList::thin(Position spacing, std::size_t& most) {
    std::vector<Checkpoint> kept;
    kept.reserve(m_list.size());
    bool dropped = false, all = true;
    for (Checkpoint& checkpoint : m_list) {
        const bool goes = checkpoint.place.position % spacing != 0;
        if (goes && most > 0) {
            --most;
            m_bytes -= checkpoint.bytes;
            dropped = true;
            continue;
        }
        all = all && !goes;
        if (std::exchange(dropped, false)) {
            m_bytes -= checkpoint.bytes;
            checkpoint.bytes = bytesBeyond(checkpoint.world, kept.empty() ? nullptr : &kept.back().world);
            m_bytes += checkpoint.bytes;
        }
        kept.push_back(std::move(checkpoint));
    }
    m_list = std::move(kept);
    return all;
}

}  // namespace ringside
