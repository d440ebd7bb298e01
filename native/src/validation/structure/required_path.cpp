#include "validation/structure/required_path.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/text.h"
#include "fs/contained_path.h"
#include "validation/structure/glob.h"

namespace ratchet {
namespace {

constexpr auto kHiddenFolders = std::to_array<std::string_view>({
    ".azuredevops",  ".buildkite", ".cargo", ".changeset", ".ci",         ".circleci", ".config",
    ".devcontainer", ".docker",    ".gitea", ".github",    ".gitlab",     ".husky",    ".idea",
    ".mvn",          ".storybook", ".vs",    ".vscode",    ".woodpecker", ".yarn",
});

constexpr auto kPlainFiles = std::to_array<std::string_view>({
    "Brewfile",    "Caddyfile", "Containerfile", "Dockerfile",  "Earthfile", "Gemfile",
    "Jenkinsfile", "Justfile",  "Makefile",      "Pipfile",     "Podfile",   "Procfile",
    "Rakefile",    "Taskfile",  "Tiltfile",      "Vagrantfile", "configure", "gradlew",
    "justfile",    "makefile",  "mvnw",
});

template <std::size_t Size>
bool holds(const std::array<std::string_view, Size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_lower_case(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) {
    // A letter beyond ASCII counts as one: names that are shouted by custom are ASCII.
    return (c >= 'a' && c <= 'z') || static_cast<signed char>(c) < 0;
  });
}

}  // namespace

RequiredPath RequiredPath::parse(std::string_view text, RequiredKind kind) {
  RequiredPath path;
  path.kind_ = kind;
  std::string_view rest = text;
  if (rest.size() > 1 && rest.ends_with('/')) {
    rest.remove_suffix(1);
    if (kind == RequiredKind::file) {
      throw Error("request.constraint",
                  "path " + in_quotes(text) + " ends with / and yet is to be a file")
          .hint("leave the / out, or ask for a folder");
    }
    path.kind_ = RequiredKind::folder;
  }
  path.path_ = rest;
  path.is_pattern_ = is_glob(rest);
  const auto choices = path.is_pattern_ ? expand_braces(rest, kMostChoices)
                                        : std::vector<std::string>{std::string(rest)};
  for (const std::string& choice : choices) {
    const RelativePath contained = RelativePath::parse(choice);
    const auto components = contained.components();
    path.choices_.emplace_back(components.begin(), components.end());
  }
  return path;
}

std::string RequiredPath::shown() const {
  return kind_ == RequiredKind::folder ? path_ + "/" : path_;
}

RequiredKind kind_to_create(const RequiredPath& path, bool has_paths_beneath) {
  if (path.kind() != RequiredKind::any) return path.kind();
  if (has_paths_beneath) return RequiredKind::folder;
  const RelativePath contained = RelativePath::parse(path.path());
  const std::string_view name = contained.name();
  if (!contained.extension().empty()) return RequiredKind::file;
  if (name.starts_with('.')) {
    return holds(kHiddenFolders, name) ? RequiredKind::folder : RequiredKind::file;
  }
  if (holds(kPlainFiles, name) || !has_lower_case(name)) return RequiredKind::file;
  return RequiredKind::folder;
}

}  // namespace ratchet
