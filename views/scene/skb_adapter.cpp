#include "views/scene/skb_adapter.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <optional>
#include <tuple>

#include "engine/core/fields_visitors.h"
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
std::pair<HeaderKind, std::uint32_t> firstHeader(const SkBuff& skb, std::uint32_t frame) {
    if (skb.mac_header != kUnset && skb.mac_header < skb.tail) return {HeaderKind::ethernet, skb.mac_header};
    const HeaderKind network = headerKindOfEtherType(skb.protocol);
    if (network != HeaderKind::none && skb.network_header != 0 && skb.network_header < skb.tail)
        return {network, skb.network_header};
    if (frame != kUnset && frame < skb.tail) return {HeaderKind::ethernet, frame};
    return {HeaderKind::none, skb.data};
}

/// The last byte that a header offset, or data, has come to.
std::uint32_t reachedBy(const SkBuff& skb) {
    std::uint32_t reached = 0;
    if (skb.mac_header != kUnset) reached = std::max<std::uint32_t>(reached, skb.mac_header);
    if (skb.network_header != 0) reached = std::max<std::uint32_t>(reached, skb.network_header);
    if (skb.transport_header != kUnset) reached = std::max<std::uint32_t>(reached, skb.transport_header);
    return reached;
}

/// Names that are wider than the byte they name.
QString shorter(std::string_view name) {
    static constexpr std::pair<std::string_view, const char*> kShort[] = {
        {"version", "ver"}, {"protocol", "prot"}, {"hop_limit", "hop"},   {"nexthdr", "next"},    {"priority", "prio"},
        {"hdrlen", "len"},  {"reserved", "res"},  {"icmp6_type", "type"}, {"icmp6_code", "code"}, {"frag_off", "frag"},
        {"ar_hln", "hln"},  {"ar_pln", "pln"},    {"flow_lbl", "flow"},   {"payload_len", "plen"}};
    for (const auto& [whole, part] : kShort) {
        if (whole == name) return QLatin1String(part);
    }
    return {};
}

/// A value without what explains it ("5 (20 bytes)", "DF, offset 0"), and for names of the kernel the number.
QString shorterValue(const LayoutField& field) {
    const QString whole = QString::fromStdString(field.text);
    const qsizetype cut =
        std::min({whole.indexOf(QLatin1String(" (")) < 0 ? whole.size() : whole.indexOf(QLatin1String(" (")),
                  whole.indexOf(QLatin1Char(',')) < 0 ? whole.size() : whole.indexOf(QLatin1Char(','))});
    if (cut < whole.size() && cut <= 5) return whole.left(cut);
    return field.bits <= 32 && field.bits > 0 ? QString::number(field.value) : QString();
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
        // of a byte that two fields share, the first gives the short name and both their short values
        shared.shortValue += QLatin1Char(' ') + shorterValue(field);
        shared.tooltip += QStringLiteral("\n") + tip;
        shared.length = std::max(shared.length, field.offset + field.length - shared.offset);
        return;
    }
    layer.fields.push_back({fromView(field.name), QString::fromStdString(field.text), tip, field.offset, field.length,
                            shorter(field.name), shorterValue(field)});
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

/// Bytes of which nothing is known but that a call has just taken in or let go of stand by themselves.
void splitAt(std::vector<ByteLayer>& layers, const SkBuff& skb, const SkBuff& was) {
    if (layers.empty() || !layers.back().fields.empty()) return;
    const auto piece = [](const QString& name, std::uint32_t from, std::uint32_t to) {
        return ByteLayer{name, from, to - from, Role::l2, {}, {}};
    };
    const auto by = [](std::uint32_t from, std::uint32_t to) { return QString::number(to - from); };
    ByteLayer& data = layers.back();
    const bool alone = layers.size() == 1;
    if (was.tail < skb.tail && was.tail > data.offset) {
        const std::uint32_t end = data.offset + data.length;
        data.length = was.tail - data.offset;
        layers.push_back(piece(QStringLiteral("put +") + by(was.tail, skb.tail), was.tail, end));
    } else if (was.tail > skb.tail && was.tail <= skb.end) {
        layers.push_back(piece(QStringLiteral("trim −") + by(skb.tail, was.tail), skb.tail, was.tail));
    }
    if (!alone) return;
    ByteLayer& first = layers.front();
    if (was.data > skb.data && was.data < first.offset + first.length) {
        first.length -= was.data - skb.data;
        first.offset = was.data;
        layers.insert(layers.begin(), piece(QStringLiteral("push +") + by(skb.data, was.data), skb.data, was.data));
    } else if (was.data < skb.data && was.tail > was.data) {
        layers.insert(layers.begin(), piece(QStringLiteral("pull −") + by(was.data, skb.data), was.data, skb.data));
    }
}

SkbMember memberOf(const char* name, std::uint64_t now, std::optional<std::uint64_t> old, std::string_view doc,
                   const Words& words, bool unset = false) {
    const auto text = [unset](std::uint64_t n) {
        return unset && n == kUnset ? QCoreApplication::translate("Scene", "unset") : QString::number(n);
    };
    return {QLatin1String(name), text(now), old && *old != now ? text(*old) : QString(), inWords(words, doc)};
}

/// The members of the struct that say where the packet is, in the order of their weight.
std::vector<SkbMember> membersOf(const World& world, const SkBuff& skb, const SkBuff* was, const World* before,
                                 const Words& words) {
    std::vector<SkbMember> all;
    all.push_back({QStringLiteral("head"), QStringLiteral("0"), {}, inWords(words, "its data buffer")});
    const Value now = valueOf(skb), old = was ? valueOf(*was) : Value{};
    const auto numberIn = [](const Value& tree, std::string_view name) -> std::optional<std::uint64_t> {
        for (const Value& v : tree.children) {
            if (v.name == name) return static_cast<std::uint64_t>(v.number);
        }
        return std::nullopt;
    };
    for (const char* name : {"data", "tail", "end", "len", "data_len", "mac_header", "network_header",
                             "transport_header", "truesize", "users", "cloned"}) {
        for (const Value& v : now.children) {
            if (v.name == name)
                all.push_back(
                    memberOf(name, static_cast<std::uint64_t>(v.number), numberIn(old, name), v.doc, words, true));
        }
    }
    std::optional<std::uint64_t> shared;
    if (was && before && before->machine().buffers.live(was->head))
        shared = before->machine().buffers[was->head].dataref;
    all.push_back(
        memberOf("dataref", world.machine().buffers[skb.head].dataref, shared, "sk_buffs that share this data", words));
    return all;
}

/// "skb->data += 20": what a step did to the pointers and the length.
QStringList effectsOf(const SkBuff& now, const SkBuff& was) {
    QStringList lines;
    const auto add = [&](const char* name, std::uint32_t is, std::uint32_t before) {
        if (is == before) return;
        lines.push_back(QStringLiteral("skb->%1 %2 %3")
                            .arg(QLatin1String(name), -4)
                            .arg(is > before ? QStringLiteral("+=") : QStringLiteral("-="))
                            .arg(is > before ? is - before : before - is));
    };
    add("data", now.data, was.data);
    add("tail", now.tail, was.tail);
    add("len", now.len, was.len);
    return lines;
}

/// What of the packet lies in pages and in further sk_buffs.
std::vector<SkbPiece> piecesOf(const World& world, const Buffer& buffer) {
    std::vector<SkbPiece> all;
    for (std::size_t i = 0; i < buffer.frags.size(); ++i)
        all.push_back({QStringLiteral("frags[%1]").arg(i), buffer.frags[i].size, false});
    for (SkbId id = buffer.frag_list; id && world.machine().skbs.live(id); id = world.machine().skbs[id].next) {
        const SkBuff& skb = world.machine().skbs[id];
        all.push_back({QStringLiteral("frag_list: sk_buff %1").arg(skb.id), skb.len, true});
    }
    return all;
}

}  // namespace

std::vector<ByteLayer> byteLayers(const World& world, SkbId id, const Words& words, std::uint32_t frame) {
    const SkBuff& skb = world.machine().skbs[id];
    if (skb.tail == 0 && skb.data == 0) return {};
    const auto all = world.machine().buffers[skb.head].bytes.read();
    const auto linear = all.first(std::min<std::size_t>(skb.tail, all.size()));
    const auto [kind, start] = firstHeader(skb, frame);
    const std::uint32_t reached = reachedBy(skb);
    const QString unparsed = QCoreApplication::translate("Scene", "not parsed yet");
    std::vector<ByteLayer> layers;
    std::uint32_t at = std::min(start, skb.data);
    bool parsed = false;
    if (kind != HeaderKind::none) {
        for (const LayoutLayer& header : layoutFrom(kind, linear, start)) {
            if (header.length == 0) continue;
            ByteLayer layer{nameOfHeader(header.kind), header.offset, header.length, roleOfHeader(header.kind), {}, {}};
            layer.note = noteOf(skb, layer);
            parsed = header.offset <= reached && reached != 0;
            if (!parsed && header.offset >= skb.data) layer.state = unparsed;
            for (const LayoutField& field : header.fields) addField(layer, field, words);
            at = layer.offset + layer.length;
            layers.push_back(std::move(layer));
        }
    }
    if (at >= skb.tail) return layers;
    const bool known = kind != HeaderKind::none;
    layers.push_back({known ? nameOfHeader(HeaderKind::none) : QCoreApplication::translate("Scene", "Data"),
                      at,
                      skb.tail - at,
                      Role::l7,
                      {},
                      {}});
    if (!known || !parsed) layers.back().state = unparsed;
    return layers;
}

SkbInput skbInput(const World& world, std::uint32_t serial, const World* before, const Words& words,
                  std::uint32_t frame) {
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
    in.sentence = skb.packet == 0 ? QStringLiteral("len %1, truesize %2").arg(skb.len).arg(skb.truesize)
                                  : QCoreApplication::translate("Scene", "Packet %1: len %2, truesize %3")
                                        .arg(skb.packet)
                                        .arg(skb.len)
                                        .arg(skb.truesize);
    in.data = skb.data;
    in.tail = skb.tail;
    in.end = skb.end;
    in.sharedInfo = kSharedInfoSize;
    if (skb.mac_header != kUnset) in.mac = skb.mac_header;
    if (skb.network_header != 0) in.network = skb.network_header;
    if (skb.transport_header != kUnset) in.transport = skb.transport_header;
    const Buffer& buffer = world.machine().buffers[skb.head];
    const auto bytes = buffer.bytes.read();
    in.bytes.assign(bytes.begin(), bytes.end());
    in.layers = byteLayers(world, id, words, frame);
    in.pieces = piecesOf(world, buffer);
    in.skb.title = in.title;
    world.machine().skbs.each([&](SkbId other, const SkBuff& one) {
        if (other != id && one.head == skb.head) in.skb.sharers.push_back({one.id, one.data, one.tail, one.len});
    });
    const SkBuff* was = nullptr;
    if (before) {
        if (const SkbId old = before->machine().findSkb(serial)) was = &before->machine().skbs[old];
    }
    if (was) {
        in.oldData = static_cast<int>(was->data);
        in.oldTail = static_cast<int>(was->tail);
        in.oldEnd = static_cast<int>(was->end);
        std::tie(in.changed, in.changedLength) = changedBytes(bytes, before->machine().buffers[was->head].bytes.read());
        in.effects = effectsOf(skb, *was);
        splitAt(in.layers, skb, *was);
    }
    in.skb.members = membersOf(world, skb, was, before, words);
    return in;
}

void showPanic(SkbInput& input, const World& world) {
    const std::string& line = world.machine().oops;
    if (line.empty()) return;
    // "… put:700 … tail:0x31c end:0x2c0 …"
    static const QRegularExpression fields(QStringLiteral("put:(\\d+) .*tail:0x([0-9a-f]+) end:0x([0-9a-f]+)"));
    const auto match = fields.match(QString::fromStdString(line));
    input.refused = true;
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
