#include "engine/linux/functions.h"

#include <array>

namespace ringside {
namespace {

constexpr std::array<std::string_view, fn::kCount> kNames{
#define RS_FUNCTION(name, ...) #name,
#include "engine/linux/functions.def"
};

constexpr auto kHashes = [] {
    std::array<std::uint64_t, fn::kCount> hashes{};
    for (std::size_t i = 0; i < hashes.size(); ++i) hashes[i] = hashOfName(kNames[i]);
    return hashes;
}();

}  // namespace

std::string_view functionName(FunctionId id) { return id < fn::kCount ? kNames[id] : std::string_view(); }

std::uint64_t functionNameHash(FunctionId id) { return id < fn::kCount ? kHashes[id] : 0; }

}  // namespace ringside
