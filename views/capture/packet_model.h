#pragma once
// The packets of the open capture as a table: number, time, length, what it is, what became of it. Only rows that are
// looked at are read and decoded.

#include <QAbstractTableModel>
#include <QCache>
#include <memory>
#include <optional>
#include <vector>

#include "engine/capture/capture.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/theme/theme.h"

namespace ringside {

class PacketModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { number, time, source, destination, protocol, length, fate, columns_ };

    PacketModel(const RunState& run, const Texts& texts, QObject* parent = nullptr);
    /// The capture that is open now; none empties the table.
    void reload();
    void setTheme(const Theme& theme);
    /// Only these packets, in order; none shows all.
    void setShown(std::optional<std::vector<std::uint32_t>> packets);
    /// The fates changed.
    void refreshFates();
    /// Packet in a row, from 1.
    [[nodiscard]] std::uint32_t packetAt(int row) const;
    /// Row of a packet, -1 where it is not shown.
    [[nodiscard]] int rowOf(std::uint32_t packet) const;
    /// Decoded, with its bytes; nothing where the file can no longer be read.
    [[nodiscard]] const DecodedPacket* decoded(std::uint32_t packet) const;
    /// The bytes kept of a packet.
    [[nodiscard]] std::vector<std::uint8_t> bytes(std::uint32_t packet) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    const RunState& m_run;
    const Texts& m_texts;
    std::shared_ptr<const Capture> m_capture;
    mutable std::optional<PacketReader> m_reader;
    mutable QCache<std::uint32_t, DecodedPacket> m_cache{4096};
    std::optional<std::vector<std::uint32_t>> m_shown;
    Theme m_theme;
};

}  // namespace ringside
