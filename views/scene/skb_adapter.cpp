#include "views/scene/skb_adapter.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <tuple>

#include "engine/protocol/constants.h"
#include "engine/protocol/layout.h"

namespace ringside {
namespace {

QString nameOfHeader(HeaderKind kind) {
    switch (kind) {
        case HeaderKind::ethernet:
            return QStringLiteral("Ethernet");
        case HeaderKind::vlan:
            return QStringLiteral("VLAN");
        case HeaderKind::arp:
            return QStringLiteral("ARP");
        case HeaderKind::ipv4:
            return QStringLiteral("IPv4");
        case HeaderKind::ipv6:
            return QStringLiteral("IPv6");
        case HeaderKind::ipv6Extension:
        case HeaderKind::ipv6Fragment:
            return QStringLiteral("IPv6 ext.");
        case HeaderKind::authentication:
            return QStringLiteral("AH");
        case HeaderKind::udp:
            return QStringLiteral("UDP");
        case HeaderKind::tcp:
            return QStringLiteral("TCP");
        case HeaderKind::icmp:
            return QStringLiteral("ICMP");
        case HeaderKind::icmpv6:
            return QStringLiteral("ICMPv6");
        case HeaderKind::none:
            break;
    }
    return QCoreApplication::translate("Scene", "Payload");
}

Role roleOfHeader(HeaderKind kind) {
    switch (kind) {
        case HeaderKind::ethernet:
        case HeaderKind::vlan:
            return Role::l2;
        case HeaderKind::arp:
        case HeaderKind::ipv4:
        case HeaderKind::ipv6:
        case HeaderKind::ipv6Extension:
        case HeaderKind::ipv6Fragment:
        case HeaderKind::authentication:
            return Role::l3;
        case HeaderKind::udp:
        case HeaderKind::tcp:
        case HeaderKind::icmp:
        case HeaderKind::icmpv6:
            return Role::l4;
        case HeaderKind::none:
            break;
    }
    return Role::l7;
}

/// Where the first header that is known begins, and what it is.
std::pair<HeaderKind, std::uint32_t> firstHeader(const SkBuff& skb) {
    if (skb.mac_header != kUnset && skb.mac_header < skb.tail) return {HeaderKind::ethernet, skb.mac_header};
    const HeaderKind network = headerKindOfEtherType(skb.protocol);
    if (network != HeaderKind::none && skb.network_header != 0 && skb.network_header < skb.tail)
        return {network, skb.network_header};
    return {HeaderKind::none, skb.data};
}

QString noteOf(const SkBuff& skb, const ByteLayer& layer) {
    if (layer.offset == skb.mac_header) return QStringLiteral("mac_header = %1").arg(layer.offset);
    if (skb.network_header != 0 && layer.offset == skb.network_header)
        return QStringLiteral("network_header = %1").arg(layer.offset);
    if (layer.offset == skb.transport_header) return QStringLiteral("transport_header = %1").arg(layer.offset);
    return {};
}

/// Fields that share bytes (version and ihl) become one.
void addField(ByteLayer& layer, const LayoutField& field, const Words& words) {
    const QString tip = fromView(field.name) + QStringLiteral(" = ") + QString::fromStdString(field.text) +
                        QStringLiteral("\n") + inWords(words, field.doc);
    if (!layer.fields.empty() && field.offset < layer.fields.back().offset + layer.fields.back().length) {
        ByteField& shared = layer.fields.back();
        shared.name += QStringLiteral(" ") + fromView(field.name);
        shared.value += QStringLiteral(" ") + QString::fromStdString(field.text);
        shared.tooltip += QStringLiteral("\n") + tip;
        shared.length = std::max(shared.length, field.offset + field.length - shared.offset);
        return;
    }
    layer.fields.push_back({fromView(field.name), QString::fromStdString(field.text), tip, field.offset, field.length});
}

/// The range of bytes that differ between two buffers of one size; length 0: none.
std::pair<std::uint32_t, std::uint32_t> changedBytes(std::span<const std::uint8_t> now,
                                                     std::span<const std::uint8_t> old) {
    if (now.size() != old.size()) return {0, 0};
    const auto first = std::mismatch(now.begin(), now.end(), old.begin()).first;
    if (first == now.end()) return {0, 0};
    const auto last = std::mismatch(now.rbegin(), now.rend(), old.rbegin()).first.base();
    return {static_cast<std::uint32_t>(first - now.begin()), static_cast<std::uint32_t>(last - first)};
}

}  // namespace

std::vector<ByteLayer> byteLayers(const World& world, SkbId id, const Words& words) {
    const SkBuff& skb = world.machine().skbs[id];
    if (skb.tail == 0 && skb.data == 0) return {};
    const auto all = world.machine().buffers[skb.head].bytes.read();
    const auto linear = all.first(std::min<std::size_t>(skb.tail, all.size()));
    const auto [kind, start] = firstHeader(skb);
    std::vector<ByteLayer> layers;
    std::uint32_t at = std::min(start, skb.data);
    if (kind != HeaderKind::none) {
        for (const LayoutLayer& header : layoutFrom(kind, linear, start)) {
            if (header.length == 0) continue;
            ByteLayer layer{nameOfHeader(header.kind), header.offset, header.length, roleOfHeader(header.kind), {}, {}};
            layer.note = noteOf(skb, layer);
            for (const LayoutField& field : header.fields) addField(layer, field, words);
            at = layer.offset + layer.length;
            layers.push_back(std::move(layer));
        }
    }
    if (at < skb.tail) layers.push_back({nameOfHeader(HeaderKind::none), at, skb.tail - at, Role::l7, {}, {}});
    return layers;
}

SkbInput skbInput(const World& world, std::uint32_t serial, const World* before, const Words& words) {
    SkbInput in;
    const SkbId id = world.machine().findSkb(serial);
    if (!id) {
        in.empty = serial == 0
                       ? QCoreApplication::translate("Scene", "No sk_buff has been chosen; click a packet.")
                       : QCoreApplication::translate("Scene", "This sk_buff has been freed, or does not exist yet.");
        return in;
    }
    const SkBuff& skb = world.machine().skbs[id];
    in.title = QStringLiteral("sk_buff %1").arg(skb.id);
    in.sentence = QCoreApplication::translate("Scene", "Packet %1: len %2, truesize %3")
                      .arg(skb.packet)
                      .arg(skb.len)
                      .arg(skb.truesize);
    in.data = skb.data;
    in.tail = skb.tail;
    in.end = skb.end;
    in.sharedInfo = kSharedInfoSize;
    const auto bytes = world.machine().buffers[skb.head].bytes.read();
    in.bytes.assign(bytes.begin(), bytes.end());
    in.layers = byteLayers(world, id, words);
    const Buffer& buffer = world.machine().buffers[skb.head];
    if (!buffer.frags.empty())
        in.notes.push_back(QCoreApplication::translate("Scene", "%1 bytes more in %2 page fragments")
                               .arg(skb.data_len)
                               .arg(buffer.frags.size()));
    if (buffer.frag_list)
        in.notes.push_back(
            QCoreApplication::translate("Scene", "%1 bytes more in sk_buffs of frag_list").arg(skb.data_len));
    if (buffer.dataref > 1)
        in.notes.push_back(QCoreApplication::translate("Scene", "%1 sk_buffs share this data").arg(buffer.dataref));
    if (before) {
        if (const SkbId old = before->machine().findSkb(serial)) {
            const SkBuff& was = before->machine().skbs[old];
            in.oldData = static_cast<int>(was.data);
            in.oldTail = static_cast<int>(was.tail);
            in.oldEnd = static_cast<int>(was.end);
            std::tie(in.changed, in.changedLength) =
                changedBytes(bytes, before->machine().buffers[was.head].bytes.read());
        }
    }
    return in;
}

void showPanic(SkbInput& input, const World& world) {
    const std::string& line = world.machine().oops;
    if (line.empty()) return;
    // "… put:700 … tail:0x31c end:0x2c0 …"
    static const QRegularExpression fields(QStringLiteral("put:(\\d+) .*tail:0x([0-9a-f]+) end:0x([0-9a-f]+)"));
    const auto match = fields.match(QString::fromStdString(line));
    input.refusedLine = QString::fromStdString(line);
    if (!match.hasMatch()) return;
    const int put = match.captured(1).toInt(), tail = match.captured(2).toInt(nullptr, 16),
              end = match.captured(3).toInt(nullptr, 16);
    input.title = QStringLiteral("%1(skb, %2)").arg(input.title).arg(put);
    if (tail > end) {
        input.overrun = tail - end;
        input.sentence =
            QCoreApplication::translate(
                "Scene", "tail would stand at %1, %2 bytes past end (%3): the kernel prints this and panics.")
                .arg(tail)
                .arg(tail - end)
                .arg(end);
    } else {
        input.overrun = -put;
        input.sentence =
            QCoreApplication::translate("Scene", "data would stand before head: the kernel prints this and panics.");
    }
}

}  // namespace ringside
