#include "templates/path_glob.h"

#include <charconv>
#include <cstdint>
#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

constexpr std::string_view kSyntaxCharacters = R"(^$\.*+?()[]{}|/-)";
constexpr std::int64_t kMostNumbers = 1000;
constexpr std::string_view kAnyName = "[^/]*";

void append_literal(std::string& pattern, char c) {
  // A dash is nothing special outside of a set, and may not be escaped there.
  if (c != '-' && kSyntaxCharacters.find(c) != std::string_view::npos) pattern += '\\';
  pattern += c;
}

/// Where the bracket that opens at `open` closes, or npos.
std::size_t end_of_set(std::string_view glob, std::size_t open) {
  std::size_t at = open + 1;
  if (at < glob.size() && (glob[at] == '!' || glob[at] == '^')) ++at;
  if (at < glob.size() && glob[at] == ']') ++at;  // the first one is a member
  for (; at < glob.size(); ++at) {
    if (glob[at] == '/') return std::string_view::npos;
    if (glob[at] == '\\') {
      ++at;
    } else if (glob[at] == ']') {
      return at;
    }
  }
  return std::string_view::npos;
}

/// `members` stands between the brackets.
std::string set_pattern(std::string_view members) {
  const bool is_negated = members.starts_with('!') || members.starts_with('^');
  if (is_negated) members.remove_prefix(1);
  std::string pattern = is_negated ? "[^/" : "[";
  for (std::size_t i = 0; i < members.size(); ++i) {
    char c = members[i];
    const bool is_range = c == '-' && i > 0 && i + 1 < members.size();
    if (is_range) {
      pattern += '-';
      continue;
    }
    if (c == '\\' && i + 1 < members.size()) c = members[++i];
    if (kSyntaxCharacters.find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern + ']';
}

/// Where the brace that opens at `open` closes, or npos.
std::size_t end_of_braces(std::string_view glob, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < glob.size(); ++at) {
    if (glob[at] == '\\') {
      ++at;
    } else if (glob[at] == '{') {
      ++depth;
    } else if (glob[at] == '}' && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

/// What stands between the commas of the outermost level.
std::vector<std::string_view> choices_of(std::string_view inside) {
  std::vector<std::string_view> choices;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    if (inside[at] == '\\') {
      ++at;
    } else if (inside[at] == '{') {
      ++depth;
    } else if (inside[at] == '}') {
      --depth;
    } else if (inside[at] == ',' && depth == 0) {
      choices.push_back(inside.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  choices.push_back(inside.substr(begin));
  return choices;
}

std::optional<std::int64_t> integer_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Range {
  std::int64_t low;
  std::int64_t high;
};

std::optional<Range> range_of(std::string_view inside) {
  const std::size_t dots = inside.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto first = integer_of(inside.substr(0, dots));
  const auto last = integer_of(inside.substr(dots + 2));
  if (!first || !last) return std::nullopt;
  return Range{std::min(*first, *last), std::max(*first, *last)};
}

/// Writes an EditorConfig pattern as a regular expression.
class EditorConfigWriter {
 public:
  /// Nothing where a range is too wide.
  std::optional<std::string> write(std::string_view glob) {
    append(glob);
    if (is_too_wide_) return std::nullopt;
    return std::move(pattern_);
  }

 private:
  void append(std::string_view glob) {
    for (std::size_t at = 0; at < glob.size();)
      at += append_item(glob.substr(at));
  }

  /// Appends what the text begins with; how many bytes that was.
  std::size_t append_item(std::string_view rest) {
    constexpr std::string_view kAnyFolders = "/**/";
    if (rest.starts_with(kAnyFolders)) {
      pattern_ += "\\/(?:.*\\/)?";
      return kAnyFolders.size();
    }
    if (rest.starts_with("**")) {
      pattern_ += ".*";
      return 2;
    }
    if (rest.front() == '\\' && rest.size() > 1) {
      append_literal(pattern_, rest[1]);
      return 2;
    }
    if (rest.front() == '*' || rest.front() == '?') {
      pattern_ += rest.front() == '*' ? kAnyName : "[^/]";
      return 1;
    }
    const std::size_t set_end = rest.front() == '[' ? end_of_set(rest, 0) : std::string_view::npos;
    if (set_end != std::string_view::npos) {
      pattern_ += set_pattern(rest.substr(1, set_end - 1));
      return set_end + 1;
    }
    const std::size_t end = rest.front() == '{' ? end_of_braces(rest, 0) : std::string_view::npos;
    if (end != std::string_view::npos) {
      append_braces(rest.substr(1, end - 1));
      return end + 1;
    }
    append_literal(pattern_, rest.front());
    return 1;
  }

  void append_braces(std::string_view inside) {
    if (const std::optional<Range> range = range_of(inside)) return append_range(*range);
    const std::vector<std::string_view> choices = choices_of(inside);
    if (choices.size() == 1) {  // no choice: the braces stand for themselves
      append_literal(pattern_, '{');
      append(inside);
      append_literal(pattern_, '}');
      return;
    }
    const char* separator = "(?:";
    for (const std::string_view choice : choices) {
      pattern_ += std::exchange(separator, "|");
      append(choice);
    }
    pattern_ += ')';
  }

  void append_range(const Range& range) {
    const auto width =
        static_cast<std::uint64_t>(range.high) - static_cast<std::uint64_t>(range.low);
    if (width >= kMostNumbers) {
      is_too_wide_ = true;
      return;
    }
    const char* separator = "(?:";
    for (std::int64_t number = range.low; number <= range.high; ++number) {
      pattern_ += std::exchange(separator, "|");
      if (number >= 0) pattern_ += "\\+?";
      pattern_ += std::to_string(number);
    }
    pattern_ += ')';
  }

  std::string pattern_;
  bool is_too_wide_ = false;
};

std::string git_pattern(std::string_view glob) {
  std::string pattern;
  if (glob.starts_with("**/")) {
    pattern = "(?:.*\\/)?";
    glob.remove_prefix(3);
  }
  for (std::size_t at = 0; at < glob.size(); ++at) {
    const std::string_view rest = glob.substr(at);
    if (rest == "/**") {
      return pattern + "\\/.*";
    }
    if (rest.starts_with("/**/")) {
      pattern += "\\/(?:.*\\/)?";
      at += 3;
    } else if (rest.front() == '*') {
      pattern += kAnyName;
    } else if (rest.front() == '?') {
      pattern += "[^/]";
    } else if (rest.front() == '[' && end_of_set(rest, 0) != std::string_view::npos) {
      const std::size_t end = end_of_set(rest, 0);
      pattern += set_pattern(rest.substr(1, end - 1));
      at += end;
    } else {
      if (rest.front() == '\\' && rest.size() > 1) ++at;
      append_literal(pattern, glob[at]);
    }
  }
  return pattern;
}

/// A pattern is for names at any depth where it has no slash, else from the file's folder on.
std::string anchored(std::string_view glob, const std::string& pattern) {
  const bool is_name = glob.find('/') == std::string_view::npos;
  return std::string(is_name ? "^(?:.*\\/)?(?:" : "^(?:").append(pattern).append(")$");
}

}  // namespace

std::optional<PathGlob> PathGlob::compiled(const std::string& pattern) {
  try {
    return PathGlob(Regex::compile(pattern, Regex::Dialect::ecma262));
  } catch (const Error&) {
    return std::nullopt;  // a set without sense, such as [z-a]
  }
}

std::optional<PathGlob> PathGlob::editorconfig(std::string_view glob) {
  const std::string_view inside = glob.starts_with('/') ? glob.substr(1) : glob;
  const std::optional<std::string> pattern = EditorConfigWriter().write(inside);
  if (!pattern) return std::nullopt;
  return compiled(anchored(glob, *pattern));
}

std::optional<PathGlob> PathGlob::gitattributes(std::string_view glob) {
  if (glob.empty() || glob.starts_with('!') || glob.ends_with('/')) return std::nullopt;
  const std::string_view inside = glob.starts_with('/') ? glob.substr(1) : glob;
  return compiled(anchored(glob, git_pattern(inside)));
}

bool PathGlob::matches(std::string_view path) const {
  return regex_.search(path) == Regex::Outcome::matched;
}

}  // namespace ratchet
