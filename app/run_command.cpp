#include <fmt/format.h>

#include "app/commands.h"
#include "app/event_json.h"
#include "app/json_value.h"
#include "app/open_input.h"
#include "engine/capture/writer.h"
#include "engine/core/fields_visitors.h"
#include "engine/step/step.h"
#include "lessons/expression.h"
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

}  // namespace

int runCommand(const RunOptions& options, std::FILE* out, std::FILE* err) {
    Time until = kNever;
    if (!options.until.empty()) {
        const std::optional<Time> parsed = parseTime(options.until);
        if (!parsed) {
            fmt::print(err, "ringside: --until: expected a time with its unit (2ms), found \"{}\"\n", options.until);
            return 2;
        }
        until = *parsed;
    }
    Result<OpenedInput> opened = openInput(options.input, err);
    if (!opened) return fail(err, opened.error());
    Result<Start> start = build(opened->scenario);
    if (!start) return fail(err, start.error());
    std::vector<Expression> watches;
    for (const std::string& text : options.watch) {
        Result<Expression> parsed = Expression::parse(text);
        if (!parsed) return fail(err, parsed.error());
        watches.push_back(std::move(*parsed));
    }

    World& world = start->world;
    const Inputs& inputs = *start->inputs;
    const bool quiet = options.fingerprint || options.wants_state;
    const bool json = options.format == "jsonl";
    Event event;
    {
        Lines lines(out);
        std::uint64_t shown = 0;
        while (!options.events || world.position < *options.events) {
            // an event after the time asked for must not happen, and nothing tells its time but doing it: look at what would be next
            if (until != kNever && std::min(world.agenda.nextTime(), world.clock.minKey()) > until) break;
            if (!step(world, inputs, event)) break;
            if (quiet || event.seq <= options.seek) continue;
            ++shown;
            std::string& line = lines.line();
            if (!json) {
                appendEventText(line, world, inputs, event);
            } else {
                appendEventJson(line, world, inputs, event);
                if (!watches.empty()) {
                    line += ",\"watch\":{";
                    for (std::size_t i = 0; i < watches.size(); ++i) {
                        if (i) line += ',';
                        appendJsonString(line, options.watch[i]);
                        const Result<double> value = watches[i].evaluate(ExpressionScope{world, inputs, event});
                        line += value ? fmt::format(":{}", *value) : ":null";
                    }
                    line += '}';
                }
                line += '}';
            }
            lines.end();
        }
    }
    if (!world.oops.empty()) fmt::print(err, "ringside: the kernel stopped: {}\n", world.oops);
    if (options.fingerprint) fmt::print(out, "{:016x}\n", fingerprint(world, inputs));
    if (options.wants_state) {
        const Value all = valueOf(world, "world");
        const Value* part = options.state.empty() ? &all : all.at(options.state);
        if (!part) return fail(err, Error{"--state", "a path into the state (run with --state alone to see it whole)", "\"" + options.state + "\""});
        fmt::print(out, "{}\n", toJson(*part).dump(1));
    }
    if (!options.write_pcap.empty()) {
        if (const std::optional<Error> error = writeCapture(options.write_pcap, world, inputs)) return fail(err, *error);
    }
    if (opened->capture && opened->capture->damage()) {
        std::fflush(out);
        fmt::print(err, "ringside: {}\n", opened->capture->damageLine());
        return 1;
    }
    return 0;
}

}  // namespace ringside
