// Values as the text of other languages.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

namespace ratchet {

/// A number, true, false or null as JSON writes it; a double by its shortest text that reads back
/// equal, with `.0` where it would look like an integer. Not for texts, lists and objects.
[[nodiscard]] std::string scalar_text(const json::value& value);

/// The value as JSON on one line: `{"a": [1, "b"]}`.
[[nodiscard]] std::string json_literal(const json::value& value);

/// Where a literal is to stand.
struct PythonPlace {
  std::size_t column = 0;  ///< bytes that stand before it on its line
  std::size_t indent = 0;  ///< blanks that its later lines will be moved in by
};

/// The value as a Python literal: on one line where that keeps within the 79 columns of PEP 8, else
/// one item a line with a comma at its end, moved in by four blanks a level.
[[nodiscard]] std::string python_literal(const json::value& value, PythonPlace place);

/// The arguments of a Python call in parentheses, positional for a list, keyword for an object, the
/// one argument for a number, true, false or null; a text is the source of the arguments. Broken
/// over lines as by python_literal().
[[nodiscard]] std::string python_call(const json::value& arguments, PythonPlace place);

/// The value as YAML 1.2 on one line, quoted where YAML 1.1 or 1.2 readers could take it for
/// another.
[[nodiscard]] std::string yaml_literal(const json::value& value);

[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace ratchet
