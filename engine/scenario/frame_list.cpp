#include "engine/scenario/frame_list.h"

#include <algorithm>

#include "engine/core/fields_visitors.h"

namespace ringside {

FrameList::FrameList(std::vector<TrafficFrame> frames) : m_frames(std::move(frames)) {
    std::stable_sort(m_frames.begin(), m_frames.end(),
                     [](const TrafficFrame& a, const TrafficFrame& b) { return a.time < b.time; });
    HashVisitor hash;
    for (const TrafficFrame& frame : m_frames) {
        hash.word(static_cast<std::uint64_t>(frame.time));
        hash.bytes(frame.bytes);
        hash.word(frame.card);
    }
    m_identity = hash.hash();
}

}  // namespace ringside
