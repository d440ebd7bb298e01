#include "core/system_path.h"

namespace ratchet {

std::filesystem::path to_system_path(const std::filesystem::path& path) {
  return path;
}

std::filesystem::path from_system_path(const std::filesystem::path& path) {
  return path;
}

}  // namespace ratchet
