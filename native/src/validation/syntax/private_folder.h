// A folder that nobody else can enter, for as long as judges read from it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/random.h"
#include "fs/file_system.h"

namespace ratchet {

/// `ratchet-syntax-RANDOM` in the system's folder for temporary files, mode 0700; removed with
/// everything that was written into it. One owner at a time.
class PrivateFolder {
 public:
  /// Error: io.*.
  PrivateFolder(FileSystem& files, Random& random);
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// A new file, mode 0600. Error: io.*; transaction.exists for a name that was written before.
  void write(const std::string& name, std::string_view bytes);

 private:
  std::unique_ptr<Folder> parent_;
  std::string name_;
  std::filesystem::path path_;
  std::unique_ptr<Folder> folder_;
  std::vector<std::string> written_;
};

}  // namespace ratchet
