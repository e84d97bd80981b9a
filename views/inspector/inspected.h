#pragma once
// What the inspector shows of a World: one selected thing as a tree of named values.

#include <QString>
#include <optional>
#include <vector>

#include "engine/core/value.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"
#include "views/session/view_state.h"

namespace ringside {

/// A thing with its name for a list of choices.
struct Inspectable {
    Selection selection;
    QString name;  ///< "sk_buff 7", "eth0 ring", "udp:5000", "udprx (412)"
};
/// Everything that can be selected in a World, in a fixed order; living sk_buffs first, at most sixty of them.
std::vector<Inspectable> inspectables(const World& world);

/// What "automatic" stands for after this event: the event's sk_buff where it lives, with the frame beside it.
Selection resolve(const Selection& selection, const World& world, const Event* event);

/// The tree of a selected thing; groups as the kernel's struct has them, an sk_buff's sorted by meaning. Kind `none`
/// when the thing is not there. Names of groups that begin with "@" are the model's own and to be translated.
Value inspect(const Selection& selection, const World& world, const Inputs& inputs, const Event* event);

}  // namespace ringside
