#include <unistd.h>

#include <iostream>

#include "app/commands.h"
#include "app/event_json.h"
#include "app/language.h"
#include "app/open_input.h"
#include "engine/history/timeline.h"
#include "lessons/catalog.h"
#include "lessons/player.h"

namespace ringside {
namespace {

/// Both languages' words of this little interface.
struct Words {
    const char *step, *predict, *choose, *right, *wrong, *skip, *keys, *simplified;
};
constexpr Words kEnglish{"Step {} of {}", "Predict",  "Your answer (1 to {}, Enter skips): ", "Right. ",
                         "Not so. ",      "Skipped.", "Enter: on   b: back   q: end > ",      "Simplified here"};
constexpr Words kChinese{"第 {} 步，共 {} 步",
                         "预测",
                         "你的答案（1 到 {}，回车跳过）：",
                         "对。",
                         "不对。",
                         "已跳过。",
                         "回车：继续   b：后退   q：结束 > ",
                         "此处有简化"};

class TextLesson {
  public:
    TextLesson(std::shared_ptr<const Lesson> lesson, Start start, std::string lang, KernelText text, Output& out,
               bool interactive)
        : m_lesson(std::move(lesson)),
          m_timeline(std::move(start)),
          m_run(m_timeline),
          m_lang(std::move(lang)),
          m_text(std::move(text)),
          m_out(out),
          m_interactive(interactive),
          m_words(m_lang == "zh_CN" ? kChinese : kEnglish) {}

    /// From the step with this id; empty: the first.
    std::optional<Error> run(const std::string& from) {
        LabPlayer lab(m_timeline);
        if (std::optional<Error> error = lab.play(m_lesson->lab)) return error;
        Player player(m_lesson, m_run);
        const LessonText& text = m_lesson->text(m_lang);
        m_out.print("{}\n{}\n", text.title, text.intro);
        std::size_t step = 0;
        if (!from.empty()) {
            const Result<std::size_t> named = stepOf(*m_lesson, from);
            if (!named) return named.error();
            if (const Result<Position> at = player.openAt(*named); !at) return at.error();
            step = *named;
        }
        while (step < player.stepCount() && !m_out.failed()) {
            const Result<Position> position = player.goTo(step);
            if (!position) return position.error();
            if (std::optional<Error> error = show(player, step, *position)) return error;
            if (const Question* question = player.openQuestion()) {
                if (std::optional<Error> error = ask(player, *question, step)) return error;
            }
            if (!m_interactive) {
                ++step;
                continue;
            }
            const std::optional<std::string> key = read(m_words.keys);
            if (!key || *key == "q") return std::nullopt;
            if (*key == "b")
                step = step ? step - 1 : 0;
            else
                ++step;
        }
        m_out.print("\n{}\n", text.end);
        for (const auto& [id, note] : text.simplified)
            m_out.print("{}: {}\n", m_words.simplified, note.reply.empty() ? note.label : note.reply);
        return std::nullopt;
    }

  private:
    std::optional<std::string> read(std::string_view prompt) {
        m_out.print("{}", prompt);
        m_out.flush();
        std::string line;
        if (!std::getline(std::cin, line)) return std::nullopt;
        return line;
    }

    std::optional<Error> show(Player& player, std::size_t step, Position position) {
        m_out.print("\n{}  ·  {}\n", fmt::format(fmt::runtime(m_words.step), step + 1, player.stepCount()),
                    player.title(step, m_lang));
        if (position > 0) {
            if (const std::optional<Event> event = m_timeline.event(position)) {
                std::string line;
                appendEventText(line, m_timeline.at(position), m_timeline.inputs(), *event, m_text);
                m_out.print("{}\n", line);
            }
        }
        const Result<std::string> narration = player.narration(step, m_lang);
        if (!narration) return narration.error();
        m_out.print("\n{}\n", *narration);
        return std::nullopt;
    }

    std::optional<Error> ask(Player& player, const Question& question, std::size_t step) {
        const Result<std::string> prompt = player.prompt(step, m_lang);
        if (!prompt) return prompt.error();
        const LessonText& text = m_lesson->text(m_lang);
        m_out.print("\n[{}] {}\n", m_words.predict, *prompt);
        const QuestionText* texts = nullptr;
        if (const auto s = text.steps.find(m_lesson->steps[step].id); s != text.steps.end()) {
            if (const auto q = s->second.questions.find(question.id); q != s->second.questions.end())
                texts = &q->second;
        }
        for (std::size_t i = 0; i < question.choices.size(); ++i) {
            const auto reply = texts ? texts->replies.find(question.choices[i].id)
                                     : std::map<std::string, ReplyText>::const_iterator{};
            m_out.print("  {}. {}\n", i + 1,
                        texts && reply != texts->replies.end() ? reply->second.label : question.choices[i].id);
        }
        std::optional<std::string> typed;
        if (m_interactive) typed = read(fmt::format(fmt::runtime(m_words.choose), question.choices.size()));
        std::string answer = typed.value_or("");
        if (question.kind == Question::Kind::choice && !answer.empty()) {
            const unsigned long n = std::strtoul(answer.c_str(), nullptr, 10);
            answer = n >= 1 && n <= question.choices.size() ? question.choices[n - 1].id : "";
        }
        if (answer.empty()) {
            player.skip();
            m_out.print("{}\n", m_words.skip);
            return std::nullopt;
        }
        const Result<Grade> grade = player.answer(answer, m_lang);
        if (!grade) return grade.error();
        m_out.print("{}{}\n", grade->right ? m_words.right : m_words.wrong, grade->reply);
        return std::nullopt;
    }

    std::shared_ptr<const Lesson> m_lesson;
    Timeline m_timeline;
    TimelineRun m_run;
    std::string m_lang;
    KernelText m_text;
    Output& m_out;
    bool m_interactive;
    const Words& m_words;
};

}  // namespace

int textLesson(const StepOptions& options, std::FILE* in, Output& out, std::FILE* err) {
    const auto fail = [&](const Error& error) {
        out.flush();
        complain(err, error.message());
        return 1;
    };
    const LessonAddress address = lessonAddress(options.input.input);
    InputOptions input = options.input;
    input.input = address.lesson;
    Result<OpenedInput> opened = openInput(input, err);
    if (!opened) return fail(opened.error());
    if (!opened->lesson) return fail(Error{"--text", "a lesson", "\"" + options.input.input + "\""});
    Result<Start> start = opened->scenario.start();
    if (!start) return fail(start.error());
    Result<KernelText> text = kernelText(options.lang);
    if (!text) return fail(text.error());
    TextLesson lesson(opened->lesson, std::move(*start), languageOf(options.lang), std::move(*text), out,
                      isatty(fileno(in)) != 0);
    if (std::optional<Error> error = lesson.run(address.step)) return fail(*error);
    return 0;
}

}  // namespace ringside
