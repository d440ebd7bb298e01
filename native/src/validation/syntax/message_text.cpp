#include "validation/syntax/message_text.h"

#include <algorithm>
#include <charconv>

#include "core/text.h"

namespace ratchet {
namespace {

constexpr std::size_t kLongestMessage = 300;

}  // namespace

std::optional<std::int64_t> take_number(std::string_view& text, std::string_view mark) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc()) return std::nullopt;
  const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!rest.starts_with(mark)) return std::nullopt;
  text = rest.substr(mark.size());
  return number;
}

std::string one_line(std::string_view message) {
  std::string line = repaired_utf8(message);
  std::replace_if(
      line.begin(), line.end(),
      [](char letter) { return static_cast<unsigned char>(letter) < ' ' || letter == '\x7f'; },
      ' ');
  return line;
}

std::string message_of(std::string_view text) {
  return one_line(text.substr(0, kLongestMessage));
}

}  // namespace ratchet
