#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "engine/linux/table.h"
#include "engine/scenario/reference.h"

namespace ringside {
namespace {

int scenarioLanguage(const ReferenceOptions& options, Output& out) {
    const std::vector<KeyGroup> groups = scenarioReference();
    if (options.format == "json") {
        auto all = nlohmann::ordered_json::array();
        for (const KeyGroup& group : groups) {
            auto keys = nlohmann::ordered_json::array();
            for (const KeyDoc& key : group.keys) {
                nlohmann::ordered_json one{{"name", key.name}, {"value", key.value}, {"required", key.required}};
                one["default"] = key.required ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(key.fallback);
                one["doc"] = key.doc;
                one["group"] = key.group.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(key.group);
                keys.push_back(std::move(one));
            }
            all.push_back({{"path", group.path}, {"doc", group.doc}, {"keys", std::move(keys)}});
        }
        out.print("{}\n", all.dump(1));
        return 0;
    }
    out.print("# The scenario language\n\nA scenario is a YAML file of these keys. `[]` is each element of a list.\n");
    for (const KeyGroup& group : groups) {
        if (group.path.empty())
            out.print("\n## A scenario\n\n");
        else
            out.print("\n## `{}`\n\n{}\n\n", group.path, group.doc);
        out.print("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
        for (const KeyDoc& key : group.keys) {
            out.print("| `{}` | {} | {} | {} |\n", key.name, key.value, key.required ? "must be there" : key.fallback,
                      key.doc);
        }
    }
    return 0;
}

}  // namespace

int referenceCommand(const ReferenceOptions& options, Output& out) {
    if (options.scenario) return scenarioLanguage(options, out);
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
