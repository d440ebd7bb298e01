#include "scratch_folder.h"

#include <filesystem>

namespace ratchet::cli {

ScratchFolder::~ScratchFolder() {
  if (!exists()) return;
  std::error_code ignored;  // what is left lies in a folder for such things
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace ratchet::cli
