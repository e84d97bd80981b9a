#pragma once
// The machine itself: CPUs with their idle tasks and ksoftirqds; and the kernel's settings.

#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/core/keys.h"
#include "engine/core/result.h"
#include "engine/world/inputs.h"
#include "engine/world/world.h"

namespace ringside {

struct Scenario;
struct Building;

/// The kernel's own limit on amd64 (8192) is beyond what a picture can show.
inline constexpr std::int64_t kMostCpus = 256;
inline constexpr KeyChoice kPaces[] = {{"recorded", static_cast<std::int64_t>(Pace::recorded)},
                                       {"unlost", static_cast<std::int64_t>(Pace::unlost)}};

/// The least and the most that a setting may be.
std::pair<std::int64_t, std::int64_t> sysctlLimits(std::string_view name);

/// The kernel's settings under their names, those of the machine and of its network namespace: their field lists are
/// the key list. Refers to what it was made of.
template <class M = const Sysctl, class N = const NetSysctl>
struct SysctlSpec {
    M& machine;
    N& net;

    template <class V, class S>
    static void keys(V& v, S& s) {
        Adapter<V> adapter{v};
        describeSysctls(adapter, s.machine, s.net);
    }

  private:
    template <class V>
    struct Adapter {
        V& v;
        template <class T>
        void operator()(std::string_view name, T& field, Unit = Unit::none, std::string_view doc = {}) {
            const auto [least, most] = sysctlLimits(name);
            v(Key{.name = name, .doc = doc, .least = least, .most = most}, field);
        }
        template <class T>
        void hidden(std::string_view, T&) {}
    };
};
// clang 14 does not deduce the arguments of an aggregate by itself
template <class M, class N>
SysctlSpec(M&, N&) -> SysctlSpec<M, N>;
inline const Sysctl kDefaultSysctl{};
inline const NetSysctl kDefaultNetSysctl{};

/// The pid of the ksoftirqd of a CPU, as the recorded machine has it: 14 for CPU 0, then six kernel threads further for
/// each CPU.
constexpr std::uint32_t ksoftirqdPid(std::uint32_t cpu) { return 14U + 6U * cpu + (cpu ? 1U : 0U); }

void buildMachine(Building& building);

/// A task that has no stack yet and may run anywhere.
TaskId addTask(Machine& machine, std::uint32_t pid, std::string comm, CpuNo cpu);

}  // namespace ringside
