// Whether a JavaScript file is a module, as node would decide it.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "fs/file_system.h"
#include "validation/syntax/source_text.h"

namespace ratchet {

/// By extension (`.mjs`, `.cjs`), else by `type` of the nearest package.json: of one among the
/// texts themselves, or on disk above an absolute path. One owner at a time.
class ModuleKinds {
 public:
  /// Both must outlive it.
  ModuleKinds(FileSystem& files, std::span<const SourceText> sources);

  /// `module`, `commonjs`, or `either` where nothing but the text can tell.
  [[nodiscard]] std::string_view of(std::string_view path);

 private:
  [[nodiscard]] std::string_view of_folder(const std::filesystem::path& folder);
  /// What its package.json says; empty where there is none.
  [[nodiscard]] std::string_view said_in(const std::filesystem::path& folder);

  FileSystem& files_;
  std::map<std::string, std::string_view> packages_;  ///< texts named package.json, by path
  std::map<std::filesystem::path, std::string_view> kinds_;
};

}  // namespace ratchet
