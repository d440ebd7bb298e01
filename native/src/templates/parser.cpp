#include "templates/parser.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "templates/dedent.h"
#include "templates/tokens.h"

namespace ratchet {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";
constexpr std::string_view kBlanks = " \t";

std::optional<Name::Kind> loop_name(std::string_view written) {
  if (written == "@first") return Name::Kind::loop_first;
  if (written == "@last") return Name::Kind::loop_last;
  if (written == "@index") return Name::Kind::loop_index;
  return std::nullopt;
}

/// The components of a dotted name; false where one is none.
bool split_path(Name& name) {
  std::string_view rest = name.text;
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string_view component = rest.substr(0, dot);
    if (component.empty() || component.find_first_of(" \t\r\n|") != std::string_view::npos) {
      return false;
    }
    name.path.push_back(component);
    if (dot == std::string_view::npos) return true;
    rest.remove_prefix(dot + 1);
  }
}

class Parser {
 public:
  Parser(const TemplateSource& source, std::int64_t most_depth)
      : source_(source), tokens_(tokenize(source)), most_depth_(most_depth) {}

  std::vector<Node> run() { return nodes(0, tokens_.size()); }

 private:
  /// The nodes of the tokens [begin, end), whose tags are known to fit each other.
  std::vector<Node> nodes(std::size_t begin, std::size_t end) {
    std::vector<Node> result;
    for (std::size_t i = begin; i < end; ++i) {
      const Token& token = tokens_[i];
      switch (token.kind) {
        case TokenKind::text:
          add_text(result, token);
          break;
        case TokenKind::variable:
        case TokenKind::raw_variable:
          add_variable(result, variable(token));
          break;
        case TokenKind::section:
        case TokenKind::inverted:
          result.emplace_back(section(i));
          break;
        case TokenKind::block:
          result.emplace_back(block(i));
          break;
        case TokenKind::parent:
        case TokenKind::partial:
          result.emplace_back(partial(i));
          break;
        case TokenKind::silent:
        case TokenKind::close:
          break;
      }
      if (token.match > i) i = token.match;
    }
    return result;
  }

  /// Neighbours become one node again: tokens were cut at lines only for the rule of standalone
  /// tags.
  static void add_text(std::vector<Node>& result, const Token& token) {
    if (token.text.empty()) return;
    auto* last = result.empty() ? nullptr : std::get_if<TextNode>(&result.back());
    if (last != nullptr && last->text.data() + last->text.size() == token.text.data()) {
      last->text = {last->text.data(), last->text.size() + token.text.size()};
      return;
    }
    result.emplace_back(TextNode{token.text});
  }

  static void add_variable(std::vector<Node>& result, VariableNode node) {
    const auto* last = result.empty() ? nullptr : std::get_if<TextNode>(&result.back());
    if (last == nullptr) {
      result.emplace_back(std::move(node));
      return;
    }
    node.before = last->text;
    result.back() = std::move(node);
  }

  VariableNode variable(const Token& token) {
    const std::size_t bar = std::min(token.text.find('|'), token.text.size());
    VariableNode node;
    node.name = name(token, token.text.substr(0, bar));
    if (node.name.asks_presence) {
      throw source_.error("template.invalid", token.offset,
                          in_quotes(token.text) + " asks whether it is given: only a section can");
    }
    node.filters = parse_filters(token.text.substr(bar), source_, token.offset);
    node.raw = token.kind == TokenKind::raw_variable;
    node.has_default =
        std::any_of(node.filters.begin(), node.filters.end(),
                    [](const FilterCall& call) { return call.filter->name == kDefaultFilter; });
    node.line_indent = line_indent(token.offset);
    return node;
  }

  SectionNode section(std::size_t index) {
    const Token& token = tokens_[index];
    SectionNode node;
    node.name = name(token, token.text);
    node.inverted = token.kind == TokenKind::inverted;
    node.body = body(index);
    return node;
  }

  BlockNode block(std::size_t index) {
    Token& token = tokens_[index];
    BlockNode node;
    node.name = token.text;
    node.offset = token.offset;
    node.standalone = token.standalone;
    if (token.standalone) {
      const std::span<Token> inside =
          std::span(tokens_).subspan(index + 1, token.match - index - 1);
      node.indent = cut_common_indent(inside).value_or(token.indent);
      node.line_end = tokens_[token.match].line_end;
    }
    node.body = body(index);
    return node;
  }

  PartialNode partial(std::size_t index) {
    const Token& token = tokens_[index];
    PartialNode node;
    node.name = token.text;
    node.offset = token.offset;
    node.standalone = token.standalone;
    node.indent = token.indent;
    if (token.kind == TokenKind::partial) return node;
    for (std::size_t i = index + 1; i < token.match; ++i) {
      if (tokens_[i].kind == TokenKind::block) node.overrides.push_back(block(i));
      if (tokens_[i].match > i) i = tokens_[i].match;
    }
    return node;
  }

  std::vector<Node> body(std::size_t index) {
    if (++depth_ > most_depth_) {
      throw source_.error("template.limit", tokens_[index].offset,
                          "sections stand inside each other deeper than the limit of " +
                              std::to_string(most_depth_));
    }
    std::vector<Node> result = nodes(index + 1, tokens_[index].match);
    --depth_;
    return result;
  }

  [[nodiscard]] Name name(const Token& token, std::string_view written) const {
    std::optional<Name> parsed = parse_name(written);
    if (!parsed) {
      throw source_.error(
          "template.invalid", token.offset,
          written.starts_with('@')
              ? in_quotes(written) + " is no name of a loop: there are @first, @last, @index"
              : in_quotes(token.text) + " is not a name");
    }
    parsed->offset = token.offset;
    return *std::move(parsed);
  }

  [[nodiscard]] std::string_view line_indent(std::size_t offset) const {
    const std::string_view text = source_.text;
    const std::size_t newline = text.substr(0, offset).rfind('\n');
    const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
    const std::size_t end = std::min(text.find_first_not_of(kBlanks, start), text.size());
    return text.substr(start, end - start);
  }

  const TemplateSource& source_;
  std::vector<Token> tokens_;
  std::int64_t most_depth_;
  std::int64_t depth_ = 0;
};

}  // namespace

std::optional<Name> parse_name(std::string_view written) {
  Name result;
  written = written.substr(0, written.find_last_not_of(kWhiteSpace) + 1);
  if (written.ends_with('?')) {
    result.asks_presence = true;
    written.remove_suffix(1);
  }
  result.text = written;
  if (written == ".") {
    result.kind = Name::Kind::implicit;
  } else if (written.starts_with('@')) {
    const std::optional<Name::Kind> kind = loop_name(written);
    if (!kind) return std::nullopt;
    result.kind = *kind;
  } else if (!split_path(result)) {
    return std::nullopt;
  }
  return result;
}

std::vector<Node> parse_template(const TemplateSource& source, std::int64_t most_depth) {
  return Parser(source, most_depth).run();
}

}  // namespace ratchet
