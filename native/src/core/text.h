// Text as it stands in files: UTF-8, lines, line ends, byte order marks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/position.h"

namespace ratchet {

/// The offset of the first byte that is not well-formed UTF-8 (RFC 3629), or nothing.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// The same text with every malformed sequence replaced by U+FFFD (the maximal-subpart practice).
[[nodiscard]] std::string repaired_utf8(std::string_view bytes);

/// A value of the user's as it may stand in a one-line message: in double quotes and cut after
/// `longest` code points with `…`. Escaped as in JSON: quotes, backslashes, control characters,
/// line breaks, and the marks that turn the direction of writing. Malformed UTF-8 is repaired.
[[nodiscard]] std::string in_quotes(std::string_view value, std::size_t longest = 60);

/// Characters that could break a line of a message, or make a terminal show something else: control
/// characters, separators of lines, marks that turn the direction of writing, byte order marks.
[[nodiscard]] bool disturbs_a_line(char32_t value);

/// Line and column of one byte offset, without an index: O(offset). Offsets past the end give the
/// place after the last character, offsets inside a code point or a CRLF those of its first byte's
/// place. A line ends at LF, CRLF or CR; a byte order mark at the beginning takes no column.
[[nodiscard]] Position position_in(std::string_view text, std::size_t byte_offset);

/// position_in() for many offsets of one text. Built once, in O(size); each look-up is
/// O(log lines + length of the line). The text must outlive it.
///
/// A text that ends with a line end has an empty last line behind it.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);
  [[nodiscard]] Position position(std::size_t byte_offset) const;
  /// The offset at which a line (from 1) begins; the text's size for a line past the end.
  [[nodiscard]] std::size_t line_start(std::size_t line) const;
  /// The line without its end.
  [[nodiscard]] std::string_view line(std::size_t line) const;
  [[nodiscard]] std::size_t line_count() const { return starts_.size(); }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

/// What stands after the last `/`, or after the last `\\` as Windows writes paths.
[[nodiscard]] std::string_view file_name_of(std::string_view path);

/// Takes the first line off the front, without its line feed.
[[nodiscard]] std::string_view take_line(std::string_view& text);

enum class LineEnd { none, lf, crlf, cr, mixed };
enum class Encoding { utf8, utf8_bom, utf16_le, utf16_be, binary };

/// How a file's bytes are to be read. UTF-16 is known by its byte order mark alone; `binary` where
/// the text holds a NUL or is malformed in its encoding.
struct TextShape {
  Encoding encoding = Encoding::utf8;
  LineEnd line_end = LineEnd::none;
};
[[nodiscard]] TextShape shape_of(std::string_view bytes);

/// The text in UTF-8 without a byte order mark; nothing for `binary`, or where the bytes are
/// malformed.
[[nodiscard]] std::optional<std::string> decode_text(std::string_view bytes, Encoding encoding);
/// The reverse: bytes as they stood, byte order mark included. For `binary` the bytes themselves.
[[nodiscard]] std::string encode_text(std::string_view utf8, Encoding encoding);

/// The characters of a line end; those of lf for `none` and `mixed`.
[[nodiscard]] std::string_view spelling(LineEnd line_end);
/// Every line end replaced by the given one (lf, crlf or cr); `none` and `mixed` change nothing.
[[nodiscard]] std::string with_line_ends(std::string_view text, LineEnd line_end);

}  // namespace ratchet
