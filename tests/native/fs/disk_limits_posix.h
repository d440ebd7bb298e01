// What can be made scarce for a test: mounts and open files; each undone at the end of its scope.
#pragma once

#include <sys/mount.h>
#include <sys/resource.h>

#include <filesystem>

namespace ratchet::test {

/// A mount for a scope; `mounted()` is false where this process may not mount.
class Mount {
 public:
  Mount(const char* source, const std::filesystem::path& at, const char* type, unsigned long flags,
        const char* options)
      : at_(at), mounted_(::mount(source, at.c_str(), type, flags, options) == 0) {}
  ~Mount() {
    if (mounted_) umount2(at_.c_str(), MNT_DETACH);
  }
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }

 private:
  std::filesystem::path at_;
  bool mounted_;
};

/// The soft limit on open files, for a scope.
class OpenFilesLimit {
 public:
  explicit OpenFilesLimit(rlim_t most) {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit lower = before_;
    lower.rlim_cur = most;
    setrlimit(RLIMIT_NOFILE, &lower);
  }
  ~OpenFilesLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
  OpenFilesLimit(const OpenFilesLimit&) = delete;
  OpenFilesLimit& operator=(const OpenFilesLimit&) = delete;

 private:
  rlimit before_{};
};

}  // namespace ratchet::test
