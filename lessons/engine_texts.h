#pragma once
// The engine's texts that have a name: what a translation is filed under, so that rewording or moving one sentence
// touches no other.

#include <string>
#include <vector>

namespace ringside {

/// One text and its key:
///
///     ip_rcv_core            what a function does
///     ip_rcv_core.checksum   a stage, by its member function; or an argument or local of that name
///     argument.skb           an argument where its function says nothing else (linux/arguments.h)
///     SkBuff.len             a field, by the struct that has it
///     header.IPv4.ttl        a field of a protocol header
///     drop.rcvbuf.why        why a packet dies, by the row's key; drop.advice.KEY: what would have saved it
struct EngineText {
    std::string key, english;
};

/// All of them, made from the function table, the field lists of the World and the layouts of headers. A text without
/// letters is left out. Costs about a millisecond.
std::vector<EngineText> engineTexts();

}  // namespace ringside
