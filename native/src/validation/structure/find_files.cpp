#include "validation/structure/find_files.h"

#include <algorithm>
#include <set>

#include "core/text.h"
#include "fs/file_error.h"
#include "validation/structure/glob.h"

namespace ratchet {
namespace {

constexpr std::string_view kAnyDepth = "**";

std::vector<std::string> components_of(std::string_view pattern) {
  std::vector<std::string> components;
  while (!pattern.empty()) {
    const std::size_t slash = std::min(pattern.find('/'), pattern.size());
    if (slash > 0) components.emplace_back(pattern.substr(0, slash));
    pattern.remove_prefix(std::min(slash + 1, pattern.size()));
  }
  return components;
}

std::string joined(const std::string& folder, std::string_view name) {
  std::string path = folder;
  if (!path.ends_with('/')) path += '/';
  return path.append(name);
}

/// One pattern without braces, followed through the tree.
class Walk {
 public:
  Walk(FileSystem& files, std::vector<std::string> components, const Limits& limits,
       std::set<std::string>& found, std::vector<Error>& faults)
      : files_(files),
        components_(std::move(components)),
        limits_(limits),
        found_(found),
        faults_(faults) {}

  void run(const std::string& root, const Cancellation& cancellation) {
    if (components_.empty()) return;
    to_visit_.push_back({root, {0}});
    while (!to_visit_.empty()) {
      cancellation.check();
      Visit visit = std::move(to_visit_.back());
      to_visit_.pop_back();
      look(std::move(visit));
    }
  }

 private:
  /// A folder, and the components that are to be matched in it.
  struct Visit {
    std::string folder;
    std::set<std::size_t> next;
  };

  [[nodiscard]] bool is_last(std::size_t component) const {
    return component + 1 == components_.size();
  }

  void look(Visit visit) {
    bool has_pattern = false;
    for (auto at = visit.next.begin(); at != visit.next.end(); ++at) {
      const bool any_depth = components_[*at] == kAnyDepth;
      if (any_depth && !is_last(*at)) visit.next.insert(*at + 1);
      has_pattern = has_pattern || any_depth || is_glob(components_[*at]);
    }
    for (const std::size_t at : visit.next) {
      if (!is_glob(components_[at])) follow(joined(visit.folder, components_[at]), {at});
    }
    if (!has_pattern) return;
    for (const FolderEntry& entry : entries_of(visit.folder))
      match(visit, entry);
  }

  std::vector<FolderEntry> entries_of(const std::string& folder) {
    std::vector<FolderEntry> entries;
    try {
      entries = files_.list(folder);
    } catch (const Error& error) {
      if (!is(error, "io.not_found") && !is(error, "io.not_a_folder"))
        faults_.push_back(Error(error).at(repaired_utf8(folder)));
      return {};
    }
    seen_ += entries.size();
    if (seen_ > static_cast<std::size_t>(limits_.structure_entries)) {
      throw Error("limit.tree_size", "there are more than " +
                                         std::to_string(limits_.structure_entries) +
                                         " names where the pattern looks")
          .hint("write a narrower pattern, or raise the limit structure_entries");
    }
    return entries;
  }

  void match(const Visit& visit, const FolderEntry& entry) {
    std::set<std::size_t> matched;
    std::set<std::size_t> deeper;
    for (const std::size_t at : visit.next) {
      if (components_[at] == kAnyDepth) {
        if (entry.name.starts_with('.')) continue;
        if (entry.kind == FileKind::folder) deeper.insert(at);
        if (is_last(at)) matched.insert(at);
      } else if (is_glob(components_[at]) && NamePattern(components_[at]).matches(entry.name)) {
        matched.insert(at);
      }
    }
    const std::string path = joined(visit.folder, entry.name);
    if (!matched.empty())
      follow(path, matched, entry.kind, std::move(deeper));
    else if (!deeper.empty())
      to_visit_.push_back({path, std::move(deeper)});
  }

  /// `path` matches these components; `deeper` are matched beneath it besides.
  void follow(const std::string& path, const std::set<std::size_t>& matched,
              FileKind kind = FileKind::link, std::set<std::size_t> deeper = {}) {
    if (first_invalid_utf8(path)) {
      const std::string shown = repaired_utf8(path);
      faults_.push_back(
          Error("path.invalid", "the name " + in_quotes(shown, 200) + " is not UTF-8; rename it")
              .at(shown));
      return;
    }
    if (kind == FileKind::link) kind = kind_behind(path);
    for (const std::size_t at : matched) {
      if (!is_last(at))
        deeper.insert(at + 1);
      else if (kind == FileKind::file)
        found_.insert(path);
    }
    if (kind == FileKind::folder && !deeper.empty()) to_visit_.push_back({path, std::move(deeper)});
  }

  /// A link that leads nowhere, or to itself, is no file.
  FileKind kind_behind(const std::string& path) {
    try {
      const std::optional<FileStatus> status = files_.status(path);
      return status ? status->kind : FileKind::other;
    } catch (const Error&) {
      return FileKind::other;
    }
  }

  FileSystem& files_;
  const std::vector<std::string> components_;
  const Limits& limits_;
  std::set<std::string>& found_;
  std::vector<Error>& faults_;
  std::vector<Visit> to_visit_;
  std::size_t seen_ = 0;
};

}  // namespace

FoundFiles find_files(FileSystem& files, const std::filesystem::path& root,
                      std::string_view pattern, const Limits& limits,
                      const Cancellation& cancellation) {
  std::set<std::string> found;
  FoundFiles result;
  for (const std::string& choice : expand_braces(pattern, kMostChoices)) {
    const std::filesystem::path written = std::filesystem::path(choice).lexically_normal();
    std::vector<std::string> components = components_of(written.relative_path().generic_string());
    // What stands in the names of folders above is no pattern, whatever it looks like.
    std::filesystem::path from =
        written.has_root_directory() ? written.root_path() : root.lexically_normal();
    if (!from.has_filename() && from.has_relative_path()) from = from.parent_path();
    while (!components.empty() && (components.front() == ".." || components.front() == ".")) {
      if (components.front() == "..") from = from.parent_path();
      components.erase(components.begin());
    }
    Walk(files, std::move(components), limits, found, result.faults)
        .run(from.generic_string(), cancellation);
  }
  for (const std::string& path : found)
    result.paths.push_back(std::filesystem::path(path).make_preferred().string());
  return result;
}

}  // namespace ratchet
