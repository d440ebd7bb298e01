#include <windows.h>

#include <array>
#include <filesystem>
#include <string>

#include "core/random.h"
#include "scratch_folder.h"

namespace ratchet::cli {

ScratchFolder::ScratchFolder(std::string_view name) {
  std::error_code fault;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(fault);
  if (fault) return;
  std::array<std::byte, sizeof(std::uint64_t)> bytes{};
  system_random().fill(bytes);
  std::string text(name);
  for (const std::byte byte : bytes)
    text.append("-").append(std::to_string(std::to_integer<int>(byte)));
  // The folder for temporary files is the user's alone, and hands that on.
  const std::filesystem::path path = std::filesystem::absolute(parent) / text;
  if (CreateDirectoryW(path.c_str(), nullptr) != FALSE) path_ = path.string();
}

}  // namespace ratchet::cli
