#pragma once
// JSON written straight into a buffer, for lines by the million: no tree is built. Names are written as they stand, so
// they must need no escaping; values are escaped.

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace ringside {

/// Appends `text` as a JSON string. Bytes that are no UTF-8 become U+FFFD, so that the line can be read by anything.
void appendJsonString(std::string& out, std::string_view text);

/// One value after another into `out`; commas are set where they belong.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : m_out(out) {}

    JsonWriter& key(std::string_view name) {
        comma();
        m_out += '"';
        m_out += name;
        m_out += "\":";
        m_first = true;  // no comma before the value
        return *this;
    }
    JsonWriter& object() { return open('{'); }
    JsonWriter& endObject() { return close('}'); }
    JsonWriter& array() { return open('['); }
    JsonWriter& endArray() { return close(']'); }
    JsonWriter& null() { return word("null"); }
    JsonWriter& value(bool v) { return word(v ? "true" : "false"); }
    template <std::integral T>
    JsonWriter& value(T v) {
        comma();
        char digits[24];
        const auto end = std::to_chars(digits, digits + sizeof digits, v).ptr;
        m_out.append(digits, end);
        return *this;
    }
    JsonWriter& value(std::string_view text) {
        comma();
        appendJsonString(m_out, text);
        return *this;
    }
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    /// A key with its value.
    template <class T>
    JsonWriter& field(std::string_view name, const T& v) {
        return key(name).value(v);
    }

  private:
    void comma() {
        if (!m_first) m_out += ',';
        m_first = false;
    }
    JsonWriter& word(std::string_view text) {
        comma();
        m_out += text;
        return *this;
    }
    JsonWriter& open(char c) {
        comma();
        m_out += c;
        m_first = true;
        return *this;
    }
    JsonWriter& close(char c) {
        m_out += c;
        m_first = false;
        return *this;
    }

    std::string& m_out;
    bool m_first = true;
};

}  // namespace ringside
