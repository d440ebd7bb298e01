#include "scratch_folder.h"

#include <cstdlib>
#include <filesystem>

namespace ratchet::cli {

ScratchFolder::ScratchFolder(std::string_view name) {
  std::error_code fault;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(fault);
  if (fault) return;
  std::string path =
      (std::filesystem::absolute(parent) / std::string(name).append("-XXXXXX")).string();
  if (mkdtemp(path.data()) != nullptr) path_ = std::move(path);
}

ScratchFolder::~ScratchFolder() {
  if (!exists()) return;
  std::error_code ignored;  // what is left lies in a folder for such things
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace ratchet::cli
