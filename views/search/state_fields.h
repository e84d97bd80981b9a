#pragma once
// The fields of the state that the inspector shows, by their lists: every one there can be, whatever run is open.

#include <string>
#include <vector>

#include "views/session/view_state.h"

namespace ringside {

struct StateField {
    Selection::Kind kind = Selection::Kind::skb;  ///< of the object that has it
    std::string path;                             ///< "skb.data_len", "counters.udp.RcvbufErrors"
    std::string name;                             ///< its last part
    std::string doc;                              ///< English; may be empty
};

/// All of them, in the order of the lists. Costs less than a millisecond.
std::vector<StateField> stateFields();

}  // namespace ringside
