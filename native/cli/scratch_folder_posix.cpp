#include <cstdlib>
#include <filesystem>

#include "scratch_folder.h"

namespace ratchet::cli {

ScratchFolder::ScratchFolder(std::string_view name) {
  std::error_code fault;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(fault);
  if (fault) return;
  std::string path =
      (std::filesystem::absolute(parent) / std::string(name).append("-XXXXXX")).string();
  if (mkdtemp(path.data()) != nullptr) path_ = std::move(path);
}

}  // namespace ratchet::cli
