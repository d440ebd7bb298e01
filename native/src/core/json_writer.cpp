#include <array>
#include <cstdio>

#include "core/document.h"
#include "core/number_text.h"

namespace ratchet {
namespace {

constexpr std::size_t kIndent = 2;

/// Recursive over the value, which is no deeper than what was read or built.
class JsonWriter {
 public:
  std::string write(const json::value& value) {
    append(value, 0);
    return std::move(out_ += '\n');
  }

 private:
  void append(const json::value& value, std::size_t level) {
    switch (value.kind()) {
      case json::kind::null:
        out_ += "null";
        return;
      case json::kind::bool_:
        out_ += value.get_bool() ? "true" : "false";
        return;
      case json::kind::int64:
        out_ += std::to_string(value.get_int64());
        return;
      case json::kind::uint64:
        out_ += std::to_string(value.get_uint64());
        return;
      case json::kind::double_:
        out_ += number_text(value.get_double());
        return;
      case json::kind::string:
        return append_string(value.get_string());
      case json::kind::array:
        return append_array(value.get_array(), level);
      case json::kind::object:
        return append_object(value.get_object(), level);
    }
  }

  void append_array(const json::array& array, std::size_t level) {
    if (array.empty()) {
      out_ += "[]";
      return;
    }
    char before = '[';
    for (const json::value& item : array) {
      out_ += std::exchange(before, ',');
      break_line(level + 1);
      append(item, level + 1);
    }
    break_line(level);
    out_ += ']';
  }

  void append_object(const json::object& object, std::size_t level) {
    if (object.empty()) {
      out_ += "{}";
      return;
    }
    char before = '{';
    for (const auto& member : object) {
      out_ += std::exchange(before, ',');
      break_line(level + 1);
      append_string(member.key());
      out_ += ": ";
      append(member.value(), level + 1);
    }
    break_line(level);
    out_ += '}';
  }

  void append_string(std::string_view text) {
    out_ += '"';
    for (const char letter : text)
      append_letter(letter);
    out_ += '"';
  }

  void append_letter(char letter) {
    constexpr std::string_view kMeanings = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    const std::size_t simple = kMeanings.find(letter);
    if (simple != std::string_view::npos) {
      out_ += '\\';
      out_ += kLetters[simple];
    } else if (static_cast<unsigned char>(letter) < 0x20) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(letter));
      out_ += escape.data();
    } else {
      out_ += letter;
    }
  }

  void break_line(std::size_t level) { out_.append("\n").append(level * kIndent, ' '); }

  std::string out_;
};

}  // namespace

std::string write_json_pretty(const json::value& value) {
  return JsonWriter().write(value);
}

}  // namespace ratchet
