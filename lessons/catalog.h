#pragma once
// The lessons in a folder, in the order they are taught in.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "lessons/lesson.h"

namespace ringside {

/// What a list of lessons shows.
struct LessonInfo {
    struct Step {
        std::string id;
        std::map<std::string, std::string> title;  ///< by language
    };
    std::string id;
    int order = 0;
    std::string part;
    std::map<std::string, std::string> title;
    std::map<std::string, std::string> intro;
    std::vector<Step> steps;
    std::filesystem::path folder;
};

struct Catalog {
    std::vector<LessonInfo> lessons;  ///< by order, then id
    std::vector<Error> errors;        ///< folders that hold no readable lesson; the others are there all the same

    /// The lesson with this id.
    [[nodiscard]] const LessonInfo* find(std::string_view id) const;
    /// The lesson taught after this one; null after the last, and for an unknown id.
    [[nodiscard]] const LessonInfo* after(std::string_view id) const;
    /// The id that was probably meant, or nothing.
    [[nodiscard]] std::string nearest(std::string_view id) const;
};

/// Reads every folder with a lesson.yaml in `folder`. A folder that is not there gives an empty catalog with an error.
Catalog readCatalog(const std::filesystem::path& folder);

/// Where lessons lie: `lessons/catalog` of a source tree, or `lessons/catalog` in the data folder of an installed
/// program.
std::filesystem::path catalogFolder(const std::filesystem::path& data);

/// Loads a lesson named by id, or by the path of its folder or lesson.yaml. The error of an unknown id names the
/// nearest one.
Result<Lesson> openLesson(const std::string& name, const std::filesystem::path& catalog,
                          const std::vector<Override>& overrides = {});

/// "wire-to-recvfrom#ip", an address of a step, taken apart.
struct LessonAddress {
    std::string lesson;  ///< id or path
    std::string step;    ///< empty: the beginning
};
/// What exists under the whole name is no address of a step.
LessonAddress lessonAddress(const std::string& name);

/// The index of a step of an address; the error names the lesson's steps, the nearest first.
Result<std::size_t> stepOf(const Lesson& lesson, const std::string& step);

/// A lesson's list entry.
LessonInfo infoOf(const Lesson& lesson);

}  // namespace ringside
