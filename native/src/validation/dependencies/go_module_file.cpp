#include "validation/dependencies/go_module_file.h"

#include <vector>

#include "validation/dependencies/dependency_source.h"

namespace ratchet {
namespace {

std::string unquoted(std::string_view word) {
  const bool is_quoted = word.size() >= 2 && (word.front() == '"' || word.front() == '`') &&
                         word.back() == word.front();
  return std::string(is_quoted ? word.substr(1, word.size() - 2) : word);
}

struct Replacement {
  std::string version;  ///< the one that it is for; empty for all
  GoModule by;
};

using Words = std::vector<std::string_view>;

/// `old [version] => new [version]`.
void read_replacement(const Words& words, std::multimap<std::string, Replacement>& replacements) {
  std::size_t arrow = 0;
  while (arrow < words.size() && words[arrow] != "=>")
    ++arrow;
  if (arrow == 0 || arrow > 2 || arrow + 1 >= words.size()) return;
  Replacement replacement;
  if (arrow == 2) replacement.version = words[1];
  replacement.by.path = unquoted(words[arrow + 1]);
  if (arrow + 2 < words.size()) replacement.by.version = words[arrow + 2];
  replacements.emplace(unquoted(words[0]), replacement);
}

}  // namespace

std::map<std::string, GoModule> read_go_modules(std::string_view text) {
  std::map<std::string, GoModule> modules;
  std::multimap<std::string, Replacement> replacements;
  std::string_view block;
  for (const std::string_view line : filled_lines(text)) {
    Words words = words_of_line(line.substr(0, line.find("//")));
    if (words.empty()) continue;
    if (words.front() == ")") {
      block = {};
      continue;
    }
    std::string_view verb = block;
    if (verb.empty()) {
      verb = words.front();
      words.erase(words.begin());
      if (!words.empty() && words.front() == "(") {
        block = verb;
        continue;
      }
    }
    if (verb == "require" && words.size() == 2) {
      const std::string path = unquoted(words[0]);
      modules[path] = {path, std::string(words[1])};
    }
    if (verb == "replace") read_replacement(words, replacements);
  }
  for (const auto& [path, replacement] : replacements) {
    const auto module = modules.find(path);
    if (module == modules.end()) continue;
    const bool is_meant =
        replacement.version.empty() || replacement.version == module->second.version;
    if (is_meant) module->second = replacement.by;
  }
  return modules;
}

std::string escaped_go_path(std::string_view path) {
  std::string result;
  for (const char c : path) {
    if (c >= 'A' && c <= 'Z') {
      result += '!';
      result += static_cast<char>(c - 'A' + 'a');
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace ratchet
