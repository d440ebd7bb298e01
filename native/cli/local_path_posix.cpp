#include "local_path.h"

#include <filesystem>

namespace ratchet::cli {

std::string current_folder() {
  return std::filesystem::current_path().string();
}

std::string absolute_path(std::string_view path) {
  return std::filesystem::absolute(path).string();
}

}  // namespace ratchet::cli
