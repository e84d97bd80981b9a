#pragma once
// What all views share of "what am I looking at": one value, and one signal that tells which parts of it changed. Knows
// no widget and no run.

#include <QFlags>
#include <QObject>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/core/types.h"

namespace ringside {

/// How far one step of the learner goes: the first four can be the ordinary step, the rest have their own keys.
enum class StepBy : std::uint8_t { stage, function, packet, lesson, into, over, out, same_packet, same_task, same_cpu };

/// A thing the inspector shows. `automatic` is what the event is about.
struct Selection {
    enum class Kind : std::uint8_t { automatic, skb, nic, ring, device, socket, task, cpu, counters, sysctl, frame };
    Kind kind = Kind::automatic;
    std::uint32_t id = 0;  ///< skb: serial; socket, task: slot; nic, device, cpu: index; frame: CPU * 256 + depth
    friend bool operator==(const Selection&, const Selection&) = default;
};

/// The packet that is followed through the run.
struct Followed {
    std::uint32_t packet = 0;  ///< packet on the wire; 0: the one the event is about
    bool pinned = false;       ///< stays wherever the learner goes; else a jump to another packet's event lets it go
    friend bool operator==(const Followed&, const Followed&) = default;
};

/// What the axis of time counts. A run sleeps for milliseconds and then does a hundred things in a microsecond: by
/// events every step has the same room, by time every nanosecond.
enum class TimelineAxis : std::uint8_t { events, time };

/// A part of the axis, in events or nanoseconds.
struct AxisRange {
    double from = 0, to = 1;
    friend bool operator==(const AxisRange&, const AxisRange&) = default;
};

/// Stops of the speed slider: how many times the ordinary pace.
inline constexpr double kSpeeds[] = {0.25, 0.5, 0.75, 1, 2, 4, 8};
inline constexpr int kSpeedStops = 7;
/// Wall time of one step at 1x, in milliseconds: each event takes the same, however long it lasts in the model.
inline constexpr int kStepMs = 480;

/// The value. A new part also stands in ViewPart and in changesOf().
struct View {
    Selection selection;
    Followed followed;
    TimelineAxis axis = TimelineAxis::events;
    std::optional<AxisRange> zoom;  ///< part of the axis that is shown; none: all of it, also while it grows
    QString filter;                 ///< of events
    StepBy step_by = StepBy::function;
    int speed = 3;                ///< index into kSpeeds
    std::vector<QString> series;  ///< expressions that the learner added to the charts
    friend bool operator==(const View&, const View&) = default;
};

enum class ViewPart : std::uint8_t {
    selection = 1,
    followed = 2,
    range = 4,  ///< axis and zoom
    filter = 8,
    pace = 16,  ///< step and speed
    series = 32
};
Q_DECLARE_FLAGS(ViewParts, ViewPart)
Q_DECLARE_OPERATORS_FOR_FLAGS(ViewParts)

/// The parts in which two values differ.
ViewParts changesOf(const View& a, const View& b);

class ViewState : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    [[nodiscard]] const View& now() const { return m_now; }
    /// The packet to show: the followed one, or that of the last event that had one.
    [[nodiscard]] std::uint32_t packet() const { return m_now.followed.packet ? m_now.followed.packet : m_eventPacket; }

    // each tells changed() once, if anything is different
    void set(View view);
    void select(Selection selection);
    void follow(std::uint32_t packet, bool pinned = false);
    void setAxis(TimelineAxis axis);
    void setFilter(const QString& filter);
    void setStepBy(StepBy by);
    void setSpeed(int stop);
    void setSeries(std::vector<QString> expressions);
    /// Shows a part of the axis, none: all. One gesture (turning the wheel) is one step of the history, however many
    /// zooms it is made of: `goesOn` tells that this one continues the last.
    void zoom(std::optional<AxisRange> range, bool goesOn = false);

    /// The learner stands at an event about this packet (0: about none); `jumped`: came there from afar.
    void arrived(std::uint32_t packet, bool jumped);
    /// Another run: what speaks of the old one goes, together with the history.
    void beginRun(StepBy by);

    // history of what was looked at: selection, followed packet, axis, zoom and filter
    [[nodiscard]] bool canGoBack() const { return !m_back.empty(); }
    [[nodiscard]] bool canGoForward() const { return !m_forward.empty(); }
    void goBack();
    void goForward();

  signals:
    void changed(ringside::ViewParts parts);

  private:
    enum class Record : std::uint8_t { no, yes };
    void become(View view, Record record);
    void restore(std::vector<View>& from, std::vector<View>& to);

    View m_now;
    std::uint32_t m_eventPacket = 0;
    std::vector<View> m_back, m_forward;  ///< the newest last
};

}  // namespace ringside
