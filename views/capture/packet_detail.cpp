#include "views/capture/packet_detail.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTreeWidget>

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
    m_fields = new QTreeWidget;
    m_fields->setObjectName("packet-fields");
    m_fields->setColumnCount(2);
    m_fields->setUniformRowHeights(true);
    m_fields->setHeaderHidden(true);
    row->addWidget(m_hex, 5);
    row->addWidget(m_fields, 4);
    connect(m_fields, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item && !m_quiet) mark(item->data(0, Qt::UserRole).toUInt(), item->data(0, Qt::UserRole + 1).toUInt());
    });
    connect(m_hex, &QPlainTextEdit::cursorPositionChanged, this, &PacketDetail::markAtCursor);
    rebuild();
}

void PacketDetail::setTheme(const Theme& theme) {
    m_theme = theme;
    m_hex->setFont(theme.font(TextToken::mono));
    m_fields->setFont(theme.font(TextToken::mono));
    mark(m_marked.first, m_marked.second);
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
    mark(0, 0);
}

void PacketDetail::mark(std::uint32_t offset, std::uint32_t length) {
    m_marked = {offset, length};
    QList<QTextEdit::ExtraSelection> marks;
    QTextCharFormat format;
    format.setBackground(m_theme.color(Role::changed_tint));
    format.setForeground(m_theme.color(Role::changed_text));
    format.setFontUnderline(true);
    for (std::uint32_t at = offset; at < offset + length && at < m_bytes.size() && at < kShown;) {
        const std::uint32_t end = std::min<std::uint32_t>(
            {(at / kRow + 1) * kRow, offset + length, static_cast<std::uint32_t>(m_bytes.size())});
        const QTextBlock block = m_hex->document()->findBlockByNumber(static_cast<int>(at / kRow));
        const auto add = [&](int from, int to) {
            QTextEdit::ExtraSelection mark;
            mark.format = format;
            mark.cursor = QTextCursor(block);
            mark.cursor.setPosition(block.position() + from);
            mark.cursor.setPosition(block.position() + to, QTextCursor::KeepAnchor);
            marks += mark;
        };
        const int first = static_cast<int>(at % kRow), last = static_cast<int>((end - 1) % kRow);
        add(kHexAt + 3 * first, kHexAt + 3 * last + 2);
        add(kTextAt + first, kTextAt + last + 1);
        at = end;
    }
    m_hex->setExtraSelections(marks);
}

void PacketDetail::markAtCursor() {
    if (m_quiet || m_bytes.empty()) return;
    const QTextCursor cursor = m_hex->textCursor();
    const int column = cursor.positionInBlock();
    int byte = -1;
    if (column >= kTextAt)
        byte = column - kTextAt;
    else if (column >= kHexAt)
        byte = (column - kHexAt) / 3;
    if (byte < 0 || byte >= static_cast<int>(kRow)) return;
    const std::uint32_t at = static_cast<std::uint32_t>(cursor.blockNumber()) * kRow + static_cast<std::uint32_t>(byte);
    for (int layer = 0; layer < m_fields->topLevelItemCount(); ++layer) {
        QTreeWidgetItem* top = m_fields->topLevelItem(layer);
        for (int i = 0; i < top->childCount(); ++i) {
            const std::uint32_t offset = top->child(i)->data(0, Qt::UserRole).toUInt();
            const std::uint32_t length = top->child(i)->data(0, Qt::UserRole + 1).toUInt();
            if (at >= offset && at < offset + length) {
                m_fields->setCurrentItem(top->child(i));
                return;
            }
        }
    }
}

}  // namespace ringside
