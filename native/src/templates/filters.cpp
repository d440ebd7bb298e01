#include "templates/filters.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/nearest.h"
#include "core/text.h"
#include "templates/inflection.h"
#include "templates/literals.h"
#include "templates/words.h"

namespace ratchet {
namespace {

using Argument = FilterRow::Argument;

constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";
/// More is no indentation but a mistake.
constexpr int kWidestIndent = 200;

/// A filter that turns one text into another.
template <std::string (*function)(std::string_view)>
std::string of_text(const json::value& input, std::string_view, const FilterPlace& place) {
  return function(text_of(input, place));
}

/// A filter that writes any value.
template <std::string (*function)(const json::value&)>
std::string of_value(const json::value& input, std::string_view, const FilterPlace&) {
  return function(input);
}

std::optional<int> indent_width(std::string_view argument) {
  int width = 0;
  const auto [end, fault] =
      std::from_chars(argument.data(), argument.data() + argument.size(), width);
  const bool whole = fault == std::errc() && end == argument.data() + argument.size();
  if (!whole || width < 0 || width > kWidestIndent) return std::nullopt;
  return width;
}

std::optional<std::string> fault_of_indent(std::string_view argument) {
  if (indent_width(argument)) return std::nullopt;
  return "needs a number of blanks from 0 to " + std::to_string(kWidestIndent);
}

std::string indent(const json::value& input, std::string_view argument, const FilterPlace& place) {
  const std::optional<int> width = indent_width(argument);
  const std::string blanks =
      width ? std::string(static_cast<std::size_t>(*width), ' ') : std::string(place.line_indent);
  const std::string text = text_of(input, place);
  std::string result;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t newline = text.find('\n', start);
    const std::size_t next = newline == std::string::npos ? text.size() : newline + 1;
    const std::string_view line = std::string_view(text).substr(start, next - start);
    if (start > 0 && line != "\n" && line != "\r\n") result += blanks;
    result += line;
    start = next;
  }
  return result;
}

std::optional<std::string> fault_of_python(std::string_view argument) {
  if (argument == "source" || argument == "call") return std::nullopt;
  return "needs \"source\" or \"call\", or no argument at all";
}

std::string python(const json::value& input, std::string_view argument, const FilterPlace& place) {
  const PythonPlace at{place.column, place.line_indent.size()};
  if (argument == "call") return python_call(input, at);
  const json::string* text = input.if_string();
  return argument == "source" && text != nullptr ? std::string(*text) : python_literal(input, at);
}

/// The key of a map's entry for every text that no entry before it is for.
constexpr std::string_view kAnyOther = "*";

/// Hands each `key=value` of a map to `take` until that returns true; false at an entry without
/// `=`.
template <typename Take>
bool each_entry(std::string_view map, Take take) {
  while (!map.empty()) {
    const std::string_view entry = map.substr(0, map.find(';'));
    const std::size_t equals = entry.find('=');
    if (equals == std::string_view::npos) return false;
    if (take(entry.substr(0, equals), entry.substr(equals + 1))) return true;
    map.remove_prefix(std::min(entry.size() + 1, map.size()));
  }
  return true;
}

std::optional<std::string> fault_of_map(std::string_view argument) {
  const bool valid = each_entry(argument, [](std::string_view, std::string_view) { return false; });
  if (valid && !argument.empty()) return std::nullopt;
  return "needs entries like A=B;C=D";
}

std::string map(const json::value& input, std::string_view argument, const FilterPlace& place) {
  const std::string text = text_of(input, place);
  std::optional<std::string> found;
  std::vector<std::string> known;
  each_entry(argument, [&](std::string_view key, std::string_view value) {
    known.emplace_back(key);
    if (key == text || key == kAnyOther) found = value;
    return found.has_value();
  });
  if (found) return *found;
  std::string names;
  for (const std::string& name : known)
    names.append(names.empty() ? "" : ", ").append(name);
  throw place.source.error("template.arguments", place.offset,
                           "variable " + in_quotes(place.tag) + " is " + in_quotes(text) +
                               ", but the template knows only " + names);
}

/// Called only for what is missing.
std::string stand_in(const json::value&, std::string_view argument, const FilterPlace&) {
  return std::string(argument);
}

constexpr std::array<FilterRow, 16> kFilters{{
    {"camel", Argument::none, nullptr, of_text<camel_case>},
    {kDefaultFilter, Argument::required, nullptr, stand_in},
    {"indent", Argument::optional, fault_of_indent, indent},
    {"json", Argument::none, nullptr, of_value<json_literal>},
    {"kebab", Argument::none, nullptr, of_text<kebab_case>},
    {"lower", Argument::none, nullptr, of_text<lower_case>},
    {"map", Argument::required, fault_of_map, map},
    {"pascal", Argument::none, nullptr, of_text<pascal_case>},
    {"plural", Argument::none, nullptr, of_text<plural_of>},
    {"python", Argument::optional, fault_of_python, python},
    {"singular", Argument::none, nullptr, of_text<singular_of>},
    {"snake", Argument::none, nullptr, of_text<snake_case>},
    {"title", Argument::none, nullptr, of_text<title_case>},
    {"upper", Argument::none, nullptr, of_text<upper_case>},
    {"xml", Argument::none, nullptr, of_text<xml_escaped>},
    {"yaml", Argument::none, nullptr, of_value<yaml_literal>},
}};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

/// Reads `|name:argument|name…` from the left.
class FilterReader {
 public:
  FilterReader(std::string_view text, const TemplateSource& source, std::size_t offset)
      : rest_(text), source_(source), offset_(offset) {}

  std::vector<FilterCall> run() {
    std::vector<FilterCall> calls;
    while (!rest_.empty()) {
      rest_.remove_prefix(1);
      calls.push_back(call());
    }
    return calls;
  }

 private:
  FilterCall call() {
    const std::size_t name_end = std::min(rest_.find_first_of("|:"), rest_.size());
    const FilterRow& row = row_of(trimmed(rest_.substr(0, name_end)));
    rest_.remove_prefix(name_end);
    FilterCall call{&row, {}};
    const bool given = rest_.starts_with(':');
    if (given) {
      rest_.remove_prefix(1);
      call.argument = argument();
    }
    check(row, given, call.argument);
    return call;
  }

  const FilterRow& row_of(std::string_view name) const {
    for (const FilterRow& row : kFilters) {
      if (row.name == name) return row;
    }
    std::vector<std::string> known;
    known.reserve(kFilters.size());
    for (const FilterRow& row : kFilters)
      known.emplace_back(row.name);
    throw source_.error("template.unknown_filter", offset_, "unknown filter " + in_quotes(name),
                        did_you_mean(name, known));
  }

  std::string argument() {
    const std::size_t start = std::min(rest_.find_first_not_of(kWhiteSpace), rest_.size());
    if (rest_.substr(start).starts_with('"')) {
      rest_.remove_prefix(start);
      return quoted_argument();
    }
    const std::size_t end = std::min(rest_.find('|'), rest_.size());
    const std::string_view bare = trimmed(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return std::string(bare);
  }

  std::string quoted_argument() {
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"')
      end += rest_[end] == '\\' ? 2 : 1;
    json::error_code fault;
    json::value value;
    if (end < rest_.size()) value = json::parse(rest_.substr(0, end + 1), fault);
    if (fault.failed() || !value.is_string()) {
      throw source_.error("template.invalid", offset_,
                          "a filter's argument in quotes is not a JSON text");
    }
    rest_.remove_prefix(end + 1);
    rest_.remove_prefix(std::min(rest_.find_first_not_of(kWhiteSpace), rest_.size()));
    if (!rest_.empty() && rest_.front() != '|') {
      throw source_.error("template.invalid", offset_,
                          "after a filter's argument in quotes only \"|\" can follow");
    }
    return std::string(value.get_string());
  }

  void check(const FilterRow& row, bool given, std::string_view argument) const {
    std::optional<std::string> fault;
    if (!given && row.argument == Argument::required) fault = "needs an argument";
    if (given && row.argument == Argument::none) fault = "takes no argument";
    if (given && !fault && row.fault_of != nullptr) fault = row.fault_of(argument);
    if (!fault) return;
    throw source_.error("template.arguments", offset_,
                        "filter " + in_quotes(row.name) + " " + *fault);
  }

  std::string_view rest_;
  const TemplateSource& source_;
  std::size_t offset_;
};

}  // namespace

std::span<const FilterRow> filters() {
  return kFilters;
}

std::vector<FilterCall> parse_filters(std::string_view text, const TemplateSource& source,
                                      std::size_t offset) {
  return FilterReader(text, source, offset).run();
}

std::string text_of(const json::value& value, const FilterPlace& place) {
  if (const json::string* text = value.if_string()) return std::string(*text);
  if (value.is_null()) return {};
  if (!value.is_structured()) return scalar_text(value);
  const std::string kind = value.is_array() ? "a list" : "an object";
  throw place.source.error(
      "template.wrong_type", place.offset,
      "variable " + in_quotes(place.tag) + " is " + kind + ", where a text is needed",
      "; use a section or the filter json");
}

}  // namespace ratchet
