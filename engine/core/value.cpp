#include "engine/core/value.h"

#include <cstdio>

namespace ringside {

std::string Value::show() const {
    switch (kind) {
        case Kind::none:
            return "NULL";
        case Kind::boolean:
            return number ? "true" : "false";
        case Kind::text:
            return text;
        case Kind::number:
            break;
        case Kind::group:
        case Kind::list:
            return {};
    }
    if (unit == Unit::hex || unit == Unit::flags) {
        char buffer[24];
        std::snprintf(buffer, sizeof buffer, "0x%llx", static_cast<unsigned long long>(number));
        return buffer;
    }
    return std::to_string(number);
}

const Value* Value::child(std::string_view key) const {
    for (const Value& c : children) {
        if (c.name == key) return &c;
    }
    return nullptr;
}

const Value* Value::at(std::string_view path) const {
    const Value* here = this;
    while (!path.empty()) {
        // "[3]" directly after a name, or ".name": both are one step down
        if (path.front() == '.') path.remove_prefix(1);
        std::string_view key;
        if (path.front() == '[') {
            const std::size_t close = path.find(']');
            if (close == std::string_view::npos) return nullptr;
            key = path.substr(1, close - 1);
            path.remove_prefix(close + 1);
        } else {
            const std::size_t stop = path.find_first_of(".[");
            key = path.substr(0, stop);
            path.remove_prefix(key.size());
        }
        here = here->child(key);
        if (!here) return nullptr;
    }
    return here;
}

}  // namespace ringside
