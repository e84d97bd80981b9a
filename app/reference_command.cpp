#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/language.h"
#include "app/speech.h"
#include "engine/linux/table.h"
#include "engine/scenario/reference.h"

namespace ringside {
namespace {

int scenarioLanguage(const ReferenceOptions& options, const KernelText& text, Output& out) {
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
            out.print("\n## `{}`\n\n{}\n\n", group.path, text(group.doc));
        out.print("| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
        for (const KeyDoc& key : group.keys) {
            out.print("| `{}` | {} | {} | {} |\n", key.name, key.value, key.required ? "must be there" : key.fallback,
                      text(key.doc));
        }
    }
    return 0;
}

}  // namespace

int referenceCommand(const ReferenceOptions& options, Output& out, std::FILE* err) {
    speak(options.lang);
    const Result<KernelText> text = kernelText(options.lang);
    if (!text) {
        complain(err, said(text.error()));
        return 1;
    }
    if (options.scenario) return scenarioLanguage(options, *text, out);
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
        out.print("\n## {}\n\n`{}` — {}\n\n", f.name, f.source, (*text)(f.doc));
        for (std::size_t i = 0; i < f.stages.size(); ++i)
            out.print("1. {} ({} ns)\n", text->stage(f, i), f.stages[i].cost);
    }
    return 0;
}

}  // namespace ringside
