// Files for what children write beyond the memory that is kept of it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "fs/file_system.h"
#include "process/launcher.h"

namespace ratchet {

/// New files (mode 0600) in one folder, made when they are needed. Each is used by one thread.
class SpillFolder {
 public:
  /// Error: io.* where the folder cannot be opened; `most_bytes` of a stream are written.
  SpillFolder(FileSystem& files, const std::filesystem::path& folder, std::uint64_t most_bytes);

  /// Opens `NAME` on the first byte. Writing throws io.*, transaction.exists where something has
  /// this name, limit.output_size beyond `most_bytes`.
  [[nodiscard]] std::unique_ptr<StreamSpill> open(const std::string& name) const;

 private:
  std::shared_ptr<Folder> folder_;
  std::uint64_t most_bytes_;
};

}  // namespace ratchet
