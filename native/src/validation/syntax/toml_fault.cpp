#include <toml++/toml.h>

#include <algorithm>

#include "core/text.h"
#include "validation/syntax/given_text.h"
#include "validation/syntax/text_fault.h"

namespace ratchet {

std::optional<TextFault> find_toml_fault(std::string_view bytes) {
  if (const auto offset = first_invalid_utf8(bytes)) {
    return TextFault{"the text is not UTF-8", position_in(bytes, *offset)};
  }
  const toml::parse_result parsed = toml::parse(bytes);
  if (parsed) return std::nullopt;
  const toml::parse_error& error = parsed.error();
  const toml::source_position place = error.source().begin;
  TextFault fault{std::string(error.description()), {}};
  std::replace(fault.message.begin(), fault.message.end(), '\n', ' ');
  if (place.line > 0) {
    const auto given = GivenText::make(bytes, TextForm::bytes);
    fault.position =
        given->position(LineIndex(bytes), place.line, place.column, ColumnUnit::code_points);
  }
  return fault;
}

}  // namespace ratchet
