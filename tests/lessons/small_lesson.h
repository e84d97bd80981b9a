#pragma once
// A small lesson as texts, to be broken in one place at a time.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "lessons/lesson.h"

namespace ringside {

struct SmallLesson {
    std::string yaml = R"(id: small
order: 7
part: tests
scenario:
  nics:
    - {name: eth0, mac: "52:54:00:12:34:56", addresses: [10.0.0.1/24]}
  sockets:
    - udp: {port: 5000}
  tasks:
    - {name: t, files: ["udp:5000"], program: [recvfrom: {fd: 3}]}
  traffic:
    - at: 1ms
      udp: {src: 10.0.0.2, sport: 4000, dst: 10.0.0.1, dport: 5000, payload: 100 B}

scenes: [path]
steps:
  - id: arrives
    at: {function: wire}
    focus: [nic.eth0.fifo]
    question:
      id: who
      choices:
        - {id: cpu, when: 'nic.eth0.rx.rdh == 0'}
        - {id: card, when: 'nic.eth0.rx.rdh == 1'}
      until: {function: e1000_intr}
  - id: raised
    at: {function: e1000_intr}
    question:
      id: how-many
      kind: number
      answer: skb
      traps: [{id: one, value: "1"}]
      until: {tracepoint: irq_handler_exit}
  - id: queued
    at: {function: __udp_enqueue_schedule_skb}

exercises:
  - id: lose-it
    goal: 'drops("NO_SOCKET") == 1'
    knobs:
      - {id: port, key: "traffic[0].udp.dport", values: ["5000", "5001"]}
    solution: {port: "5001"}
    hints: 2
simplified: [costs]
)";
    std::string en = R"(# A small lesson

What it is about.

## arrives

**A frame.** It has {{nic.eth0.fifo_bytes}} bytes, and waits.

A second paragraph.

### who

Who moves it?

- cpu: The CPU
  > No: RDH is {{nic.eth0.rx.rdh}}.
- card: The card
  > Yes.

## raised

**The interrupt.** On CPU {{event.cpu}}.

### how-many

How many skbs?

- one:
  > Not yet: {{skb}}.
- right:
  > Right.
- wrong:
  > No.

## lose-it

**Lose it.** Make the socket drop it.

1. Who reads it?
2. Send it elsewhere.

- port: Port
- done: Lost.

## simplified

- costs: Costs are notional.

## queued

**Queued.** With {{skb.len}} bytes.

## end

That was all.
)";
    std::string zh = R"(# 一课

讲什么。

## arrives

**一个帧。** 一个帧。

### who

谁搬?

- cpu: CPU
  > 不是。
- card: 网卡
  > 对。

## raised

**中断。** CPU {{event.cpu}}。

### how-many

几个?

- one:
  > 还没有。
- right:
  > 对。
- wrong:
  > 不对。

## queued

**入队。** {{skb.len}} 字节。

## lose-it

**丢掉它。** 让套接字丢包。

1. 谁读它?
2. 送到别处。

- port: 端口
- done: 丢了。

## simplified

- costs: 代价是名义上的。

## end

完了。
)";

    /// The texts must hold `from` exactly once, so that no test breaks something else than it says.
    static void replace(std::string& text, const std::string& from, const std::string& to) {
        const std::size_t at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        ASSERT_EQ(text.find(from, at + 1), std::string::npos) << from;
        text.replace(at, from.size(), to);
    }
    /// Takes out everything from `from` up to `to`.
    static void cut(std::string& text, const std::string& from, const std::string& to) {
        const std::size_t begin = text.find(from), end = text.find(to, begin);
        ASSERT_NE(end, std::string::npos) << from << to;
        text.erase(begin, end - begin);
    }
    [[nodiscard]] Result<Lesson> parse(const std::vector<Override>& overrides = {}) const {
        std::map<std::string, std::string> texts{{"en", en}};
        if (!zh.empty()) texts["zh_CN"] = zh;
        Result<Lesson> lesson = parseLesson(yaml, texts, "dir/lesson.yaml", overrides);
        if (lesson) lesson->folder = "dir";
        return lesson;
    }
    void write(const std::filesystem::path& folder) const {
        std::filesystem::create_directories(folder);
        std::ofstream(folder / "lesson.yaml") << yaml;
        std::ofstream(folder / "en.md") << en;
        std::ofstream(folder / "zh_CN.md") << zh;
    }
};

}  // namespace ringside
