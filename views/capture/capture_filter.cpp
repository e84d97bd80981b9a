// Which packets of the capture are shown: typed words, facets and the stretch of time narrow together.

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <algorithm>

#include "engine/capture/summary.h"
#include "views/capture/capture_panel.h"
#include "views/session/format.h"

namespace ringside {
namespace {

/// Packets looked through in one go of the filter: some ten milliseconds of decoding.
constexpr std::uint32_t kSlice = 1000;
/// Conversations that can be chosen; the others are found by their address.
constexpr std::size_t kTalksShown = 200;

}  // namespace

void CapturePanel::startFilter() {
    m_filterTimer.stop();
    m_filterText = m_filter->text().trimmed();
    m_found.clear();
    m_filterAt = 0;
    if (!m_shown) return;
    m_clear->setVisible(narrowed());
    if (!narrowed()) {
        m_model.setShown(std::nullopt);
        m_count->setText(tr("packets: %1").arg(countText(m_shown->count())));
        tellNothing();
        showPacket();
        return;
    }
    m_filterTimer.start();
    filterSlice();
}

bool CapturePanel::passes(std::uint32_t packet) const {
    const PacketFate* fate = m_run.fates().find(packet);
    if (m_fates->chosen() && fateKeyOf(fate) != *m_fates->chosen()) return false;
    if (m_functions->chosen() && (!fate || fate->fate != Fate::dropped || fate->function != *m_functions->chosen()))
        return false;
    if (m_conversations->chosen() &&
        (packet > m_talks.of.size() || m_talks.of[packet - 1] != *m_conversations->chosen()))
        return false;
    if (m_histogram->range()) {
        const std::int64_t at = m_counts.timeOf(packet);
        if (at < m_histogram->range()->first || at >= m_histogram->range()->second) return false;
    }
    if (m_filterText.isEmpty()) return true;
    const auto has = [this](const QString& text) { return text.contains(m_filterText, Qt::CaseInsensitive); };
    if (QString::number(packet) == m_filterText) return true;
    if (fate &&
        (has(fateText(fate->fate)) || (fate->reason != Drop::NOT_DROPPED && has(fromView(nameOf(fate->reason)))) ||
         (fate->function != kNoFunction && has(m_run.functionName(fate->function))))) {
        return true;
    }
    const DecodedPacket* p = m_model.decoded(packet);
    return p && has(fromView(packetSummary(*p)));
}

void CapturePanel::filterSlice() {
    const auto all = static_cast<std::uint32_t>(m_shown->count());
    const std::uint32_t end = std::min(all, m_filterAt + kSlice);
    while (m_filterAt < end) {
        if (passes(++m_filterAt)) m_found.push_back(m_filterAt);
    }
    const bool done = m_filterAt >= all;
    m_count->setText(done ? tr("%1 of %2 packets").arg(countText(m_found.size()), countText(all))
                          : tr("looking, %1 of %2").arg(countText(m_filterAt), countText(all)));
    if (!done) return;
    m_filterTimer.stop();
    const QModelIndex at = m_table->currentIndex();
    const std::uint32_t kept = at.isValid() ? m_model.packetAt(at.row()) : 0;
    m_model.setShown(m_found);
    tellNothing();
    // the row that was chosen stays chosen, else the first that is left
    m_table->selectRow(std::max(0, m_model.rowOf(kept)));
    showPacket();
}

bool CapturePanel::narrowed() const {
    return !m_filterText.isEmpty() || m_fates->chosen() || m_functions->chosen() || m_conversations->chosen() ||
           m_histogram->range();
}

void CapturePanel::clearFilter() {
    m_fates->clear();
    m_functions->clear();
    m_conversations->clear();
    m_histogram->clear();
    const QSignalBlocker quiet(m_filter);
    m_filter->clear();
    startFilter();
    m_table->setFocus();
}

void CapturePanel::recount() {
    if (m_run.hasRun()) m_counts.learn(m_run.fates());
    m_fates->refresh();
    m_histogram->refresh();
    fillFacets();
}

void CapturePanel::fillFacets() {
    std::vector<FacetItem> functions;
    for (const auto& [function, n] : m_counts.functions())
        functions.push_back({function, m_run.functionName(function), n, Tone::drop});
    std::stable_sort(functions.begin(), functions.end(),
                     [](const FacetItem& a, const FacetItem& b) { return a.count > b.count; });
    m_functions->setItems(std::move(functions));
    std::vector<FacetItem> talks;
    for (std::size_t i = 0; i < std::min(m_talks.all.size(), kTalksShown); ++i)
        talks.push_back({i + 1, fromView(m_talks.all[i].text()), m_talks.all[i].packets, Tone::hw});
    m_conversations->setItems(std::move(talks));
}

void CapturePanel::findConversations() {
    m_talks = {};
    fillFacets();
    if (!m_run.hasRun() || !m_run.capture()) return m_talking.stop();
    auto found = std::make_shared<Conversations>();
    m_talking.start([this, capture = m_run.capture(), found](const std::stop_token& stop) -> Background::Done {
        *found = conversationsOf(*capture, stop);
        return [this, found] {
            m_talks = std::move(*found);
            fillFacets();
        };
    });
}

/// Where no row is shown, why.
void CapturePanel::tellNothing() {
    const bool empty = m_shown && m_shown->count() == 0, none = m_shown && !empty && m_model.rowCount() == 0;
    m_nothing->setVisible(empty || none);
    if (empty) m_nothing->setText(tr("This capture is sound, and holds no packets."));
    if (none) m_nothing->setText(tr("No packet matches: 0 of %1.").arg(countText(m_shown->count())));
}

}  // namespace ringside
