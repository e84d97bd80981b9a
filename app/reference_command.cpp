#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "engine/linux/table.h"

namespace ringside {

int referenceCommand(const ReferenceOptions& options, std::FILE* out) {
    if (options.format == "json") {
        auto all = nlohmann::ordered_json::array();
        for (const FunctionInfo& f : linux61Table()) {
            auto stages = nlohmann::ordered_json::array();
            for (const StageInfo& s : f.stages) stages.push_back({{"name", s.name}, {"cost_ns", s.cost}});
            all.push_back({{"name", f.name}, {"source", f.source}, {"stages", stages}, {"doc", f.doc}});
        }
        fmt::print(out, "{}\n", all.dump(1));
        return 0;
    }
    fmt::print(out,
               "# Functions of the model (Linux 6.1.192)\n\nCosts are notional nanoseconds; they decide nothing but "
               "interleaving.\n");
    for (const FunctionInfo& f : linux61Table()) {
        fmt::print(out, "\n## {}\n\n`{}` — {}\n\n", f.name, f.source, f.doc);
        for (const StageInfo& s : f.stages) fmt::print(out, "1. {} ({} ns)\n", s.name, s.cost);
    }
    return 0;
}

}  // namespace ringside
