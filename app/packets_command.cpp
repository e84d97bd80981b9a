#include <array>

#include "app/commands.h"
#include "app/language.h"
#include "app/open_input.h"
#include "app/packet_lines.h"
#include "app/speech.h"
#include "engine/step/step.h"

namespace ringside {
namespace {

/// Fate of every packet, by number - 1. A packet whose way has not ended when nothing is left to happen waits in a
/// queue: it is delivered as far as the kernel is concerned when that is a socket's, and ignored otherwise.
std::vector<PacketFate> simulate(Start& start) {
    std::vector<PacketFate> fates(start.inputs->traffic->count());
    for (std::size_t i = 0; i < fates.size(); ++i) fates[i].packet = static_cast<std::uint32_t>(i + 1);
    {
        Stepper stepper(start.world, *start.inputs);
        std::array<Event, 128> events;
        while (stepper.many(events) > 0) {
        }
    }
    const auto put = [&](const PacketFate& fate) {
        if (fate.packet >= 1 && fate.packet <= fates.size()) fates[fate.packet - 1] = fate;
    };
    start.world.machine().skbs.each([&](SkbId, const SkBuff& skb) {
        if (skb.owner == SkbOwner::receive_queue || skb.owner == SkbOwner::reader_queue)
            put({skb.packet, kNoFunction, Fate::delivered, Drop::NOT_DROPPED, start.world.now});
    });
    start.world.fates.each(put);
    return fates;
}

PacketEnd endOf(const PacketFate& fate, const Inputs& inputs) {
    PacketEnd end;
    end.fate = nameOf(fate.fate);
    if (fate.reason != Drop::NOT_DROPPED) end.reason = nameOf(fate.reason);
    if (fate.function != kNoFunction) end.function = inputs.function(fate.function).name;
    return end;
}

/// Prints the packets; an Error where the capture can no longer be read.
std::optional<Error> print(const PacketsOptions& options, const Capture& capture, const Start& start,
                           const std::vector<PacketFate>& fates, const KernelText& text, Output& out) {
    PacketReader reader = capture.reader();
    for (std::uint64_t n = 1; n <= capture.count() && !out.failed(); ++n) {
        const Result<PacketView> view = reader.packet(n);
        if (!view) return view.error();
        const DecodedPacket packet = decodePacket(*view);
        const PacketEnd end = endOf(fates[n - 1], *start.inputs);
        if (options.format == "jsonl")
            appendPacketJson(out.buffer(), *view, packet, end);
        else
            appendPacketText(out.buffer(), *view, packet, end, text);
        out.lineDone();
    }
    return std::nullopt;
}

}  // namespace

int packetsCommand(const PacketsOptions& options, Output& out, std::FILE* err) {
    const auto fail = [&](const Error& error) {
        out.flush();
        complain(err, said(error));
        return 1;
    };
    speak(options.lang);
    Result<KernelText> text = kernelText(options.lang);
    if (!text) return fail(text.error());
    Result<OpenedInput> opened = openCapture(options.input, err);
    if (!opened) return fail(opened.error());
    Result<Start> start = opened->scenario.start();
    if (!start) return fail(start.error());
    const std::vector<PacketFate> fates = simulate(*start);
    if (const std::optional<Error> error = print(options, *opened->capture, *start, fates, *text, out))
        return fail(*error);
    return readingProblem(*opened, out, err) ? 1 : 0;
}

}  // namespace ringside
