// A text in the form that a judge reads, and the way back to the file's own places.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/position.h"
#include "core/text.h"
#include "validation/syntax/compiler.h"

namespace ratchet {

/// The bytes as they are, or UTF-8 made of them. Refers to the bytes, which must outlive it.
class GivenText {
 public:
  /// Nothing where the bytes are no text: they hold NULs and are not UTF-16 with its mark. What is
  /// neither UTF-8 nor UTF-16 is taken for ISO-8859-1, which fits any bytes.
  [[nodiscard]] static std::optional<GivenText> make(std::string_view bytes, TextForm form);

  [[nodiscard]] std::string_view text() const { return owned_ ? *owned_ : view_; }
  /// Whether offsets can be named in the file's bytes.
  [[nodiscard]] bool has_offsets() const { return !owned_; }

  /// The place of a line and column (from 1) that a compiler named, inside the text whatever it
  /// says. A byte order mark is counted by bytes alone. `lines` is of text().
  [[nodiscard]] Position position(const LineIndex& lines, std::int64_t line, std::int64_t column,
                                  ColumnUnit unit) const;

 private:
  std::string_view view_;
  std::optional<std::string> owned_;
  std::int64_t skipped_ = 0;  ///< bytes before view_
};

}  // namespace ratchet
