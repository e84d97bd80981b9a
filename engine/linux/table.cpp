#include "engine/linux/table.h"

#include <array>
#include <string>

#include "engine/linux/functions.h"

namespace ringside {

// Every file of linux/ and hardware/ that defines functions; one line a file.
// clang-format off
#define RS_FUNCTION_FILES(X)                                                                                         \
    X(hardwareFunctions)                                                                                             \
    X(userModeFunctions)                                                                                             \
    X(archEntryFunctions) X(archApicFunctions) X(archProcessFunctions) X(entryCommonFunctions)                      \
    X(irqFunctions) X(softirqFunctions) X(smpbootFunctions) X(smpFunctions) X(exitFunctions) X(rcuFunctions) X(closeFunctions)                         \
    X(hrtimerFunctions) X(timerFunctions) X(tickFunctions)                                                           \
    X(schedCoreFunctions) X(schedWakeupFunctions) X(schedFairFunctions) X(schedIdleFunctions) X(waitFunctions) \
    X(e1000Functions) X(ethFunctions)                                                                                \
    X(skbuffFunctions) X(skbuffFreeFunctions) X(skbuffCopyFunctions) X(devFunctions) X(devReceiveFunctions)          \
    X(groFunctions) X(offloadFunctions) X(sockFunctions) X(socketFunctions)                                          \
    X(ipInputFunctions) X(routeFunctions) X(ipFragmentFunctions) X(udpFunctions) X(udpRecvmsgFunctions) X(icmpFunctions) \
    X(ip6InputFunctions) X(exthdrsFunctions) X(udp6Functions) X(icmp6Functions)
// clang-format on

#define RS_DECLARE(functions) std::span<const FunctionInfo> functions();
RS_FUNCTION_FILES(RS_DECLARE)
#undef RS_DECLARE

namespace {

using Table = std::array<FunctionInfo, fn::kCount>;

Table gather() {
    Table table{};
    std::array<bool, fn::kCount> seen{};
    const auto add = [&](std::span<const FunctionInfo> functions) {
        for (const FunctionInfo& f : functions) {
            if (seen[f.id]) assertionFailed(("one definition of " + std::string(f.name)).c_str(), __FILE__, __LINE__);
            seen[f.id] = true;
            table[f.id] = f;
        }
    };
#define RS_ADD(functions) add(functions());
    RS_FUNCTION_FILES(RS_ADD)
#undef RS_ADD
    static constexpr const char* names[] = {
#define RS_NAME(name, ...) #name,
        RS_KERNEL_FUNCTIONS(RS_NAME) RS_NET_FUNCTIONS(RS_NAME)
#undef RS_NAME
    };
    for (std::size_t i = 0; i < fn::kCount; ++i) {
        if (!seen[i]) {
            const std::string what =
                std::string(names[i]) + " of functions_*.h is defined by a file of RS_FUNCTION_FILES";
            assertionFailed(what.c_str(), __FILE__, __LINE__);
        }
    }
    return table;
}

}  // namespace

std::span<const FunctionInfo> linux61Table() {
    static const Table table = gather();
    return table;
}

}  // namespace ringside
