#pragma once
// Every function of the model by id and prototype: `fn::ip_rcv_core` is a Fn<bool(SkbId)>. No file of linux/ includes
// another; they call each other by these, as the kernel calls through pointers. Arguments keep the prototype's order;
// what a simplified model does not need is left out.

#include "engine/core/function.h"
#include "engine/linux/functions_kernel.h"
#include "engine/linux/functions_net.h"

namespace ringside::fn {

enum Number : FunctionId {
#define RS_NUMBER(name, ...) k_##name,
    RS_KERNEL_FUNCTIONS(RS_NUMBER) RS_NET_FUNCTIONS(RS_NUMBER)
#undef RS_NUMBER
        kCount
};

#define RS_PROTOTYPE(name, ...) inline constexpr Fn<__VA_ARGS__> name{k_##name};
RS_KERNEL_FUNCTIONS(RS_PROTOTYPE)
RS_NET_FUNCTIONS(RS_PROTOTYPE)
#undef RS_PROTOTYPE

}  // namespace ringside::fn
