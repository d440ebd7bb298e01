#include "templates/git_attributes.h"

#include <algorithm>
#include <optional>

#include "core/ascii.h"
#include "core/text.h"

namespace ratchet {
namespace {

constexpr std::string_view kBlanks = " \t\r";
constexpr std::string_view kMacro = "[attr]";
using State = std::pair<std::string, std::string>;

State state_of(std::string_view word) {
  if (word.starts_with('-')) return {std::string(word.substr(1)), "false"};
  if (word.starts_with('!')) return {std::string(word.substr(1)), ""};
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos) return {std::string(word), "true"};
  return {std::string(word.substr(0, equals)), std::string(word.substr(equals + 1))};
}

std::string_view take_word(std::string_view& line) {
  line = trimmed(line, kBlanks);
  const std::size_t end = std::min(line.find_first_of(kBlanks), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

/// The pattern a line begins with; in double quotes it may hold blanks, and a backslash stands
/// before quotes and backslashes. Nothing where the quotes do not end.
std::optional<std::string> take_pattern(std::string_view& line) {
  if (!line.starts_with('"')) return std::string(take_word(line));
  std::string pattern;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (line[at] == '"') {
      line.remove_prefix(at + 1);
      return pattern;
    }
    if (line[at] == '\\' && at + 1 < line.size()) ++at;
    pattern += line[at];
  }
  return std::nullopt;
}

std::vector<State> take_states(std::string_view line, const GitAttributes::Macros& macros) {
  std::vector<State> states;
  for (std::string_view word = take_word(line); !word.empty(); word = take_word(line)) {
    State state = state_of(word);
    const auto macro = macros.find(state.first);
    if (macro != macros.end() && state.second == "true") {
      states.insert(states.end(), macro->second.begin(), macro->second.end());
    }
    states.push_back(std::move(state));
  }
  return states;
}

void read_line(std::string_view line, GitAttributes& attributes, GitAttributes::Macros& macros) {
  line = trimmed(line, kBlanks);
  if (line.empty() || line.front() == '#') return;
  if (line.starts_with(kMacro)) {
    line.remove_prefix(kMacro.size());
    const std::string name(take_word(line));
    macros[name] = take_states(line, macros);
    return;
  }
  const std::optional<std::string> pattern = take_pattern(line);
  if (!pattern) return;
  std::optional<PathGlob> files = PathGlob::gitattributes(*pattern);
  if (files) attributes.rules.push_back({std::move(*files), take_states(line, macros)});
}

}  // namespace

GitAttributes::Macros GitAttributes::built_in_macros() {
  return {{"binary", {{"diff", "false"}, {"merge", "false"}, {"text", "false"}}}};
}

GitAttributes GitAttributes::parse(std::string_view text, Macros& macros) {
  GitAttributes attributes;
  while (!text.empty())
    read_line(take_line(text), attributes, macros);
  return attributes;
}

void GitAttributes::apply(std::string_view path, States& states) const {
  for (const Rule& rule : rules) {
    if (!rule.files.matches(path)) continue;
    for (const auto& [name, value] : rule.states)
      states[name] = value;
  }
}

}  // namespace ratchet
