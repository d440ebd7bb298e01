// What the two ways of writing versions have in common. For sources of this folder only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// The parts between separators; nothing where one is empty or holds a character that is neither.
[[nodiscard]] std::optional<std::vector<std::string>> version_parts(std::string_view text,
                                                                    bool (*is_separator)(char),
                                                                    bool (*is_allowed)(char));

/// -1, 0 or 1.
template <class T>
[[nodiscard]] int order(const T& one, const T& other) {
  if (one == other) return 0;
  return one < other ? -1 : 1;
}

}  // namespace ratchet
