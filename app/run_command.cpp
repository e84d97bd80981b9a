#include <fmt/format.h>

#include "app/commands.h"
#include "app/event_json.h"
#include "app/json_value.h"
#include "app/open_input.h"
#include "engine/capture/writer.h"
#include "engine/core/fields_visitors.h"
#include "engine/history/timeline.h"
#include "engine/step/step.h"
#include "lessons/expression.h"
#include "lessons/kernel_text.h"
#include "lessons/lab_script.h"
#include "lessons/units.h"

namespace ringside {
namespace {

/// Buffered output: a line an event is millions of lines.
class Lines {
  public:
    explicit Lines(std::FILE* out) : m_out(out) {}
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;
    ~Lines() { flush(); }
    std::string& line() { return m_buffer; }
    void end() {
        m_buffer += '\n';
        if (m_buffer.size() > 1U << 16U) flush();
    }
    void flush() {
        std::fwrite(m_buffer.data(), 1, m_buffer.size(), m_out);
        m_buffer.clear();
    }

  private:
    std::FILE* m_out;
    std::string m_buffer;
};

int fail(std::FILE* err, const Error& error) {
    fmt::print(err, "ringside: {}\n", error.message());
    return 1;
}

/// Prints the events that were asked for, as they were asked for.
class EventPrinter {
  public:
    EventPrinter(const RunOptions& options, std::vector<Expression> watches, KernelText text, std::FILE* out)
        : m_options(options),
          m_watches(std::move(watches)),
          m_text(std::move(text)),
          m_lines(out),
          m_quiet(options.fingerprint || options.wants_state),
          m_json(options.format == "jsonl") {}

    void print(const World& world, const Inputs& inputs, const Event& event) {
        if (m_quiet || event.seq <= m_options.seek) return;
        std::string& line = m_lines.line();
        if (m_json) {
            appendEventJson(line, world, inputs, event);
            if (!m_watches.empty()) watch(line, world, inputs, event);
            line += '}';
        } else {
            appendEventText(line, world, inputs, event, m_text);
        }
        m_lines.end();
    }

  private:
    void watch(std::string& line, const World& world, const Inputs& inputs, const Event& event) {
        line += ",\"watch\":{";
        for (std::size_t i = 0; i < m_watches.size(); ++i) {
            if (i) line += ',';
            appendJsonString(line, m_options.watch[i]);
            // a name that has no value at this moment (no skb, no frame) is null; that the expression can be read was
            // checked at the start
            const Result<double> value = m_watches[i].evaluate(ExpressionScope{world, inputs, event});
            line += value ? fmt::format(":{}", *value) : ":null";
        }
        line += '}';
    }

    const RunOptions& m_options;
    std::vector<Expression> m_watches;
    KernelText m_text;
    Lines m_lines;
    bool m_quiet, m_json;
};

/// Whether the next thing that can happen still lies within what was asked for.
bool goesOn(const World& world, const RunOptions& options, Time until) {
    if (options.events && world.position >= *options.events) return false;
    return until == kNever || std::min(world.agenda.nextTime(), world.clock.minKey()) <= until;
}

/// A lesson of the sk_buff lab: its calls are made one after another, then the run is walked as any other.
std::optional<Error> runLab(Start& start, const std::vector<LabStep>& lab, const RunOptions& options, Time until,
                            EventPrinter& printer) {
    Timeline timeline(start);
    LabPlayer player(timeline);
    if (std::optional<Error> error = player.play(lab)) return error;
    const Position end = timeline.position();
    timeline.seek(0);
    while (timeline.position() < end && goesOn(timeline.world(), options, until)) {
        const std::optional<Event> event = timeline.stepForward();
        if (!event) break;
        printer.print(timeline.world(), timeline.inputs(), *event);
    }
    start.world = timeline.world();
    return std::nullopt;
}

}  // namespace

int runCommand(const RunOptions& options, std::FILE* out, std::FILE* err) {
    Time until = kNever;
    if (!options.until.empty()) {
        const Result<Time> parsed = parseTime(options.until);
        if (!parsed) {
            fmt::print(err, "ringside: --until: {}\n", parsed.error().message());
            return 2;
        }
        until = *parsed;
    }
    Result<OpenedInput> opened = openInput(options.input, err);
    if (!opened) return fail(err, opened.error());
    Result<Start> start = opened->scenario.start();
    if (!start) return fail(err, start.error());
    std::vector<Expression> watches;
    for (const std::string& text : options.watch) {
        Result<Expression> parsed = Expression::parse(text, "--watch");
        if (!parsed) return fail(err, parsed.error());
        watches.push_back(std::move(*parsed));
    }
    Result<KernelText> text = KernelText::load((dataFolder() / "assets" / "translations").string(), options.lang);
    if (!text) return fail(err, text.error());

    World& world = start->world;
    const Inputs& inputs = *start->inputs;
    {
        EventPrinter printer(options, std::move(watches), std::move(*text), out);
        if (opened->lesson && !opened->lesson->lab.empty()) {
            if (const std::optional<Error> error = runLab(*start, opened->lesson->lab, options, until, printer))
                return fail(err, *error);
        } else {
            Event event;
            while (goesOn(world, options, until) && step(world, inputs, event)) printer.print(world, inputs, event);
        }
    }
    if (!world.machine().oops.empty()) fmt::print(err, "ringside: the kernel stopped: {}\n", world.machine().oops);
    if (options.fingerprint) fmt::print(out, "{:016x}\n", fingerprint(world, inputs));
    if (options.wants_state) {
        const Value all = valueOf(world, "world");
        const Value* part = options.state.empty() ? &all : all.at(options.state);
        if (!part)
            return fail(err, Error{"--state", "a path into the state (--state alone shows it whole)",
                                   "\"" + options.state + "\""});
        fmt::print(out, "{}\n", toJson(*part).dump(1));
    }
    if (!options.write_pcap.empty()) {
        if (const std::optional<Error> error = writeCapture(options.write_pcap, world, inputs))
            return fail(err, *error);
    }
    if (opened->capture && opened->capture->damage()) {
        std::fflush(out);
        fmt::print(err, "ringside: {}\n", opened->capture->damageLine());
        return 1;
    }
    return 0;
}

}  // namespace ringside
