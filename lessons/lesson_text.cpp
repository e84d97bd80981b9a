// The Markdown of a lesson: `## step-id` headings with a bold title line and the narration, `### question-id` below
// them, lists keyed by ids. What it may hold is written in lessons/README.md.

#include <fmt/format.h>

#include "lessons/lesson.h"

namespace ringside {
namespace {

std::string_view trimmed(std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
    return s;
}

/// Adds a line to a paragraph text; blank lines part paragraphs, other line breaks become blanks (none between Chinese
/// characters).
void addLine(std::string& text, std::string_view line) {
    line = trimmed(line);
    if (line.empty()) {
        if (!text.empty() && !text.ends_with("\n\n")) text += "\n\n";
        return;
    }
    if (!text.empty() && !text.ends_with('\n')) {
        const bool wide =
            static_cast<unsigned char>(text.back()) >= 0x80 && static_cast<unsigned char>(line.front()) >= 0x80;
        if (!wide) text += ' ';
    }
    text += line;
}
void finish(std::string& text) {
    while (text.ends_with('\n')) text.pop_back();
}

class Parser {
  public:
    Parser(const std::string& markdown, std::string file, const Lesson& lesson) : m_lesson(lesson) {
        m_out.file = std::move(file);
        std::size_t from = 0;
        while (from <= markdown.size()) {
            const std::size_t end = std::min(markdown.find('\n', from), markdown.size());
            m_lines.push_back(std::string_view(markdown).substr(from, end - from));
            from = end + 1;
        }
    }

    LessonText parse() {
        if (m_lines.empty() || !m_lines[0].starts_with("# "))
            fail(0, "\"# \" and the lesson's title on the first line", shown(0));
        m_out.title = trimmed(m_lines[0].substr(2));
        m_at = 1;
        m_out.intro = paragraphs();
        while (m_at < m_lines.size()) section();
        return std::move(m_out);
    }

  private:
    [[noreturn]] void fail(std::size_t line, std::string expected, std::string found) const {
        throw YamlFailure{{fmt::format("{}:{}:1", m_out.file, line + 1), std::move(expected), std::move(found)}};
    }
    [[nodiscard]] std::string shown(std::size_t line) const {
        if (line >= m_lines.size() || trimmed(m_lines[line]).empty()) return "an empty line";
        return fmt::format("\"{}\"", trimmed(m_lines[line]));
    }
    [[nodiscard]] bool heading(std::size_t line) const {
        return m_lines[line].starts_with("## ") || m_lines[line].starts_with("### ");
    }

    /// Text up to the next heading.
    std::string paragraphs() {
        std::string text;
        for (; m_at < m_lines.size() && !heading(m_at); ++m_at) addLine(text, m_lines[m_at]);
        finish(text);
        return text;
    }

    /// Text, then the list items `- id: label` with replies `> …` indented below, up to the next heading.
    std::map<std::string, ReplyText> items(std::string& before, std::vector<std::string>* numbered) {
        std::map<std::string, ReplyText> all;
        ReplyText* item = nullptr;
        std::string* hint = nullptr;
        for (; m_at < m_lines.size() && !heading(m_at); ++m_at) {
            const std::string_view line = m_lines[m_at];
            const std::string_view bare = trimmed(line);
            if (line.starts_with("- ")) {
                const std::size_t colon = line.find(':');
                if (colon == std::string_view::npos) fail(m_at, "\"- id: text\"", shown(m_at));
                const std::string id(trimmed(line.substr(2, colon - 2)));
                const auto [it, fresh] = all.emplace(
                    id, ReplyText{std::string(trimmed(line.substr(colon + 1))), {}, static_cast<int>(m_at + 1)});
                if (!fresh) fail(m_at, "each id once", "\"" + id + "\" a second time");
                item = &it->second;
                hint = nullptr;
            } else if (numbered && line.size() > 3 && line[0] >= '1' && line[0] <= '9' && line[1] == '.' &&
                       line[2] == ' ') {
                numbered->emplace_back(trimmed(line.substr(3)));
                hint = &numbered->back();
                item = nullptr;
            } else if (item && bare.starts_with('>')) {
                addLine(item->reply, bare.substr(1));
            } else if (item && !bare.empty()) {
                if (!item->reply.empty()) fail(m_at, "\">\" before each line of a reply", shown(m_at));
                addLine(item->label, bare);
            } else if (hint && !bare.empty()) {
                addLine(*hint, bare);
            } else if (!item && !hint) {
                addLine(before, line);
            }
        }
        finish(before);
        return all;
    }

    /// "**Title.** narration": the title without its marks, the rest as it is.
    void splitTitle(std::size_t line, const std::string& text, std::string& title, std::string& body) {
        const std::size_t end = text.starts_with("**") ? text.find("**", 2) : std::string::npos;
        if (end == std::string::npos)
            fail(line, "a title in bold at the beginning of the text (\"**Title.** …\")", shown(line + 1));
        title = text.substr(2, end - 2);
        body = text.substr(end + 2);
        body.erase(0, body.find_first_not_of(" \n"));
    }

    void section() {
        const std::size_t line = m_at;
        const std::string id(trimmed(m_lines[m_at].substr(3)));
        if (m_lines[m_at].starts_with("### ")) fail(line, "a question's heading below its step's", shown(line));
        ++m_at;
        if (id == "simplified") {
            std::string before;
            m_out.simplified = items(before, nullptr);
        } else if (id == "end") {
            m_out.end = paragraphs();
            m_out.end_line = static_cast<int>(line + 1);
        } else if (const auto index = m_lesson.stepIndex(id)) {
            if (m_out.steps.contains(id)) fail(line, "each step once", "\"" + id + "\" a second time");
            StepText& step = m_out.steps[id];
            step.line = static_cast<int>(line + 1);
            m_out.order.push_back(id);
            splitTitle(line, paragraphs(), step.title, step.body);
            while (m_at < m_lines.size() && m_lines[m_at].starts_with("### ")) question(step, m_lesson.steps[*index]);
        } else {
            exercise(line, id);
        }
    }

    void question(StepText& step, const LessonStep& of) {
        const std::string id(trimmed(m_lines[m_at].substr(4)));
        if (!of.question || of.question->id != id) {
            fail(m_at,
                 of.question ? fmt::format("the question \"{}\" of step \"{}\"", of.question->id, of.id)
                             : fmt::format("no question in step \"{}\"", of.id),
                 "\"" + id + "\"");
        }
        if (step.questions.contains(id)) fail(m_at, "each question once", "\"" + id + "\" a second time");
        QuestionText text;
        text.line = static_cast<int>(++m_at);
        text.replies = items(text.prompt, nullptr);
        step.questions.emplace(id, std::move(text));
    }

    void exercise(std::size_t line, const std::string& id) {
        std::vector<std::string> known;
        bool found = false;
        for (const LessonStep& s : m_lesson.steps) known.push_back(s.id);
        for (const Exercise& e : m_lesson.exercises) {
            known.push_back(e.id);
            found = found || e.id == id;
        }
        known.insert(known.end(), {"simplified", "end"});
        if (!found) {
            const std::string near = nearestName(id, known);
            fail(line, "the id of a step or exercise of lesson.yaml, simplified or end",
                 "\"" + id + "\"" + (near.empty() ? std::string{} : fmt::format(" (did you mean \"{}\"?)", near)));
        }
        if (m_out.exercises.contains(id)) fail(line, "each exercise once", "\"" + id + "\" a second time");
        ExerciseText& text = m_out.exercises[id];
        text.line = static_cast<int>(line + 1);
        std::string before;
        text.labels = items(before, &text.hints);
        splitTitle(line, before, text.title, text.body);
    }

    const Lesson& m_lesson;
    std::vector<std::string_view> m_lines;
    std::size_t m_at = 0;
    LessonText m_out;
};

}  // namespace

Result<LessonText> parseLessonText(const std::string& markdown, const std::string& file, const Lesson& lesson) {
    return loading(file, [&] { return Parser(markdown, file, lesson).parse(); });
}

}  // namespace ringside
