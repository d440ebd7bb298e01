// One step of a transaction: what becomes of one path.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "transactions/file_state.h"

namespace ratchet {

/// Files are what a transaction calls files and links alike.
enum class EntryKind {
  make_folder,
  create,
  update,
  move,
  remove,
  replace_kind,  ///< a folder in place of a file, or a file in place of a folder
  remove_folder,
};

/// The net effect of a transaction on one path (on two, for a move). Paths are relative to the
/// transaction's root, with no link on the way. Each entry has a slot of its own: a name in the
/// transaction's folder, or in a folder near the target where that lies on another mount. Before
/// the entry is applied the slot holds what is to come, after it what went.
struct Entry {
  EntryKind kind = EntryKind::create;
  std::string path;
  std::string from{};  ///< of a move
  FileState pre{};     ///< at `path`; of a move at `from`
  FileState post{};    ///< at `path`
  std::uint32_t slot = 0;
  std::optional<std::string> beside{};  ///< the folder of its slot, where not the transaction's

  /// Its slot is filled before it is applied.
  [[nodiscard]] bool is_staged() const {
    return kind == EntryKind::create || kind == EntryKind::update ||
           kind == EntryKind::make_folder || kind == EntryKind::replace_kind;
  }
  /// A folder appears.
  [[nodiscard]] bool brings_folder() const {
    return kind == EntryKind::make_folder || (kind == EntryKind::replace_kind && post.is_folder());
  }
  /// A folder goes.
  [[nodiscard]] bool takes_folder() const {
    return kind == EntryKind::remove_folder || (kind == EntryKind::replace_kind && pre.is_folder());
  }
  /// The slot holds the pre-image once this is applied.
  [[nodiscard]] bool keeps_pre_image() const {
    return kind == EntryKind::update || kind == EntryKind::remove ||
           (kind == EntryKind::replace_kind && pre.has_content());
  }
};

}  // namespace ratchet
