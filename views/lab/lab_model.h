#pragma once
// The sk_buff lab's state: a small machine of its own whose timeline is the history of operations. Undo and redo are
// seeks; an operation the kernel would stop for is tried on a copy, shown, and changes nothing.

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "engine/history/timeline.h"
#include "lessons/player.h"

namespace ringside {

/// The operations, in the order of the list.
enum class LabOp : std::uint8_t { alloc_skb, skb_reserve, skb_put, skb_push, skb_pull, skb_trim, skb_clone, skb_copy };
inline constexpr int kLabOps = 8;
/// "skb_put".
const char* nameOf(LabOp op);
/// Whether it takes a number beside the sk_buff.
bool takesNumber(LabOp op);

/// The part of an sk_buff that a history card draws.
struct LabShape {
    std::uint32_t data = 0, tail = 0, end = 0, len = 0;
};

/// One operation that was done.
struct LabEntry {
    LabOp op = LabOp::alloc_skb;
    std::uint32_t argument = 0;
    std::uint32_t packet = 0;  ///< not 0: the bytes of this packet were taken
    std::uint32_t skb = 0;     ///< serial of the sk_buff afterwards chosen
    LabShape shape;
    Position end = 0;  ///< where it ended
};

/// An operation that was not allowed.
struct LabRefusal {
    LabOp op = LabOp::alloc_skb;
    std::uint32_t argument = 0;
    std::string line;  ///< what the kernel would print; empty where it would not even be called
    LabShape before;
    std::uint32_t tail = 0;  ///< where tail (or data, for a push) would have gone
    std::int64_t data = 0;
};

class LabModel : public QObject {
    Q_OBJECT
  public:
    explicit LabModel(QObject* parent = nullptr);
    ~LabModel() override;

    /// Back to an empty lab.
    void clear();
    /// Begins an exercise of a lesson: an empty lab with the calls that come before it, and its goal to be reached.
    void begin(std::shared_ptr<const Lesson> lesson, std::size_t exercise);
    [[nodiscard]] const std::shared_ptr<const Lesson>& lesson() const { return m_lesson; }
    /// The exercise under way; null: none.
    [[nodiscard]] const Exercise* exercise() const { return m_lesson ? &m_lesson->exercises[m_exercise] : nullptr; }
    /// How each condition of its goal stands now.
    [[nodiscard]] std::vector<GoalState> goalParts(std::string_view language) const;
    /// Whether its goal holds now.
    [[nodiscard]] bool reached() const { return m_reached; }
    /// Does an operation on the chosen sk_buff. False when it is refused: refusal() tells why and nothing has changed.
    bool apply(LabOp op, std::uint32_t argument);
    /// A fresh sk_buff with these bytes in it: alloc_skb with 64 bytes of headroom, skb_reserve, skb_put, and the bytes
    /// copied.
    bool takePacket(std::uint32_t packet, const std::vector<std::uint8_t>& bytes);
    [[nodiscard]] bool canApply(LabOp op) const;

    [[nodiscard]] bool canUndo() const { return m_done > 0; }
    [[nodiscard]] bool canRedo() const { return m_done < m_entries.size(); }
    void undo() { goTo(m_done - (m_done > 0 ? 1 : 0)); }
    void redo() { goTo(m_done + 1); }
    /// To the state after the first `count` operations.
    void goTo(std::size_t count);

    [[nodiscard]] const std::vector<LabEntry>& entries() const { return m_entries; }
    /// How many of them are done; the rest was undone.
    [[nodiscard]] std::size_t done() const { return m_done; }
    [[nodiscard]] const std::optional<LabRefusal>& refusal() const { return m_refusal; }
    void dismissRefusal();

    [[nodiscard]] const World& world() const;
    [[nodiscard]] const Inputs& inputs() const;
    /// The World before the last operation; null where there was none.
    [[nodiscard]] const World* previous() const { return m_previous ? &*m_previous : nullptr; }
    /// The sk_buff operations are done on; none in an empty lab.
    [[nodiscard]] SkbId chosen() const;
    void choose(std::uint32_t serial);
    /// Serials of the living sk_buffs.
    [[nodiscard]] std::vector<std::uint32_t> skbs() const;
    /// Number of the packet whose bytes the chosen sk_buff holds, 0: none.
    [[nodiscard]] std::uint32_t packet() const;

  signals:
    void changed();

  private:
    bool call(LabOp op, std::uint32_t argument);
    [[nodiscard]] LabShape shapeOf(SkbId skb) const;
    void settle();
    void judge();

    std::unique_ptr<Timeline> m_timeline;
    std::vector<LabEntry> m_entries;
    std::size_t m_done = 0;
    std::optional<World> m_previous;
    std::optional<LabRefusal> m_refusal;
    std::uint32_t m_chosen = 0;
    std::shared_ptr<const Lesson> m_lesson;
    std::size_t m_exercise = 0;
    bool m_reached = false;
};

}  // namespace ringside
