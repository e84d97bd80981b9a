#include "engine/core/types.h"

#include <cstdio>
#include <cstdlib>

namespace ringside {

void assertionFailed(const char* what, const char* file, int line) {
    std::fprintf(stderr, "ringside: internal error: %s does not hold (%s:%d)\n", what, file, line);
    std::abort();
}

}  // namespace ringside
