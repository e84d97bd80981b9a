#include "views/capture/fate_summary.h"

#include <QEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "views/session/format.h"
#include "views/theme/glyph.h"

namespace ringside {

QIcon glyphIcon(Tone tone, const Theme& theme) {
    QPixmap pixmap(28, 28);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(14, 14);
    painter.scale(2, 2);
    const GlyphShape& shape = shapeOf(glyphOf(tone));
    if (shape.stroke > 0)
        painter.strokePath(shape.path, QPen(theme.color(solidOf(tone)), shape.stroke));
    else
        painter.fillPath(shape.path, theme.color(solidOf(tone)));
    if (shape.outlined) painter.strokePath(shape.path, QPen(theme.color(textOf(tone)), 1));
    painter.end();
    pixmap.setDevicePixelRatio(2);
    return pixmap;
}

/// The stacked bar: one stretch a fate, hatched where packets were lost, so that colour is not all that tells.
class FateSummary::Bar : public QWidget {
  public:
    explicit Bar(FateSummary& owner) : QWidget(&owner), m_owner(owner) { setFixedHeight(18); }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        std::uint64_t all = 0;
        for (const auto& [key, n] : m_owner.m_counts) all += n;
        double x = 0;
        for (const auto& [key, n] : m_owner.m_counts) {
            const double w = all ? static_cast<double>(n) / static_cast<double>(all) * width() : 0;
            const QRectF part(x, 0, w, height());
            painter.fillRect(part, m_owner.m_theme.color(solidOf(toneOf(key))));
            if (key.fate == Fate::dropped && key.known)
                painter.fillRect(part, QBrush(m_owner.m_theme.color(Role::surface), Qt::BDiagPattern));
            if (x > 0) painter.fillRect(QRectF(x, 0, 1, height()), m_owner.m_theme.color(Role::surface));
            x += w;
        }
    }

  private:
    FateSummary& m_owner;
};

FateSummary::FateSummary(const CaptureCounts& counted, QWidget* parent)
    : QWidget(parent), m_counted(counted), m_theme(makeTheme(ThemeKind::light)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_bar = new Bar(*this);
    column->addWidget(m_bar);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(2);
    column->addLayout(m_rows);
}

void FateSummary::setTheme(const Theme& theme) {
    m_theme = theme;
    rebuild();
}

void FateSummary::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();
    QWidget::changeEvent(event);
}

QString FateSummary::textOf(const FateKey& key) const {
    if (!key.known) return tr("not reached yet");
    if (key.fate != Fate::dropped) return fateText(key.fate);
    if (key.reason == Drop::NOT_DROPPED) return tr("lost in the card");
    return QStringLiteral("%1 · %2").arg(fateText(key.fate), fromView(nameOf(key.reason)));
}

void FateSummary::refresh() {
    std::vector<std::pair<FateKey, std::uint64_t>> sorted(m_counted.fates().begin(), m_counted.fates().end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (sorted == m_counts) return;
    m_counts = std::move(sorted);
    rebuild();
}

void FateSummary::clear() {
    m_chosen.reset();
    rebuild();
}

void FateSummary::choose(std::optional<FateKey> key) {
    if (m_chosen == key) key.reset();  // a second click takes the filter away
    m_chosen = key;
    rebuild();
    emit chosenChanged();
}

void FateSummary::rebuild() {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& [key, n] : m_counts) {
        auto* row = new QToolButton;
        row->setObjectName(QStringLiteral("fate-%1").arg(m_rows->count()));
        row->setCheckable(true);
        row->setChecked(m_chosen == key);
        row->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        row->setIcon(glyphIcon(toneOf(key), m_theme));
        row->setText(QStringLiteral("%1  %2").arg(countText(n), textOf(key)));
        row->setFont(m_theme.font(TextToken::small));
        row->setProperty("flat", true);
        row->setToolTip(tr("Show only these packets"));
        connect(row, &QToolButton::clicked, this, [this, chosen = key] { choose(chosen); });
        m_rows->addWidget(row, 0, Qt::AlignLeft);
    }
    m_bar->update();
}

}  // namespace ringside
