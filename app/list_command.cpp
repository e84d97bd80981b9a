#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/language.h"
#include "app/open_input.h"
#include "app/speech.h"
#include "lessons/catalog.h"

namespace ringside {

int listCommand(const ListOptions& options, Output& out, std::FILE* err) {
    speak(options.lang);
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
        out.print("{}\n", all.dump(1));
    } else {
        const std::string lang = languageOf(options.lang);
        for (const LessonInfo& lesson : catalog.lessons) {
            const auto title = lesson.title.find(lang);
            out.print("{:03}  {:<24} {}\n", lesson.order, lesson.id,
                      title == lesson.title.end() ? std::string_view() : std::string_view(title->second));
        }
    }
    for (const Error& error : catalog.errors) complain(err, said(error));
    return catalog.errors.empty() ? 0 : 1;
}

}  // namespace ringside
