#pragma once
// The macros that make a prototype's struct of arguments out of its line in a function list:
//
//     RS_FUNCTION(ip_rcv_core, SkbId, (SkbId, skb))
//
// An argument is (type, name), (type, name, "what it is") or (type, name, Unit::…, "what it is"). What is not said
// there comes from `argumentText(name)`, which the place of expansion has to offer.

#include <concepts>

#include "engine/core/fields.h"
#include "engine/core/fn.h"
#include "engine/core/function.h"

namespace ringside {

/// Unit and doc of an argument.
struct ArgumentText {
    Unit unit = Unit::none;
    std::string_view doc;
};

/// What every struct of arguments has beside them. A function of linux/ begins with its struct of arguments:
/// `struct ip_rcv_core : args::ip_rcv_core { …locals… }`.
template <class R, class... A>
struct Prototype {
    using Function = Fn<R(A...)>;
    using Result = R;

  protected:
    /// C's `return;` and `return value;`: the value has the very type that the prototype returns.
    static Next ret() requires std::is_void_v<R> { return ringside::ret(); }
    template <std::same_as<R> T>
    static Next ret(T value) {
        return ringside::ret(value);
    }
};

}  // namespace ringside

// RS_EACH(M, (a, b), (c)) is M(a, b) M(c), for up to 16 of them.
#define RS_PARENS ()
#define RS_EXPAND(...) RS_EXPAND_2(RS_EXPAND_2(RS_EXPAND_2(RS_EXPAND_2(__VA_ARGS__))))
#define RS_EXPAND_2(...) RS_EXPAND_1(RS_EXPAND_1(RS_EXPAND_1(RS_EXPAND_1(__VA_ARGS__))))
#define RS_EXPAND_1(...) __VA_ARGS__
#define RS_EACH(macro, ...) __VA_OPT__(RS_EXPAND(RS_EACH_STEP(macro, __VA_ARGS__)))
#define RS_EACH_STEP(macro, first, ...) macro first __VA_OPT__(RS_EACH_AGAIN RS_PARENS(macro, __VA_ARGS__))
#define RS_EACH_AGAIN() RS_EACH_STEP

#define RS_ARGUMENT_TYPE(type, ...) , type
#define RS_ARGUMENT_MEMBER(type, name, ...) type name;
#define RS_ARGUMENT_ROW(type, name, ...)                                              \
    {                                                                                 \
        constexpr ArgumentText text = argumentText(#name __VA_OPT__(, ) __VA_ARGS__); \
        v(#name, s.name, text.unit, text.doc);                                        \
    }

/// `struct name`: the arguments as members in the prototype's order, with their field list.
#define RS_ARGUMENTS(name, result, ...)                                       \
    struct name : Prototype<result RS_EACH(RS_ARGUMENT_TYPE, __VA_ARGS__)> {  \
        RS_EACH(RS_ARGUMENT_MEMBER, __VA_ARGS__)                              \
        template <class V, class S>                                           \
        static void arguments([[maybe_unused]] V& v, [[maybe_unused]] S& s) { \
            RS_EACH(RS_ARGUMENT_ROW, __VA_ARGS__)                             \
        }                                                                     \
    };
