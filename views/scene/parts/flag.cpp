#include "views/scene/parts/flag.h"

#include <algorithm>

namespace ringside {
namespace {

constexpr double kHeight = 22, kPadding = 7, kStem = 9, kRow = 24;
constexpr double kNear = 48;  // flags nearer than this grow away from each other

struct Placed {
    const Flag* flag;
    QRectF box;
};

}  // namespace

void drawFlags(const Canvas& canvas, std::vector<Flag> flags, double tip, FlagSide side, const QString& idPrefix,
               double left, double right) {
    std::stable_sort(flags.begin(), flags.end(), [](const Flag& a, const Flag& b) { return a.x < b.x; });
    std::vector<Placed> placed;
    const auto place = [&](std::size_t i) {
        const Flag& flag = flags[i];
        const double width = canvas.width(flag.name, TextToken::mono_bold) + 2 * kPadding;
        const bool nearLeft = i > 0 && flag.x - flags[i - 1].x < kNear,
                   nearRight = i + 1 < flags.size() && flags[i + 1].x - flag.x < kNear;
        double x = flag.x - width / 2;
        if (flag.grow < 0 || (flag.grow == 0 && nearRight && !nearLeft)) x = flag.x - width + kPadding;
        if (flag.grow > 0 || (flag.grow == 0 && nearLeft && !nearRight)) x = flag.x - kPadding;
        x = std::clamp(x, left, std::max(left, right - width));
        QRectF box(x, 0, width, kHeight);
        for (int row = 0; row < 4; ++row) {
            const double out = kStem + kRow * row;
            box.moveTop(side == FlagSide::above ? tip - out - kHeight : tip + out);
            const bool free = std::none_of(placed.begin(), placed.end(), [&](const Placed& p) {
                return p.box.adjusted(-3, 0, 3, 0).intersects(box);
            });
            if (free) break;
        }
        placed.push_back({&flag, box});
    };
    // Ghosts take what room the others leave.
    for (const bool ghosts : {false, true}) {
        for (std::size_t i = 0; i < flags.size(); ++i) {
            if ((flags[i].state == FlagState::ghost) == ghosts) place(i);
        }
    }
    // Stems first, so that no stem of a raised flag crosses a name.
    for (const Placed& p : placed) {
        const double root = side == FlagSide::above ? p.box.bottom() : p.box.top();
        const bool ghost = p.flag->state == FlagState::ghost;
        canvas.list.line({p.flag->x, root}, {p.flag->x, tip},
                         {ghost ? Role::border2 : Role::ink, ghost ? 1.2 : 2, ghost ? Dash::dashed : Dash::solid});
    }
    for (const Placed& p : placed) {
        const Flag& flag = *p.flag;
        const bool ghost = flag.state == FlagState::ghost, moved = flag.state == FlagState::moved;
        if (!ghost) {
            Item item{idPrefix + flag.name,
                      QCoreApplication::translate("Scene", "Pointer"),
                      flag.name,
                      moved ? QCoreApplication::translate("Scene", "moved in this step") : QString(),
                      flag.tooltip,
                      p.box,
                      5};
            canvas.list.begin(std::move(item));
        }
        const double toward = side == FlagSide::above ? -1 : 1;
        canvas.list.polygon({{flag.x, tip}, {flag.x - 5, tip + toward * 8}, {flag.x + 5, tip + toward * 8}},
                            {ghost ? Role::border2 : Role::ink});
        canvas.list.rect(p.box, {moved ? Role::ink : Role::surface},
                         ghost ? Stroke{Role::border2, 1.2, Dash::dashed} : Stroke{Role::ink, 1}, 5);
        canvas.list.text(p.box, flag.name, TextToken::mono_bold,
                         moved   ? Role::onink
                         : ghost ? Role::text3
                                 : Role::text,
                         Align::center);
        if (!ghost) canvas.list.end();
    }
}

}  // namespace ringside
