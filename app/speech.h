#pragma once
// What the commands say on standard error, in the language that --lang or the environment asks for. English is said as
// the engine has it; in another language the window's own translations are used.

#include <string>

#include "engine/capture/capture.h"
#include "engine/core/result.h"

namespace ringside {

/// From now on the commands of this process speak the language of languageOf(asked). Not for those that draw.
void speak(const std::string& asked);

/// "place: expected X, found Y".
std::string said(const Error& error);
/// Where and why the reading of a capture ended early.
std::string saidOfDamage(const Capture& capture);
std::string saidOfEmpty(const Capture& capture);
std::string saidOfHost(const IpAddr& host);
std::string saidOfCheck(std::size_t lessons, std::size_t scenarios, bool good);
/// Why standard output was not written whole; `found`: the system's words.
std::string saidOfOutput(const std::string& found);
/// The kernel of the model stopped with this line.
std::string saidOfOops(const std::string& line);

}  // namespace ringside
