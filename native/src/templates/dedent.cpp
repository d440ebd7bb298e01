#include "templates/dedent.h"

#include <algorithm>

namespace ratchet {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view leading_blanks(std::string_view text) {
  return text.substr(0, std::min(text.find_first_not_of(kBlanks), text.size()));
}

/// The indentation of the line that a token begins; nothing where the line renders nothing of its
/// own.
std::optional<std::string_view> indent_of(const Token& token) {
  if (!token.begins_line) return std::nullopt;
  if (token.kind == TokenKind::text) {
    const std::string_view blanks = leading_blanks(token.text);
    const std::string_view rest = token.text.substr(blanks.size());
    const bool blank_line = token.text.empty() || rest == "\n" || rest == "\r\n";
    return blank_line ? std::nullopt : std::optional(blanks);
  }
  if (!token.standalone) return std::string_view();
  const bool renders = token.kind == TokenKind::partial || token.kind == TokenKind::parent ||
                       token.kind == TokenKind::block;
  return renders ? std::optional(token.indent) : std::nullopt;
}

std::string_view common_start(std::string_view left, std::string_view right) {
  const auto ends = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  return left.substr(0, static_cast<std::size_t>(ends.first - left.begin()));
}

}  // namespace

std::optional<std::string_view> cut_common_indent(std::span<Token> tokens) {
  std::optional<std::string_view> common;
  for (const Token& token : tokens) {
    const std::optional<std::string_view> indent = indent_of(token);
    if (indent) common = common ? common_start(*common, *indent) : *indent;
  }
  if (!common || common->empty()) return common;
  for (Token& token : tokens) {
    if (!token.begins_line) continue;
    if (token.kind == TokenKind::text) {
      token.text.remove_prefix(common_start(token.text, *common).size());
    } else if (token.standalone) {
      token.indent.remove_prefix(common_start(token.indent, *common).size());
    }
  }
  return common;
}

}  // namespace ratchet
