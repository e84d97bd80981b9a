#pragma once
// What the charts show without being asked: a table of expressions with their looks. A new line of a chart is a row of
// series_table.cpp.

#include <QString>
#include <Qt>
#include <string>
#include <vector>

#include "engine/core/value.h"
#include "engine/world/world.h"
#include "views/theme/role.h"

namespace ringside {

/// A line of a chart.
struct SeriesLook {
    const char* chart =
        "";  ///< title of the chart it stands in, source text in ChartsPanel; empty: the expression's own
    std::string expression;
    const char* label = "";  ///< its name, source text in ChartsPanel; empty: the expression
    std::string of;          ///< the card it is of, where there are several
    Role role = Role::text;
    Qt::PenStyle style = Qt::SolidLine;
    bool limit = false;  ///< a limit of the line before it, drawn only where that comes near
};

/// The table for the cards of this World, then the learner's own.
std::vector<SeriesLook> seriesLooks(const World& world, const std::vector<QString>& own);
/// What has to be sampled for it.
std::vector<std::string> seriesExpressions(const World& world, const std::vector<QString>& own);

}  // namespace ringside
