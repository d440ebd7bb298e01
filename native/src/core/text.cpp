#include "core/text.h"

#include <array>

#include "core/utf8.h"

namespace ratchet {
namespace {

constexpr char32_t kFirstSupplementary = 0x10000;
constexpr char32_t kFirstLowSurrogate = 0xDC00;
constexpr char32_t kFirstHighSurrogate = 0xD800;

void append_escape(std::string& text, char32_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (value) {
    case '\n':
      text += "\\n";
      return;
    case '\r':
      text += "\\r";
      return;
    case '\t':
      text += "\\t";
      return;
    default:
      text += "\\u";
      for (const unsigned shift : {12U, 8U, 4U, 0U})
        text += kDigits[(value >> shift) & 0xFU];
  }
}

/// The 16-bit units of UTF-16 bytes behind the byte order mark.
class Utf16Units {
 public:
  Utf16Units(std::string_view bytes, bool little_endian)
      : bytes_(bytes.substr(2)), little_endian_(little_endian) {}

  [[nodiscard]] bool whole() const { return bytes_.size() % 2 == 0; }
  [[nodiscard]] std::size_t count() const { return bytes_.size() / 2; }
  [[nodiscard]] char32_t at(std::size_t index) const {
    const unsigned first = static_cast<unsigned char>(bytes_[2 * index]);
    const unsigned second = static_cast<unsigned char>(bytes_[2 * index + 1]);
    return little_endian_ ? first | (second << 8U) : (first << 8U) | second;
  }

 private:
  std::string_view bytes_;
  bool little_endian_;
};

std::optional<std::string> decode_utf16(std::string_view bytes, bool little_endian) {
  const Utf16Units units(bytes, little_endian);
  if (!units.whole()) return std::nullopt;
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < units.count(); ++i) {
    char32_t value = units.at(i);
    if (is_surrogate(value)) {
      if (value >= kFirstLowSurrogate || i + 1 == units.count()) return std::nullopt;
      const char32_t low = units.at(++i);
      if (!is_surrogate(low) || low < kFirstLowSurrogate) return std::nullopt;
      value =
          kFirstSupplementary + ((value - kFirstHighSurrogate) << 10U) + (low - kFirstLowSurrogate);
    }
    append_code_point(text, value);
  }
  return text;
}

void append_utf16_unit(std::string& bytes, char32_t unit, bool little_endian) {
  const char low = static_cast<char>(unit & 0xFFU);
  const char high = static_cast<char>((unit >> 8U) & 0xFFU);
  bytes.push_back(little_endian ? low : high);
  bytes.push_back(little_endian ? high : low);
}

std::string encode_utf16(std::string_view utf8, bool little_endian) {
  std::string bytes;
  bytes.reserve(2 * utf8.size() + 2);
  append_utf16_unit(bytes, kByteOrderMark, little_endian);
  for (std::size_t offset = 0; offset < utf8.size();) {
    const CodePoint point = code_point_at(utf8, offset);
    offset += point.size;
    if (point.value < kFirstSupplementary) {
      append_utf16_unit(bytes, point.value, little_endian);
      continue;
    }
    const char32_t rest = point.value - kFirstSupplementary;
    append_utf16_unit(bytes, kFirstHighSurrogate + (rest >> 10U), little_endian);
    append_utf16_unit(bytes, kFirstLowSurrogate + (rest & 0x3FFU), little_endian);
  }
  return bytes;
}

Encoding encoding_by_mark(std::string_view bytes) {
  if (bytes.starts_with(kUtf8ByteOrderMark)) return Encoding::utf8_bom;
  if (bytes.starts_with("\xFF\xFE")) return Encoding::utf16_le;
  if (bytes.starts_with("\xFE\xFF")) return Encoding::utf16_be;
  return Encoding::utf8;
}

LineEnd line_end_of(std::string_view text) {
  LineEnd seen = LineEnd::none;
  std::size_t at = text.find_first_of("\r\n");
  while (at != std::string_view::npos) {
    const bool crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    const LineEnd here = crlf ? LineEnd::crlf : text[at] == '\n' ? LineEnd::lf : LineEnd::cr;
    if (seen != LineEnd::none && seen != here) return LineEnd::mixed;
    seen = here;
    at = text.find_first_of("\r\n", at + (crlf ? 2 : 1));
  }
  return seen;
}

}  // namespace

std::string_view spelling(LineEnd line_end) {
  if (line_end == LineEnd::crlf) return "\r\n";
  return line_end == LineEnd::cr ? "\r" : "\n";
}

std::string_view file_name_of(std::string_view path) {
  return path.substr(path.find_last_of("/\\") + 1);  // npos + 1 is 0
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool disturbs_a_line(char32_t value) {
  const bool control = value < 0x20 || (value >= 0x7F && value < 0xA0);
  const bool separator = value == 0x2028 || value == 0x2029;
  const bool direction =
      (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
  return control || separator || direction || value == kByteOrderMark;
}

std::string in_quotes(std::string_view value, std::size_t longest) {
  std::string text = "\"";
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < value.size(); ++count) {
    if (count == longest) {
      text += "…";
      break;
    }
    const CodePoint point = code_point_at(value, offset);
    offset += point.size;
    if (disturbs_a_line(point.value)) {
      append_escape(text, point.value);
      continue;
    }
    if (point.value == '"' || point.value == '\\') text += '\\';
    append_code_point(text, point.value);
  }
  text += '"';
  return text;
}

TextShape shape_of(std::string_view bytes) {
  const Encoding encoding = encoding_by_mark(bytes);
  const std::optional<std::string> text = decode_text(bytes, encoding);
  if (!text || text->find('\0') != std::string::npos) return {Encoding::binary, LineEnd::none};
  return {encoding, line_end_of(*text)};
}

std::optional<std::string> decode_text(std::string_view bytes, Encoding encoding) {
  if (encoding == Encoding::binary) return std::nullopt;
  if (encoding != Encoding::utf8 && encoding_by_mark(bytes) != encoding) return std::nullopt;
  if (encoding == Encoding::utf16_le || encoding == Encoding::utf16_be) {
    return decode_utf16(bytes, encoding == Encoding::utf16_le);
  }
  if (bytes.starts_with(kUtf8ByteOrderMark)) bytes.remove_prefix(kUtf8ByteOrderMark.size());
  if (first_invalid_utf8(bytes)) return std::nullopt;
  return std::string(bytes);
}

std::string encode_text(std::string_view utf8, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16_le:
    case Encoding::utf16_be:
      return encode_utf16(utf8, encoding == Encoding::utf16_le);
    case Encoding::utf8_bom:
      return std::string(kUtf8ByteOrderMark).append(utf8);
    case Encoding::utf8:
    case Encoding::binary:
      break;
  }
  return std::string(utf8);
}

std::string with_line_ends(std::string_view text, LineEnd line_end) {
  if (line_end == LineEnd::none || line_end == LineEnd::mixed) return std::string(text);
  const std::string_view wanted = spelling(line_end);
  std::string result;
  result.reserve(text.size());
  std::size_t begin = 0;
  std::size_t at = text.find_first_of("\r\n");
  while (at != std::string_view::npos) {
    result.append(text.substr(begin, at - begin)).append(wanted);
    const bool crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    begin = at + (crlf ? 2 : 1);
    at = text.find_first_of("\r\n", begin);
  }
  return result.append(text.substr(begin));
}

}  // namespace ratchet
