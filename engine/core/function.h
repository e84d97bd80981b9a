#pragma once
// A kernel function as a short list of stages. The types here turn a struct of linux/ into a row of the function table;
// how such a struct looks is shown in engine/README.md.

#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/frame.h"
#include "engine/core/value.h"

namespace ringside {

struct K;
class HashVisitor;
struct HeldSkbs;

/// What a stage came to; `step` acts on it.
struct Next {
    enum class Kind : std::uint8_t { stage, call, returns, tail, wait, switch_to };
    Kind kind = Kind::stage;
    std::uint8_t stage = 0;  ///< where this function goes on (stage, call, wait, switch_to)
    TaskId task{};           ///< switch_to: who runs next
    std::int64_t value = 0;  ///< returns: the result; wait: until when (kNever: until an interrupt)
};
static_assert(sizeof(Next) == 16);

/// One visible thing a function does.
struct StageInfo {
    const char* name;
    Next (*run)(K&, Frame&);
    std::uint32_t cost;  ///< notional nanoseconds, see engine/linux/cost.h
};

/// A row of the function table.
struct FunctionInfo {
    FunctionId id;
    const char* name;
    const char* source;  ///< file in the kernel's tree; "hardware" and "user space" otherwise
    const char* doc;     ///< one sentence
    std::span<const StageInfo> stages;
    std::int16_t skb_offset;  ///< where Frame::locals has the skb the function is about; -1: nowhere
    /// Arguments and locals as named values; null: it has none. The bytes are those of Stack::locals(); what is missing
    /// at their end counts as 0.
    void (*locals)(std::span<const std::byte>, Value&);
    /// Folds arguments and locals, hidden ones too; null: it has none.
    void (*hash)(std::span<const std::byte>, HashVisitor&) = nullptr;
    std::span<const std::string_view> members = {};  ///< by stage: the member function it is, its name for translations
    std::uint64_t name_hash = 0;                     ///< hashOfName(name): functions go into fingerprints by this
    std::uint16_t overflow = 0;           ///< bytes of arguments and locals, if they are more than a frame holds
    std::int16_t overflow_skb = -1;       ///< as skb_offset in those; the frame then holds a copy at 0
    std::size_t (*unlisted)() = nullptr;  ///< bytes of the locals in no field list, for tests
    /// Collects the packet buffers among arguments and locals; null: it has none.
    void (*held)(std::span<const std::byte>, HeldSkbs&) = nullptr;
};

/// A string as template argument.
template <std::size_t N>
struct FixedString {
    char text[N];
    constexpr FixedString(const char (&literal)[N]) {  // NOLINT(google-explicit-constructor)
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }
};

/// A member function as a type; GCC 12 under UBSan rejects comparing member pointers in constant expressions, types
/// always work.
template <auto Member>
struct StageTag {};

namespace detail {
/// The last identifier of a member's qualified name: "mine" of &ip_rcv_core::mine.
template <auto Member>
constexpr std::string_view memberName() {
    std::string_view name =
        __PRETTY_FUNCTION__;  // "… [with auto Member = &ringside::{anonymous}::ip_rcv_core::mine; …]"
    name = name.substr(name.find("Member = "));
    name = name.substr(0, name.find_first_of(";]"));
    const auto part = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    while (!part(name.back())) name.remove_suffix(1);
    std::size_t begin = name.size();
    while (begin > 0 && part(name[begin - 1])) --begin;
    return name.substr(begin);
}

template <class M>
struct StageMember;
template <class C>
struct StageMember<Next (C::*)(K&)> {
    using Self = C;
    using Result = void;
};
template <class C, class R>
struct StageMember<Next (C::*)(K&, R)> {
    using Self = C;
    using Result = R;
};

/// Results travel in 64 bits: numbers, booleans, enums and ids.
template <class R>
R fromResult(std::uint64_t raw) {
    static_assert(sizeof(R) <= sizeof raw && std::is_trivially_copyable_v<R>);
    R value;
    std::memcpy(static_cast<void*>(&value), &raw, sizeof value);
    return value;
}
template <class R>
std::uint64_t toResult(const R& value) {
    static_assert(sizeof(R) <= 8 && std::is_trivially_copyable_v<R>);
    std::uint64_t raw = 0;
    std::memcpy(&raw, &value, sizeof value);
    return raw;
}

/// The struct of a frame of the current task's stack that outgrew it.
std::byte* overflowOf(K& k, const Frame& frame);

template <class F>
inline constexpr bool kOverflows = sizeof(F) > sizeof(Frame::locals);

template <auto Member>
Next runStage(K& k, Frame& frame) {
    using M = StageMember<decltype(Member)>;
    using Self = typename M::Self;
    static_assert(std::is_trivially_copyable_v<Self>);
    const auto run = [&](Self& self) {
        if constexpr (std::is_void_v<typename M::Result>)
            return (self.*Member)(k);
        else
            return (self.*Member)(k, fromResult<typename M::Result>(frame.result));
    };
    if constexpr (!kOverflows<Self>) {
        return run(*reinterpret_cast<Self*>(frame.locals.data()));
    } else {
        auto& self = *reinterpret_cast<Self*>(overflowOf(k, frame));
        const Next next = run(self);
        if constexpr (requires { self.skb; }) std::memcpy(frame.locals.data(), &self.skb, sizeof self.skb);
        return next;
    }
}

/// Puts arguments where a struct that begins with members of these types has them.
template <class... A>
void packArguments([[maybe_unused]] std::byte* locals, const A&... args) {
    [[maybe_unused]] std::size_t at = 0;
    (
        [&] {
            at = (at + alignof(A) - 1) / alignof(A) * alignof(A);
            std::memcpy(locals + at, &args, sizeof(A));
            at += sizeof(A);
        }(),
        ...);
}
template <class... A>
constexpr std::size_t packedSize() {
    std::size_t at = 0;
    ((at = (at + alignof(A) - 1) / alignof(A) * alignof(A) + sizeof(A)), ...);
    return at;
}
}  // namespace detail

/// `Stage<"take the next skb", &Self::each, cost::list_step>`
template <FixedString Name, auto Member, std::uint32_t Cost>
struct Stage {
    using tag = StageTag<Member>;
    static constexpr FixedString name = Name;
    static constexpr std::string_view member = detail::memberName<Member>();
    static constexpr StageInfo info{name.text, &detail::runStage<Member>, Cost};
};

/// The stages of a function in the order in which they stand in it; the first is where it begins.
template <class... S>
struct Stages {
    static constexpr StageInfo infos[] = {S::info...};
    static constexpr std::string_view members[] = {S::member...};
    template <auto Member>
    static constexpr std::uint8_t indexOf() {
        constexpr bool hits[] = {std::is_same_v<typename S::tag, StageTag<Member>>...};
        for (std::uint8_t i = 0; i < sizeof...(S); ++i) {
            if (hits[i]) return i;
        }
        return 0xff;
    }
};

template <auto Member>
constexpr std::uint8_t stageIndex() {
    using Self = typename detail::StageMember<decltype(Member)>::Self;
    constexpr std::uint8_t index = Self::stages::template indexOf<Member>();
    static_assert(index != 0xff, "this member is not listed in `stages`");
    return index;
}

/// Go on with another stage of the same function.
template <auto Member>
Next next() {
    return {Next::Kind::stage, stageIndex<Member>(), {}, 0};
}
/// C's `return;` and `return value;`.
inline Next ret() { return {Next::Kind::returns, 0, {}, 0}; }
template <class R>
Next ret(R value) {
    return {Next::Kind::returns, 0, {}, static_cast<std::int64_t>(detail::toResult(value))};
}
/// Wait until a time, interrupts permitted; kNever: until one comes. Goes on with `Member`.
template <auto Member>
Next wait(Time until) {
    return {Next::Kind::wait, stageIndex<Member>(), {}, until};
}
/// The CPU goes on with another task's stack; when this task runs again it goes on with `Member`.
template <auto Member>
Next switchTo(TaskId task) {
    return {Next::Kind::switch_to, stageIndex<Member>(), task, 0};
}

}  // namespace ringside
