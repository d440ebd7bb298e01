// A template's text as a list of literal pieces and tags, with the rule of standalone tags applied.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "templates/source.h"

namespace ratchet {

enum class TokenKind {
  text,
  variable,      ///< `{{name}}`
  raw_variable,  ///< `{{{name}}}` and `{{&name}}`
  section,       ///< `{{#name}}`
  inverted,      ///< `{{^name}}`
  close,         ///< `{{/name}}`
  partial,       ///< `{{>name}}`
  parent,        ///< `{{<name}}`
  block,         ///< `{{$name}}`
  silent,        ///< a comment or a change of delimiters: counts for its line, renders nothing
};

/// Views point into the source's text.
struct Token {
  TokenKind kind = TokenKind::text;
  std::string_view
      text;  ///< the literal text (at most one line of it), or the tag's trimmed content
  std::size_t offset = 0;  ///< of the text, or of the tag's opening delimiter
  bool begins_line = false;
  /// A tag that stands alone on its line: the line's white space and its end are not rendered.
  bool standalone = false;
  std::string_view indent;    ///< the white space that stood before a standalone tag
  std::string_view line_end;  ///< the line end that stood after a standalone tag
  std::size_t match = 0;      ///< of an opening tag: the index of the `close` token that ends it
};

/// Splits a template by the mustache specification. Tags of inheritance (`<`, `$` and their ends)
/// may share a standalone line, without white space between them. Throws Error{template.invalid} at
/// an unclosed tag, an empty one, a bad change of delimiters, and where opening and closing tags do
/// not fit each other.
[[nodiscard]] std::vector<Token> tokenize(const TemplateSource& source);

}  // namespace ratchet
