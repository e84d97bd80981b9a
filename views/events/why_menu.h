#pragma once
// Why an event happened, as the rows of a menu: each is a cause, a click goes there.

#include <QMenu>

#include "views/session/run_state.h"
#include "views/session/travel.h"

namespace ringside {

/// Adds the causes of the event at `position` to the menu, the nearest first, and where they end. Costs some searches
/// backwards.
void addCauses(QMenu& menu, const RunState& run, Travel& travel, Position position);

}  // namespace ringside
