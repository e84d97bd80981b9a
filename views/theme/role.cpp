#include "views/theme/role.h"

#include <array>

namespace ringside {

std::string_view nameOf(Role role) {
    static constexpr std::array<std::string_view, kRoles> names{"none",
#define RS_ROLE(name, light, dark, contrast) #name,
                                                                RS_ROLES(RS_ROLE)
#undef RS_ROLE
    };
    return names[static_cast<std::size_t>(role)];
}

std::string_view nameOf(Tone tone) {
    static constexpr std::array<std::string_view, kTones> names{"hw",  "hardirq", "softirq", "process", "user",
                                                                "rcu", "idle",    "drop",    "changed"};
    return names[static_cast<std::size_t>(tone)];
}

Tone toneOf(Context context) {
    switch (context) {
        case Context::idle:
            return Tone::idle;
        case Context::process:
            return Tone::process;
        case Context::softirq:
            return Tone::softirq;
        case Context::hardirq:
            return Tone::hardirq;
        case Context::user:
            return Tone::user;
        case Context::hardware:
            return Tone::hw;
    }
    return Tone::idle;
}

const TextStyle& styleOf(TextToken token) {
    static constexpr std::array<TextStyle, kTextTokens> styles{{
        {"display", false, 52, 60, 700},       {"title", false, 21, 28, 700},
        {"heading", false, 17, 24, 600},       {"body", false, 15, 24, 400},
        {"body_bold", false, 15, 24, 600},     {"ui", false, 14, 20, 400},
        {"ui_medium", false, 14, 20, 500},     {"ui_bold", false, 14, 20, 600},
        {"layer", false, 15, 20, 600},         {"small", false, 13, 20, 400},
        {"small_medium", false, 13, 20, 500},  {"caption", false, 12, 16, 400},
        {"caption_bold", false, 12, 16, 600},  {"mono", true, 13, 20, 400},
        {"mono_medium", true, 13, 20, 500},    {"mono_bold", true, 13, 20, 700},
        {"mono_small", true, 12, 16, 400},     {"mono_title", true, 15, 20, 500},
        {"stop_next", true, 12.5, 16, 400},    {"stop_done", true, 12.5, 16, 500},
        {"stop_current", true, 12.5, 16, 700}, {"index", true, 11.6, 14, 400},
    }};
    return styles[static_cast<std::size_t>(token)];
}

}  // namespace ringside
