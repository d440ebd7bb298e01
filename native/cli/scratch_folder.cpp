#include "scratch_folder.h"

#include <filesystem>

#include "core/system_path.h"

namespace ratchet::cli {

ScratchFolder::~ScratchFolder() {
  if (!exists()) return;
  std::error_code ignored;  // what is left lies in a folder for such things
  std::filesystem::remove_all(to_system_path(path_), ignored);
}

}  // namespace ratchet::cli
