#include "reporting/git_path.h"

#include <algorithm>

namespace ratchet {
namespace {

constexpr std::string_view kEscaped = "\a\b\t\n\v\f\r\"\\";
constexpr std::string_view kEscapes = "abtnvfr\"\\";
constexpr unsigned char kFirstPrintable = 0x20;
constexpr unsigned char kDelete = 0x7f;

bool is_plain(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= kFirstPrintable && byte < kDelete && character != '"' && character != '\\';
}

void append_escaped(std::string& quoted, char character) {
  quoted += '\\';
  if (const auto place = kEscaped.find(character); place != std::string_view::npos) {
    quoted += kEscapes[place];
    return;
  }
  const auto byte = static_cast<unsigned char>(character);
  for (const unsigned shift : {6U, 3U, 0U})
    quoted += static_cast<char>('0' + (byte >> shift & 7U));
}

}  // namespace

std::string git_path(std::string_view path) {
  if (std::ranges::all_of(path, is_plain)) return std::string(path);
  std::string quoted = "\"";
  for (const char character : path) {
    if (is_plain(character)) {
      quoted += character;
    } else {
      append_escaped(quoted, character);
    }
  }
  return quoted + '"';
}

}  // namespace ratchet
