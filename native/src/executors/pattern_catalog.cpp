#include "executors/pattern_catalog.h"

#include <algorithm>
#include <array>

#include "core/document.h"
#include "core/embedded.h"
#include "core/error.h"
#include "core/nearest.h"
#include "core/text.h"

namespace ratchet {
namespace {

/// Known to users of the old scripts, and refused until their rooms exist.
constexpr auto kPlanned = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"atomic_create", "PAT-ATOMIC-CREATE-001"},
    {"module_creation", "PAT-MODULE-CREATION-001"},
    {"refactor_patch", "PAT-REFACTOR-PATCH-001"},
    {"self_heal", "PAT-SELF-HEAL-001"},
    {"verify_commit", "PAT-VERIFY-COMMIT-001"},
    {"worktree_lifecycle", "PAT-WORKTREE-LIFECYCLE-001"},
});

Pattern read_pattern(const EmbeddedFile& file) {
  const Document document = read_yaml(std::string(file.bytes), std::string(file.name), Limits{});
  json::object written = document.value().as_object();
  const json::value schema_file = written.at("instance_schema");
  written.erase("instance_schema");
  Pattern pattern = from_json<Pattern>(written);
  const json::string& name = schema_file.as_string();
  pattern.instance_schema = embedded_schema({name.data(), name.size()});
  return pattern;
}

std::vector<Pattern> read_patterns() {
  std::vector<Pattern> all;
  for (const EmbeddedFile& file : embedded_patterns())
    all.push_back(read_pattern(file));
  std::sort(all.begin(), all.end(),
            [](const Pattern& a, const Pattern& b) { return a.name < b.name; });
  return all;
}

}  // namespace

std::span<const Pattern> patterns() {
  static const std::vector<Pattern> all = read_patterns();
  return all;
}

const Pattern& find_pattern(std::string_view name_or_id) {
  std::vector<std::string> names;
  for (const Pattern& pattern : patterns()) {
    if (pattern.name == name_or_id || pattern.id == name_or_id) return pattern;
    names.push_back(pattern.name);
    names.push_back(pattern.id);
  }
  for (const auto& [name, id] : kPlanned) {
    if (name != name_or_id && id != name_or_id) continue;
    throw Error("pattern.unsupported", "pattern " + std::string(name) + " is not implemented yet")
        .hint("pattern.list names those that are");
  }
  throw Error("pattern.unknown",
              "no pattern is called " + in_quotes(name_or_id) + did_you_mean(name_or_id, names))
      .hint("pattern.list names them all");
}

}  // namespace ratchet
