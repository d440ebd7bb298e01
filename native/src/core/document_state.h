// What a Document holds; for the readers alone.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/outline.h"
#include "core/text.h"

namespace ratchet {

struct Document::State {
  Format format = Format::json;
  std::string name;
  std::string text;
  std::string plain;  ///< of JSON with comments: the text with blanks for them; else empty
  json::value value;
  std::vector<Finding> findings;

  /// The outline of a YAML or TOML text is made while reading, that of a JSON text by the first
  /// places().
  /// Thread-safe.
  const Outline& places() const;
  /// Thread-safe.
  Position position(std::size_t byte_offset) const;

  mutable std::once_flag outlined;
  mutable Outline outline;
  mutable std::once_flag indexed;
  mutable std::unique_ptr<LineIndex> lines;
};

/// The outline of a JSON text that has been read without fault.
[[nodiscard]] Outline outline_json(std::string_view text);

/// Throws Error{limit.input_size} or {text.invalid_utf8} where the text cannot be read at all.
void require_readable(std::string_view text, const std::string& name, const Limits& limits);

/// One finding for each key that an object names again, in the order of the text.
[[nodiscard]] std::vector<Finding> duplicate_key_findings(const Document::State& document,
                                                          const Limits& limits);

/// `name:line:column`, for messages.
[[nodiscard]] std::string place_text(std::string_view name, Position position);

}  // namespace ratchet
