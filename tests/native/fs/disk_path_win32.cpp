#include "core/utf16_win32.h"
#include "fs/disk_path.h"

namespace ratchet::test {

std::filesystem::path disk_path(const std::filesystem::path& path) {
  return {system_path(path)};
}

std::string disk_text(const std::filesystem::path& path) {
  return engine_path(path.native()).generic_string();
}

}  // namespace ratchet::test
