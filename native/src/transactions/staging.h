// New contents, written to slots where nobody looks, and flushed in batches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/hash.h"
#include "fs/file_system.h"
#include "transactions/durability.h"

namespace ratchet {

/// What was staged; its bytes are on disk alone.
struct StagedContent {
  std::uint32_t slot = 0;
  std::uint32_t mode = 0;  ///< permission bits as they stand on disk
  std::uint64_t size = 0;
  Sha256 hash{};
};

/// The slots of one transaction: files `0`, `1`, … in its folder. At most kWindow files are open at
/// a time; none is closed before its flush. One owner at a time.
class Staging {
 public:
  /// Files flushed at once: more brings no speed, and a process may often open just 1,024.
  static constexpr std::size_t kWindow = 256;

  Staging(Folder& folder, Durability durability) : folder_(&folder), durability_(durability) {}

  /// Writes a slot; `mode` 0 means 0666 less the umask. When no descriptor is left, those of the
  /// window are flushed and closed to go on. After an error the slot stays until remove_failed().
  [[nodiscard]] StagedContent add(std::string_view content, std::uint32_t mode);
  /// Everything added is durable on return, but for Durability::none. After an error nothing may be
  /// trusted.
  void flush();
  /// Flushes to get descriptors back; false when there was none to get.
  [[nodiscard]] bool free_descriptors();

  /// Closes what is open, flushed or not.
  void drop() { window_.clear(); }
  /// Removes the slots of every add() that failed.
  void remove_failed();

  [[nodiscard]] static std::string slot_name(std::uint32_t slot) { return std::to_string(slot); }

 private:
  [[nodiscard]] std::unique_ptr<WritableFile> create(const std::string& name, std::uint32_t mode);

  Folder* folder_;
  Durability durability_;
  std::uint32_t next_slot_ = 0;
  std::vector<std::unique_ptr<WritableFile>> window_;
  std::vector<std::uint32_t> failed_;
};

}  // namespace ratchet
