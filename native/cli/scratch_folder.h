// A folder for what a run needs while it lasts.
#pragma once

#include <string>
#include <string_view>

namespace ratchet::cli {

/// A new folder of the user's alone (mode 0700) in the system's for temporary files; removed with
/// all in it when it is dropped.
class ScratchFolder {
 public:
  explicit ScratchFolder(std::string_view name);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  /// False where the system did not let us make it.
  [[nodiscard]] bool exists() const { return !path_.empty(); }
  /// Absolute.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace ratchet::cli
