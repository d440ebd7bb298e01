#include "templates/tokens.h"

#include <algorithm>
#include <span>

#include "core/text.h"

namespace ratchet {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";
constexpr std::string_view kDefaultOpen = "{{";
constexpr std::string_view kDefaultClose = "}}";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(kWhiteSpace) == std::string_view::npos;
}

bool opens(TokenKind kind) {
  return kind == TokenKind::section || kind == TokenKind::inverted || kind == TokenKind::parent ||
         kind == TokenKind::block;
}

/// Cuts the text at its tags, without regard to lines.
class Scanner {
 public:
  explicit Scanner(const TemplateSource& source) : source_(source), text_(source.text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) {
      const std::size_t tag = std::min(text_.find(open_, at_), text_.size());
      literal(tag);
      if (tag < text_.size()) read_tag();
    }
    return std::move(tokens_);
  }

 private:
  void literal(std::size_t end) {
    while (at_ < end) {
      const std::size_t newline = text_.find('\n', at_);
      const std::size_t next = newline < end ? newline + 1 : end;
      add(TokenKind::text, text_.substr(at_, next - at_), at_);
      at_ = next;
    }
  }

  void read_tag() {
    const std::size_t start = at_;
    at_ += open_.size();
    const char sigil = at_ < text_.size() ? text_[at_] : '\0';
    if (sigil == '=') return change_delimiters(start);
    if (sigil == '{' && open_ == kDefaultOpen) {
      ++at_;
      return add(TokenKind::raw_variable, content(start, "}}}"), start);
    }
    const TokenKind kind = kind_of(sigil);
    if (kind != TokenKind::variable) ++at_;
    add(kind, content(start, close_), start);
  }

  static TokenKind kind_of(char sigil) {
    switch (sigil) {
      case '#':
        return TokenKind::section;
      case '^':
        return TokenKind::inverted;
      case '/':
        return TokenKind::close;
      case '>':
        return TokenKind::partial;
      case '<':
        return TokenKind::parent;
      case '$':
        return TokenKind::block;
      case '!':
        return TokenKind::silent;
      case '&':
        return TokenKind::raw_variable;
      default:
        return TokenKind::variable;
    }
  }

  /// What stands up to `closing`; reading goes on after it.
  std::string_view content(std::size_t start, std::string_view closing) {
    const std::size_t end = text_.find(closing, at_);
    if (end == std::string_view::npos) {
      throw source_.error("template.invalid", start,
                          "a tag is opened and never closed with " + in_quotes(closing));
    }
    const std::string_view inside = text_.substr(at_, end - at_);
    at_ = end + closing.size();
    return trimmed(inside);
  }

  void change_delimiters(std::size_t start) {
    ++at_;
    const std::string closing = "=" + std::string(close_);
    const std::string_view both = content(start, closing);
    const std::size_t first_end = std::min(both.find_first_of(kWhiteSpace), both.size());
    const std::string_view second = trimmed(both.substr(first_end));
    const bool valid = !second.empty() && both.find('=') == std::string_view::npos &&
                       second.find_first_of(kWhiteSpace) == std::string_view::npos;
    if (!valid) {
      throw source_.error("template.invalid", start, "a change of delimiters needs two of them",
                          "; write for example {{=<% %>=}}");
    }
    open_ = both.substr(0, first_end);
    close_ = second;
    add(TokenKind::silent, both, start);
  }

  void add(TokenKind kind, std::string_view text, std::size_t offset) {
    if (text.empty() && kind != TokenKind::silent) {
      throw source_.error("template.invalid", offset, "a tag without a name");
    }
    Token token;
    token.kind = kind;
    token.text = text;
    token.offset = offset;
    token.begins_line = line_begins_;
    line_begins_ = kind == TokenKind::text && text.back() == '\n';
    tokens_.push_back(token);
  }

  const TemplateSource& source_;
  std::string_view text_;
  std::string_view open_ = kDefaultOpen;
  std::string_view close_ = kDefaultClose;
  std::size_t at_ = 0;
  bool line_begins_ = true;
  std::vector<Token> tokens_;
};

/// Fills in `match` and refuses tags that do not fit each other.
void match_tags(const TemplateSource& source, std::vector<Token>& tokens) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    if (opens(token.kind)) open.push_back(i);
    if (token.kind != TokenKind::close) continue;
    if (open.empty()) {
      throw source.error("template.invalid", token.offset,
                         "closing tag " + in_quotes(token.text) + " was never opened");
    }
    Token& opening = tokens[open.back()];
    if (opening.text != token.text) {
      throw source.error("template.invalid", token.offset,
                         "closing tag " + in_quotes(token.text) + " stands where " +
                             in_quotes(opening.text) + " is to be closed");
    }
    opening.match = i;
    token.match = open.back();
    open.pop_back();
  }
  if (open.empty()) return;
  const Token& unclosed = tokens[open.back()];
  throw source.error("template.invalid", unclosed.offset,
                     in_quotes(unclosed.text) + " is opened and never closed");
}

bool may_stand_alone(TokenKind kind) {
  return kind != TokenKind::text && kind != TokenKind::variable && kind != TokenKind::raw_variable;
}

/// Whether several tags of one line are inheritance alone, with at most one whole pair: two pairs
/// beside each other are meant to render beside each other.
bool is_inheritance_line(const std::vector<Token>& tokens, std::size_t first, std::size_t last) {
  std::size_t depth = 0;
  std::size_t pairs = 0;
  for (std::size_t i = first; i <= last; ++i) {
    const Token& token = tokens[i];
    const Token& opening = token.kind == TokenKind::close ? tokens[token.match] : token;
    if (opening.kind != TokenKind::parent && opening.kind != TokenKind::block) return false;
    if (token.kind != TokenKind::close) {
      ++depth;
    } else if (depth > 0 && --depth == 0) {
      ++pairs;
    }
  }
  return pairs <= 1;
}

/// Applies the rule to the tokens of one line, [begin, end).
void mark_line(std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  const bool leading = tokens[begin].kind == TokenKind::text;
  const bool trailing = end - begin > 1 && tokens[end - 1].kind == TokenKind::text;
  const std::size_t first = begin + (leading ? 1 : 0);
  const std::size_t after = end - (trailing ? 1 : 0);
  if (first >= after) return;
  const std::size_t last = after - 1;
  if (leading && !is_blank(tokens[begin].text)) return;
  if (trailing && !is_blank(tokens[end - 1].text)) return;
  const bool alone = first == last ? may_stand_alone(tokens[first].kind)
                                   : is_inheritance_line(tokens, first, last);
  if (!alone) return;
  for (std::size_t i = first; i <= last; ++i)
    tokens[i].standalone = true;
  if (leading) {
    tokens[first].indent = tokens[begin].text;
    tokens[begin].text = {};
  }
  tokens[first].begins_line = true;
  if (trailing) {
    const std::string_view rest = tokens[end - 1].text;
    tokens[last].line_end = rest.substr(std::min(rest.find_first_of("\r\n"), rest.size()));
    tokens[end - 1].text = {};
  }
}

void mark_standalone(std::vector<Token>& tokens) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool line_ends = tokens[i].kind == TokenKind::text && tokens[i].text.back() == '\n';
    if (!line_ends && i + 1 < tokens.size()) continue;
    mark_line(tokens, begin, i + 1);
    begin = i + 1;
  }
}

}  // namespace

std::vector<Token> tokenize(const TemplateSource& source) {
  std::vector<Token> tokens = Scanner(source).run();
  match_tags(source, tokens);
  mark_standalone(tokens);
  return tokens;
}

}  // namespace ratchet
