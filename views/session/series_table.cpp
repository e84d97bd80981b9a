#include "views/session/series_table.h"

#include <QtGlobal>

namespace ringside {
namespace {

enum class Per : std::uint8_t { run, card };

struct Row {
    const char* chart;
    const char* expression;  ///< of a card: @ stands for its number
    const char* label;
    Per per;
    Role role;
    Qt::PenStyle style;
    bool limit;
};

constexpr const char *kRing = QT_TRANSLATE_NOOP("ringside::ChartsPanel", "Receive ring"),
                     *kMemory = QT_TRANSLATE_NOOP("ringside::ChartsPanel", "Socket memory, bytes"),
                     *kPackets = QT_TRANSLATE_NOOP("ringside::ChartsPanel", "Packets");
constexpr Row kRows[] = {
    {kRing, "nic[@].rx.used", QT_TRANSLATE_NOOP("ringside::ChartsPanel", "descriptors used"), Per::card, Role::hw_solid,
     Qt::SolidLine, false},
    {kRing, "nic[@].rx.count", QT_TRANSLATE_NOOP("ringside::ChartsPanel", "ring size"), Per::card, Role::border2,
     Qt::DashLine, true},
    {kMemory, "sum(socket[*].sk_rmem_alloc)",
     QT_TRANSLATE_NOOP("ringside::ChartsPanel", "sk_rmem_alloc of all sockets"), Per::run, Role::process_solid,
     Qt::SolidLine, false},
    {kMemory, "sum(socket[*].sk_rcvbuf)", QT_TRANSLATE_NOOP("ringside::ChartsPanel", "limit (sk_rcvbuf)"), Per::run,
     Role::drop_solid, Qt::DashLine, true},
    {kPackets, "sum(nic[*].rx_total)", QT_TRANSLATE_NOOP("ringside::ChartsPanel", "received"), Per::run, Role::hw_solid,
     Qt::SolidLine, false},
    {kPackets, "fate.delivered", QT_TRANSLATE_NOOP("ringside::ChartsPanel", "delivered"), Per::run, Role::user_solid,
     Qt::DashLine, false},
    {kPackets, "fate.dropped", QT_TRANSLATE_NOOP("ringside::ChartsPanel", "dropped"), Per::run, Role::drop_solid,
     Qt::DotLine, false},
};

/// Cards share a colour, which means hardware; their lines differ by dashes.
constexpr Qt::PenStyle kStyles[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine, Qt::DashDotDotLine};

}  // namespace

std::vector<SeriesLook> seriesLooks(const World& world, const std::vector<QString>& own) {
    std::vector<SeriesLook> all;
    const auto& nics = world.machine().nics;
    // the rows of a chart that are of cards come card by card, each with its limit
    for (std::size_t first = 0; first < std::size(kRows);) {
        std::size_t end = first + 1;
        while (end < std::size(kRows) && kRows[end].chart == kRows[first].chart && kRows[end].per == kRows[first].per)
            ++end;
        const std::size_t times = kRows[first].per == Per::card ? nics.size() : 1;
        for (std::size_t n = 0; n < times; ++n) {
            for (std::size_t i = first; i < end; ++i) {
                const Row& row = kRows[i];
                SeriesLook look{row.chart, row.expression, row.label, {}, row.role, row.style, row.limit};
                if (row.per == Per::card) {
                    look.expression.replace(look.expression.find('@'), 1, std::to_string(n));
                    if (nics.size() > 1) look.of = nics[n]->name;
                    if (!row.limit) look.style = kStyles[n % std::size(kStyles)];
                }
                all.push_back(std::move(look));
            }
        }
        first = end;
    }
    for (const QString& expression : own) all.push_back({"", expression.toStdString(), "", {}, Role::ink});
    return all;
}

std::vector<std::string> seriesExpressions(const World& world, const std::vector<QString>& own) {
    std::vector<std::string> all;
    for (const SeriesLook& look : seriesLooks(world, own)) all.push_back(look.expression);
    return all;
}

}  // namespace ringside
