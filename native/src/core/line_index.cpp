#include <algorithm>

#include "core/text.h"
#include "core/utf8.h"

namespace ratchet {
namespace {

/// Where the line behind the line end at `at` begins.
std::size_t behind_line_end(std::string_view text, std::size_t at) {
  const bool crlf = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
  return at + (crlf ? 2 : 1);
}

/// The next line end at or behind `from`, npos when there is none. `plain` says that the text has
/// no CR, which lets the search run at the speed of memchr.
std::size_t next_line_end(std::string_view text, std::size_t from, bool plain) {
  return plain ? text.find('\n', from) : text.find_first_of("\r\n", from);
}

bool has_no_cr(std::string_view text) {
  return text.find('\r') == std::string_view::npos;
}

Position place_in_line(std::string_view text, std::size_t line, std::size_t start,
                       std::size_t offset) {
  const bool marked = start == 0 && text.starts_with(kUtf8ByteOrderMark);
  const std::size_t first = marked ? kUtf8ByteOrderMark.size() : start;
  offset = std::min(offset, text.size());
  std::size_t end = offset;
  while (end > start && end < text.size() && is_continuation(text[end]))
    --end;
  if (end > start && end < text.size() && text[end] == '\n' && text[end - 1] == '\r') --end;
  std::int64_t column = 1;
  for (std::size_t i = first; i < end; ++i)
    column += is_continuation(text[i]) ? 0 : 1;
  return {static_cast<std::int64_t>(line), column, static_cast<std::int64_t>(offset)};
}

}  // namespace

Position position_in(std::string_view text, std::size_t byte_offset) {
  const bool plain = has_no_cr(text);
  std::size_t line = 1;
  std::size_t start = 0;
  for (;;) {
    const std::size_t end = next_line_end(text, start, plain);
    if (end == std::string_view::npos) break;
    const std::size_t next = behind_line_end(text, end);
    if (next > byte_offset) break;
    start = next;
    ++line;
  }
  return place_in_line(text, line, start, byte_offset);
}

LineIndex::LineIndex(std::string_view text) : text_(text), starts_{0} {
  const bool plain = has_no_cr(text);
  std::size_t end = next_line_end(text, 0, plain);
  while (end != std::string_view::npos) {
    starts_.push_back(behind_line_end(text, end));
    end = next_line_end(text, starts_.back(), plain);
  }
}

Position LineIndex::position(std::size_t byte_offset) const {
  const auto behind = std::upper_bound(starts_.begin(), starts_.end(), byte_offset);
  const auto line = static_cast<std::size_t>(behind - starts_.begin());
  return place_in_line(text_, line, starts_[line - 1], byte_offset);
}

std::size_t LineIndex::line_start(std::size_t line) const {
  if (line > starts_.size()) return text_.size();
  return starts_[std::max<std::size_t>(line, 1) - 1];
}

std::string_view LineIndex::line(std::size_t line) const {
  const std::size_t start = line_start(line);
  std::string_view content = text_.substr(start, line_start(line + 1) - start);
  if (content.ends_with('\n')) content.remove_suffix(1);
  if (content.ends_with('\r')) content.remove_suffix(1);
  return content;
}

}  // namespace ratchet
