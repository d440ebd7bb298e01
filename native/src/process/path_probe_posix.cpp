#include <system_error>

#include "process/path_probe.h"

namespace ratchet {

PathKind kind_of(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(path, ignored);
  if (!std::filesystem::exists(status)) return PathKind::nothing;
  return std::filesystem::is_directory(status) ? PathKind::folder : PathKind::file;
}

std::filesystem::path current_folder() {
  std::error_code ignored;
  return std::filesystem::current_path(ignored);
}

}  // namespace ratchet
