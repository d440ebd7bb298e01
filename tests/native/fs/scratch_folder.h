// Real disk for a test: a folder of its own, removed at the end of its scope.
#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>

namespace ratchet::test {

/// Names and paths are UTF-8 everywhere, as in the engine.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::random_device random;
    const std::filesystem::path parent =
        std::filesystem::canonical(std::filesystem::temp_directory_path());
    do {
      path_ = parent / ("ratchet-test-" + std::to_string(random()));
    } while (!std::filesystem::create_directory(path_));
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  void put(const std::string& name, const std::string& content) const {
    const std::filesystem::path place = path_ / name;
    std::filesystem::create_directories(place.parent_path());
    std::ofstream(place, std::ios::binary) << content;
  }
  [[nodiscard]] std::string get(const std::string& name) const { return content_of(path_ / name); }
  /// Relative path → content; folders end with `/`, links read `-> target`.
  [[nodiscard]] std::map<std::string, std::string> tree() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      const std::string name = entry.path().lexically_relative(path_).generic_string();
      if (entry.is_symlink()) {
        found[name] = "-> " + std::filesystem::read_symlink(entry.path()).generic_string();
      } else if (entry.is_directory()) {
        found[name + "/"] = "";
      } else {
        found[name] = entry.is_regular_file() ? content_of(entry.path()) : "<other>";
      }
    }
    return found;
  }

 private:
  [[nodiscard]] static std::string content_of(const std::filesystem::path& place) {
    std::ifstream file(place, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::filesystem::path path_;
};

/// Said loudly, and counted by whoever reads the output.
inline void say_skipped(const char* what, const char* why) {
  std::printf("SKIPPED: %s (%s)\n", what, why);
}

}  // namespace ratchet::test
