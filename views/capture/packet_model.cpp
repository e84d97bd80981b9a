#include "views/capture/packet_model.h"

#include <algorithm>

#include "engine/capture/summary.h"
#include "views/capture/fate_summary.h"
#include "views/session/format.h"

namespace ringside {
namespace {

bool rightAligned(int column) {
    return column == PacketModel::number || column == PacketModel::time || column == PacketModel::length;
}

struct PacketEnds {
    QString source, destination, protocol;
};

/// Who sends to whom, taken from the packet in a few words: "UDP 10.0.0.2:40000 -> 10.0.0.1:5000".
PacketEnds endsOf(const DecodedPacket& p) {
    const QString text = fromView(packetSummary(p));
    PacketEnds ends;
    ends.protocol = text.section(QLatin1Char(' '), 0, 0);
    const qsizetype arrow = text.indexOf(QLatin1String(" -> "));
    if (arrow < 0) {
        if (p.eth) {
            ends.source = fromView(p.eth->src.toString());
            ends.destination = fromView(p.eth->dst.toString());
        }
        return ends;
    }
    ends.source = text.left(arrow).section(QLatin1Char(' '), -1);
    ends.destination = text.mid(arrow + 4).section(QLatin1Char(' '), 0, 0);
    if (ends.destination.endsWith(QLatin1Char(','))) ends.destination.chop(1);
    return ends;
}

}  // namespace

PacketModel::PacketModel(const RunState& run, const Texts& texts, QObject* parent)
    : QAbstractTableModel(parent), m_run(run), m_texts(texts), m_theme(makeTheme(ThemeKind::light)) {}

void PacketModel::setTheme(const Theme& theme) {
    m_theme = theme;
    if (rowCount() > 0) emit dataChanged(index(0, fate), index(rowCount() - 1, fate), {Qt::DecorationRole});
}

void PacketModel::reload() {
    beginResetModel();
    m_capture = m_run.hasRun() ? m_run.capture() : nullptr;
    m_reader.reset();
    if (m_capture) m_reader.emplace(m_capture->reader());
    m_cache.clear();
    m_shown.reset();
    endResetModel();
}

void PacketModel::setShown(std::optional<std::vector<std::uint32_t>> packets) {
    beginResetModel();
    m_shown = std::move(packets);
    endResetModel();
}

void PacketModel::refreshFates() {
    if (rowCount() > 0) emit dataChanged(index(0, fate), index(rowCount() - 1, fate));
}

std::uint32_t PacketModel::packetAt(int row) const {
    return m_shown ? (*m_shown)[static_cast<std::size_t>(row)] : static_cast<std::uint32_t>(row) + 1;
}

int PacketModel::rowOf(std::uint32_t packet) const {
    if (!m_capture || packet == 0 || packet > m_capture->count()) return -1;
    if (!m_shown) return static_cast<int>(packet) - 1;
    const auto at = std::lower_bound(m_shown->begin(), m_shown->end(), packet);
    return at == m_shown->end() || *at != packet ? -1 : static_cast<int>(at - m_shown->begin());
}

const DecodedPacket* PacketModel::decoded(std::uint32_t packet) const {
    if (const DecodedPacket* cached = m_cache.object(packet)) return cached;
    if (!m_reader) return nullptr;
    const Result<PacketView> view = m_reader->packet(packet);
    if (!view) return nullptr;
    auto* fresh = new DecodedPacket(decodePacket(*view));
    m_cache.insert(packet, fresh);
    return fresh;
}

std::vector<std::uint8_t> PacketModel::bytes(std::uint32_t packet) const {
    if (!m_reader) return {};
    const Result<PacketView> view = m_reader->packet(packet);
    if (!view) return {};
    return {view->data.begin(), view->data.end()};
}

int PacketModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || !m_capture) return 0;
    return m_shown ? static_cast<int>(m_shown->size()) : static_cast<int>(m_capture->count());
}

int PacketModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int{columns_}; }

QVariant PacketModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole && rightAligned(index.column())) return int{Qt::AlignRight | Qt::AlignVCenter};
    const std::uint32_t packet = packetAt(index.row());
    if (role == Qt::FontRole) return m_theme.font(TextToken::mono);
    if (index.column() == fate && (role == Qt::DecorationRole || role == Qt::ForegroundRole)) {
        const Tone tone = toneOf(fateKeyOf(m_run.fates().find(packet)));
        if (role == Qt::DecorationRole) return glyphIcon(tone, m_theme);
        return tone == Tone::drop ? QVariant(m_theme.color(Role::drop_text)) : QVariant();
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (role == Qt::ToolTipRole && index.column() != fate) {
        const DecodedPacket* p = decoded(packet);
        if (!p) return {};
        QString text = fromView(packetSummary(*p));
        for (const PacketNote& note : p->notes) text += QLatin1Char('\n') + m_texts.text(note);
        return text;
    }
    switch (index.column()) {
        case number:
            return countText(packet);
        case time: {
            const double seconds = static_cast<double>(m_capture->times(packet).tsNs - m_capture->times(1).tsNs) / 1e9;
            return QString::number(seconds, 'f', 6);
        }
        case length:
            return countText(m_capture->times(packet).len);
        case source:
        case destination:
        case protocol: {
            const DecodedPacket* p = decoded(packet);
            if (!p) return index.column() == source ? tr("cannot be read any more") : QString();
            const PacketEnds ends = endsOf(*p);
            return index.column() == source        ? ends.source
                   : index.column() == destination ? ends.destination
                                                   : ends.protocol;
        }
        case fate: {
            const PacketFate* f = m_run.fates().find(packet);
            if (!f) return QStringLiteral("…");
            if (f->fate != Fate::dropped) return fateText(f->fate);
            const QString function = m_run.functionName(f->function);
            if (f->reason == Drop::NOT_DROPPED) return QStringLiteral("%1  %2").arg(fateText(f->fate), function);
            return QStringLiteral("%1  %2").arg(fromView(nameOf(f->reason)), function);
        }
        default:
            return {};
    }
}

QVariant PacketModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && rightAligned(section)) return int{Qt::AlignRight | Qt::AlignVCenter};
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case number:
            return tr("No.");
        case time:
            return tr("Time, s");
        case source:
            return tr("Source");
        case destination:
            return tr("Destination");
        case protocol:
            return tr("Proto");
        case length:
            return tr("Len");
        case fate:
            return tr("Fate");
        default:
            return {};
    }
}

}  // namespace ringside
