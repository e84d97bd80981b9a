#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "app/commands.h"
#include "app/event_json.h"
#include "app/json_value.h"
#include "app/json_writer.h"
#include "app/language.h"
#include "app/open_input.h"
#include "app/speech.h"
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

/// Prints the events that were asked for, as they were asked for.
class EventPrinter {
  public:
    EventPrinter(const RunOptions& options, std::vector<Expression> watches, KernelText text, Output& out)
        : m_options(options),
          m_watches(std::move(watches)),
          m_text(std::move(text)),
          m_out(out),
          m_quiet(options.fingerprint || options.wants_state),
          m_json(options.format == "jsonl") {}

    void print(const World& world, const Inputs& inputs, const Event& event) {
        if (m_quiet || event.seq <= m_options.seek) return;
        std::string& line = m_out.buffer();
        if (m_json) {
            appendEventJson(line, world, inputs, event);
            if (!m_watches.empty()) watch(line, world, inputs, event);
            line += '}';
        } else {
            appendEventText(line, world, inputs, event, m_text);
        }
        m_out.lineDone();
    }

    /// Whether nothing is printed of any event.
    [[nodiscard]] bool quiet() const { return m_quiet; }
    /// Whether there is no use in going on: nobody takes the lines.
    [[nodiscard]] bool failed() const { return m_out.failed(); }

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
    Output& m_out;
    bool m_quiet, m_json;
};

/// Whether the next thing that can happen still lies within what was asked for.
bool goesOn(const World& world, const RunOptions& options, Time until) {
    if (options.events && world.position >= *options.events) return false;
    return until == kNever || std::min(world.agenda.nextTime(), world.clock.minKey()) <= until;
}

/// Makes events without a word, as the timeline makes those ahead of it: many at once.
void runQuietly(World& world, const Inputs& inputs, const RunOptions& options) {
    Stepper stepper(world, inputs);
    std::array<Event, 128> batch;
    std::size_t made = 0, room = 0;
    do {
        const Position left =
            options.events ? *options.events - std::min(*options.events, world.position) : batch.size();
        room = static_cast<std::size_t>(std::min<Position>(batch.size(), left));
        made = stepper.many(std::span(batch).first(room));
    } while (made == room && room > 0);
}

/// A lesson of the sk_buff lab: its calls are made one after another, then the run is walked as any other.
std::optional<Error> runLab(Start& start, const std::vector<LabStep>& lab, const RunOptions& options, Time until,
                            EventPrinter& printer) {
    Timeline timeline(start);
    LabPlayer player(timeline);
    if (std::optional<Error> error = player.play(lab)) return error;
    const Position end = timeline.position();
    timeline.seek(0);
    while (timeline.position() < end && goesOn(timeline.world(), options, until) && !printer.failed()) {
        const std::optional<Event> event = timeline.stepForward();
        if (!event) break;
        printer.print(timeline.world(), timeline.inputs(), *event);
    }
    start.world = timeline.world();
    return std::nullopt;
}

}  // namespace

int runCommand(const RunOptions& options, Output& out, std::FILE* err) {
    const auto fail = [&](const Error& error) {
        out.flush();
        complain(err, said(error));
        return 1;
    };
    speak(options.lang);
    Time until = kNever;
    if (!options.until.empty()) {
        const Result<Time> parsed = parseTime(options.until);
        if (!parsed) {
            complain(err, "--until: " + said(parsed.error()));
            return 2;
        }
        until = *parsed;
    }
    Result<OpenedInput> opened = openInput(options.input, err);
    if (!opened) return fail(opened.error());
    Result<Start> start = opened->scenario.start();
    if (!start) return fail(start.error());
    std::vector<Expression> watches;
    for (const std::string& text : options.watch) {
        Result<Expression> parsed = Expression::parse(text, "--watch");
        if (!parsed) return fail(parsed.error());
        watches.push_back(std::move(*parsed));
    }
    Result<KernelText> text = kernelText(options.lang);
    if (!text) return fail(text.error());

    World& world = start->world;
    const Inputs& inputs = *start->inputs;
    {
        EventPrinter printer(options, std::move(watches), std::move(*text), out);
        if (opened->lesson && !opened->lesson->lab.empty()) {
            if (const std::optional<Error> error = runLab(*start, opened->lesson->lab, options, until, printer))
                return fail(*error);
        } else if (printer.quiet() && until == kNever) {
            runQuietly(world, inputs, options);
        } else {
            Event event;
            while (!printer.failed() && goesOn(world, options, until) && step(world, inputs, event))
                printer.print(world, inputs, event);
        }
    }
    if (!world.machine().oops.empty()) complain(err, saidOfOops(std::string(world.machine().oops)));
    if (options.fingerprint) out.print("{:016x}\n", fingerprint(world, inputs));
    if (options.wants_state) {
        const Value all = valueOf(world, "world");
        const Value* part = options.state.empty() ? &all : all.at(options.state);
        if (!part)
            return fail(
                Error{"--state", "a path into the state (--state alone shows it whole)", "\"" + options.state + "\""});
        out.print("{}\n", toJson(*part).dump(1));
    }
    if (!options.write_pcap.empty()) {
        if (const std::optional<Error> error = writeCapture(options.write_pcap, world, inputs)) return fail(*error);
    }
    return readingProblem(*opened, out, err) ? 1 : 0;
}

}  // namespace ringside
