#pragma once
// A row of the inspector as a name of the state, and as something that can be read in any World of the run.

#include <QString>
#include <memory>

#include "lessons/stop_condition.h"
#include "views/session/view_state.h"

namespace ringside {

/// What expressions call the value in this row ("socket[udp:5000].sk_rmem_alloc"; of an sk_buff `skb.len`, which is the
/// one that an event is about). Empty: it has no name there. `path` is InspectorModel's pathRole.
QString fieldName(const Selection& selection, const QString& path, const World& world, const Inputs& inputs,
                  const Event* event);

/// Reads the row of the same thing in another World: an sk_buff is found by its serial. Kind none: it is not there.
ValueReader fieldReader(const Selection& selection, const QString& path, const World& world,
                        std::shared_ptr<const Inputs> inputs, const Event* event);

}  // namespace ringside
