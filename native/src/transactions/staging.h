// New contents, written to slots where nobody looks, and flushed in batches.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fs/file_system.h"
#include "transactions/durability.h"
#include "transactions/file_state.h"

namespace ratchet {

/// What was staged; its bytes are on disk alone.
struct StagedContent {
  std::uint32_t slot = 0;
  FileState state;  ///< as it stands on disk
};

/// Where a slot's group, attributes and access list come from.
struct LikeFile {
  Folder* folder = nullptr;     ///< as of a new file in it; null where it gives none
  std::string_view old_file{};  ///< or as of this file in it: owner too, and mode if none is given
};

/// The slots of one transaction: names `0`, `1`, … in its folder. At most kWindow files are open at
/// a time; none is closed before its flush. One owner at a time.
class Staging {
 public:
  /// Files flushed at once: more brings no speed, and a process may often open just 1,024.
  static constexpr std::size_t kWindow = 256;

  Staging(Folder& folder, Durability durability) : folder_(&folder), durability_(durability) {}

  void set_durability(Durability durability) { durability_ = durability; }

  /// Writes a slot; `mode` 0 means 0666 less the umask, or the old file's. When no descriptor is
  /// left, those of the window are flushed and closed to go on. After an error the slot stays until
  /// remove_failed().
  [[nodiscard]] StagedContent add(std::string_view content, std::uint32_t mode,
                                  const LikeFile& like);
  /// As add(), with the bytes of another file, never whole in memory.
  [[nodiscard]] StagedContent copy(Folder& folder, std::string_view name, std::uint32_t mode,
                                   const LikeFile& like);
  /// A link that leads to `target`, as it is written.
  [[nodiscard]] StagedContent link(std::string_view target);
  /// A folder in a slot of this number.
  void make_folder(std::uint32_t slot, const LikeFile& like);

  /// Everything added is durable on return, but for Durability::none. After an error nothing may be
  /// trusted.
  void flush();
  /// Flushes to get descriptors back; false when there was none to get.
  [[nodiscard]] bool free_descriptors();

  /// The number that no slot has yet, nor any above.
  [[nodiscard]] std::uint32_t next_slot() const { return next_slot_; }
  void reserve(std::uint32_t next_slot) { next_slot_ = std::max(next_slot_, next_slot); }

  /// Closes what is open, flushed or not.
  void drop() { window_.clear(); }
  /// Removes the slots of every add() that failed.
  void remove_failed();

  [[nodiscard]] static std::string slot_name(std::uint32_t slot) { return std::to_string(slot); }

 private:
  using Fill = std::function<void(WritableFile& file)>;
  [[nodiscard]] StagedContent stage(const Fill& fill, std::uint32_t mode, const LikeFile& like);
  [[nodiscard]] std::unique_ptr<WritableFile> create(const std::string& name, std::uint32_t mode);

  Folder* folder_;
  Durability durability_;
  std::uint32_t next_slot_ = 0;
  std::vector<std::unique_ptr<WritableFile>> window_;
  std::vector<std::uint32_t> failed_;
};

}  // namespace ratchet
