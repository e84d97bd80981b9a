#pragma once
// Randomness that is part of the World: the same seed gives the same run on every machine and in every build.

#include <cstdint>

#include "engine/core/fields.h"

namespace ringside {

/// SplitMix64 (Steele, Lea, Flood 2014). Own distributions only: the standard library's differ between implementations.
struct Rng {
    std::uint64_t state = 0x9e3779b97f4a7c15ULL;

    template <class V, class S>
    static void describe(V& v, S& s) {
        v.hidden("state", s.state);
    }
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// A number in [0, bound); bound > 0. The bias of the modulo is below 2^-32 for the bounds used here.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
};

}  // namespace ringside
