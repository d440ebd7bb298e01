#include "core/toml_depth.h"

#include <vector>

#include "core/utf8.h"

namespace ratchet {
namespace {

/// Walks over a text once, level by level.
class DepthScan {
 public:
  DepthScan(std::string_view text, std::int64_t most) : text_(text), most_(most) {
    if (text.starts_with(kUtf8ByteOrderMark)) at_ = kUtf8ByteOrderMark.size();
  }

  std::optional<std::size_t> run() {
    while (at_ < text_.size()) {
      step(text_[at_]);
      if (header_ + outer_ + parts_ > most_) return at_;
      ++at_;
    }
    return std::nullopt;
  }

 private:
  void step(char letter) {
    switch (letter) {
      case '#':
        return skip_comment();
      case '"':
      case '\'':
        return skip_string(letter);
      case '\n':
        if (in_header_) end_header();
        if (levels_.empty()) start_line();
        return;
      case '.':
        ++parts_;
        return;
      case '[':
        if (levels_.empty() && is_line_start_) return start_header();
        return open();
      case '{':
        return open();
      case ']':
      case '}':
        return close();
      case ',':
        parts_ = 0;
        return;
      default:
        if (letter != ' ' && letter != '\t' && letter != '\r') is_line_start_ = false;
    }
  }

  void start_line() {
    parts_ = 0;
    is_line_start_ = true;
  }

  /// `[[` is a header too: a table of an array.
  void start_header() {
    header_ = 0;
    parts_ = 1;
    in_header_ = true;
    is_line_start_ = false;
    if (at_ + 1 < text_.size() && text_[at_ + 1] == '[') {
      ++at_;
      ++parts_;
    }
  }

  void end_header() {
    header_ = parts_;
    parts_ = 0;
    in_header_ = false;
  }

  void open() {
    is_line_start_ = false;
    ++parts_;
    outer_ += parts_;
    levels_.push_back(parts_);
    parts_ = 0;
  }

  void close() {
    if (in_header_) return end_header();
    parts_ = 0;
    if (levels_.empty()) return;
    outer_ -= levels_.back();
    levels_.pop_back();
  }

  void skip_comment() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() - 1 : end - 1;
  }

  void skip_string(char quote) {
    is_line_start_ = false;
    constexpr std::size_t kLongMark = 3;
    const std::string_view rest = text_.substr(at_);
    const bool is_long = rest.size() >= kLongMark && rest[1] == quote && rest[2] == quote;
    std::size_t marks = 0;
    at_ += is_long ? kLongMark : 1;
    for (; at_ < text_.size(); ++at_) {
      const char letter = text_[at_];
      if (letter == '\n' && !is_long) {
        --at_;  // not closed: the line's end is one all the same
        return;
      }
      if (letter == '\\' && quote == '"') {
        ++at_;
        marks = 0;
        continue;
      }
      marks = letter == quote ? marks + 1 : 0;
      if (marks < (is_long ? kLongMark : 1)) continue;
      // One or two quotes before the three that close a long string are part of it.
      for (int more = 0; is_long && more < 2 && at_ + 1 < text_.size(); ++more) {
        if (text_[at_ + 1] == quote) ++at_;
      }
      return;
    }
  }

  std::string_view text_;
  std::int64_t most_;
  std::size_t at_ = 0;
  bool is_line_start_ = true;
  bool in_header_ = false;
  std::int64_t header_ = 0;           ///< levels that the last header leads down
  std::int64_t outer_ = 0;            ///< levels of all that is open
  std::int64_t parts_ = 0;            ///< of the key that is being read
  std::vector<std::int64_t> levels_;  ///< what each open bracket added
};

}  // namespace

std::optional<std::size_t> first_too_deep_in_toml(std::string_view text, std::int64_t most) {
  return DepthScan(text, most).run();
}

}  // namespace ratchet
