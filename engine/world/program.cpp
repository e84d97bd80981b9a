#include "engine/world/program.h"

#include "engine/core/fields_visitors.h"

namespace ringside {
namespace {

struct KeyHash {
    HashVisitor& hash;
    template <class T>
    void operator()(const Key& key, const T& value) {
        hash(key.name, value);
    }
};

}  // namespace

std::uint64_t programHash(const Program& program) {
    HashVisitor hash;
    KeyHash keys{hash};
    for (const Op& operation : program.ops) {
        hash("op", nameOf(operation));
        std::visit([&]<class T>(const T& o) { T::keys(keys, o); }, operation);
    }
    return hash.hash();
}

}  // namespace ringside
