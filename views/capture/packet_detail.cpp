#include "views/capture/packet_detail.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "views/session/format.h"

namespace ringside {
namespace {

constexpr std::uint32_t kRow = 16;
constexpr int kHexAt = 6;                     // after "0000  "
constexpr int kTextAt = kHexAt + 3 * 16 + 1;  // after the hex and a blank
constexpr std::size_t kShown = 4096;          // bytes of a jumbo or GSO frame that are shown

QString hexRow(const std::vector<std::uint8_t>& bytes, std::size_t at) {
    QString line = QStringLiteral("%1  ").arg(at, 4, 16, QLatin1Char('0'));
    QString text;
    for (std::size_t i = at; i < at + kRow; ++i) {
        if (i < bytes.size()) {
            line += QStringLiteral("%1 ").arg(bytes[i], 2, 16, QLatin1Char('0'));
            text += bytes[i] >= 0x20 && bytes[i] < 0x7f ? QLatin1Char(static_cast<char>(bytes[i])) : QLatin1Char('.');
        } else {
            line += QStringLiteral("   ");
        }
    }
    return line + QLatin1Char(' ') + text;
}

/// The colours of a header's bytes: those of its layer in the buffer's picture.
std::pair<Role, Role> rolesOf(HeaderKind kind) {
    switch (kind) {
        case HeaderKind::ethernet:
        case HeaderKind::vlan:
            return {Role::l2, Role::ltext};
        case HeaderKind::udp:
        case HeaderKind::tcp:
        case HeaderKind::icmp:
        case HeaderKind::icmpv6:
            return {Role::l4, Role::ltext};
        case HeaderKind::none:
            return {Role::l7, Role::text};
        default:
            return {Role::l3, Role::ltext};
    }
}

std::uint32_t offsetOf(const QTreeWidgetItem& item) { return item.data(0, Qt::UserRole).toUInt(); }
std::uint32_t lengthOf(const QTreeWidgetItem& item) { return item.data(0, Qt::UserRole + 1).toUInt(); }

/// A widget's own sheet, which stands above the program's: a font that is only set would be the program's.
QString codeSheet(const char* widget, const QFont& font) {
    return QStringLiteral("%1 { font-family: '%2'; font-size: %3px; }")
        .arg(QLatin1String(widget), font.family())
        .arg(font.pixelSize());
}

}  // namespace

PacketDetail::PacketDetail(const Texts& texts, QWidget* parent)
    : QWidget(parent), m_texts(texts), m_theme(makeTheme(ThemeKind::light)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    m_hex = new QPlainTextEdit;
    m_hex->setObjectName("packet-hex");
    m_hex->setReadOnly(true);
    m_hex->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_hex->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_hex->viewport()->setMouseTracking(true);
    m_hex->viewport()->installEventFilter(this);
    m_says = new QLabel;
    m_says->setObjectName("packet-says");
    m_fields = new QTreeWidget;
    m_fields->setObjectName("packet-fields");
    m_fields->setColumnCount(2);
    m_fields->setUniformRowHeights(true);
    m_fields->setHeaderHidden(true);
    m_fields->setMouseTracking(true);
    m_fields->viewport()->installEventFilter(this);
    auto* left = new QVBoxLayout;
    left->setSpacing(4);
    left->addWidget(m_hex, 1);
    left->addWidget(m_says);
    row->addLayout(left, 5);
    row->addWidget(m_fields, 4);
    connect(m_fields, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item && !m_quiet) mark(item);
    });
    connect(m_fields, &QTreeWidget::itemEntered, this, &PacketDetail::pointAt);
    connect(m_hex, &QPlainTextEdit::cursorPositionChanged, this, &PacketDetail::markAtCursor);
    rebuild();
}

void PacketDetail::setTheme(const Theme& theme) {
    m_theme = theme;
    m_hex->setStyleSheet(codeSheet("QPlainTextEdit", theme.font(TextToken::mono)));
    m_fields->setStyleSheet(codeSheet("QTreeWidget", theme.font(TextToken::mono)));
    m_says->setFont(theme.font(TextToken::mono_small));
    paintMarks();
}

void PacketDetail::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();
    QWidget::changeEvent(event);
}

void PacketDetail::setPacket(const DecodedPacket* packet, std::vector<std::uint8_t> bytes) {
    m_bytes = std::move(bytes);
    m_layers.clear();
    m_notes.clear();
    if (packet) {
        m_notes = packet->notes;
        m_layers = packet->eth ? layoutFrom(HeaderKind::ethernet, m_bytes)
                               : layoutFrom(headerKindOfEtherType(packet->protocol), m_bytes, packet->networkOffset);
    }
    rebuild();
}

void PacketDetail::rebuild() {
    m_quiet = true;
    m_pointed = nullptr;
    setAccessibleName(tr("Packet close up"));
    m_hex->setAccessibleName(tr("Bytes of the packet"));
    m_fields->setAccessibleName(tr("Headers of the packet"));
    m_hex->setPlaceholderText(tr("Choose a packet to see its bytes."));
    QStringList lines;
    const std::size_t shown = std::min(m_bytes.size(), kShown);
    for (std::size_t at = 0; at < shown; at += kRow) lines += hexRow(m_bytes, at);
    if (shown < m_bytes.size()) lines += tr("… %1 more bytes").arg(countText(m_bytes.size() - shown));
    m_hex->setPlainText(lines.join(QLatin1Char('\n')));
    m_fields->clear();
    for (const PacketNote& note : m_notes) {
        const QString text = m_texts.text(note);
        auto* item = new QTreeWidgetItem(m_fields, {text});
        item->setFirstColumnSpanned(true);
        item->setToolTip(0, text);
    }
    for (const LayoutLayer& layer : m_layers) {
        auto* top = new QTreeWidgetItem(m_fields, {fromView(layer.name), layer.cut ? tr("cut") : QString()});
        top->setData(0, Qt::UserRole, layer.offset);
        top->setData(0, Qt::UserRole + 1, layer.length);
        for (const LayoutField& field : layer.fields) {
            auto* item = new QTreeWidgetItem(top, {fromView(field.name), fromView(field.text)});
            item->setData(0, Qt::UserRole, field.offset);
            item->setData(0, Qt::UserRole + 1, field.length);
            item->setToolTip(0, m_texts.text(field.doc));
            item->setToolTip(1, fromView(field.text));
        }
        top->setExpanded(true);
    }
    m_fields->resizeColumnToContents(0);
    m_quiet = false;
    mark(nullptr);
}

void PacketDetail::mark(const QTreeWidgetItem* item) {
    m_marked = item ? std::pair(offsetOf(*item), lengthOf(*item)) : std::pair(0U, 0U);
    m_says->clear();
    if (item && m_marked.second > 0) {
        const QString what =
            item->text(1).isEmpty() ? item->text(0) : QStringLiteral("%1 = %2").arg(item->text(0), item->text(1));
        const std::uint32_t last = m_marked.first + m_marked.second - 1;
        m_says->setText(m_marked.second == 1 ? tr("%1 · byte %2").arg(what).arg(last)
                                             : tr("%1 · bytes %2 to %3").arg(what).arg(m_marked.first).arg(last));
    }
    paintMarks();
}

void PacketDetail::paintMarks() {
    QList<QTextEdit::ExtraSelection> marks;
    const auto add = [&](std::uint32_t offset, std::uint32_t length, const QTextCharFormat& format) {
        const auto all = static_cast<std::uint32_t>(std::min(m_bytes.size(), kShown));
        const std::uint32_t stop = std::min(offset + length, all);
        for (std::uint32_t at = offset; at < stop;) {
            const std::uint32_t end = std::min((at / kRow + 1) * kRow, stop);
            const QTextBlock block = m_hex->document()->findBlockByNumber(static_cast<int>(at / kRow));
            const auto part = [&](int from, int to) {
                QTextEdit::ExtraSelection mark;
                mark.format = format;
                mark.cursor = QTextCursor(block);
                mark.cursor.setPosition(block.position() + from);
                mark.cursor.setPosition(block.position() + to, QTextCursor::KeepAnchor);
                marks += mark;
            };
            const int first = static_cast<int>(at % kRow), last = static_cast<int>((end - 1) % kRow);
            part(kHexAt + 3 * first, kHexAt + 3 * last + 2);
            part(kTextAt + first, kTextAt + last + 1);
            at = end;
        }
    };
    for (const LayoutLayer& layer : m_layers) {
        QTextCharFormat format;
        const auto [fill, text] = rolesOf(layer.kind);
        format.setBackground(m_theme.color(fill));
        format.setForeground(m_theme.color(text));
        add(layer.offset, layer.length, format);
    }
    QTextCharFormat format;
    format.setBackground(m_theme.color(Role::ink));
    format.setForeground(m_theme.color(Role::onink));
    add(m_marked.first, m_marked.second, format);
    m_hex->setExtraSelections(marks);
}

int PacketDetail::byteAt(int row, int column) const {
    int byte = -1;
    if (column >= kTextAt)
        byte = column - kTextAt;
    else if (column >= kHexAt)
        byte = (column - kHexAt) / 3;
    if (byte < 0 || byte >= static_cast<int>(kRow)) return -1;
    const auto at = static_cast<std::size_t>(row) * kRow + static_cast<std::size_t>(byte);
    return at < std::min(m_bytes.size(), kShown) ? static_cast<int>(at) : -1;
}

QPoint PacketDetail::placeOf(std::uint32_t byte) const {
    const QTextBlock block = m_hex->document()->findBlockByNumber(static_cast<int>(byte / kRow));
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + kHexAt + 3 * static_cast<int>(byte % kRow));
    const QRect from = m_hex->cursorRect(cursor);
    return from.center() + QPoint(m_hex->fontMetrics().horizontalAdvance(QLatin1Char('0')) / 2, 0);
}

QTreeWidgetItem* PacketDetail::itemOf(std::uint32_t byte) const {
    const auto has = [byte](const QTreeWidgetItem& item) {
        return byte >= offsetOf(item) && byte < offsetOf(item) + lengthOf(item);
    };
    for (int layer = 0; layer < m_fields->topLevelItemCount(); ++layer) {
        QTreeWidgetItem* top = m_fields->topLevelItem(layer);
        for (int i = 0; i < top->childCount(); ++i)
            if (has(*top->child(i))) return top->child(i);
        if (has(*top)) return top;
    }
    return nullptr;
}

void PacketDetail::markAtCursor() {
    if (m_quiet || m_bytes.empty()) return;
    const QTextCursor cursor = m_hex->textCursor();
    const int byte = byteAt(cursor.blockNumber(), cursor.positionInBlock());
    if (byte < 0) return;
    if (QTreeWidgetItem* item = itemOf(static_cast<std::uint32_t>(byte))) m_fields->setCurrentItem(item);
}

void PacketDetail::pointAt(QTreeWidgetItem* item) {
    if (item == m_pointed) return;
    const auto shade = [this](QTreeWidgetItem* of, const QBrush& brush) {
        if (of == nullptr) return;
        for (const int column : {0, 1}) of->setBackground(column, brush);
    };
    shade(m_pointed, {});
    m_pointed = item;
    shade(item, m_theme.color(Role::hover));
    mark(item ? item : m_fields->currentItem());
}

bool PacketDetail::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave) pointAt(nullptr);
    if (watched == m_hex->viewport() && event->type() == QEvent::MouseMove) {
        const QTextCursor cursor =
            m_hex->cursorForPosition(static_cast<const QMouseEvent*>(event)->position().toPoint());
        const int byte = byteAt(cursor.blockNumber(), cursor.positionInBlock());
        QTreeWidgetItem* item = byte < 0 ? nullptr : itemOf(static_cast<std::uint32_t>(byte));
        pointAt(item);
        if (item) m_fields->scrollToItem(item);
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace ringside
