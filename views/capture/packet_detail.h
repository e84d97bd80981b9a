#pragma once
// One packet close up: its bytes in hex and text, each header's in the colour of its layer, and its headers as fields.
// A field that is chosen, or only pointed at, marks its bytes, and a byte its field.

#include <QWidget>
#include <vector>

#include "engine/capture/decode.h"
#include "engine/protocol/layout.h"
#include "views/session/texts.h"
#include "views/theme/theme.h"

class QLabel;
class QPlainTextEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace ringside {

class PacketDetail : public QWidget {
    Q_OBJECT
  public:
    explicit PacketDetail(const Texts& texts, QWidget* parent = nullptr);
    void setTheme(const Theme& theme);
    /// Shows this packet; without bytes nothing.
    void setPacket(const DecodedPacket* packet, std::vector<std::uint8_t> bytes);
    /// First byte and number of bytes that are marked; {0, 0}: none.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> marked() const { return m_marked; }
    /// Where a byte stands in the hex view, in its viewport.
    [[nodiscard]] QPoint placeOf(std::uint32_t byte) const;

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void rebuild();
    /// Marks the bytes of a field or header, and says what they are; null: none.
    void mark(const QTreeWidgetItem* item);
    void paintMarks();
    void markAtCursor();
    /// What is pointed at is marked as long as the mouse is there, what is chosen afterwards.
    void pointAt(QTreeWidgetItem* item);
    /// The byte at a column of a row; -1: none.
    [[nodiscard]] int byteAt(int row, int column) const;
    /// The field a byte is in, else its header; null: neither.
    [[nodiscard]] QTreeWidgetItem* itemOf(std::uint32_t byte) const;

    const Texts& m_texts;
    Theme m_theme;
    QPlainTextEdit* m_hex;
    QTreeWidget* m_fields;
    QLabel* m_says;
    QTreeWidgetItem* m_pointed = nullptr;
    std::vector<std::uint8_t> m_bytes;
    std::vector<LayoutLayer> m_layers;
    std::vector<PacketNote> m_notes;
    std::pair<std::uint32_t, std::uint32_t> m_marked{0, 0};
    bool m_quiet = false;
};

}  // namespace ringside
