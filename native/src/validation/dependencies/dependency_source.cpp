#include "validation/dependencies/dependency_source.h"

#include <algorithm>

#include "fs/file_error.h"

namespace ratchet {

LookedUp LookedUp::found(Installed installed) {
  LookedUp result;
  result.state = State::found;
  result.installed.push_back(std::move(installed));
  return result;
}

LookedUp LookedUp::missing(std::string reason, std::string hint) {
  return {State::missing, {}, std::move(reason), std::move(hint)};
}

LookedUp LookedUp::unchecked(std::string reason, std::string hint) {
  return {State::unchecked, {}, std::move(reason), std::move(hint)};
}

std::optional<std::string> read_if_there(const std::filesystem::path& path,
                                         const DependencySeams& seams) {
  try {
    return seams.files.read(path, static_cast<std::uint64_t>(seams.limits.input_bytes));
  } catch (const Error& error) {
    if (is(error, "io.not_found") || is(error, "io.not_a_folder")) return std::nullopt;
    throw;
  }
}

std::vector<std::string_view> filled_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<std::string_view> words_of_line(std::string_view line) {
  constexpr std::string_view kBetween = " \t";
  std::vector<std::string_view> words;
  while (true) {
    const std::size_t begin = line.find_first_not_of(kBetween);
    if (begin == std::string_view::npos) return words;
    line.remove_prefix(begin);
    const std::size_t end = std::min(line.find_first_of(kBetween), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

}  // namespace ratchet
