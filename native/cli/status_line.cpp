#include "status_line.h"

#include <iostream>

#include "core/utf8.h"
#include "terminal.h"

namespace ratchet::cli {
namespace {

/// From here on scripts have characters that take two columns (Hangul Jamo; Unicode TR 11).
constexpr char32_t kFirstWide = 0x1100;
constexpr std::string_view kEllipsis = "…";

bool is_control(char32_t value) {
  constexpr char32_t kDelete = 0x7F;
  constexpr char32_t kLastControl = 0x9F;
  const bool turns_direction =
      (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
  const bool breaks_line = value == 0x2028 || value == 0x2029;
  return value < U' ' || (value >= kDelete && value <= kLastControl) || turns_direction ||
         breaks_line;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    append_code_point(clean, is_control(point.value) ? U'?' : point.value);
    at += point.size;
  }
  return clean;
}

std::string cut_to_columns(std::string_view text, std::size_t columns) {
  std::size_t used = 0;
  std::size_t fits = 0;  // bytes that leave a column for the ellipsis
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    used += point.value >= kFirstWide ? 2 : 1;
    if (used > columns) return std::string(text.substr(0, fits)).append(kEllipsis);
    at += point.size;
    if (used < columns) fits = at;
  }
  return std::string(text);
}

StatusLine::StatusLine() : is_terminal_(error_is_terminal()) {
}

void StatusLine::show(std::string_view text) {
  if (!is_terminal_) return;
  // The last column stays free: some terminals break the line when it is written.
  std::cerr << "\r\033[K" << cut_to_columns(printable(text), terminal_columns() - 1) << std::flush;
  is_shown_ = true;
}

void StatusLine::clear() {
  if (is_shown_) std::cerr << "\r\033[K" << std::flush;
  is_shown_ = false;
}

}  // namespace ratchet::cli
