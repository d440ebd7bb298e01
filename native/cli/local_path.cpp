#include "local_path.h"

#include <filesystem>

#include "core/system_path.h"

namespace ratchet::cli {

std::string current_folder() {
  return from_system_path(std::filesystem::current_path()).string();
}

std::string absolute_path(std::string_view path) {
  return from_system_path(std::filesystem::absolute(to_system_path(path))).string();
}

}  // namespace ratchet::cli
