// The filters of `{{name|filter:argument}}`, in one table.
//
//   snake camel pascal kebab   the case of an identifier: `HTTPServer2x` → http_server2x,
//   httpServer2x,
//                              HttpServer2x, http-server2x
//   upper lower title          of a text for people: `order_item|title` → Order Item
//   plural singular            of its last English word: `order_category|plural` → order_categories
//   json                       the value as JSON on one line
//   python                     the value as a Python literal, broken over lines past 79 columns;
//                              `python:source`: a text is inserted as the Python source it is;
//                              `python:call`: the parenthesised arguments of a call: a list gives
//                              positional ones, an object keyword ones, a text is source
//   yaml                       the value as YAML on one line
//   xml                        the text with & < > " ' escaped
//   indent                     every line but the first moved in by the white space that the tag's
//   line
//                              begins with; `indent:4` by four blanks; empty lines stay empty
//   default:TEXT               TEXT where the variable is not given or null
//   map:A=B;C=D;*=E            what the text stands for, `*` any other text; no entry is an error
//
// An argument runs to the next `|` or stands in double quotes with JSON's escapes. Filters are
// pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "templates/source.h"

namespace ratchet {

/// Where a filter is applied: for what it says when it cannot be, and for those that lay out lines.
struct FilterPlace {
  const TemplateSource& source;
  std::size_t offset;
  std::string_view tag;          ///< the variable's name
  std::string_view line_indent;  ///< the white space that the tag's line begins with
  std::size_t column;            ///< bytes that stand before it on the line being written
};

struct FilterRow {
  enum class Argument { none, optional, required };

  std::string_view name;
  Argument argument;
  /// What is wrong with an argument, or nothing; null where any will do.
  std::optional<std::string> (*fault_of)(std::string_view argument);
  /// Throws Error{template.wrong_type, template.arguments} at the place.
  std::string (*apply)(const json::value& input, std::string_view argument,
                       const FilterPlace& place);
};

/// All filters, sorted by name.
[[nodiscard]] std::span<const FilterRow> filters();

/// The filter whose result stands in for what is missing.
inline constexpr std::string_view kDefaultFilter = "default";

struct FilterCall {
  const FilterRow* filter = nullptr;
  std::string argument;  ///< empty where there is none
};

/// Parses what follows the name of a tag, from its first `|` on.
/// Throws Error{template.unknown_filter, template.arguments, template.invalid} at `offset`.
[[nodiscard]] std::vector<FilterCall> parse_filters(std::string_view text,
                                                    const TemplateSource& source,
                                                    std::size_t offset);

/// A text as it is, a number, true or false as JSON writes it, null as nothing.
/// Throws Error{template.wrong_type} at the place for a list or an object.
[[nodiscard]] std::string text_of(const json::value& value, const FilterPlace& place);

}  // namespace ratchet
