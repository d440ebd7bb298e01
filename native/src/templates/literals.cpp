#include "templates/literals.h"

#include <algorithm>
#include <vector>

#include "core/document.h"
#include "core/number_text.h"

namespace ratchet {
namespace {

/// PEP 8.
constexpr std::size_t kLongestPythonLine = 79;
constexpr std::size_t kPythonIndent = 4;
constexpr std::string_view kHexDigits = "0123456789abcdef";

/// A text in double quotes; `control` writes a control character that has no escape of one letter.
template <typename Control>
std::string quoted_text(std::string_view text, Control control) {
  std::string result = "\"";
  for (const char letter : text) {
    switch (letter) {
      case '"':
        result += "\\\"";
        break;
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\r':
        result += "\\r";
        break;
      case '\t':
        result += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) {
          result += control;
          result += kHexDigits[static_cast<unsigned char>(letter) >> 4U];
          result += kHexDigits[static_cast<unsigned char>(letter) & 0xfU];
        } else {
          result += letter;
        }
    }
  }
  return result += '"';
}

/// Python's spelling of a value, on one line or over several.
class PythonWriter {
 public:
  static std::string one_line(const json::value& value) {
    if (const json::array* items = value.if_array()) {
      std::string text = "[";
      for (const json::value& item : *items)
        join(text, 1) += one_line(item);
      return text + "]";
    }
    if (const json::object* members = value.if_object()) {
      std::string text = "{";
      for (const auto& member : *members)
        join(text, 1) += entry_start(member) + one_line(member.value());
      return text + "}";
    }
    return scalar(value);
  }

  /// One line where that fits after `used` columns with a comma behind it, else several, whose own
  /// level is `level`; all later lines stand `indent` blanks further in.
  static std::string write(const json::value& value, std::size_t level, std::size_t used,
                           std::size_t indent) {
    std::string line = one_line(value);
    if (used + line.size() < kLongestPythonLine) return line;
    const std::string inner(kPythonIndent * (level + 1), ' ');
    std::string items;
    const auto add = [&](const std::string& start, const json::value& item) {
      const std::string text = write(item, level + 1, indent + start.size(), indent);
      items += start + text + ",\n";
    };
    if (const json::array* array = value.if_array()) {
      for (const json::value& item : *array)
        add(inner, item);
    } else if (const json::object* object = value.if_object()) {
      for (const auto& member : *object)
        add(inner + entry_start(member), member.value());
    }
    if (items.empty()) return line;
    return line.front() + ("\n" + items) + std::string(kPythonIndent * level, ' ') + line.back();
  }

  static std::string& join(std::string& text, std::size_t opening) {
    if (text.size() > opening) text += ", ";
    return text;
  }

 private:
  static std::string entry_start(const json::key_value_pair& member) {
    return quoted_text(member.key(), "\\x") + ": ";
  }

  static std::string scalar(const json::value& value) {
    if (const json::string* text = value.if_string()) return quoted_text(*text, "\\x");
    if (const bool* flag = value.if_bool()) return *flag ? "True" : "False";
    return value.is_null() ? "None" : scalar_text(value);
  }
};

/// One argument of a call with its keyword, if any.
struct Argument {
  std::string start;  ///< `name=`
  const json::value& value;
};

std::vector<Argument> arguments_of(const json::value& arguments) {
  std::vector<Argument> result;
  if (const json::array* items = arguments.if_array()) {
    for (const json::value& item : *items)
      result.push_back({"", item});
  } else if (const json::object* members = arguments.if_object()) {
    for (const auto& member : *members) {
      result.push_back({std::string(member.key()) + '=', member.value()});
    }
  } else {
    result.push_back({"", arguments});
  }
  return result;
}

std::string call_of_source(std::string_view source, PythonPlace place) {
  const bool fits = place.column + source.size() + 2 <= kLongestPythonLine;
  if (fits && source.find('\n') == source.npos) return "(" + std::string(source) + ")";
  std::string text = "(\n";
  while (!source.empty()) {
    const std::string_view line = source.substr(0, source.find('\n'));
    if (!line.empty()) text.append(kPythonIndent, ' ').append(line);
    text += '\n';
    source.remove_prefix(std::min(line.size() + 1, source.size()));
  }
  return text + ")";
}

}  // namespace

std::string scalar_text(const json::value& value) {
  switch (value.kind()) {
    case json::kind::bool_:
      return value.get_bool() ? "true" : "false";
    case json::kind::int64:
      return std::to_string(value.get_int64());
    case json::kind::uint64:
      return std::to_string(value.get_uint64());
    case json::kind::double_:
      return number_text(value.get_double());
    default:
      return "null";
  }
}

std::string json_literal(const json::value& value) {
  if (const json::string* text = value.if_string()) return quoted_text(*text, "\\u00");
  if (const json::array* items = value.if_array()) {
    std::string text = "[";
    for (const json::value& item : *items)
      PythonWriter::join(text, 1) += json_literal(item);
    return text + "]";
  }
  if (const json::object* members = value.if_object()) {
    std::string text = "{";
    for (const auto& member : *members) {
      PythonWriter::join(text, 1) +=
          quoted_text(member.key(), "\\u00") + ": " + json_literal(member.value());
    }
    return text + "}";
  }
  return scalar_text(value);
}

std::string python_literal(const json::value& value, PythonPlace place) {
  return PythonWriter::write(value, 0, place.column, place.indent);
}

std::string python_call(const json::value& arguments, PythonPlace place) {
  if (const json::string* source = arguments.if_string()) return call_of_source(*source, place);
  const std::vector<Argument> list = arguments_of(arguments);
  std::string line = "(";
  for (const Argument& argument : list) {
    PythonWriter::join(line, 1) += argument.start + PythonWriter::one_line(argument.value);
  }
  line += ')';
  if (place.column + line.size() <= kLongestPythonLine) return line;
  std::string text = "(\n";
  for (const Argument& argument : list) {
    const std::string start = std::string(kPythonIndent, ' ') + argument.start;
    const std::size_t used = place.indent + start.size();
    text += start + PythonWriter::write(argument.value, 1, used, place.indent) + ",\n";
  }
  return text + ")";
}

std::string yaml_literal(const json::value& value) {
  // JSON's brackets and quotes are YAML's flow style; only a text may do without its quotes.
  if (!value.is_string()) return json_literal(value);
  std::string text = write_yaml(value);
  while (text.ends_with('\n'))
    text.pop_back();
  return text.find('\n') == std::string::npos ? text : json_literal(value);
}

std::string xml_escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&apos;";
        break;
      default:
        result += letter;
    }
  }
  return result;
}

}  // namespace ratchet
