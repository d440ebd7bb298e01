#include <utility>

#include "process/shell.h"

namespace ratchet {

std::vector<std::string> shell_arguments(std::string text) {
  return {"/bin/sh", "-c", std::move(text)};
}

}  // namespace ratchet
