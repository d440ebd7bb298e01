#include <dlfcn.h>

#include <system_error>

#include "abi/watchdog_program.h"
#include "process/program_search.h"

namespace ratchet {
namespace {

std::filesystem::path folder_of_this_library() {
  Dl_info info{};
  const auto* const here = reinterpret_cast<const void*>(&find_watchdog_program);
  if (::dladdr(here, &info) == 0 || info.dli_fname == nullptr) return {};
  std::error_code failed;
  return std::filesystem::canonical(info.dli_fname, failed).parent_path();
}

}  // namespace

std::optional<std::filesystem::path> find_watchdog_program() {
  const std::filesystem::path folder = folder_of_this_library();
  if (folder.empty()) return std::nullopt;
  for (const char* place : {"ratchet", "../bin/ratchet", "cli/ratchet"}) {
    std::filesystem::path program = (folder / place).lexically_normal();
    if (is_executable_file(program)) return program;
  }
  return std::nullopt;
}

}  // namespace ratchet
