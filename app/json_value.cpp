#include "app/json_value.h"

#include <algorithm>

namespace ringside {

nlohmann::ordered_json toJson(const Value& value) {
    using Json = nlohmann::ordered_json;
    switch (value.kind) {
        case Value::Kind::none:
            return nullptr;
        case Value::Kind::number:
            return value.number;
        case Value::Kind::boolean:
            return value.number != 0;
        case Value::Kind::text:
            return value.text;
        case Value::Kind::group:
            break;
        case Value::Kind::list: {
            // elements named 0, 1, 2 … are an array; those with keys of their own ("eth0", pids, pool slots) an object
            bool plain = true;
            for (std::size_t i = 0; i < value.children.size(); ++i)
                plain = plain && value.children[i].name == std::to_string(i);
            if (!plain) break;
            Json list = Json::array();
            for (const Value& child : value.children) list.push_back(toJson(child));
            return list;
        }
    }
    Json object = Json::object();
    for (const Value& child : value.children) object[child.name] = toJson(child);
    return object;
}

}  // namespace ringside
