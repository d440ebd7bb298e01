// The names that `format` may have, and what each asks of a text.
#pragma once

#include <span>
#include <string_view>

namespace ratchet {
enum class SchemaDraft;
}

namespace ratchet::schema {

struct FormatRow {
  std::string_view name;
  std::string_view description;  ///< after "must be"
  bool in_draft7;                ///< every format is of 2020-12
  bool (*is_valid)(std::string_view text);
};

/// Sorted by name. idn-email and idn-hostname are not among them: they need a Unicode table, and
/// stay annotations.
[[nodiscard]] std::span<const FormatRow> format_rows();

/// Null for a format that the draft does not define, or that is an annotation here.
[[nodiscard]] const FormatRow* find_format(std::string_view name, SchemaDraft draft);

}  // namespace ratchet::schema
