#include "app/command_line.h"

#include <CLI/CLI.hpp>

#include <sstream>
#include <string>

#include "app/commands.h"
#include "app/language.h"
#include "app/speech.h"
#include "app/window_start.h"

namespace ringside {
namespace {

void addInput(CLI::App& command, InputOptions& input, const char* what) {
    command.add_option("input", input.input, what)->required();
    command.add_option("--set", input.set, "change a value of the scenario: sysctl.net.core.netdev_budget=16")
        ->take_all()
        ->expected(1);
    command.add_option("--host", input.host, "of a capture: the address that is ours (else guessed)");
    command.add_flag("--no-sockets", input.no_sockets, "of a capture: open no sockets");
    command
        .add_option("--pace", input.pace,
                    "of a capture: keep the recorded times, or lose nothing for the model's own slowness")
        ->check(CLI::IsMember({"recorded", "unlost"}));
}

void addLanguage(CLI::App& command, std::string& lang) {
    command.add_option("--lang", lang, "language of the text; else that of the environment (LANG)")
        ->check(CLI::IsMember({"en", "zh_CN"}));
}

/// A count: strtoull, which CLI11 asks, would take -1 for 2^64 - 1.
CLI::Validator count() {
    const auto wrong = [](const std::string& text) {
        const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
        return digits ? std::string() : "expected a number of 0 or more, found \"" + text + "\"";
    };
    return {wrong, "COUNT"};
}

int runCommandLine(int argc, char** argv, Output& out) {
    CLI::App app{"Ringside: a ringside seat inside the Linux kernel", "ringside"};
    app.set_version_flag("--version", RINGSIDE_VERSION);
    app.require_subcommand(0, 1);
    WindowOptions window;
    StepOptions text;
    bool as_text = false;
    app.add_option("input", window.input, "a lesson's id, a scenario file or a capture to open");
    app.add_flag("--text", as_text, "no window: step the lesson as text in the terminal");
    addLanguage(app, window.lang);

    RunOptions run;
    CLI::App* run_command = app.add_subcommand("run", "run without a window, one line an event");
    addInput(*run_command, run.input, "lesson, scenario or capture");
    run_command->add_option("--events", run.events, "at most this many events")->check(count());
    run_command->add_option("--until", run.until, "until this model time, with unit: 2ms");
    run_command->add_option("--seek", run.seek, "begin the output after this position")->check(count());
    run_command->add_option("--format", run.format, "text or jsonl")->check(CLI::IsMember({"text", "jsonl"}));
    addLanguage(*run_command, run.lang);
    run_command->add_option("--write-pcap", run.write_pcap, "write what the wire carried");
    run_command->add_flag("--fingerprint", run.fingerprint, "print only the fingerprint at the end");
    CLI::Option* state =
        run_command->add_option("--state", run.state, "print only this part of the state at the end, as JSON")
            ->expected(0, 1);
    run_command->add_option("--watch", run.watch, "an expression whose value each line carries")
        ->take_all()
        ->expected(1);

    PacketsOptions packets;
    CLI::App* packets_command =
        app.add_subcommand("packets", "one line a packet of a capture: what was decoded, its fate, its drop reason");
    addInput(*packets_command, packets.input, "capture");
    packets_command->add_option("--format", packets.format, "text or jsonl")->check(CLI::IsMember({"text", "jsonl"}));
    addLanguage(*packets_command, packets.lang);

    ListOptions list;
    CLI::App* list_command = app.add_subcommand("list", "the lessons");
    list_command->add_flag("--json", list.json, "as JSON");
    addLanguage(*list_command, list.lang);

    CheckOptions check;
    CLI::App* check_command = app.add_subcommand("check", "validate lessons and scenarios");
    check_command->add_option("path", check.paths, "lesson folders, scenario files")->required();
    addLanguage(*check_command, check.lang);

    ExportOptions picture;
    CLI::App* export_command =
        app.add_subcommand("export", "a picture of a step, or a lesson on paper, without a display");
    addInput(*export_command, picture.input, "lesson");
    auto* step = export_command->add_option("--step", picture.step, "id of the step");
    auto* file = export_command->add_option("--out", picture.out, "FILE.png, FILE.svg or FILE.pdf");
    step->needs(file);
    file->needs(step);
    export_command->add_option("--handout", picture.handout, "FILE.pdf: every step with its picture, text and question")
        ->excludes(step)
        ->excludes(file);
    export_command->add_option("--scene", picture.scene, "path or skb; else the step's own");
    export_command->add_option("--theme", picture.theme, "colours")
        ->check(CLI::IsMember({"light", "dark", "high-contrast"}));
    addLanguage(*export_command, picture.lang);
    export_command->callback([&picture] {
        if (picture.step.empty() && picture.handout.empty())
            throw CLI::RequiredError("--step with --out, or --handout");
    });

    ReferenceOptions reference;
    CLI::App* reference_command = app.add_subcommand("reference", "the function table, or the scenario language");
    reference_command->add_option("--format", reference.format, "md or json")->check(CLI::IsMember({"md", "json"}));
    reference_command->add_flag("--scenario", reference.scenario, "the keys of the scenario language");
    addLanguage(*reference_command, reference.lang);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::ostringstream said, complaint;
        const int status = app.exit(error, said, complaint);
        out.write(said.str());
        std::fputs(complaint.str().c_str(), stderr);
        return status == 0 ? 0 : 2;  // help and version are no errors
    }
    run.wants_state = state->count() > 0;
    if (run_command->parsed()) return runCommand(run, out, stderr);
    if (packets_command->parsed()) return packetsCommand(packets, out, stderr);
    if (list_command->parsed()) return listCommand(list, out, stderr);
    if (check_command->parsed()) return checkCommand(check, out, stderr);
    if (export_command->parsed()) return exportCommand(picture, stderr);
    if (reference_command->parsed()) return referenceCommand(reference, out, stderr);
    if (as_text) {
        text.input.input = window.input.empty() ? "wire-to-recvfrom" : window.input;
        text.lang = window.lang;
        return textLesson(text, stdin, out, stderr);
    }
    return runWindow(argc, argv, window);
}

}  // namespace

int runProgram(int argc, char** argv) {
    occupyStandardStreams();
    Output out(stdout);
    const int status = runCommandLine(argc, argv, out);
    const std::string lost = out.finish();
    if (lost.empty()) return status;
    complain(stderr, saidOfOutput(lost));
    return status == 0 ? 1 : status;
}

}  // namespace ringside
