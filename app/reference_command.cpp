#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "engine/linux/table.h"

namespace ringside {

int referenceCommand(const ReferenceOptions& options, Output& out) {
    if (options.format == "json") {
        auto all = nlohmann::ordered_json::array();
        for (const FunctionInfo& f : linux61Table()) {
            auto stages = nlohmann::ordered_json::array();
            for (const StageInfo& s : f.stages) stages.push_back({{"name", s.name}, {"cost_ns", s.cost}});
            all.push_back({{"name", f.name}, {"source", f.source}, {"stages", stages}, {"doc", f.doc}});
        }
        out.print("{}\n", all.dump(1));
        return 0;
    }
    out.print(
        "# Functions of the model (Linux 6.1.192)\n\nCosts are notional nanoseconds; they decide nothing but "
        "interleaving.\n");
    for (const FunctionInfo& f : linux61Table()) {
        out.print("\n## {}\n\n`{}` — {}\n\n", f.name, f.source, f.doc);
        for (const StageInfo& s : f.stages) out.print("1. {} ({} ns)\n", s.name, s.cost);
    }
    return 0;
}

}  // namespace ringside
