#include "fs/disk_path.h"

namespace ratchet::test {

std::filesystem::path disk_path(const std::filesystem::path& path) {
  return path;
}

std::string disk_text(const std::filesystem::path& path) {
  return path.string();
}

}  // namespace ratchet::test
