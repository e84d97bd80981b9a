#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/open_input.h"
#include "lessons/catalog.h"

namespace ringside {

int listCommand(const ListOptions& options, std::FILE* out, std::FILE* err) {
    const Catalog catalog = readCatalog(catalogFolder(dataFolder()));
    if (options.json) {
        auto all = nlohmann::ordered_json::array();
        for (const LessonInfo& lesson : catalog.lessons) {
            auto steps = nlohmann::ordered_json::array();
            for (const LessonInfo::Step& step : lesson.steps) steps.push_back({{"id", step.id}, {"title", step.title}});
            all.push_back({{"id", lesson.id},
                           {"order", lesson.order},
                           {"part", lesson.part},
                           {"title", lesson.title},
                           {"steps", steps}});
        }
        fmt::print(out, "{}\n", all.dump(1));
    } else {
        for (const LessonInfo& lesson : catalog.lessons) {
            const auto title = lesson.title.find(options.lang);
            fmt::print(out, "{:03}  {:<24} {}\n", lesson.order, lesson.id,
                       title == lesson.title.end() ? "" : title->second);
        }
    }
    for (const Error& error : catalog.errors) fmt::print(err, "ringside: {}\n", error.message());
    return catalog.errors.empty() ? 0 : 1;
}

}  // namespace ringside
