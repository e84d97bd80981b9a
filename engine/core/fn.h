#pragma once
// A function of the modelled kernel as a value: what the kernel has as a function pointer the World holds as a Fn.

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "engine/core/event.h"

namespace ringside {

/// The kernel's name of a function, empty for kNoFunction. Ids are given once for all kernels of the program
/// (linux/functions.h); the tables of single kernels choose among them.
std::string_view functionName(FunctionId id);
/// A hash of that name, 0 for kNoFunction. Functions are folded into fingerprints by this and never by number, so that
/// a new function changes the fingerprint of no run that does not use it. O(1).
std::uint64_t functionNameHash(FunctionId id);

/// FNV-1a, as functionNameHash() has it.
constexpr std::uint64_t hashOfName(std::string_view name) {
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return h;
}

/// A reference to a function with this prototype: `fn::ip_rcv_core` is a Fn<SkbId(SkbId)>. A field of the World may
/// hold one; it is shown by name and hashed by name, and is none unless set. Call it as any other:
/// `k.call<&Self::polled>(napi.poll, …)`.
template <class Signature>
struct Fn;
template <class R, class... A>
struct Fn<R(A...)> {
    FunctionId id = kNoFunction;

    constexpr explicit operator bool() const { return id != kNoFunction; }
    friend constexpr bool operator==(Fn, Fn) = default;
};

template <class T>
inline constexpr bool kIsFn = false;
template <class Signature>
inline constexpr bool kIsFn<Fn<Signature>> = true;
/// Any Fn.
template <class T>
concept FunctionReference = kIsFn<T>;

}  // namespace ringside
