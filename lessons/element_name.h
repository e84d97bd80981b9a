#pragma once
// Names of elements of lists, as expressions read them.

#include <string>

namespace ringside {

/// How an expression says an element of a list: `task.udprx`, `task[ksoftirqd/0]`.
std::string elementName(const std::string& list, const std::string& key);

}  // namespace ringside
