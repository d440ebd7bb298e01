#include "fs/resolve_posix.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <optional>
#include <string>

#include "core/text.h"
#include "fs/contained_path.h"
#include "fs/file_error.h"

namespace ratchet {
namespace {

/// openat2 gives EAGAIN when a rename somewhere raced with a `..` in a link; it passes when tried
/// again.
constexpr int kMostTries = 128;

int open_by_kernel(int folder, const std::string& path, int flags, std::uint64_t resolve) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags | O_DIRECTORY | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | resolve;
  for (int tries = 0; tries < kMostTries; ++tries) {
    const long opened = syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
    if (opened >= 0) return static_cast<int>(opened);
    if (errno != EAGAIN && errno != EINTR) return -1;
  }
  return -1;
}

/// Where a descriptor's folder lies, by the kernel's own account; empty where /proc does not say.
std::string location(int descriptor) {
  std::array<char, PATH_MAX> text{};
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t size = readlink(link.c_str(), text.data(), text.size());
  return size <= 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(size));
}

[[noreturn]] void refuse_link(std::string_view path, std::string_view why) {
  throw Error("path.outside_root",
              "folder " + in_quotes(path) + " is reached through a link " + std::string(why))
      .at(std::string(path));
}

/// Where `opened` lies beneath `folder`; empty for the folder itself.
std::string location_beneath(int folder, int opened, std::string_view path) {
  const std::string root = location(folder);
  std::string place = location(opened);
  if (root.empty() || place.empty()) refuse_link(path, "whose target cannot be told");
  if (place == root) return {};
  const std::string prefix = root == "/" ? root : root + "/";
  if (!place.starts_with(prefix)) refuse_link(path, "that leaves the project root");
  return place.substr(prefix.size());
}

/// A link that stays inside may still lead into `.git`, where a file would become a hook.
void refuse_protected(int folder, int opened, std::string_view path) {
  const std::string place = location_beneath(folder, opened, path);
  for (std::string_view rest = place; !rest.empty();) {
    const std::size_t slash = rest.find('/');
    if (names_protected_folder(rest.substr(0, slash))) {
      throw Error("path.protected", "folder " + in_quotes(path) +
                                        " is a link into .git or .ratchet; name another one")
          .at(std::string(path));
    }
    if (slash == std::string_view::npos) return;
    rest.remove_prefix(slash + 1);
  }
}

bool is_link(int folder, const std::string& name) {
  struct stat status {};
  return fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISLNK(status.st_mode);
}

[[noreturn]] void refuse_any_link(std::string_view path) {
  throw Error("io.not_a_folder", "folder " + in_quotes(path) +
                                     " is reached through a link; a folder "
                                     "is needed here")
      .at(std::string(path));
}

Descriptor open_by_walk(int folder, std::string_view path, int flags, Links links) {
  Descriptor at;
  for (std::string_view rest = path;;) {
    const std::size_t slash = rest.find('/');
    const bool last = slash == std::string_view::npos;
    const std::string name(rest.substr(0, slash));
    const int parent = at.is_open() ? at.get() : folder;
    const int wanted = (last ? flags : O_PATH) | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    Descriptor next(openat(parent, name.c_str(), wanted));
    if (!next.is_open()) {
      const int error_number = errno;
      if ((error_number == ENOTDIR || error_number == ELOOP) && is_link(parent, name)) {
        if (links == Links::none) refuse_any_link(path);
        refuse_link(path, "that cannot be followed safely on this system; name the folder itself");
      }
      throw file_error(error_number, "open folder", path);
    }
    at = std::move(next);
    if (last) return at;
    rest.remove_prefix(slash + 1);
  }
}

/// Nothing where this kernel or sandbox has no openat2.
std::optional<Descriptor> try_open_by_kernel(int folder, std::string_view path, int flags,
                                             Links links) {
  const std::string text(path);
  Descriptor opened(open_by_kernel(folder, text, flags, RESOLVE_NO_SYMLINKS));
  if (opened.is_open()) return opened;
  if (errno == ENOSYS || errno == EPERM) return std::nullopt;
  if (errno != ELOOP) throw file_error(errno, "open folder", path);
  if (links == Links::none) refuse_any_link(path);
  opened = Descriptor(open_by_kernel(folder, text, flags, 0));
  if (!opened.is_open()) {
    if (errno == EXDEV) refuse_link(path, "that leaves the project root");
    throw file_error(errno, "open folder", path);
  }
  refuse_protected(folder, opened.get(), path);
  return opened;
}

}  // namespace

Descriptor open_beneath(int folder, std::string_view path, int flags, Links links,
                        Resolution resolution) {
  if (path.empty()) {
    Descriptor itself(openat(folder, ".", flags | O_DIRECTORY | O_CLOEXEC));
    if (!itself.is_open()) throw file_error(errno, "open folder", path);
    return itself;
  }
  if (resolution == Resolution::kernel) {
    std::optional<Descriptor> opened = try_open_by_kernel(folder, path, flags, links);
    if (opened) return std::move(*opened);
  }
  return open_by_walk(folder, path, flags, links);
}

std::string resolve_beneath(int folder, std::string_view path, Resolution resolution) {
  if (path.empty()) return {};
  if (resolution == Resolution::kernel) {
    // The usual case: no link in the way, and nothing to resolve.
    const Descriptor plain(open_by_kernel(folder, std::string(path), O_PATH, RESOLVE_NO_SYMLINKS));
    if (plain.is_open()) return std::string(path);
    if (errno == ELOOP) {
      const Descriptor opened = open_beneath(folder, path, O_PATH, Links::inside, resolution);
      return location_beneath(folder, opened.get(), path);
    }
  }
  static_cast<void>(open_beneath(folder, path, O_PATH, Links::inside, resolution));
  return std::string(path);  // the walk follows no link
}

}  // namespace ratchet
