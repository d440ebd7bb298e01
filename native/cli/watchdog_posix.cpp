#include "watchdog.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <string_view>

#include "core/error_codes.h"
#include "process/orphans_posix.h"

namespace ratchet::cli {
namespace {

/// Until the engine's process is gone: nobody else has the other end, and nothing is ever written.
void await_end_of_host() {
  char nothing = 0;
  while (::read(kWatchdogPipe, &nothing, 1) < 0 && errno == EINTR) {
  }
}

const ChildTable* map_table() {
  struct stat status {};
  if (::fstat(kWatchdogTable, &status) != 0) return nullptr;
  if (status.st_size != static_cast<off_t>(sizeof(ChildTable))) return nullptr;
  void* const memory =
      ::mmap(nullptr, sizeof(ChildTable), PROT_READ, MAP_SHARED, kWatchdogTable, 0);
  return memory == MAP_FAILED ? nullptr : static_cast<const ChildTable*>(memory);
}

}  // namespace

std::optional<int> watch_children(std::span<char* const> words) {
  if (words.size() < 2 || std::string_view(words[1]) != kWatchdogMode) return std::nullopt;
  const ChildTable* const table = words.size() == 3 ? map_table() : nullptr;
  if (table == nullptr) {
    std::cerr << "error: " << kWatchdogMode << " is started by the engine alone\n";
    return row_of(Category::invalid_argument).exit_code;
  }
  await_end_of_host();
  end_orphans(*table, words[2]);
  return kExitDone;
}

}  // namespace ratchet::cli
