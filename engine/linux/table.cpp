#include "engine/linux/table.h"

#include <array>
#include <string>

#include "engine/linux/functions.h"

namespace ringside {

// Every file that defines functions says so in its folder's list.
#define RS_FILE(functions) std::span<const FunctionInfo> functions();
#include "engine/linux/functions.def"

namespace {

using Table = std::array<FunctionInfo, fn::kCount>;

/// A kernel's table out of the rows of its files. Each function of `wanted` is defined by one of them, and by one only.
Table compose(std::span<const std::span<const FunctionInfo>> files, std::span<const FunctionId> wanted) {
    Table table{};
    for (const std::span<const FunctionInfo> file : files) {
        for (const FunctionInfo& f : file) {
            if (table[f.id].name)
                assertionFailed(("one definition of " + std::string(f.name)).c_str(), __FILE__, __LINE__);
            table[f.id] = f;
            table[f.id].name_hash = functionNameHash(f.id);
        }
    }
    for (const FunctionId id : wanted) {
        if (table[id].name) continue;
        const std::string what =
            std::string(functionName(id)) + " of a functions.def is defined by a file of that list";
        assertionFailed(what.c_str(), __FILE__, __LINE__);
    }
    return table;
}

Table compose61() {
    const std::span<const FunctionInfo> files[] = {
#define RS_FILE(functions) functions(),
#include "engine/linux/functions.def"
    };
    static constexpr FunctionId wanted[] = {
#define RS_FUNCTION(name, ...) fn::k_##name,
#include "engine/linux/functions.def"
    };
    return compose(files, wanted);
}

}  // namespace

std::span<const FunctionInfo> linux61Table() {
    static const Table table = compose61();
    return table;
}

}  // namespace ringside
