#pragma once
// Calls of kernel functions on sk_buffs, made from outside: how the sk_buff lab and its lessons act on a run.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/history/timeline.h"
#include "lessons/run_access.h"
#include "lessons/yaml.h"

namespace ringside {

/// One call ("skb_put: 100"), or a stretch in which the machine runs on by itself.
struct LabStep {
    std::string function;  ///< empty: run until nothing is left to happen
    std::uint32_t argument = 0;
    std::string on;  ///< name of the sk_buff; empty: the one used last
    std::string as;  ///< name that the result gets
    std::string place;
};

/// Reads a list: `- alloc_skb: 256`, `- skb_clone, as: copy`, `- skb_put: 10, on: copy`, `- run`. Throws YamlFailure.
std::vector<LabStep> readLabScript(const YamlView& yaml);

/// Plays calls on a timeline, from where it stands, and remembers the sk_buffs by their names.
class LabPlayer {
  public:
    explicit LabPlayer(Timeline& timeline) : m_timeline(timeline) {}
    /// Errors at the step's place: a function the model does not have, a name that stands for no living sk_buff, a call
    /// that the engine refuses. A panic of the kernel is no error: the run ends there (World::oops).
    std::optional<Error> play(const LabStep& step);
    std::optional<Error> play(const std::vector<LabStep>& steps);

  private:
    Timeline& m_timeline;
    std::map<std::string, std::uint32_t> m_names;  ///< name -> serial of the sk_buff
    std::uint32_t m_last = 0;
};

/// A Timeline as lessons see it. Does not move it; good while the Timeline lives.
class TimelineRun final : public RunAccess {
  public:
    explicit TimelineRun(Timeline& timeline) : m_timeline(timeline) {}
    [[nodiscard]] const Inputs& inputs() const override { return m_timeline.inputs(); }
    std::optional<Event> event(Position position) override { return m_timeline.event(position); }
    World world(Position position) override;
    /// To be called when the learner acted, so that nothing stale is shown.
    void forget() { m_cached.reset(); }

  private:
    Timeline& m_timeline;
    std::optional<std::pair<Position, World>> m_cached;
};

}  // namespace ringside
