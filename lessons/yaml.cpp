#include "lessons/yaml.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>

namespace ringside {
namespace {

constexpr std::size_t kShownText = 40;
constexpr std::size_t kNamedKeys = 13;  // with more, the nearest key says more than the list of all

std::string quoted(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    if (text.size() > kShownText) {
        std::size_t cut = kShownText;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0U) == 0x80U)
            --cut;  // not inside a UTF-8 character
        text = text.substr(0, cut) + "…";
    }
    return "\"" + text + "\"";
}

std::optional<std::int64_t> parseInteger(std::string_view text) {
    bool negative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    int base = 10;
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        base = 16;
        text.remove_prefix(2);
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty() || text[0] == '-') return std::nullopt;
    return negative ? -value : value;
}

/// Sees where documents begin, nothing else.
class DocumentStarts : public YAML::EventHandler {
  public:
    explicit DocumentStarts(const std::string& file) : m_file(file) {}
    void OnDocumentStart(const YAML::Mark& mark) override {
        if (m_first) throw YamlFailure{{yamlPlace(m_file, mark), "one YAML document", "a second one"}};
        m_first = true;
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}

  private:
    const std::string& m_file;
    bool m_first = false;
};

/// yaml-cpp's LoadAll() never ends on a text that begins with a comma: it finds empty documents without number there.
void refuseSecondDocument(const std::string& text, const std::string& file) {
    std::istringstream in(text);
    YAML::Parser parser(in);
    DocumentStarts starts(file);
    while (parser.HandleNextDocument(starts)) {
    }
}

}  // namespace

std::string YamlView::place() const {
    for (const auto& [node, option] : m_source->overrides) {
        if (node.is(m_node)) return option;
    }
    const YAML::Mark mark = m_node.Mark();
    if (mark.is_null()) return m_source->file;
    return fmt::format("{}:{}:{}", m_source->file, mark.line + 1, mark.column + 1);
}

std::string YamlView::describe() const {
    if (isNull()) return "nothing";
    if (isMap()) return "a map";
    if (isList()) return "a list";
    return quoted(m_node.Scalar());
}

void YamlView::fail(std::string expected) const { throw YamlFailure{{place(), std::move(expected), describe()}}; }
void YamlView::fail(std::string expected, std::string found) const {
    throw YamlFailure{{place(), std::move(expected), std::move(found)}};
}

void YamlView::failName(const std::string& given, const std::vector<std::string>& known) const {
    const std::string near = nearestName(given, known);
    const std::string suggestion = near.empty() ? std::string{} : fmt::format(" (did you mean \"{}\"?)", near);
    fail(known.size() <= 8 || near.empty() ? fmt::format("one of {}", fmt::join(known, ", ")) : "a known name",
         quoted(given) + suggestion);
}

void YamlView::keys(std::span<const std::string_view> known) const {
    std::set<std::string> seen;
    for (const auto& [key, value] : entries()) {
        const std::string name = key.text();
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            const std::vector<std::string> names(known.begin(), known.end());
            const std::string near = nearestName(name, names);
            key.fail(names.size() > kNamedKeys && !near.empty()
                         ? "a known key"
                         : fmt::format("one of the keys {}", fmt::join(names, ", ")),
                     "unknown key " + quoted(name) +
                         (near.empty() ? std::string{} : fmt::format(" (did you mean \"{}\"?)", near)));
        }
        if (!seen.insert(name).second) key.fail("each key once", quoted(name) + " a second time");
    }
}

std::vector<std::pair<YamlView, YamlView>> YamlView::entries() const {
    if (!isMap()) fail("a map");
    std::vector<std::pair<YamlView, YamlView>> all;
    for (const auto& entry : m_node)
        all.emplace_back(YamlView(m_source, entry.first), YamlView(m_source, entry.second));
    return all;
}

std::vector<YamlView> YamlView::list() const {
    if (!isList()) fail("a list");
    std::vector<YamlView> all;
    for (const auto& element : m_node) all.emplace_back(m_source, element);
    return all;
}

std::optional<YamlView> YamlView::find(std::string_view key) const {
    if (!isMap()) fail("a map");
    // a const Node does not grow when it is asked for a key
    const YAML::Node& fixed = m_node;
    const YAML::Node value = fixed[std::string(key)];
    if (!value.IsDefined() || value.IsNull()) return std::nullopt;
    return YamlView(m_source, value);
}

YamlView YamlView::need(std::string_view key) const {
    std::optional<YamlView> value = find(key);
    if (!value) fail(fmt::format("the key \"{}\"", key), "a map without it");
    return *value;
}

std::string YamlView::text() const {
    if (!isScalar()) fail("a text");
    return m_node.Scalar();
}

std::int64_t YamlView::integer(std::int64_t least, std::int64_t most) const {
    const std::optional<std::int64_t> value = isScalar() ? parseInteger(m_node.Scalar()) : std::nullopt;
    if (!value || *value < least || *value > most) fail(fmt::format("a whole number from {} to {}", least, most));
    return *value;
}

bool YamlView::boolean() const {
    const std::string value = isScalar() ? m_node.Scalar() : std::string{};
    if (value == "true" || value == "yes" || value == "on" || value == "1") return true;
    if (value == "false" || value == "no" || value == "off" || value == "0") return false;
    fail("true or false");
}

Time YamlView::time() const {
    const Result<Time> value = parseTime(isScalar() ? m_node.Scalar() : std::string{});
    if (!value) fail(value.error().expected);
    return *value;
}

std::uint32_t YamlView::size(std::uint32_t most) const {
    const std::optional<std::uint32_t> value = isScalar() ? parseSize(m_node.Scalar()) : std::nullopt;
    if (!value || *value > most) fail(fmt::format("a size as 142 B or 64KiB, at most {} B", most));
    return *value;
}

Result<YamlView> parseYaml(std::string_view text, const std::string& file) {
    return loading(file, [&] {
        auto source = std::make_shared<YamlSource>();
        source->file = file;
        if (text.size() > std::size_t{4} << 20)
            throw YamlFailure{{file, "a text of at most 4 MiB", fmt::format("{} bytes", text.size())}};
        if (text.find('\0') != std::string_view::npos) throw YamlFailure{{file, "a YAML text", "a binary file"}};
        const std::string whole(text);
        refuseSecondDocument(whole, file);
        source->root = YAML::Load(whole);
        if (!source->root || source->root.IsNull()) throw YamlFailure{{file, "a YAML document", "an empty file"}};
        return YamlView(source, source->root);
    });
}

Result<std::string> readTextFile(const std::filesystem::path& path, std::size_t most) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return Error{path.string(), "a file", "a folder"};
    // a pipe or a device could keep the reader waiting for ever
    if (std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error)) {
        return Error{path.string(), "a file", "a device or a pipe"};
    }
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return Error{path.string(), "a file that can be read",
                     errno == ENOENT   ? "no such file"
                     : errno == EACCES ? "one that may not be read (permission denied)"
                                       : "one that cannot"};
    }
    std::string text;
    char block[65536];
    while (in.read(block, sizeof block), in.gcount() > 0) {
        text.append(block, static_cast<std::size_t>(in.gcount()));
        if (text.size() > most) return Error{path.string(), fmt::format("a text of at most {} bytes", most), "more"};
    }
    return text;
}

std::optional<Error> setValue(const YamlView& root, const std::string& key, const std::string& value) {
    const std::string place = "--set " + key + "=" + value;
    const auto wrong = [&](std::string expected, std::string found) {
        return Error{place, std::move(expected), std::move(found)};
    };
    try {
        YAML::Node fresh = YAML::Load(value);
        YAML::Node here = root.node();
        std::string_view rest = key;
        bool sysctl = false;  // the names below it have dots of their own
        if (rest.empty()) return wrong("KEY=VALUE", "no key");
        while (!rest.empty()) {
            if (rest.front() == '.') rest.remove_prefix(1);
            std::string part;
            const bool bracket = !rest.empty() && rest.front() == '[';
            if (bracket) {
                const std::size_t close = rest.find(']');
                if (close == std::string_view::npos) return wrong("a closing ]", key);
                part = rest.substr(1, close - 1);
                rest.remove_prefix(close + 1);
            } else {
                const std::size_t stop = sysctl ? rest.size() : rest.find_first_of(".[");
                part = rest.substr(0, stop);
                rest.remove_prefix(part.size());
            }
            sysctl = part == "sysctl" && here.is(root.node());
            if (part.empty()) return wrong("a path of names joined by dots", key);
            YAML::Node child;
            if (here.IsSequence()) {
                const std::optional<std::int64_t> index = parseInteger(part);
                if (index && *index >= 0 && *index < static_cast<std::int64_t>(here.size())) {
                    child.reset(here[static_cast<std::size_t>(*index)]);
                } else {
                    bool found = false;
                    for (YAML::Node element : here) {
                        const YAML::Node& fixed = element;
                        if (element.IsMap() && fixed["name"].IsDefined() && fixed["name"].IsScalar() &&
                            fixed["name"].Scalar() == part) {
                            child.reset(element);
                            found = true;
                            break;
                        }
                    }
                    if (!found)
                        return wrong(
                            fmt::format("an element of the list by number below {} or by its name", here.size()),
                            quoted(part));
                }
            } else if (here.IsMap() || here.IsNull() || !here.IsDefined()) {
                child.reset(here[part]);
            } else {
                return wrong("a path into a map or a list", quoted(part) + " below a plain value");
            }
            if (rest.empty()) child = fresh;  // assignment writes into the document
            here.reset(child);
        }
        root.source()->overrides.emplace_back(here, place);
        return std::nullopt;
    } catch (const YAML::Exception& e) {
        return wrong("a YAML value", e.msg);
    }
}

}  // namespace ringside
