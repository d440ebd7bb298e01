#include "validation/syntax/given_text.h"

#include <algorithm>

#include "core/utf8.h"

namespace ratchet {
namespace {

std::string from_latin1(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes)
    append_code_point(text, static_cast<unsigned char>(byte));
  return text;
}

/// How many units of a column a code point of so many UTF-8 bytes takes.
std::int64_t units_of(std::size_t bytes, ColumnUnit unit) {
  constexpr std::size_t kBytesOfPair = 4;
  return unit == ColumnUnit::utf16 && bytes == kBytesOfPair ? 2 : 1;
}

}  // namespace

std::optional<GivenText> GivenText::make(std::string_view bytes, TextForm form) {
  GivenText given;
  given.view_ = bytes;
  if (form == TextForm::bytes) return given;
  if (bytes.find('\0') != std::string_view::npos) {
    const Encoding encoding = shape_of(bytes).encoding;
    if (encoding != Encoding::utf16_le && encoding != Encoding::utf16_be) return std::nullopt;
    given.owned_ = decode_text(bytes, encoding);
    if (!given.owned_) return std::nullopt;
    return given;
  }
  if (bytes.starts_with(kUtf8ByteOrderMark)) {
    given.skipped_ = static_cast<std::int64_t>(kUtf8ByteOrderMark.size());
    given.view_.remove_prefix(kUtf8ByteOrderMark.size());
  }
  if (first_invalid_utf8(given.view_)) given.owned_ = from_latin1(bytes);
  return given;
}

Position GivenText::position(const LineIndex& lines, std::int64_t line, std::int64_t column,
                             ColumnUnit unit) const {
  const auto number =
      std::min(static_cast<std::size_t>(std::max<std::int64_t>(line, 1)), lines.line_count());
  std::string_view rest = lines.line(number);
  std::size_t offset = lines.line_start(number);
  if (unit == ColumnUnit::bytes) {
    const auto steps = static_cast<std::size_t>(std::max<std::int64_t>(column - 1, 0));
    offset += std::min(steps, rest.size());
  } else {
    if (number == 1 && rest.starts_with(kUtf8ByteOrderMark)) {
      rest.remove_prefix(kUtf8ByteOrderMark.size());
      offset += kUtf8ByteOrderMark.size();
    }
    for (std::int64_t at = 1; at < column && !rest.empty();) {
      std::size_t size = 1;
      while (size < rest.size() && is_continuation(rest[size]))
        ++size;
      at += units_of(size, unit);
      rest.remove_prefix(size);
      offset += size;
    }
  }
  Position position = lines.position(offset);
  position.byte_offset += skipped_;
  return position;
}

}  // namespace ratchet
