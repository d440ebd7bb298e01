#include <utility>

#include "validation/system_programs.h"

namespace ratchet {

std::string_view python_program() {
  return "python3";
}

std::vector<std::string> with_memory_bound(std::vector<std::string> command,
                                           std::size_t mebibytes) {
  constexpr std::size_t kKibi = 1024;
  std::string bound = "ulimit -v " + std::to_string(mebibytes * kKibi);
  bound.append(" 2>/dev/null; exec \"$@\"");
  std::vector<std::string> bounded{"sh", "-c", std::move(bound), "sh"};
  bounded.insert(bounded.end(), std::make_move_iterator(command.begin()),
                 std::make_move_iterator(command.end()));
  return bounded;
}

}  // namespace ratchet
