// Real disk for a test: a folder of its own, a mount, a limit; each undone at the end of its scope.
#pragma once

#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

namespace ratchet::test {

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "ratchet-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = std::filesystem::canonical(name);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  void put(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] std::string get(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// Relative path → content; folders end with `/`, links read `-> target`.
  [[nodiscard]] std::map<std::string, std::string> tree() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      const std::string name = std::filesystem::relative(entry.path().parent_path(), path_) == "."
                                   ? entry.path().filename().string()
                                   : entry.path().lexically_relative(path_).string();
      if (entry.is_symlink()) {
        found[name] = "-> " + std::filesystem::read_symlink(entry.path()).string();
      } else if (entry.is_directory()) {
        found[name + "/"] = "";
      } else {
        found[name] = entry.is_regular_file() ? get(name) : "<other>";
      }
    }
    return found;
  }

 private:
  std::filesystem::path path_;
};

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

/// Said loudly, and counted by whoever reads the output.
inline void say_skipped(const char* what, const char* why) {
  std::printf("SKIPPED: %s (%s)\n", what, why);
}

}  // namespace ratchet::test
