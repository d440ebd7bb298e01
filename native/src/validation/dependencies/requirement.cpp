#include "validation/dependencies/requirement.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

constexpr std::string_view kSpaces = " \t";
constexpr std::size_t kLongestName = 214;  // npm's own bound
constexpr std::size_t kShown = 100;

bool is_word_character(char c) {
  return is_letter(c) || is_digit(c);
}

bool all_of(std::string_view text, std::string_view also) {
  return std::all_of(text.begin(), text.end(), [also](char c) {
    return is_word_character(c) || also.find(c) != std::string_view::npos;
  });
}

bool is_python_name(std::string_view name) {
  return all_of(name, "._-") && is_word_character(name.front()) && is_word_character(name.back());
}

/// `name` or `@scope/name`. Parts that begin with a dot or consist of dots would lead elsewhere.
bool is_npm_name(std::string_view name) {
  constexpr std::string_view kAlso = "-._~!'()*";
  const auto is_part = [&](std::string_view part) {
    return !part.empty() && part.front() != '.' && part.front() != '_' && all_of(part, kAlso);
  };
  if (!name.starts_with('@')) return is_part(name);
  const std::size_t slash = name.find('/');
  return slash != std::string_view::npos && is_part(name.substr(1, slash - 1)) &&
         is_part(name.substr(slash + 1));
}

bool is_go_path(std::string_view name) {
  if (!all_of(name, "-._~/")) return false;
  for (std::string_view rest = name; !rest.empty();) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    if (slash == 0 || rest.front() == '.') return false;
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return !name.ends_with('/');
}

/// Whatever a file may be called: it is looked up on PATH, and never given to a shell.
bool is_program_name(std::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) {
    constexpr unsigned char kSpace = 0x20;
    return c == '/' || c == '\\' || static_cast<unsigned char>(c) < kSpace;
  });
}

bool is_name(DependencyKind kind, std::string_view name) {
  if (name.empty() || name.size() > kLongestName || first_invalid_utf8(name)) return false;
  switch (kind) {
    case DependencyKind::python:
      return is_python_name(name);
    case DependencyKind::npm:
    case DependencyKind::npm_global:
      return is_npm_name(name);
    case DependencyKind::executable:
      return is_program_name(name);
    case DependencyKind::go:
      return is_go_path(name);
    case DependencyKind::dotnet:
    case DependencyKind::cargo:
      return is_python_name(name);  // letters, digits, and ._- between them
  }
  return false;
}

[[noreturn]] void refuse(DependencyKind kind, std::string_view text, const std::string& why,
                         std::string hint) {
  throw Error("dependency.invalid",
              std::string(to_string(kind)) + " dependency " + in_quotes(text, kShown) + " " + why)
      .hint(std::move(hint));
}

/// Where the versions begin.
std::size_t end_of_name(DependencyKind kind, std::string_view text) {
  const bool is_scoped = text.starts_with('@');
  // A program's name may hold any of these but behind a space.
  const std::string_view ends = kind == DependencyKind::python ? "<>=!~ [;(@" : "<>=^~ @";
  std::size_t from = is_scoped ? 1 : 0;
  while (true) {
    const std::size_t end = std::min(text.find_first_of(ends, from), text.size());
    // `~` may stand in npm's and go's names, but never where a number follows.
    const bool is_part_of_name = end + 1 < text.size() && text[end] == '~' &&
                                 is_word_character(text[end + 1]) &&
                                 (text[end + 1] < '0' || text[end + 1] > '9');
    if (!is_part_of_name) return end;
    from = end + 1;
  }
}

}  // namespace

std::string_view to_string(DependencyKind kind) {
  switch (kind) {
    case DependencyKind::python:
      return "python";
    case DependencyKind::npm:
      return "npm";
    case DependencyKind::npm_global:
      return "npm_global";
    case DependencyKind::executable:
      return "executable";
    case DependencyKind::dotnet:
      return "dotnet";
    case DependencyKind::go:
      return "go";
    case DependencyKind::cargo:
      return "cargo";
  }
  return "";
}

Requirement Requirement::parse(DependencyKind kind, std::string_view text) {
  const std::string_view whole = text;
  text = trimmed(text, kSpaces);
  Requirement requirement;
  requirement.kind = kind;
  std::size_t end = end_of_name(kind, text);
  requirement.name = text.substr(0, end);
  if (!is_name(kind, requirement.name)) {
    refuse(kind, whole, "has no name that one can have", "write NAME, or NAME>=VERSION");
  }
  text = trimmed(text.substr(end), kSpaces);
  if (kind == DependencyKind::python) {
    if (text.starts_with('[')) {
      const std::size_t close = text.find(']');
      if (close == std::string_view::npos) refuse(kind, whole, "has a [ without its ]", "close it");
      text = trimmed(text.substr(close + 1), kSpaces);
    }
    if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
    requirement.asked = trimmed(text, kSpaces);
    requirement.python = PythonSpecifiers::parse(text);
    if (!requirement.python) {
      refuse(kind, whole, "asks for versions that PEP 440 does not know",
             "write comparisons such as >=1.2,<2; markers and URLs are not read");
    }
    return requirement;
  }
  if (text.starts_with('@')) text = trimmed(text.substr(1), kSpaces);
  requirement.asked = text;
  if (requirement.asked.empty()) return requirement;
  const bool is_cargo = kind == DependencyKind::cargo;
  requirement.range = VersionRange::parse(
      text, is_cargo ? VersionRange::Lone::compatible : VersionRange::Lone::itself);
  if (!requirement.range) {
    refuse(kind, whole, "asks for what is no range of versions",
           "write a range such as >=1.2 or ^1.2; tags and URLs are not read");
  }
  return requirement;
}

std::string Requirement::id() const {
  return std::string(to_string(kind)) + ":" + name;
}

std::optional<bool> Requirement::fits(std::string_view version) const {
  if (asked.empty()) return true;
  if (python) {
    const auto read = PythonVersion::parse(version);
    if (!read) return std::nullopt;
    return python->hold(*read, version);
  }
  const auto read = Version::parse(version);
  if (!read) return std::nullopt;
  return fits(*read);
}

bool Requirement::fits(const Version& version) const {
  if (!range) return true;
  const bool by_npm_rule = kind == DependencyKind::npm || kind == DependencyKind::npm_global ||
                           kind == DependencyKind::cargo;
  return range->holds(version, by_npm_rule ? VersionRange::Prereleases::where_named
                                           : VersionRange::Prereleases::all);
}

}  // namespace ratchet
