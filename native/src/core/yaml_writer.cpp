#include <array>
#include <cstdio>

#include "core/document.h"
#include "core/number_text.h"
#include "core/utf8.h"
#include "core/yaml_scalar.h"

namespace ratchet {
namespace {

constexpr std::size_t kIndent = 2;
/// YAML allows keys of at most 1,024 characters without a `?` (1.2, section 7.4.2). Counted in
/// bytes of the text; an escape may take ten characters.
constexpr std::size_t kLongestPlainKey = 100;

bool is_block(const json::value& value) {
  if (const json::array* array = value.if_array()) return !array->empty();
  if (const json::object* object = value.if_object()) return !object->empty();
  return false;
}

/// A double as YAML 1.1 and 1.2 both read one: with a point even before an exponent.
std::string yaml_number(double number) {
  std::string text = number_text(number);
  const std::size_t exponent = text.find('e');
  if (exponent != std::string::npos && text.find('.') == std::string::npos) {
    text.insert(exponent, ".0");
  }
  return text;
}

/// Recursive over the value, which is no deeper than what was read or built.
class YamlWriter {
 public:
  std::string write(const json::value& value) {
    if (is_block(value)) {
      append_block(value, 0);
    } else {
      append_scalar(value);
      out_ += '\n';
    }
    return std::move(out_);
  }

 private:
  /// The first line of a block continues the line at hand, whose column is `indent`.
  void append_block(const json::value& value, std::size_t indent) {
    if (const json::array* array = value.if_array()) return append_items(*array, indent);
    append_members(value.get_object(), indent);
  }

  void append_items(const json::array& array, std::size_t indent) {
    bool first = true;
    for (const json::value& item : array) {
      if (!std::exchange(first, false)) out_.append(indent, ' ');
      out_ += "- ";
      if (is_block(item)) {
        append_block(item, indent + kIndent);
      } else {
        append_scalar(item);
        out_ += '\n';
      }
    }
  }

  void append_members(const json::object& object, std::size_t indent) {
    bool first = true;
    for (const auto& member : object) {
      if (!std::exchange(first, false)) out_.append(indent, ' ');
      append_key(member.key(), indent);
      append_value(member.value(), indent + kIndent);
    }
  }

  void append_key(std::string_view key, std::size_t indent) {
    if (key.size() <= kLongestPlainKey) {
      append_text(key);
      out_ += ':';
      return;
    }
    out_ += "? ";
    append_text(key);
    out_.append("\n").append(indent, ' ').append(":");
  }

  void append_value(const json::value& value, std::size_t indent) {
    if (is_block(value)) {
      out_.append("\n").append(indent, ' ');
      return append_block(value, indent);
    }
    out_ += ' ';
    append_scalar(value);
    out_ += '\n';
  }

  void append_scalar(const json::value& value) {
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
        out_ += yaml_number(value.get_double());
        return;
      case json::kind::string:
        return append_text(value.get_string());
      case json::kind::array:
        out_ += "[]";
        return;
      case json::kind::object:
        out_ += "{}";
        return;
    }
  }

  void append_text(std::string_view text) {
    if (!needs_quotes(text)) {
      out_ += text;
      return;
    }
    out_ += '"';
    for (std::size_t offset = 0; offset < text.size();) {
      const CodePoint point = code_point_at(text, offset);
      append_quoted(point.value);
      offset += point.size;
    }
    out_ += '"';
  }

  void append_quoted(char32_t value) {
    constexpr std::string_view kMeanings = "\"\\\n\r\t";
    constexpr std::string_view kLetters = "\"\\nrt";
    const std::size_t simple =
        value < 0x80 ? kMeanings.find(static_cast<char>(value)) : std::string_view::npos;
    if (simple != std::string_view::npos) {
      out_ += '\\';
      out_ += kLetters[simple];
    } else if (is_printable(value)) {
      append_code_point(out_, value);
    } else {
      std::array<char, 8> escape{};
      const char* const form = value < 0x100 ? "\\x%02X" : "\\u%04X";
      std::snprintf(escape.data(), escape.size(), form, static_cast<unsigned>(value));
      out_ += escape.data();
    }
  }

  std::string out_;
};

}  // namespace

std::string write_yaml(const json::value& value) {
  return YamlWriter().write(value);
}

}  // namespace ratchet
