#include "lessons/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ringside {

const LessonInfo* Catalog::find(std::string_view id) const {
    for (const LessonInfo& lesson : lessons) {
        if (lesson.id == id) return &lesson;
    }
    return nullptr;
}

const LessonInfo* Catalog::after(std::string_view id) const {
    for (std::size_t i = 0; i + 1 < lessons.size(); ++i) {
        if (lessons[i].id == id) return &lessons[i + 1];
    }
    return nullptr;
}

std::string Catalog::nearest(std::string_view id) const {
    std::vector<std::string> ids;
    for (const LessonInfo& lesson : lessons) ids.push_back(lesson.id);
    return nearestName(id, ids);
}

LessonInfo infoOf(const Lesson& lesson) {
    LessonInfo info{lesson.id, lesson.order, lesson.part, {}, {}, {}, lesson.folder};
    for (const auto& [language, text] : lesson.texts) {
        info.title[language] = text.title;
        info.intro[language] = text.intro;
    }
    for (const LessonStep& step : lesson.steps) {
        LessonInfo::Step entry{step.id, {}};
        for (const auto& [language, text] : lesson.texts) {
            if (const auto it = text.steps.find(step.id); it != text.steps.end())
                entry.title[language] = it->second.title;
        }
        info.steps.push_back(std::move(entry));
    }
    return info;
}

Catalog readCatalog(const std::filesystem::path& folder) {
    Catalog catalog;
    std::error_code error;
    std::filesystem::directory_iterator entries(folder, error);
    if (error) {
        catalog.errors.push_back({folder.string(), "a folder with lessons", error.message()});
        return catalog;
    }
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : entries) {
        if (std::filesystem::exists(entry.path() / "lesson.yaml", error)) folders.push_back(entry.path());
    }
    std::sort(folders.begin(), folders.end());
    for (const auto& path : folders) {
        const Result<Lesson> lesson = loadLesson(path);
        if (lesson)
            catalog.lessons.push_back(infoOf(*lesson));
        else
            catalog.errors.push_back(lesson.error());
    }
    std::stable_sort(catalog.lessons.begin(), catalog.lessons.end(), [](const LessonInfo& a, const LessonInfo& b) {
        return a.order != b.order ? a.order < b.order : a.id < b.id;
    });
    std::set<std::string> ids;
    for (const LessonInfo& lesson : catalog.lessons) {
        if (!ids.insert(lesson.id).second)
            catalog.errors.push_back(
                {lesson.folder.string(), "an id of its own", "\"" + lesson.id + "\" a second time"});
    }
    return catalog;
}

std::filesystem::path catalogFolder(const std::filesystem::path& data) { return data / "lessons" / "catalog"; }

Result<Lesson> openLesson(const std::string& name, const std::filesystem::path& catalog,
                          const std::vector<Override>& overrides) {
    std::error_code error;
    const std::filesystem::path path(name);
    if (path.filename() == "lesson.yaml" && std::filesystem::exists(path, error))
        return loadLesson(path.parent_path(), overrides);
    if (std::filesystem::exists(path / "lesson.yaml", error)) return loadLesson(path, overrides);
    const Catalog all = readCatalog(catalog);
    if (const LessonInfo* info = all.find(name)) return loadLesson(info->folder, overrides);
    for (const Error& broken : all.errors) {
        // the lesson may be there and broken: its own message says more than "unknown"
        if (broken.place.find(name) != std::string::npos) return broken;
    }
    const std::string near = all.nearest(name);
    return Error{"",
                 near.empty() ? "a lesson of the catalog (see `ringside list`)"
                              : fmt::format("a lesson of the catalog, perhaps \"{}\"", near),
                 fmt::format("\"{}\"", name)};
}

LessonAddress lessonAddress(const std::string& name) {
    std::error_code failed;
    const std::size_t at = name.rfind('#');
    if (at == std::string::npos || at == 0 || std::filesystem::exists(name, failed)) return {name, {}};
    return {name.substr(0, at), name.substr(at + 1)};
}

Result<std::size_t> stepOf(const Lesson& lesson, const std::string& step) {
    if (const auto index = lesson.stepIndex(step)) return *index;
    std::string known;
    for (const LessonStep& s : lesson.steps) known += (known.empty() ? "" : ", ") + s.id;
    return Error{lesson.id, "a step of the lesson (" + known + ")", "\"" + step + "\""};
}

}  // namespace ringside
