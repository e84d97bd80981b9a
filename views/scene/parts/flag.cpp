#include "views/scene/parts/flag.h"

#include <algorithm>
#include <array>

namespace ringside {
namespace {

constexpr double kHeight = 22, kPadding = 7, kRow = 24;
constexpr double kNear = 48;  // flags nearer than this grow away from each other
constexpr int kMostRows = 6;

QString wordsOf(const Flag& flag) {
    return flag.value.isEmpty() ? flag.name : flag.name + QLatin1Char(' ') + flag.value;
}

}  // namespace

std::vector<FlagPlace> placeFlags(const Canvas& canvas, const std::vector<Flag>& flags, const FlagRow& where) {
    std::vector<std::size_t> order(flags.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return flags[a].x < flags[b].x; });
    std::vector<FlagPlace> placed;
    int most = 0;
    const auto place = [&](std::size_t n) {
        const Flag& flag = flags[order[n]];
        const bool ghost = flag.state == FlagState::ghost;
        const double width = canvas.width(wordsOf(flag), TextToken::mono_bold) + 2 * kPadding;
        const bool nearLeft = n > 0 && flag.x - flags[order[n - 1]].x < kNear,
                   nearRight = n + 1 < order.size() && flags[order[n + 1]].x - flag.x < kNear;
        const double over = flag.x - width / 2, left = flag.x - width + kPadding, right = flag.x - kPadding;
        std::array<double, 3> tries{over, left, right};
        if (flag.grow < 0 || (flag.grow == 0 && nearRight && !nearLeft)) tries = {left, over, right};
        if (flag.grow > 0 || (flag.grow == 0 && nearLeft && !nearRight)) tries = {right, over, left};
        FlagPlace at{order[n], {}, 0, true};
        const int rows = ghost ? most + 1 : kMostRows;
        for (at.row = 0; at.row < rows; ++at.row) {
            const double out = where.stem + kRow * at.row;
            for (const double x : tries) {
                at.box =
                    QRectF(std::clamp(x, where.left, std::max(where.left, where.right - width)),
                           where.side == FlagSide::above ? where.tip - out - kHeight : where.tip + out, width, kHeight);
                const bool free = std::none_of(placed.begin(), placed.end(), [&](const FlagPlace& p) {
                    return p.named && p.box.adjusted(-3, 0, 3, 0).intersects(at.box);
                });
                if (!free) continue;
                most = std::max(most, at.row);
                placed.push_back(at);
                return;
            }
        }
        at.named = !ghost;
        placed.push_back(at);
    };
    // Ghosts take what room the others leave.
    for (const bool ghosts : {false, true}) {
        for (std::size_t i = 0; i < order.size(); ++i) {
            if ((flags[order[i]].state == FlagState::ghost) == ghosts) place(i);
        }
    }
    return placed;
}

int flagRows(const Canvas& canvas, const std::vector<Flag>& flags, const FlagRow& where) {
    int most = 0;
    for (const FlagPlace& p : placeFlags(canvas, flags, where)) most = std::max(most, p.named ? p.row : 0);
    return most + 1;
}

void drawFlags(const Canvas& canvas, const std::vector<Flag>& flags, const FlagRow& where, const QString& idPrefix) {
    const std::vector<FlagPlace> placed = placeFlags(canvas, flags, where);
    const double tip = where.tip;
    const FlagSide side = where.side;
    // Stems first, so that no stem of a raised flag crosses a name.
    for (const FlagPlace& p : placed) {
        const Flag& flag = flags[p.flag];
        const double root = !p.named                  ? tip + (side == FlagSide::above ? -where.stem : where.stem)
                            : side == FlagSide::above ? p.box.bottom()
                                                      : p.box.top();
        const bool ghost = flag.state == FlagState::ghost;
        canvas.list.line({flag.x, root}, {flag.x, tip},
                         {ghost ? Role::border2 : Role::ink, ghost ? 1.2 : 2, ghost ? Dash::dashed : Dash::solid});
    }
    for (const FlagPlace& p : placed) {
        const Flag& flag = flags[p.flag];
        const bool ghost = flag.state == FlagState::ghost, moved = flag.state == FlagState::moved;
        if (!ghost) {
            Item item{idPrefix + flag.name,
                      QCoreApplication::translate("Scene", "Pointer"),
                      flag.name,
                      moved ? QCoreApplication::translate("Scene", "moved in this step") : flag.value,
                      flag.tooltip,
                      p.box,
                      5};
            canvas.list.begin(std::move(item));
        }
        const double toward = side == FlagSide::above ? -1 : 1;
        canvas.list.polygon({{flag.x, tip}, {flag.x - 5, tip + toward * 8}, {flag.x + 5, tip + toward * 8}},
                            {ghost ? Role::border2 : Role::ink});
        if (!p.named) continue;  // a ghost: no item is open
        canvas.list.rect(p.box, {moved ? Role::ink : Role::surface},
                         ghost ? Stroke{Role::border2, 1.2, Dash::dashed} : Stroke{Role::ink, 1}, 5);
        canvas.list.text(p.box, wordsOf(flag), TextToken::mono_bold,
                         moved   ? Role::onink
                         : ghost ? Role::text3
                                 : Role::text,
                         Align::center);
        if (!ghost) canvas.list.end();
    }
}

}  // namespace ringside
