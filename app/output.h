#pragma once
// Where the commands write: standard output through one buffer, whose errors are kept instead of lost. A command that
// writes much asks failed() and stops; runProgram() says at the end what went wrong.

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace ringside {

class Output {
  public:
    explicit Output(std::FILE* file) : m_file(file) {}
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    ~Output() { flush(); }

    template <class... Args>
    void print(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(m_buffer), format, std::forward<Args>(args)...);
        flushWhenFull();
    }
    void write(std::string_view text) {
        m_buffer += text;
        flushWhenFull();
    }
    /// The buffer itself, for lines that are put together in place; call lineDone() after each.
    std::string& buffer() { return m_buffer; }
    void lineDone() {
        m_buffer += '\n';
        flushWhenFull();
    }

    /// Hands on what is buffered. After an error nothing more is written.
    void flush();
    /// Whether something could not be written: it is of no use to go on.
    [[nodiscard]] bool failed() const { return m_error != 0; }
    /// Flushes and says what went wrong, in the system's words; empty where all was written. Ends the writing.
    std::string finish();

  private:
    static constexpr std::size_t kFull = 64 * 1024;
    void flushWhenFull() {
        if (m_buffer.size() >= kFull) flush();
    }

    std::FILE* m_file;
    std::string m_buffer;
    int m_error = 0;  ///< errno of the first failure
};

/// Writes a line about something wrong to `err`, "ringside: " before it. Where even that cannot be written there is
/// nobody to tell.
void complain(std::FILE* err, std::string_view message);

/// Makes sure that the descriptors 0, 1 and 2 are taken, so that no file opened later is written to in the place of a
/// closed standard output. What was closed stays unusable: reading or writing it fails.
void occupyStandardStreams();

}  // namespace ringside
