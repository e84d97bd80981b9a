#pragma once
// The reference of the scenario language, made from the key lists.

#include <string>
#include <vector>

namespace ringside {

/// One key.
struct KeyDoc {
    std::string name;
    std::string value;     ///< what may stand there: "68 to 16110", "one of main, local"
    std::string fallback;  ///< what it is where the key is not there; empty for one that must be there
    bool required = false;
    std::string doc;
    std::string group;  ///< path of the group that describes what stands below it; empty: nothing does
};

/// The keys that may stand in one map.
struct KeyGroup {
    std::string path;  ///< "nics[]", "tasks[].program[].recvfrom"; empty: the top level
    std::string doc;
    std::vector<KeyDoc> keys;
};

/// All keys, group by group, each after the one that leads to it.
std::vector<KeyGroup> scenarioReference();

}  // namespace ringside
