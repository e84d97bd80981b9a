#include "engine/history/timeline_impl.h"

namespace ringside {
namespace {

/// A seek leaves copies this far before where it arrives.
constexpr Position kNearDistances[] = {32768, 1024};
constexpr std::size_t kNear = 8;

}  // namespace

Place Branch::allActs(Position position) const {
    std::uint32_t acts = 0;
    for (auto e = journal.rbegin(); e != journal.rend() && e->at.position >= position; ++e)
        acts += e->at.position == position;
    return {position, acts};
}

bool Branch::settledAt(Place place) const {
    const auto next = journalFrom(place);
    if (next != journal.end() && next->at == place) return next->after_end;
    return info.ended && place == frontier();
}

ChunkSummary& Branch::summaryOf(Position seq) {
    const std::size_t index = chunkOf(seq) - first_chunk;
    if (index == summaries.size()) summaries.emplace_back();
    return summaries[index];
}

Timeline::Impl::Impl(Start start, const TimelineOptions& o)
    : options(o),
      inputs(std::move(start.inputs)),
      spacing(std::max<Position>(1, (o.spacing + kChunkEvents - 1) / kChunkEvents) * kChunkEvents),
      log(o.log_bytes) {
    RS_ASSERT(start.world.position == 0);
    here.world = std::move(start.world);
    Branch& root = branches.emplace_back();
    root.checkpoints.add({{}, here.world, {}});
    root.info.ended = settleEnd(here.world, *inputs);
}

BranchId Timeline::Impl::owner(BranchId b, Place place) const {
    while (branches[b].info.parent && place <= branches[b].info.fork) b = *branches[b].info.parent;
    return b;
}

BranchId Timeline::Impl::chunkOwner(BranchId b, std::size_t chunk) const {
    while (branches[b].info.parent && chunk < branches[b].first_chunk) b = *branches[b].info.parent;
    return b;
}

const ChunkSummary& Timeline::Impl::summary(std::size_t chunk) const {
    const Branch& holder = branches[chunkOwner(branch, chunk)];
    return holder.summaries[chunk - holder.first_chunk];
}

const Checkpoint& Timeline::Impl::checkpointBefore(BranchId b, Place place) const {
    for (BranchId holder = owner(b, place);; holder = *branches[holder].info.parent) {
        if (const Checkpoint* found = branches[holder].checkpoints.before(place)) return *found;
        RS_ASSERT(branches[holder].info.parent);
        // what an ancestor holds beyond the fork is another future
        place = std::min(place, branches[holder].info.fork);
    }
}

std::size_t Timeline::Impl::checkpointBytes() const {
    std::size_t bytes = 0;
    for (const Branch& b : branches) bytes += b.checkpoints.bytes();
    return bytes;
}

void Timeline::Impl::keepToBudget(std::size_t most) {
    Position longest = 0;
    for (const Branch& b : branches) longest = std::max(longest, b.info.explored);
    while (true) {
        if (thinning) {
            bool all = true;
            for (Branch& b : branches) all = b.checkpoints.thin(spacing, most) && all;
            thinning = !all;
        }
        if (thinning || checkpointBytes() <= options.checkpoint_bytes || spacing > longest) return;
        spacing *= 2;
        thinning = true;
    }
}

void Timeline::Impl::moveTo(Place target, BranchId from) {
    locate(branch, target, here, from);
    here_event.reset();
    if (here.event.seq) here_event = here.event;
}

void Timeline::Impl::remember(BranchId b, const Cursor& c) {
    if (near.size() == kNear) near.pop_back();
    near.push_front({owner(b, c.place()), c});
}

void Timeline::Impl::locate(BranchId b, Place target, Cursor& out, std::optional<BranchId> from) {
    const Checkpoint& checkpoint = checkpointBefore(b, target);
    Place best = checkpoint.place;
    const Cursor* copy = nullptr;
    const auto consider = [&](BranchId made_on, const Cursor& c) {
        if (c.place() > target || c.place() <= best || owner(b, c.place()) != owner(made_on, c.place())) return;
        copy = &c;
        best = c.place();
    };
    for (const Near& n : near) consider(n.branch, n.cursor);
    if (&out != &here) consider(branch, here);
    if (from && out.place() <= target && out.place() >= best && owner(b, out.place()) == owner(*from, out.place())) {
        replay(b, out, target);
        return;
    }
    if (copy) {
        out = Cursor(*copy);
    } else {
        out.world = checkpoint.world;
        out.acts = checkpoint.place.acts;
        out.event = checkpoint.event;
    }
    for (const Position distance : kNearDistances) {
        if (target.position - out.world.position <= 2 * distance) continue;
        replay(b, out, branches[b].allActs(target.position - distance));
        remember(b, out);
    }
    replay(b, out, target);
}

const std::vector<Event>& Timeline::Impl::events(BranchId b, std::size_t chunk) {
    const BranchId holder = chunkOwner(b, chunk);
    const Position first = chunk * kChunkEvents;
    const Position last = std::min(first + kChunkEvents, branches[holder].info.explored);
    if (const std::vector<Event>* known = log.find(holder, chunk); known && known->size() >= last - first)
        return *known;
    Cursor cursor;
    locate(holder, {first, 0}, cursor);
    std::vector<Event>& made = log.place(holder, chunk);
    made.reserve(kChunkEvents);
    replay(holder, cursor, {last, 0}, [&](const Event& event) { made.push_back(event); });
    if (last == first + kChunkEvents) remember(holder, cursor);
    return made;
}

void Timeline::Impl::ensureFrontier() {
    Branch& b = current();
    if (frontier && frontier->branch() == branch && frontier->version() == b.version &&
        frontier->world().position == b.info.explored)
        return;
    Cursor cursor;
    locate(branch, b.frontier(), cursor);
    Exploration::Start start;
    start.last_checkpoint = checkpointBefore(branch, b.frontier()).world;
    start.world = std::move(cursor.world);
    start.event = cursor.event;
    start.inputs = inputs;
    start.branch = branch;
    start.version = b.version;
    start.ended = b.info.ended;
    if (b.info.explored % kChunkEvents) start.partial = b.summaryOf(b.info.explored);
    start.spacing = spacing;
    start.held = checkpointBytes();
    start.budget = options.checkpoint_bytes;
    frontier.emplace(std::move(start));
}

bool Timeline::Impl::adopt(Findings findings, std::size_t most_dropped) {
    if (findings.branch >= branches.size()) return false;
    Branch& b = branches[findings.branch];
    if (findings.version != b.version || findings.from > b.info.explored) return false;
    if (findings.explored < b.info.explored) return true;
    if (findings.spacing > spacing) {
        spacing = findings.spacing;
        thinning = true;
    }
    if (!findings.summaries.empty()) {
        b.summaries.resize(findings.first_chunk - b.first_chunk);
        b.summaries.insert(b.summaries.end(), findings.summaries.begin(), findings.summaries.end());
    }
    b.info.explored = findings.explored;
    b.info.ended = b.info.ended || findings.ended;
    for (Checkpoint& c : findings.checkpoints) {
        const Checkpoint* last = b.checkpoints.last();
        if (c.place.position % spacing != 0 || (last && last->place >= c.place)) continue;
        const World* parent = last ? nullptr : &checkpointBefore(findings.branch, c.place).world;
        b.checkpoints.add(std::move(c), parent);
    }
    keepToBudget(most_dropped);
    return true;
}

}  // namespace ringside
