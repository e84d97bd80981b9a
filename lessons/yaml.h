#pragma once
// YAML with places: every value knows its file, line and column, unknown and repeated keys are refused, and a value of
// the wrong kind says what was expected. Inside the loaders a failure is thrown (YamlFailure); what a loader offers to
// others returns a Result.

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/result.h"
#include "lessons/units.h"

namespace ringside {

/// Thrown by YamlView inside a loader, and caught by it.
struct YamlFailure {
    Error error;
};

/// A document with its file name and the values that were set from outside ("--set KEY=VALUE").
struct YamlSource {
    std::string file;
    YAML::Node root;
    std::vector<std::pair<YAML::Node, std::string>> overrides;
};

/// A value of a document.
class YamlView {
  public:
    YamlView(std::shared_ptr<YamlSource> source, const YAML::Node& node) : m_source(std::move(source)), m_node(node) {}

    [[nodiscard]] bool isMap() const { return m_node.IsMap(); }
    [[nodiscard]] bool isList() const { return m_node.IsSequence(); }
    [[nodiscard]] bool isScalar() const { return m_node.IsScalar(); }
    [[nodiscard]] bool isNull() const { return !m_node.IsDefined() || m_node.IsNull(); }
    /// "file:line:column" of the value, or the option that set it.
    [[nodiscard]] std::string place() const;
    /// Line and column, from 1; 0 for a value that came from outside.
    [[nodiscard]] int line() const { return m_node.Mark().line + 1; }
    [[nodiscard]] int column() const { return m_node.Mark().column + 1; }
    [[nodiscard]] const std::string& file() const { return m_source->file; }

    /// The value is not what is needed: throws with its place.
    [[noreturn]] void fail(std::string expected) const;
    [[noreturn]] void fail(std::string expected, std::string found) const;

    /// The value must be a map with no keys but these, each once.
    void keys(std::span<const std::string_view> known) const;
    void keys(std::initializer_list<std::string_view> known) const { keys(std::span(known.begin(), known.size())); }
    /// The entries of a map in the order of the file.
    [[nodiscard]] std::vector<std::pair<YamlView, YamlView>> entries() const;
    /// The elements of a list.
    [[nodiscard]] std::vector<YamlView> list() const;
    /// The value under a key, if the key is there and not null.
    [[nodiscard]] std::optional<YamlView> find(std::string_view key) const;
    /// The value under a key that must be there.
    [[nodiscard]] YamlView need(std::string_view key) const;

    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::int64_t integer(std::int64_t least, std::int64_t most) const;
    template <class T>
    [[nodiscard]] T integer(T least, T most) const {
        return static_cast<T>(integer(static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)));
    }
    [[nodiscard]] bool boolean() const;
    [[nodiscard]] Time time() const;
    [[nodiscard]] std::uint32_t size(std::uint32_t most) const;
    /// One of these names; the error names them all, or the nearest.
    template <class T>
    [[nodiscard]] T oneOf(const std::vector<std::pair<std::string_view, T>>& names) const {
        const std::string given = text();
        std::vector<std::string> known;
        for (const auto& [name, value] : names) {
            if (name == given) return value;
            known.emplace_back(name);
        }
        failName(given, known);
    }
    /// Refuses a name that is none of the known ones.
    [[noreturn]] void failName(const std::string& given, const std::vector<std::string>& known) const;

    [[nodiscard]] const YAML::Node& node() const { return m_node; }
    [[nodiscard]] const std::shared_ptr<YamlSource>& source() const { return m_source; }

  private:
    [[nodiscard]] std::string describe() const;
    std::shared_ptr<YamlSource> m_source;
    YAML::Node m_node;
};

/// Parses a text; `file` is its name in messages. Texts over 4 MiB are refused.
Result<YamlView> parseYaml(std::string_view text, const std::string& file);
/// Reads a file of at most `most` bytes as text.
Result<std::string> readTextFile(const std::filesystem::path& path, std::size_t most = std::size_t{4} << 20);
/// Sets the value at a path ("nics.eth0.ring", "tasks[0].cpu", "sysctl.net.core.netdev_budget") as "--set KEY=VALUE"
/// does. List elements go by index or by their `name`; a key that is not there is added, for the loader to judge.
std::optional<Error> setValue(const YamlView& root, const std::string& key, const std::string& value);

/// "file:line:column".
inline std::string yamlPlace(const std::string& file, const YAML::Mark& mark) {
    return file + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1);
}

/// Runs a loader and turns what it throws, and what the YAML library throws, into a Result.
template <class F>
auto loading(const std::string& file, F&& load) -> Result<decltype(load())> {
    try {
        return load();
    } catch (const YamlFailure& failure) {
        return failure.error;
    } catch (const YAML::Exception& e) {
        return Error{yamlPlace(file, e.mark), "YAML", e.msg};
    }
}

}  // namespace ringside
