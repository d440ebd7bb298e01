#include "templates/rendered_paths.h"

#include <algorithm>
#include <string_view>

#include "core/text.h"
#include "fs/contained_path.h"

namespace ratchet {
namespace {

constexpr std::size_t kShownPath = 200;

/// What no file of Windows can have in its name (Win32, Naming Files, Paths, and Namespaces).
constexpr std::string_view kForeignLetters = "<>:\"|?*";

void require_portable(const std::string& path, const Template& written) {
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view component = rest.substr(0, slash);
    const bool ends_badly = component.ends_with('.') || component.ends_with(' ');
    if (ends_badly || component.find_first_of(kForeignLetters) != std::string_view::npos) {
      throw written.source().error(
          "path.invalid", 0,
          "the path " + in_quotes(path, kShownPath) +
              " cannot be a file's on Windows: " + in_quotes(component) +
              (ends_badly ? " ends with a dot or a blank" : " has one of < > : \" | ? * in it"));
    }
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
}

RelativePath parsed(const std::string& path, const Template& written) {
  try {
    return RelativePath::parse(path);
  } catch (const Error& error) {
    Error placed = written.source().error(error.code(), 0, error.message());
    placed.hint(error.hint());
    throw placed;  // NOLINT: the same fault, with its place
  }
}

}  // namespace

void RenderedPaths::add(const std::string& path, const Template& written) {
  const RelativePath own = parsed(path, written);
  require_portable(path, written);
  const std::string folded = own.folded();
  for (std::size_t slash = folded.find('/'); slash != std::string::npos;
       slash = folded.find('/', slash + 1)) {
    const auto [above, is_new] =
        by_folded_path_.try_emplace(folded.substr(0, slash), Entry{path, true});
    if (is_new || above->second.is_folder) continue;
    throw written.source().error("template.duplicate_path", 0,
                                 in_quotes(path, kShownPath) + " needs a folder where " +
                                     in_quotes(above->second.path, kShownPath) + " is a file");
  }
  const auto [other, is_new] = by_folded_path_.try_emplace(folded, Entry{path, false});
  if (is_new) return;
  const Entry& entry = other->second;
  if (entry.is_folder) {
    throw written.source().error("template.duplicate_path", 0,
                                 in_quotes(entry.path, kShownPath) + " needs a folder where " +
                                     in_quotes(path, kShownPath) + " is a file");
  }
  if (entry.path == path) {
    throw written.source().error("template.duplicate_path", 0,
                                 "two files are rendered to " + in_quotes(path, kShownPath));
  }
  throw written.source().error("template.case_clash", 0,
                               in_quotes(path, kShownPath) + " differs from " +
                                   in_quotes(entry.path, kShownPath) + " in case alone");
}

}  // namespace ratchet
