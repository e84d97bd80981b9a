#include "views/scene/path_scene.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "views/scene/parts/capsule.h"
#include "views/scene/parts/card.h"
#include "views/scene/path_layout.h"

namespace ringside {
namespace {

constexpr double kDone = 5, kNext = 4.5;  // radii of stops

QString wordOf(StopState state) {
    switch (state) {
        case StopState::next:
            return QCoreApplication::translate("Scene", "not reached yet");
        case StopState::done:
            return QCoreApplication::translate("Scene", "done");
        case StopState::current:
            return QCoreApplication::translate("Scene", "now");
        case StopState::dropped:
            return QCoreApplication::translate("Scene", "dropped here");
    }
    return {};
}

/// How many things of a zone have no room, beside or under the zone's name; their names are in the tooltip.
void drawLeftOut(const Canvas& canvas, const QString& id, const QString& kind, const QRectF& box,
                 const QStringList& names) {
    if (names.isEmpty()) return;
    const QString text = QCoreApplication::translate("Scene", "%1 more").arg(names.size());
    canvas.list.begin({id, kind, text, {}, names.join(QStringLiteral(", ")), box, 4});
    canvas.list.text(box, text, TextToken::caption, Role::text2, Align::left, Elide::right);
    canvas.list.end();
}

void drawAllLeftOut(const Canvas& canvas, const PathInput& in, const PathLayout& at) {
    QStringList tasks, cpus;
    double firstTask = at.size.width(), top = at.size.height();
    for (std::size_t i = 0; i < in.tasks.size(); ++i) {
        if (at.tasks[i].isNull()) tasks << in.tasks[i].name + QStringLiteral(" (%1)").arg(in.tasks[i].pid);
        if (at.tasks[i].isNull()) continue;
        firstTask = std::min(firstTask, at.tasks[i].left());
        top = std::min(top, at.tasks[i].top());
    }
    for (std::size_t i = 0; i < in.cpus.size(); ++i)
        if (at.cpus[i].isNull()) cpus << QStringLiteral("CPU %1").arg(in.cpus[i].cpu);
    const auto named = [&](const char* zone) {
        return canvas.width(QCoreApplication::translate("Scene", zone), TextToken::caption_bold);
    };
    // Low pictures have the cards beside the zone's name: then the number stands under it.
    const bool under = top < at.user.top() + 25;
    const double user = 20 + named("User space") + 12;
    const QRectF beside(user, at.user.top() + 9, 70, 16),
        below(20, at.user.top() + 25, std::min(80.0, firstTask - 24), 16);
    drawLeftOut(canvas, QStringLiteral("tasks:more"), QCoreApplication::translate("Scene", "Tasks"),
                under ? below : beside, tasks);
    drawLeftOut(canvas, QStringLiteral("cpus:more"), QCoreApplication::translate("Scene", "CPUs"),
                {20 + named("Kernel") + 12, at.kernel.top() + 9, 70, 16}, cpus);
}

void drawZones(const Canvas& canvas, const PathInput& in, const PathLayout& at) {
    drawZone(canvas, at.user, Role::bg, QCoreApplication::translate("Scene", "User space"), Boundary::none);
    drawZone(canvas, at.kernel, Role::surface, QCoreApplication::translate("Scene", "Kernel"), Boundary::top);
    const QString hardware = QCoreApplication::translate("Scene", "Hardware");
    drawZone(canvas, at.hardware, Role::sunken, hardware, Boundary::top);
    drawOtherMachines(canvas, at.hardware.topLeft() + QPointF(32 + canvas.width(hardware, TextToken::caption_bold), 9),
                      in.otherMachines);
}

void drawStop(const Canvas& canvas, const PathStop& stop, const PathLayout::StopAt& at, double capsuleGap) {
    const TextToken token = stop.state == StopState::next   ? TextToken::stop_next
                            : stop.state == StopState::done ? TextToken::stop_done
                                                            : TextToken::stop_current;
    const Role role = stop.state == StopState::next      ? Role::text3
                      : stop.state == StopState::dropped ? Role::drop_text
                                                         : Role::text;
    QRectF hit(at.dot.x() - 8, at.dot.y() - 8, 16, 16);
    hit = at.label.isEmpty() ? grown(hit, 8) : hit | at.label.adjusted(-4, -4, 4, 4);
    canvas.list.begin(
        {(stop.kind == StopKind::hook ? QStringLiteral("hook:") : QStringLiteral("stop:")) + stop.function,
         stop.kind == StopKind::hook ? QCoreApplication::translate("Scene", "Netfilter hook")
                                     : QCoreApplication::translate("Scene", "Function"),
         stop.function, wordOf(stop.state), stop.tooltip, hit});
    // Under the capsule the label gives way by a few pixels.
    const QRectF label = stop.state == StopState::current || stop.state == StopState::dropped
                             ? at.label.translated(0, capsuleGap)
                             : at.label;
    if (!at.label.isEmpty())
        canvas.list.text(label, stop.function, token, role, at.align);
    else
        canvas.list.circle(at.dot, kNext, {Role::surface}, {Role::border2, 1.6});
    canvas.list.end();
}

/// Where the text of a folded layer begins: all of a leg that turns in rows begin right of where it rises.
double foldedTextLeft(const PathLayout& at, const PathLayout::StationAt& place) {
    const std::vector<QPointF>& up = at.route(PathLeg::receive);
    return (at.route(PathLeg::send).empty() && !up.empty() ? up.front().x() : place.side) + 16;
}

void drawStation(const Canvas& canvas, const PathInput& in, const PathLayout& at, std::size_t i,
                 std::size_t firstStop) {
    DisplayList& list = canvas.list;
    const PathStation& station = in.stations[i];
    const PathLayout::StationAt& place = at.stations[i];
    const auto passed = std::count_if(station.stops.begin(), station.stops.end(),
                                      [](const PathStop& s) { return s.state != StopState::next; });
    const QString count = QCoreApplication::translate("Scene", "%1 of %2").arg(passed).arg(station.stops.size());
    list.begin(
        {(station.leg == PathLeg::send ? QStringLiteral("station:send:") : QStringLiteral("station:")) + station.file,
         QCoreApplication::translate("Scene", "Layer"), station.name, count, station.file, place.box, 8});
    const bool current = station.current;
    const bool part = current || place.band.isEmpty();
    list.rect(part ? place.box : place.band, {current ? tintOf(station.tone) : Role::bg},
              current ? Stroke{textOf(station.tone), 2} : Stroke{}, 8);
    const bool low = place.box.height() < 48;
    if (!place.band.isEmpty()) {  // one name for both legs
        const double top = low ? place.band.center().y() - 10 : place.band.top() + 12;
        list.text({place.band.left() + 14, top, 84, 20}, station.name, TextToken::layer, Role::text, Align::left,
                  Elide::right);
        if (!low)
            list.text({place.band.left() + 14, top + 20, 84, 16}, station.file, TextToken::mono_small, Role::text3,
                      Align::left, Elide::right);
    }
    if (place.folded && place.textTo > place.side) {
        const bool any = passed > 0, all = static_cast<std::size_t>(passed) == station.stops.size();
        const QString shown =
            any ? station.stops[static_cast<std::size_t>(passed) - 1].function : station.stops.front().function;
        const double left = foldedTextLeft(at, place), middle = place.box.center().y();
        list.text({left, middle - 8, place.textTo - left - 90, 16}, shown,
                  any ? TextToken::stop_done : TextToken::stop_next, any ? Role::text : Role::text3, Align::left,
                  Elide::right);
        list.text({place.textTo - 90, middle - 8, 62, 16}, count, TextToken::caption, Role::text2, Align::right);
        if (all)
            list.glyph(Glyph::check, {place.textTo - 90 + 48 - canvas.width(count, TextToken::caption), middle}, 10,
                       Role::text2);
    }
    for (std::size_t n = 0; n < station.stops.size() && !place.folded; ++n) {
        drawStop(canvas, station.stops[n], at.stops[firstStop + n], current ? 1 : 0);
    }
    if (station.queue && !place.folded) {
        if (place.box.height() > 50)
            list.text({at.queue.left(), at.queue.bottom() - 1, 160, 16}, QStringLiteral("sk_receive_queue"),
                      TextToken::stop_done, Role::text);
        drawQueueBar(canvas, at.queue, in.queue);
    }
    list.end();
}

/// Dots, rings and diamonds of the stops; they lie above the route, which moves.
void drawMarks(const Canvas& canvas, const PathInput& in, const PathLayout& at) {
    DisplayList& list = canvas.list;
    std::size_t n = 0;
    for (std::size_t i = 0; i < in.stations.size(); ++i) {
        for (const PathStop& stop : in.stations[i].stops) {
            const PathLayout::StopAt& place = at.stops[n++];
            if (!place.shown && &stop != &in.stations[i].stops.back()) continue;  // a folded layer has one dot
            const bool reached = stop.state == StopState::done || stop.state == StopState::current;
            if (stop.state == StopState::dropped) {
                list.circle(place.dot, 10, {Role::drop_solid});
                list.glyph(Glyph::cross, place.dot, 9, Role::drop_on);
            } else if (place.shown && (stop.kind == StopKind::queue || stop.kind == StopKind::ring)) {
                list.rect({place.dot.x() - 6, place.dot.y() - 6, 12, 12}, {reached ? Role::ink : Role::surface},
                          {reached ? Role::ink : Role::border2, 1.6}, stop.kind == StopKind::queue ? 2 : 0);
            } else if (place.shown && stop.kind == StopKind::tap) {
                list.polygon({place.dot + QPointF(-7, -6), place.dot + QPointF(7, -6), place.dot + QPointF(0, 7)},
                             {reached ? Role::ink : Role::surface}, {reached ? Role::ink : Role::border2, 1.6});
            } else if (stop.kind == StopKind::hook && place.shown) {
                list.polygon({place.dot + QPointF(0, -7), place.dot + QPointF(7, 0), place.dot + QPointF(0, 7),
                              place.dot + QPointF(-7, 0)},
                             {reached ? Role::ink : Role::surface}, {reached ? Role::ink : Role::border2, 1.6});
            } else if (reached) {
                list.circle(place.dot, kDone, {Role::ink});
            } else {
                list.circle(place.dot, kNext, {Role::surface}, {Role::border2, 1.6});
            }
        }
    }
}

/// The followed packet's way on one leg: solid as far as it has come, dotted where it will go.
void drawRoute(const Canvas& canvas, const PathInput& in, const PathLayout& at, PathLeg leg, double phase) {
    DisplayList& list = canvas.list;
    const std::vector<QPointF>& route = at.route(leg);
    if (route.size() < 2) return;
    const auto vertexOn = [&](const PathPlace& place) {
        return at.legOf(place) == leg ? std::max(0, at.vertexOf(place)) : 0;
    };
    const int before = vertexOn(in.followedFrom), after = vertexOn(in.followedTo);
    const auto upTo = [&](int vertex) {
        return std::vector<QPointF>(route.begin(), route.begin() + static_cast<std::ptrdiff_t>(vertex) + 1);
    };
    std::vector<QPointF> done;
    if (after > 0) {
        const double from = lengthOf(upTo(before)), to = lengthOf(upTo(after));
        const double all = lengthOf(route), now = from + (to - from) * phase;
        done = cutWay(route, all > 0 ? now / all : 0);
    }
    // Where the queue stands the route is not drawn: there packets stand.
    const std::size_t gap = at.queue.isNull() || leg == PathLeg::send ? route.size() : at.queueVertex;
    const auto pieces = [&](const std::vector<QPointF>& points, std::size_t first, Stroke stroke) {
        std::vector<QPointF> piece;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const std::size_t vertex = first + i;
            if (vertex == gap) {
                if (!piece.empty()) piece.push_back({at.queue.left() - 3, points[i].y()});
                if (piece.size() > 1) list.route(std::move(piece), stroke, 14);
                piece = {};
                continue;
            }
            piece.push_back(points[i]);
        }
        if (piece.size() > 1) list.route(std::move(piece), stroke, 14);
    };
    if (!in.followedDropped) {
        const std::size_t reached = done.empty() ? 0 : done.size() - 1;
        std::vector<QPointF> next(route.begin() + static_cast<std::ptrdiff_t>(reached), route.end());
        if (!done.empty()) next.insert(next.begin(), done.back());
        pieces(next, done.empty() ? 0 : reached - 1, {Role::route_next, 2.5, Dash::route});
        if (in.reader >= 0 && leg == PathLeg::receive)
            list.glyph(route[route.size() - 2].x() < route.back().x() ? Glyph::arrow_right : Glyph::arrow_left,
                       route.back() - QPointF(1, 0), 9, Role::route_next);
    }
    pieces(done, 0, {Role::ink, 3.5});
}

QString idOf(const PathPacket& packet) { return QStringLiteral("packet:%1").arg(packet.number); }

void drawPackets(const Canvas& canvas, const PathInput& in, const PathLayout& at, double phase) {
    struct Standing {
        const PathPacket* packet;
        QPointF where;
        int count;
    };
    std::vector<Standing> drawn;
    for (const PathPacket& packet : in.packets) {
        // Ring, FIFO and queue draw the packets that stand in them.
        const bool moves = !(packet.from == packet.to) && phase < 1;
        const bool inside = packet.to.at == PathPlace::At::ring || packet.to.at == PathPlace::At::fifo ||
                            packet.to.at == PathPlace::At::queue || packet.to.at == PathPlace::At::dma ||
                            packet.to.at == PathPlace::At::nowhere;
        if (!moves && inside) continue;
        const QPointF where = moves ? pointOn(at.way(packet.from, packet.to), phase) : at.point(packet.to);
        const auto same = std::find_if(drawn.begin(), drawn.end(), [&](const Standing& s) {
            return !moves && s.packet->kind == packet.kind && std::abs(s.where.x() - where.x()) < 2 &&
                   std::abs(s.where.y() - where.y()) < 2;
        });
        if (same != drawn.end())
            ++same->count;
        else
            drawn.push_back({&packet, where, 1});
    }
    for (const Standing& s : drawn) {
        const bool followed = s.packet->kind == CapsuleKind::followed;
        Capsule capsule{s.where, QString::number(s.packet->number), s.packet->kind, followed && !at.tight ? 28.0 : 24.0,
                        s.count};
        if (s.packet->kind == CapsuleKind::dropped && s.packet->to.at == PathPlace::At::stop && !at.stops.empty()) {
            // The red disc stands where the packet was lost, the packet beside it.
            const auto stop = std::min(at.stops.size() - 1, static_cast<std::size_t>(s.packet->to.index));
            const double beside = 14 + boundsOf(canvas, capsule).width() / 2;
            capsule.centre += QPointF(at.stops[stop].align == Align::right ? -beside : beside, 0);
            capsule.kind = CapsuleKind::other;
        }
        canvas.list.begin({idOf(*s.packet),
                           QCoreApplication::translate("Scene", "Packet"),
                           QString::number(s.packet->number),
                           s.packet->state,
                           {},
                           boundsOf(canvas, capsule),
                           capsule.height / 2});
        drawCapsule(canvas, capsule);
        canvas.list.end();
    }
}

/// The cards whose rings are not drawn, and how many more there are.
void drawOtherCards(const Canvas& canvas, const PathInput& in, const PathLayout& at) {
    for (std::size_t i = 0; i < at.cards.size(); ++i) {
        if (static_cast<int>(i) != at.card && !at.cards[i].isNull()) drawNicCard(canvas, at.cards[i], in.cards[i].nic);
    }
    if (at.cardsLeftOut == 0) return;
    QStringList names;
    for (std::size_t i = 0; i < at.cards.size(); ++i)
        if (at.cards[i].isNull()) names << in.cards[i].nic.name;
    const QString text = QCoreApplication::translate("Scene", "%1 more").arg(at.cardsLeftOut);
    canvas.list.begin({QStringLiteral("nics:more"),
                       QCoreApplication::translate("Scene", "Network cards"),
                       text,
                       {},
                       names.join(QStringLiteral(", ")),
                       at.more,
                       8});
    drawCard(canvas, at.more);
    canvas.list.text(at.more, text, TextToken::small_medium, Role::text2, Align::center);
    canvas.list.end();
}

void drawHardware(const Canvas& canvas, const PathInput& in, const PathLayout& at) {
    if (in.cards.empty()) return;
    const PathCard& card = in.cards[static_cast<std::size_t>(at.card)];
    drawWire(canvas, at.wireFrom, at.wireTo, at.tight ? QString() : QCoreApplication::translate("Scene", "wire"));
    drawIrqLine(canvas, at.irqFrom, at.irqTo, card.irq, at.tight ? IrqLabel::hidden : IrqLabel::shown);
    // named when it happens: what moves a frame into memory is something to be found out
    const QString dma = card.dmaActive ? QCoreApplication::translate("Scene", "DMA write") : QString();
    drawDmaArrow(canvas, at.dmaFrom, at.dmaTo, dma, card.dmaActive);
    drawNicCard(canvas, at.nic, card.nic);
    drawOtherCards(canvas, in, at);
    drawRingStrip(canvas, at.ring, card.ring,
                  in.projector ? RingFlags::hidden
                  : at.tight   ? RingFlags::driver
                               : RingFlags::both);
    if (in.projector) return;
    const double y = at.ring.rect.top() - 14;
    const QString shown =
        at.ring.shown < at.ring.count
            ? QCoreApplication::translate("Scene", "%1 of %2 shown").arg(at.ring.shown).arg(at.ring.count)
            : QString();
    const double width = canvas.width(shown, TextToken::caption);
    const double right = at.ring.rect.right() - 6;
    canvas.list.text({right - width - 1, y - 8, width + 2, 16}, shown, TextToken::caption, Role::text3);
    const QString name = QCoreApplication::translate("Scene", "RX descriptor ring, in RAM");
    const double nameWidth = canvas.width(name, TextToken::caption_bold), nameLeft = right - width - 14 - nameWidth;
    // The two flags of the driver stand left of this; a narrow picture has no room for both.
    if (nameLeft > at.ring.cell(card.ring.next_to_clean).x() + 150) {
        canvas.list.text({nameLeft, y - 8, nameWidth + 2, 16}, name, TextToken::caption_bold, Role::text2);
    }
    if (at.hardware.height() > 130 && at.cards.empty()) drawRingLegend(canvas, right, at.ring.rect.bottom() + 20);
}

}  // namespace

DisplayList buildPathScene(const PathInput& input, const SceneRequest& request) {
    DisplayList list(request.size);
    const Canvas canvas{list, request.metrics};
    if (!input.empty.isEmpty()) {
        list.rect({QPointF(0, 0), request.size}, {Role::bg});
        const QSizeF box(std::min(420.0, request.size.width() - 40), 120);
        drawMessageBox(canvas,
                       {{(request.size.width() - box.width()) / 2, (request.size.height() - box.height()) / 2}, box},
                       QCoreApplication::translate("Scene", "Nothing to show yet"), input.empty);
        return list;
    }
    const PathLayout at = layoutPath(input, request.metrics, request.size);
    drawZones(canvas, input, at);
    drawAllLeftOut(canvas, input, at);
    for (std::size_t i = 0; i < input.cpus.size(); ++i) {
        if (!at.cpus[i].isNull()) drawStackCard(canvas, at.cpus[i], input.cpus[i]);
    }
    // Tab walks the stations in the order of the route.
    drawHardware(canvas, input, at);
    std::size_t stop = 0;
    for (std::size_t i = 0; i < input.stations.size(); ++i) {
        drawStation(canvas, input, at, i, stop);
        stop += input.stations[i].stops.size();
    }
    for (std::size_t i = 0; i < input.tasks.size(); ++i) {
        if (at.tasks[i].isNull()) continue;
        drawTaskCard(canvas, at.tasks[i], input.tasks[i]);
    }
    list.setLayer(Layer::moving);
    for (const PathLeg leg : {PathLeg::receive, PathLeg::send}) drawRoute(canvas, input, at, leg, request.phase);
    drawMarks(canvas, input, at);
    drawPackets(canvas, input, at, request.phase);
    return list;
}

int pathMotion(const PathInput& input, const SceneRequest& request, bool backwards) {
    const PathLayout at = layoutPath(input, request.metrics, request.size);
    double longest = 0;
    for (const PathPacket& packet : input.packets) {
        if (!(packet.from == packet.to)) longest = std::max(longest, lengthOf(at.way(packet.from, packet.to)));
    }
    if (longest <= 0) return 0;
    const int forward = static_cast<int>(std::min(400.0, 160 + 0.6 * longest));
    return backwards ? std::min(200, forward / 2) : forward;
}

}  // namespace ringside
