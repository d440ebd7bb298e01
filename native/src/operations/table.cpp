#include <array>

#include "operations/rows.h"

namespace ratchet {

std::span<const Operation> operations() {
  static const auto table = std::to_array<Operation>({
      rows::describe(),
      rows::doctor(),
      rows::pattern_describe(),
      rows::pattern_list(),
      rows::pattern_run(),
      rows::ping(),
      rows::template_list(),
      rows::template_render(),
      rows::validate_instance(),
      rows::validate_syntax(),
  });
  return table;
}

}  // namespace ratchet
