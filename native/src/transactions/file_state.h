// What stands under a path, as far as a transaction compares it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/hash.h"
#include "fs/file_system.h"

namespace ratchet {

enum class StateKind { absent, file, link, folder, other };

/// A value. Two states are the same when nobody's work could be lost by taking one for the other:
/// files by mode, size and hash, links by where they lead, folders always (what is in them has
/// states of its own). What is neither file, link nor folder is never the same as anything.
struct FileState {
  StateKind kind = StateKind::absent;
  std::uint32_t mode = 0;  ///< permission bits, of a file
  std::uint64_t size = 0;  ///< of a file
  Sha256 hash{};           ///< of a file's bytes or a link's target

  [[nodiscard]] bool exists() const { return kind != StateKind::absent; }
  [[nodiscard]] bool is_folder() const { return kind == StateKind::folder; }
  /// A file or a link: what can be staged, moved and restored.
  [[nodiscard]] bool has_content() const {
    return kind == StateKind::file || kind == StateKind::link;
  }

  friend bool operator==(const FileState& a, const FileState& b);
};

[[nodiscard]] FileState state_of(const std::optional<FileDigest>& digest);
/// Reads what stands there. Error: io.*, path.*.
[[nodiscard]] FileState look_at(Folder& folder, std::string_view path);

/// For messages: `absent`, `a folder`, `a file with SHA-256 0123456789ab…`.
[[nodiscard]] std::string in_words(const FileState& state);

}  // namespace ratchet
