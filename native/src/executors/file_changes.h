// Changes of single files as a request names them, put into a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/limits.h"
#include "fs/file_system.h"
#include "transactions/transaction.h"

namespace ratchet {

enum class FileOperationKind {
  create,
  update,
  write,  ///< create or update, whichever fits
  remove,
  move,
  make_folder,
  remove_folder,
};

/// One operation. Content, where one is needed, in exactly one of the three forms.
struct FileChangeRequest {
  FileOperationKind operation = FileOperationKind::create;
  std::string path;  ///< relative to the project root
  std::optional<std::string> content;
  std::optional<std::string> content_base64;
  std::optional<std::string> content_path;  ///< absolute
  std::optional<std::string> to;            ///< of a move
  std::optional<std::string> expected_sha256;
  std::optional<std::string> mode;  ///< octal, `0644`
  bool follow_link = false;
};

/// Adds them in order. Throws the first Error with `operation`, its place in the list (from 0), in
/// `details` beside what was there; those before it are added then.
void add_changes(Transaction& transaction, std::span<const FileChangeRequest> changes,
                 FileSystem& files, const Limits& limits);

}  // namespace ratchet
