#pragma once
// How times and counts are written, the same everywhere.

#include <QString>

#include "engine/core/event.h"
#include "engine/core/types.h"
#include "engine/core/value.h"
#include "engine/world/world.h"
#include "views/scene/words.h"

namespace ringside {

/// "27.600 µs", "1.002 ms", "3.5 s": three decimals, a unit that keeps the number readable.
QString timeText(Time time);
/// The same with the unit of another time, so that a column or axis has one: unitOf(span).
struct TimeUnit {
    double nanoseconds = 1e3;
    QString name;
};
TimeUnit unitOf(Time span);
/// "12,345".
QString countText(std::uint64_t count);
/// What the inspector shows of a leaf: with unit where it has one.
QString valueText(const Value& value);
/// "softirq" and so on in the learner's language.
QString contextText(Context context);
QString fateText(Fate fate);

}  // namespace ringside
