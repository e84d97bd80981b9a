#include "views/session/mark_book.h"

#include <algorithm>
#include <utility>

namespace ringside {
namespace {

template <class T>
void removeAt(std::vector<T>& list, std::size_t index) {
    if (index < list.size()) list.erase(list.begin() + static_cast<std::ptrdiff_t>(index));
}

}  // namespace

void MarkBook::set(Marks marks) {
    if (marks == m_now) return;
    m_now = std::move(marks);
    emit changed();
}

void MarkBook::addBreakpoint(const QString& text) {
    Marks marks = m_now;
    const auto same = [&](const Breakpoint& b) { return b.text == text; };
    if (const auto it = std::find_if(marks.breakpoints.begin(), marks.breakpoints.end(), same);
        it != marks.breakpoints.end())
        it->on = true;
    else if (marks.breakpoints.size() < kMostMarks)
        marks.breakpoints.push_back({text, true});
    set(std::move(marks));
}

void MarkBook::removeBreakpoint(std::size_t index) {
    Marks marks = m_now;
    removeAt(marks.breakpoints, index);
    set(std::move(marks));
}

void MarkBook::setBreakpointOn(std::size_t index, bool on) {
    Marks marks = m_now;
    if (index < marks.breakpoints.size()) marks.breakpoints[index].on = on;
    set(std::move(marks));
}

bool MarkBook::toggleBreakpoint(const QString& text) {
    for (std::size_t i = 0; i < m_now.breakpoints.size(); ++i) {
        if (m_now.breakpoints[i].text != text) continue;
        removeBreakpoint(i);
        return false;
    }
    addBreakpoint(text);
    return true;
}

void MarkBook::watch(const QString& expression) {
    Marks marks = m_now;
    if (std::find(marks.watched.begin(), marks.watched.end(), expression) != marks.watched.end()) return;
    if (marks.watched.size() < kMostMarks) marks.watched.push_back(expression);
    set(std::move(marks));
}

void MarkBook::unwatch(std::size_t index) {
    Marks marks = m_now;
    removeAt(marks.watched, index);
    set(std::move(marks));
}

void MarkBook::setMarker(std::size_t which, std::optional<MarkedPlace> place) {
    Marks marks = m_now;
    marks.markers.at(which) = place;
    set(std::move(marks));
}

std::size_t MarkBook::addBookmark(MarkedPlace place, const QString& name) {
    Marks marks = m_now;
    auto& all = marks.bookmarks;
    const auto behind = std::find_if(all.begin(), all.end(), [&](const Bookmark& b) {
        return std::pair(b.place.position, b.place.branch) >= std::pair(place.position, place.branch);
    });
    const auto index = static_cast<std::size_t>(behind - all.begin());
    if (behind != all.end() && behind->place == place)
        behind->name = name;
    else
        all.insert(behind, Bookmark{place, name});
    set(std::move(marks));
    return index;
}

void MarkBook::renameBookmark(std::size_t index, const QString& name) {
    Marks marks = m_now;
    if (index < marks.bookmarks.size()) marks.bookmarks[index].name = name;
    set(std::move(marks));
}

void MarkBook::removeBookmark(std::size_t index) {
    Marks marks = m_now;
    removeAt(marks.bookmarks, index);
    set(std::move(marks));
}

}  // namespace ringside
