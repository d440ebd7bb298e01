#include "transactions/home.h"

#include <algorithm>

#include "core/error.h"
#include "fs/contained_path.h"

namespace ratchet {
namespace {

bool marks_a_project(FileSystem& files, const std::filesystem::path& folder) {
  return files.status(folder / "ratchet.yaml").has_value() ||
         files.status(folder / ".git").has_value();
}

/// A journal writes it down and reads it back: it has to be a path as any other.
bool may_be_base(const std::string& base) {
  try {
    static_cast<void>(RelativePath::parse(base));
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::string Home::from_root(std::string_view path_in_home) const {
  std::string up;
  const auto levels = base.empty() ? 0 : std::count(base.begin(), base.end(), '/') + 1;
  for (auto level = levels; level > 0; --level)
    up += "../";
  return up.append(path_in_home);
}

Home find_home(FileSystem& files, const std::filesystem::path& root) {
  const auto own = files.status(root);
  if (!own) return {root, ""};
  for (std::filesystem::path folder = root;; folder = folder.parent_path()) {
    const auto status = files.status(folder);
    const bool ours = status && (status->owner == files.user() || status->owner == own->owner);
    if (!ours || status->device != own->device) break;
    if (marks_a_project(files, folder)) {
      std::string base = root.lexically_relative(folder).generic_string();
      if (base == ".") return {root, ""};
      if (!may_be_base(base)) break;
      return {folder, std::move(base)};
    }
    if (folder == folder.parent_path()) break;
  }
  return {root, ""};
}

}  // namespace ratchet
