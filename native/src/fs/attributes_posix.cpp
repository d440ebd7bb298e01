#include "fs/attributes_posix.h"

#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>

#include "fs/file_error.h"
#include "fs/reading_posix.h"

namespace ratchet {
namespace {

constexpr const char* kLabel = "security.selinux";
constexpr const char* kAccessList = "system.posix_acl_access";
constexpr const char* kDefaultList = "system.posix_acl_default";

/// What this user may not give away, or this file system does not know, is not an error.
bool may_be_left_out(int error_number) {
  return error_number == EPERM || error_number == EACCES || error_number == EOPNOTSUPP ||
         error_number == EINVAL || error_number == ENODATA;
}

void give_owner(int file, const FileStatus& old, std::string_view path) {
  const FileStatus now = status_of(file, path);
  if (now.owner == old.owner && now.group == old.group) return;
  if (fchown(file, old.owner, old.group) == 0) return;
  // The group alone may be given by whoever belongs to it.
  if (errno == EPERM && fchown(file, static_cast<uid_t>(-1), old.group) == 0) return;
  if (!may_be_left_out(errno)) throw file_error(errno, "set the owner of", path);
}

/// Nothing where there is no such attribute.
std::optional<std::string> attribute(int file, const char* name) {
  const ssize_t size = fgetxattr(file, name, nullptr, 0);
  if (size < 0) return std::nullopt;
  std::string value(static_cast<std::size_t>(size), '\0');
  const ssize_t got = fgetxattr(file, name, value.data(), value.size());
  if (got < 0) return std::nullopt;
  value.resize(static_cast<std::size_t>(got));
  return value;
}

/// False where it was left out.
bool set_attribute(int file, const char* name, const std::string& value, std::string_view path) {
  if (fsetxattr(file, name, value.data(), value.size(), 0) == 0) return true;
  if (!may_be_left_out(errno)) throw file_error(errno, "set an attribute of", path);
  return false;
}

void copy_extended_attributes(int from, int to, std::string_view path) {
  const ssize_t size = flistxattr(from, nullptr, 0);
  if (size <= 0) return;
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = flistxattr(from, names.data(), names.size());
  if (got < 0) return;
  names.resize(static_cast<std::size_t>(got));
  for (std::size_t at = 0; at < names.size();) {
    const char* name = names.c_str() + at;
    at += std::string_view(name).size() + 1;
    if (const auto value = attribute(from, name)) {
      static_cast<void>(set_attribute(to, name, *value, path));
    }
  }
}

}  // namespace

void copy_attributes(int from, const FileStatus& status, int to, std::string_view path) {
  give_owner(to, status, path);
  copy_extended_attributes(from, to, path);
}

bool gives_attributes(int folder, std::string_view path) {
  return (status_of(folder, path).mode & S_ISGID) != 0 ||
         attribute(folder, kDefaultList).has_value() || attribute(folder, kLabel).has_value();
}

void inherit_attributes(int parent, int made, std::string_view path) {
  const FileStatus from = status_of(parent, path);
  const FileStatus now = status_of(made, path);
  const bool gives_group = (from.mode & S_ISGID) != 0;
  if (gives_group && now.group != from.group) {
    if (fchown(made, static_cast<uid_t>(-1), from.group) != 0 && !may_be_left_out(errno)) {
      throw file_error(errno, "set the group of", path);
    }
  }
  if (const auto label = attribute(parent, kLabel)) {
    static_cast<void>(set_attribute(made, kLabel, *label, path));
  }
  const bool is_folder = now.kind == FileKind::folder;
  std::uint32_t mode = now.mode;
  const auto list = attribute(parent, kDefaultList);
  if (list && set_attribute(made, kAccessList, *list, path)) {
    // A default list takes the place of the umask.
    constexpr std::uint32_t kNewFolder = 0777;
    constexpr std::uint32_t kNewFile = 0666;
    mode = status_of(made, path).mode & (is_folder ? kNewFolder : kNewFile);
    if (is_folder) {
      static_cast<void>(set_attribute(made, kDefaultList, *list, path));
    }
  }
  if (is_folder && gives_group) mode |= S_ISGID;
  if (mode == status_of(made, path).mode) return;
  if (fchmod(made, mode) != 0) throw file_error(errno, "set the mode of", path);
}

}  // namespace ratchet
