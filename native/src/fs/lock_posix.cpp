#include "fs/lock_posix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "fs/file_error.h"

namespace ratchet {
namespace {

/// One byte far behind any content: where locks are mandatory, the note before it stays readable.
constexpr off_t kLockOffset = off_t{1} << 62;

struct flock lock_range() {
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = kLockOffset;
  range.l_len = 1;
  return range;
}

bool try_lock(int file, std::string_view shown) {
  struct flock range = lock_range();
  while (fcntl(file, F_OFD_SETLK, &range) != 0) {
    if (errno == EAGAIN || errno == EACCES) return false;
    if (errno != EINTR) throw file_error(errno, "lock", shown);
  }
  return true;
}

}  // namespace

bool is_lock_held(int file, std::string_view shown) {
  struct flock range = lock_range();
  while (fcntl(file, F_OFD_GETLK, &range) != 0) {
    if (errno != EINTR) throw file_error(errno, "look at the lock of", shown);
  }
  return range.l_type != F_UNLCK;
}

bool lock_named(int file, int folder, const std::string& name, std::string_view shown) {
  if (!try_lock(file, shown)) return false;
  struct stat locked {};
  if (fstat(file, &locked) != 0) throw file_error(errno, "look at", shown);
  struct stat named {};
  if (fstatat(folder, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) return false;
    throw file_error(errno, "look at", shown);
  }
  return named.st_ino == locked.st_ino && named.st_dev == locked.st_dev;
}

}  // namespace ratchet
