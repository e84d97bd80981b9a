#pragma once
// One packet close up: its bytes in hex and text, its headers as fields. Choosing a field marks its bytes, clicking a
// byte its field.

#include <QWidget>
#include <vector>

#include "engine/capture/decode.h"
#include "engine/protocol/layout.h"
#include "views/session/texts.h"
#include "views/theme/theme.h"

class QPlainTextEdit;
class QTreeWidget;

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

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();
    void mark(std::uint32_t offset, std::uint32_t length);
    void markAtCursor();

    const Texts& m_texts;
    Theme m_theme;
    QPlainTextEdit* m_hex;
    QTreeWidget* m_fields;
    std::vector<std::uint8_t> m_bytes;
    std::vector<LayoutLayer> m_layers;
    std::vector<PacketNote> m_notes;
    std::pair<std::uint32_t, std::uint32_t> m_marked{0, 0};
    bool m_quiet = false;
};

}  // namespace ringside
