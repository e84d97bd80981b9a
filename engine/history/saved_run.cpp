#include "engine/history/saved_run.h"

#include <algorithm>

#include "engine/scenario/scenario.h"

namespace ringside {
namespace {

/// Does one act at its place on the present branch; `opens`: there a branch opens.
std::optional<NotRestored> doAgain(Timeline& timeline, const JournalEntry& act, bool opens,
                                   const std::stop_token& stop) {
    const auto failed = [&] { return stop.stop_requested() ? NotRestored::stopped : NotRestored::refused; };
    // what is known beyond the place decides whether a branch opens; that the run ends there, how the act is done
    if ((opens || act.after_end) && timeline.seek(act.at.position + 1, stop) < act.at.position) return failed();
    if (timeline.seek(act.at, stop) != act.at) return failed();
    const std::size_t branches = timeline.branches().size();
    if (timeline.intervene(act.what)) return NotRestored::refused;
    const bool opened = timeline.branches().size() > branches;
    if (opened != opens || timeline.journal().back() != act) return NotRestored::refused;
    return std::nullopt;
}

}  // namespace

std::vector<SavedBranch> savedBranches(const Timeline& timeline) {
    std::vector<SavedBranch> branches;
    for (const BranchInfo& info : timeline.branches()) {
        SavedBranch branch{info.parent.value_or(0), info.label, timeline.journal(info.id)};
        // the act that opened the branch stands at the fork; what is before it came from the parent
        if (info.parent) std::erase_if(branch.acts, [&](const JournalEntry& act) { return act.at < info.fork; });
        branches.push_back(std::move(branch));
    }
    return branches;
}

SavedRun saveRun(const Timeline& timeline) {
    return {timeline.inputs().hash, savedBranches(timeline), timeline.branch(), timeline.place(),
            fingerprint(timeline.world(), timeline.inputs())};
}

std::optional<NotRestored> restoreRun(Timeline& timeline, const SavedRun& saved, const std::stop_token& stop) {
    if (timeline.inputs().hash != saved.inputs) return NotRestored::other_input;
    // what the input itself did (a lesson's calls) is there already
    const std::size_t begun = timeline.journal().size();
    if (timeline.branches().size() != 1 || saved.branches.empty() || saved.branch >= saved.branches.size() ||
        saved.branches.front().acts.size() < begun ||
        !std::equal(timeline.journal().begin(), timeline.journal().end(), saved.branches.front().acts.begin()))
        return NotRestored::refused;
    for (BranchId id = 0; id < saved.branches.size(); ++id) {
        const SavedBranch& branch = saved.branches[id];
        if (id > 0) {
            if (branch.parent >= id || branch.acts.empty()) return NotRestored::refused;
            timeline.switchBranch(branch.parent, branch.acts.front().at.position);
        }
        for (std::size_t i = id == 0 ? begun : 0; i < branch.acts.size(); ++i)
            if (const auto why = doAgain(timeline, branch.acts[i], id > 0 && i == 0, stop)) return why;
        if (timeline.branch() != id) return NotRestored::refused;
        timeline.renameBranch(id, branch.label);
    }
    if (timeline.branch() != saved.branch) timeline.switchBranch(saved.branch, saved.place.position);
    if (timeline.seek(saved.place, stop) != saved.place)
        return stop.stop_requested() ? NotRestored::stopped : NotRestored::elsewhere;
    if (fingerprint(timeline.world(), timeline.inputs()) != saved.fingerprint) return NotRestored::elsewhere;
    return std::nullopt;
}

}  // namespace ringside
