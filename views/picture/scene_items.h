#pragma once
// What an item of a scene stands for in the session.

#include <QString>

#include "views/session/session.h"

namespace ringside {

/// Selects what the item with this id shows (an id of the scenes' parts, "task:412"), or goes to the moment it names
/// ("stop:udp_rcv": where the function is entered next).
void activateItem(Session& session, const QString& id);

}  // namespace ringside
