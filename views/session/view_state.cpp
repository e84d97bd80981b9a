#include "views/session/view_state.h"

#include <algorithm>
#include <utility>

namespace ringside {
namespace {

/// Steps of the history that are kept.
constexpr std::size_t kKept = 100;
/// What going back and forward restores. Speed, step and series are settings, not places.
constexpr ViewParts kPlace{ViewPart::selection, ViewPart::followed, ViewPart::range, ViewPart::filter};

}  // namespace

ViewParts changesOf(const View& a, const View& b) {
    ViewParts parts;
    parts.setFlag(ViewPart::selection, a.selection != b.selection);
    parts.setFlag(ViewPart::followed, a.followed != b.followed);
    parts.setFlag(ViewPart::range, a.axis != b.axis || a.zoom != b.zoom);
    parts.setFlag(ViewPart::filter, a.filter != b.filter);
    parts.setFlag(ViewPart::pace, a.step_by != b.step_by || a.speed != b.speed);
    parts.setFlag(ViewPart::series, a.series != b.series);
    return parts;
}

void ViewState::become(View view, Record record) {
    const ViewParts parts = changesOf(m_now, view);
    if (!parts) return;
    if (record == Record::yes && (parts & kPlace)) {
        m_back.push_back(m_now);
        if (m_back.size() > kKept) m_back.erase(m_back.begin());
        m_forward.clear();
    }
    m_now = std::move(view);
    emit changed(parts);
}

void ViewState::set(View view) { become(std::move(view), Record::yes); }

void ViewState::select(Selection selection) {
    View view = m_now;
    view.selection = selection;
    set(std::move(view));
}

void ViewState::follow(std::uint32_t packet, bool pinned) {
    View view = m_now;
    view.followed = {packet, pinned && packet != 0};
    set(std::move(view));
}

void ViewState::setAxis(TimelineAxis axis) {
    View view = m_now;
    // a part of one axis means nothing on the other
    if (view.axis != axis) view.zoom.reset();
    view.axis = axis;
    set(std::move(view));
}

void ViewState::setFilter(const QString& filter) {
    View view = m_now;
    view.filter = filter;
    // a filter is typed letter by letter: none of them is a place to come back to
    become(std::move(view), Record::no);
}

void ViewState::setStepBy(StepBy by) {
    View view = m_now;
    view.step_by = by;
    set(std::move(view));
}

void ViewState::setSpeed(int stop) {
    View view = m_now;
    view.speed = std::clamp(stop, 0, kSpeedStops - 1);
    set(std::move(view));
}

void ViewState::setSeries(std::vector<QString> expressions) {
    View view = m_now;
    view.series = std::move(expressions);
    set(std::move(view));
}

void ViewState::zoom(std::optional<AxisRange> range, bool goesOn) {
    View view = m_now;
    view.zoom = range;
    become(std::move(view), goesOn ? Record::no : Record::yes);
}

void ViewState::arrived(std::uint32_t packet, bool jumped) {
    View view = m_now;
    if (packet) m_eventPacket = packet;
    if (jumped && packet && packet != view.followed.packet && !view.followed.pinned) view.followed = {};
    become(std::move(view), Record::no);
}

void ViewState::beginRun(StepBy by) {
    View view = m_now;
    m_eventPacket = 0;
    view.selection = {};
    view.followed = {};
    view.zoom.reset();
    view.step_by = by;
    m_back.clear();
    m_forward.clear();
    become(std::move(view), Record::no);
}

void ViewState::restore(std::vector<View>& from, std::vector<View>& to) {
    if (from.empty()) return;
    View view = m_now;
    const View place = std::exchange(from.back(), {});
    from.pop_back();
    to.push_back(m_now);
    view.selection = place.selection;
    view.followed = place.followed;
    view.axis = place.axis;
    view.zoom = place.zoom;
    view.filter = place.filter;
    become(std::move(view), Record::no);
}

void ViewState::goBack() { restore(m_back, m_forward); }
void ViewState::goForward() { restore(m_forward, m_back); }

}  // namespace ringside
