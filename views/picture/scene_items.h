#pragma once
// What an item of a scene stands for in the run.

#include <QString>

#include "views/session/travel.h"

namespace ringside {

/// Where what an item stands for is looked up, selected and gone to.
struct ItemContext {
    const RunState& run;
    ViewState& view;
    Travel& travel;
};

/// Selects what the item with this id shows (an id of the scenes' parts, "task:412"), or goes to the moment it names
/// ("stop:udp_rcv": where the function is entered next).
void activateItem(const ItemContext& in, const QString& id);

}  // namespace ringside
