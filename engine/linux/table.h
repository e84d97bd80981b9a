#pragma once
// The function table of Linux 6.1.192.

#include <span>

#include "engine/core/function.h"

namespace ringside {

/// All functions of the model of Linux 6.1.192, in order of FunctionId. Asserts once that none is missing or defined
/// twice.
std::span<const FunctionInfo> linux61Table();

}  // namespace ringside
