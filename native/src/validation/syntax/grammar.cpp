#include "validation/syntax/grammar.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <memory>

#include "core/error.h"
#include "core/text.h"

namespace ratchet {
namespace {

/// Tokens longer than this many bytes are not shown in a message, but named by their kind.
constexpr std::uint32_t kLongestTokenShown = 40;
/// How many tokens of one faulty part are looked at to find the one that does not fit.
constexpr int kMostTokensLookedAt = 2000;
constexpr TSStateId kErrorState = 0;

template <auto release>
struct Release {
  template <typename Thing>
  void operator()(Thing* thing) const {
    release(thing);
  }
};
using Parser = std::unique_ptr<TSParser, Release<ts_parser_delete>>;
using Tree = std::unique_ptr<TSTree, Release<ts_tree_delete>>;
using Lookahead = std::unique_ptr<TSLookaheadIterator, Release<ts_lookahead_iterator_delete>>;

class Cursor {
 public:
  explicit Cursor(TSNode node) : cursor_(ts_tree_cursor_new(node)) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  ~Cursor() { ts_tree_cursor_delete(&cursor_); }

  [[nodiscard]] TSNode node() const { return ts_tree_cursor_current_node(&cursor_); }
  bool into() { return ts_tree_cursor_goto_first_child(&cursor_); }
  /// To the next node that is not below this one; false at the end.
  bool past() {
    while (!ts_tree_cursor_goto_next_sibling(&cursor_)) {
      if (!ts_tree_cursor_goto_parent(&cursor_)) return false;
    }
    return true;
  }

 private:
  TSTreeCursor cursor_;
};

const char* read_text(void* payload, std::uint32_t offset, TSPoint /*unused*/,
                      std::uint32_t* size) {
  const auto& text = *static_cast<const std::string_view*>(payload);
  const std::size_t from = std::min<std::size_t>(offset, text.size());
  *size = static_cast<std::uint32_t>(text.size() - from);
  return text.data() + from;
}

Tree parse(const TSLanguage* grammar, std::string_view text, const std::function<bool()>& stop) {
  const Parser parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), grammar)) {
    throw Error("internal.error", "a grammar does not go with the parser's version");
  }
  TSInput input{};
  input.payload = &text;
  input.read = read_text;
  input.encoding = TSInputEncodingUTF8;
  TSParseOptions options{};
  options.payload = const_cast<std::function<bool()>*>(&stop);  // NOLINT: given back as const below
  options.progress_callback = [](TSParseState* state) {
    return (*static_cast<const std::function<bool()>*>(state->payload))();
  };
  return Tree(ts_parser_parse_with_options(parser.get(), nullptr, input, options));
}

/// Walks a tree with errors and says of each what is wrong.
class FaultFinder {
 public:
  FaultFinder(const TSLanguage* grammar, std::string_view text, std::size_t most)
      : text_(text), most_(most), lookahead_(ts_lookahead_iterator_new(grammar, 1)) {}

  GrammarFaults find(TSNode root) {
    Cursor cursor(root);
    bool more = ts_node_has_error(root);
    while (more) {
      const TSNode node = cursor.node();
      finish_pending(node);
      more = visit(node) && cursor.into() ? true : cursor.past();
    }
    finish_pending_at_end();
    return std::move(found_);
  }

 private:
  /// True when the fault lies deeper.
  bool visit(TSNode node) {
    if (ts_node_is_missing(node)) {
      add({ts_node_start_byte(node), ts_node_end_byte(node), "missing " + kind(node)});
      return false;
    }
    if (ts_node_is_error(node)) {
      explain(node);
      return false;
    }
    if (!ts_node_has_error(node)) return false;
    if (has_faulty_child(node)) return true;
    // What is missing is a token without a name of its own, such as a line's end.
    add({ts_node_end_byte(node), ts_node_end_byte(node), "incomplete " + kind(node)});
    return false;
  }

  static bool has_faulty_child(TSNode node) {
    Cursor cursor(node);
    bool more = cursor.into();
    const std::uint32_t count = ts_node_child_count(node);
    for (std::uint32_t index = 0; more && index < count; ++index, more = cursor.past()) {
      const TSNode child = cursor.node();
      if (ts_node_has_error(child) || ts_node_is_missing(child)) return true;
    }
    return false;
  }

  /// A part that no rule covers: its first token that could not stand there, else what follows it.
  void explain(TSNode error) {
    Cursor cursor(error);
    TSNode last = error;
    bool more = true;
    for (int count = 0; more && count < kMostTokensLookedAt; ++count) {
      const TSNode node = cursor.node();
      if (ts_node_child_count(node) > 0) {
        more = cursor.into();
        continue;
      }
      if (!fits(node)) return add_unexpected(node);
      last = node;
      more = cursor.past();
    }
    pending_ = last;
    is_pending_ = true;
  }

  /// Whether the grammar had a use for this token where it was read.
  bool fits(TSNode token) {
    if (ts_node_is_extra(token) && !ts_node_is_error(token)) return true;
    const TSStateId state = ts_node_parse_state(token);
    if (state == kErrorState || ts_node_is_error(token)) return false;
    if (!ts_lookahead_iterator_reset_state(lookahead_.get(), state)) return true;
    const TSSymbol symbol = ts_node_grammar_symbol(token);
    while (ts_lookahead_iterator_next(lookahead_.get())) {
      if (ts_lookahead_iterator_current_symbol(lookahead_.get()) == symbol) return true;
    }
    return false;
  }

  /// All of a faulty part would have fitted: then what comes after it does not.
  void finish_pending(TSNode next) {
    if (!is_pending_) return;
    while (ts_node_child_count(next) > 0)
      next = ts_node_child(next, 0);
    const std::uint32_t begin = ts_node_start_byte(next);
    const bool comment = ts_node_is_extra(next) && !ts_node_is_error(next);
    if (comment || begin == ts_node_end_byte(next)) return;
    const std::uint32_t end = ts_node_end_byte(pending_);
    const auto between = text_.substr(end, begin - std::min(begin, end));
    if (between.find_first_of("\r\n") != std::string_view::npos) return finish_pending_at_end();
    is_pending_ = false;
    add_unexpected(next);
  }

  void finish_pending_at_end() {
    if (!is_pending_) return;
    is_pending_ = false;
    const std::uint32_t end = ts_node_end_byte(pending_);
    add({end, end, "incomplete after " + shown(pending_)});
  }

  void add_unexpected(TSNode token) {
    add({ts_node_start_byte(token), ts_node_end_byte(token), "unexpected " + shown(token)});
  }

  void add(GrammarFault fault) {
    if (found_.faults.size() < most_) {
      found_.faults.push_back(std::move(fault));
    } else {
      ++found_.left_out;
    }
  }

  /// The token as it stands in the text, or its kind where it is long or has several lines.
  [[nodiscard]] std::string shown(TSNode token) const {
    const std::uint32_t begin = ts_node_start_byte(token);
    const std::uint32_t size = ts_node_end_byte(token) - begin;
    const std::string_view text = text_.substr(begin, size);
    const bool plain = std::all_of(text.begin(), text.end(), [](char letter) {
      return static_cast<unsigned char>(letter) >= ' ' && letter != '\x7f';
    });
    if (size == 0 || size > kLongestTokenShown || !plain) return kind(token);
    return in_backticks(repaired_utf8(text));
  }

  static std::string in_backticks(std::string_view token) {
    return std::string("`").append(token).append("`");
  }

  static std::string kind(TSNode node) {
    if (ts_node_is_error(node)) return "text";
    if (!ts_node_is_named(node)) return in_backticks(ts_node_grammar_type(node));
    std::string words = ts_node_type(node);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
  }

  std::string_view text_;
  std::size_t most_;
  Lookahead lookahead_;
  GrammarFaults found_;
  TSNode pending_{};
  bool is_pending_ = false;
};

}  // namespace

std::optional<GrammarFaults> find_grammar_faults(const TSLanguage* grammar, std::string_view text,
                                                 std::size_t most,
                                                 const std::function<bool()>& stop) {
  const Tree tree = parse(grammar, text, stop);
  if (tree == nullptr) return std::nullopt;
  return FaultFinder(grammar, text, most).find(ts_tree_root_node(tree.get()));
}

bool has_grammar_node(const TSLanguage* grammar, std::string_view text, std::string_view kind,
                      const std::function<bool()>& stop) {
  const Tree tree = parse(grammar, text, stop);
  if (tree == nullptr) return false;
  Cursor cursor(ts_tree_root_node(tree.get()));
  bool more = true;
  while (more) {
    if (std::string_view(ts_node_type(cursor.node())).starts_with(kind)) return true;
    more = cursor.into() || cursor.past();
  }
  return false;
}

}  // namespace ratchet
