#include "transactions/home.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "core/error.h"
#include "fs/contained_path.h"

namespace ratchet {
namespace {

constexpr std::string_view kRepository = ".git";
constexpr std::string_view kConfiguration = "ratchet.yaml";

/// A journal writes it down and reads it back: it has to be a path as any other.
bool may_be_base(const std::string& base) {
  try {
    static_cast<void>(RelativePath::parse(base));
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// The nearest folder with one of the marks, as find_home() looks for it.
std::optional<Home> nearest(FileSystem& files, const std::filesystem::path& root,
                            std::initializer_list<std::string_view> marks) {
  const auto own = files.status(root);
  if (!own) return std::nullopt;
  for (std::filesystem::path folder = root;; folder = folder.parent_path()) {
    const auto status = files.status(folder);
    const bool ours = status && (status->owner == files.user() || status->owner == own->owner);
    if (!ours || status->device != own->device) return std::nullopt;
    const bool is_marked = std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
      return files.status(folder / mark).has_value();
    });
    if (is_marked) {
      std::string base = root.lexically_relative(folder).generic_string();
      if (base == ".") return Home{root, ""};
      if (!may_be_base(base)) return std::nullopt;
      return Home{folder, std::move(base)};
    }
    if (folder == folder.parent_path()) return std::nullopt;
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
  return nearest(files, root, {kConfiguration, kRepository}).value_or(Home{root, ""});
}

Home find_repository(FileSystem& files, const std::filesystem::path& root) {
  const std::optional<Home> found = nearest(files, root, {kRepository});
  return found ? *found : find_home(files, root);
}

}  // namespace ratchet
