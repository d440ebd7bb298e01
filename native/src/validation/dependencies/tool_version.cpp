#include "validation/dependencies/tool_version.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"

namespace ratchet {
namespace {

struct ProgramRow {
  std::string_view name;
  std::string_view arguments;  ///< separated by spaces
};

/// Programs that are known to say their version so. Sorted.
constexpr auto kPrograms = std::to_array<ProgramRow>({
    {"ansible", "--version"},
    {"ant", "-version"},
    {"aws", "--version"},
    {"az", "--version"},
    {"bash", "--version"},
    {"bazel", "--version"},
    {"bun", "--version"},
    {"bundle", "--version"},
    {"cargo", "--version"},
    {"clang", "--version"},
    {"clang++", "--version"},
    {"clang-format", "--version"},
    {"clang-tidy", "--version"},
    {"cmake", "--version"},
    {"composer", "--version"},
    {"ctest", "--version"},
    {"curl", "--version"},
    {"deno", "--version"},
    {"docker", "--version"},
    {"dotnet", "--version"},
    {"ffmpeg", "-version"},
    {"g++", "--version"},
    {"gcc", "--version"},
    {"gh", "--version"},
    {"git", "--version"},
    {"go", "version"},
    {"gradle", "--version"},
    {"helm", "version --short"},
    {"java", "-version"},
    {"javac", "-version"},
    {"jq", "--version"},
    {"kubectl", "version --client"},
    {"less", "--version"},
    {"lua", "-v"},
    {"make", "--version"},
    {"mvn", "--version"},
    {"mysql", "--version"},
    {"nginx", "-v"},
    {"ninja", "--version"},
    {"node", "--version"},
    {"npm", "--version"},
    {"npx", "--version"},
    {"openssl", "version"},
    {"perl", "--version"},
    {"php", "--version"},
    {"pip", "--version"},
    {"pip3", "--version"},
    {"pnpm", "--version"},
    {"podman", "--version"},
    {"poetry", "--version"},
    {"psql", "--version"},
    {"pwsh", "--version"},
    {"python", "--version"},
    {"python3", "--version"},
    {"rg", "--version"},
    {"ruby", "--version"},
    {"rustc", "--version"},
    {"rustup", "--version"},
    {"shellcheck", "--version"},
    {"sqlite3", "--version"},
    {"ssh", "-V"},
    {"swift", "--version"},
    {"tar", "--version"},
    {"terraform", "version"},
    {"tmux", "-V"},
    {"tsc", "--version"},
    {"unzip", "-v"},
    {"uv", "--version"},
    {"yarn", "--version"},
    {"zsh", "--version"},
});

/// Words behind a version that make it a pre-release of it.
constexpr auto kPrereleaseWords = std::to_array<std::string_view>(
    {"a", "alpha", "b", "beta", "c", "canary", "dev", "ea", "insiders", "m", "nightly", "next",
     "pre", "preview", "rc", "snapshot"});

const ProgramRow* find_row(std::string_view program) {
  const auto* const row = std::lower_bound(
      kPrograms.begin(), kPrograms.end(), program,
      [](const ProgramRow& each, std::string_view name) { return each.name < name; });
  return row != kPrograms.end() && row->name == program ? row : nullptr;
}

/// Numbers with dots at a place of a line: where they end, and how many there are.
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t dots = 0;
  std::size_t depth = 0;  ///< parentheses around it
};

/// What may stand right before a version: nothing, a space, an opening, a `v` or the `go` of
/// `go1.19.8`, a dash behind a name (`jq-1.6`), a slash behind the program's own (`nginx/1.22.1`).
bool may_begin(std::string_view stem, std::string_view line, std::size_t at) {
  std::string_view before = line.substr(0, at);
  const auto strip = [&](std::string_view prefix) {
    if (!before.ends_with(prefix)) return;
    const std::string_view rest = before.substr(0, before.size() - prefix.size());
    if (rest.empty() || !(is_letter(rest.back()) || is_digit(rest.back()))) before = rest;
  };
  strip("v");
  strip("V");
  strip("go");
  if (before.empty()) return true;
  const bool is_behind_name =
      before.ends_with('/') && before.substr(0, before.size() - 1).ends_with(stem);
  if (is_behind_name) return true;
  const char last = before.back();
  if (last == '-') return before.size() > 1 && is_letter(before[before.size() - 2]);
  return std::string_view(" \t(\"':=,_").find(last) != std::string_view::npos;
}

std::vector<Token> tokens_of(std::string_view stem, std::string_view line) {
  std::vector<Token> tokens;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '(') ++depth;
    if (line[at] == ')' && depth > 0) --depth;
    if (!is_digit(line[at])) continue;
    Token token{at, at, 0, depth};
    while (token.end < line.size()) {
      const bool is_dot =
          line[token.end] == '.' && token.end + 1 < line.size() && is_digit(line[token.end + 1]);
      if (!is_dot && !is_digit(line[token.end])) break;
      if (is_dot) ++token.dots;
      ++token.end;
    }
    at = token.end - 1;
    if (may_begin(stem, line, token.begin)) tokens.push_back(token);
  }
  return tokens;
}

/// Where the word stands that announces a version, its end; nothing where none does.
std::optional<std::size_t> end_of_version_word(std::string_view lowered) {
  for (const std::string_view word : {"version", "ver"}) {
    for (std::size_t at = lowered.find(word); at != std::string_view::npos;
         at = lowered.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool begins = at == 0 || !is_letter(lowered[at - 1]);
      const bool ends = end == lowered.size() || !is_letter(lowered[end]);
      if (begins && ends) return end;
    }
  }
  return std::nullopt;
}

/// The part of a program's name that its own line has: `python3` says Python, `gcc-12` gcc.
std::string_view stem_of(std::string_view program) {
  const std::size_t end = program.find_first_of("0123456789");
  if (end == 0 || end == std::string_view::npos) return program;
  std::string_view stem = program.substr(0, end);
  if (stem.ends_with('-')) stem.remove_suffix(1);
  return stem;
}

/// Words of letters, and behind them a version with nothing but a remark in parentheses: `Apache
/// Maven 3.8.7 (…)`; or a line that begins with the version.
bool is_name_and_version(std::string_view line, const std::vector<Token>& tokens) {
  if (tokens.empty()) return false;
  const std::string_view before = line.substr(0, tokens.front().begin);
  if (before.empty() || before == "v") return true;
  std::string_view behind = line.substr(tokens.front().end);
  behind.remove_prefix(std::min(behind.find(' '), behind.size()));
  const bool is_remark = behind.empty() || behind.starts_with(" (");
  return is_remark && std::all_of(before.begin(), before.end(), [](char c) {
           return is_letter(c) || c == ' ' || c == '+' || c == '-' || c == '_';
         });
}

/// Whether the line's first word, not counting `GNU`, holds the program's name.
bool begins_with_name(std::string_view lowered, std::string_view stem) {
  constexpr std::string_view kMaker = "gnu ";
  if (lowered.starts_with(kMaker)) lowered.remove_prefix(kMaker.size());
  return lowered.substr(0, lowered.find(' ')).find(stem) != std::string_view::npos;
}

const Token* choose(std::string_view program, std::string_view line, const std::string& lowered,
                    const std::vector<Token>& tokens) {
  const auto word_end = end_of_version_word(lowered);
  const std::string stem = lower(stem_of(program));
  const bool is_about_it =
      word_end || begins_with_name(lowered, stem) || is_name_and_version(line, tokens);
  if (!is_about_it) return nullptr;
  const auto first = [&](auto fits) -> const Token* {
    const auto found = std::find_if(tokens.begin(), tokens.end(), fits);
    return found == tokens.end() ? nullptr : &*found;
  };
  const Token* token = nullptr;
  if (word_end) {
    token = first([&](const Token& each) { return each.dots > 0 && each.begin >= *word_end; });
  }
  if (token == nullptr) {
    token = first([](const Token& each) { return each.dots > 0 && each.depth == 0; });
  }
  if (token == nullptr) token = first([](const Token& each) { return each.dots > 0; });
  if (token == nullptr && lowered.starts_with(stem + " ")) {
    const std::size_t behind = stem.size() + 1;
    token = first([&](const Token& each) { return each.begin == behind && each.depth == 0; });
  }
  return token;
}

/// The suffix behind a version's numbers as pre-release identifiers; none for any other suffix.
std::vector<std::string> prerelease_of(std::string_view suffix) {
  if (!suffix.empty() &&
      (suffix.front() == '-' || suffix.front() == '.' || suffix.front() == '_')) {
    suffix.remove_prefix(1);
  }
  std::size_t size = 0;
  while (size < suffix.size() && is_letter(suffix[size]))
    ++size;
  const std::string word = lower(suffix.substr(0, size));
  if (std::find(kPrereleaseWords.begin(), kPrereleaseWords.end(), word) == kPrereleaseWords.end()) {
    return {};
  }
  std::vector<std::string> parts{word};
  suffix.remove_prefix(size);
  while (!suffix.empty()) {
    if (suffix.front() == '.' || suffix.front() == '-') suffix.remove_prefix(1);
    const std::size_t end = std::min(suffix.find_first_not_of("0123456789"), suffix.size());
    if (end == 0) break;
    parts.emplace_back(suffix.substr(0, end));
    suffix.remove_prefix(end);
  }
  // `3.3a` is a patch of 3.3, `3.3a1` comes before it.
  const bool is_patch = word.size() == 1 && parts.size() == 1;
  return is_patch ? std::vector<std::string>() : parts;
}

/// Java 8 calls itself 1.8.0_392.
void drop_leading_one(std::string_view program, std::string_view suffix, Version& version) {
  constexpr std::size_t kLongestOldName = 3;
  const bool is_java = program == "java" || program == "javac";
  if (!is_java || version.number(0) != 1 || version.numbers.size() < 2) return;
  version.numbers.erase(version.numbers.begin());
  if (version.numbers.size() >= kLongestOldName || !suffix.starts_with('_')) return;
  suffix.remove_prefix(1);
  const auto update = whole_number(
      suffix.substr(0, std::min(suffix.find_first_not_of("0123456789"), suffix.size())));
  if (update) version.numbers.push_back(*update);
}

ToolVersion version_at(std::string_view program, std::string_view line, const Token& token,
                       Version version) {
  constexpr std::string_view kBehind = " \t()\"',;:/";
  const std::size_t end = std::min(line.find_first_of(kBehind, token.end), line.size());
  const std::string_view suffix = line.substr(token.end, end - token.end);
  version.prerelease = prerelease_of(suffix);
  drop_leading_one(program, suffix, version);
  return {std::string(line.substr(token.begin, end - token.begin)), std::move(version)};
}

}  // namespace

std::vector<std::string> version_arguments(std::string_view program) {
  const ProgramRow* row = find_row(program);
  if (row == nullptr) return {"--version"};
  std::vector<std::string> arguments(1);
  for (const char c : row->arguments) {
    if (c == ' ') {
      arguments.emplace_back();
    } else {
      arguments.back() += c;
    }
  }
  return arguments;
}

bool is_known_program(std::string_view program) {
  return find_row(program) != nullptr;
}

std::optional<ToolVersion> read_tool_version(std::string_view program, std::string_view output) {
  while (!output.empty()) {
    const std::size_t end = std::min(output.find_first_of("\r\n"), output.size());
    const std::string_view line = output.substr(0, end);
    output.remove_prefix(std::min(end + 1, output.size()));
    const std::vector<Token> tokens = tokens_of(stem_of(program), line);
    const Token* token = choose(program, line, lower(line), tokens);
    if (token == nullptr) continue;
    auto version = Version::parse(line.substr(token->begin, token->end - token->begin));
    if (version) return version_at(program, line, *token, *std::move(version));
  }
  return std::nullopt;
}

}  // namespace ratchet
