// A place in a text.
#pragma once

#include <cstdint>

namespace ratchet {

/// Line and column count from 1, columns in Unicode code points; `byte_offset` counts bytes from 0
/// and includes a byte order mark. A default-constructed one means "no place is known".
struct Position {
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::int64_t byte_offset = 0;

  [[nodiscard]] bool known() const { return line > 0; }
  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace ratchet
