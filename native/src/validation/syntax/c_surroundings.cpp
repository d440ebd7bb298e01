#include "validation/syntax/c_surroundings.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"

namespace ratchet {
namespace {

constexpr auto kKeywords = std::to_array<std::string_view>({"_Alignas",
                                                            "_Alignof",
                                                            "_Atomic",
                                                            "_Bool",
                                                            "_Complex",
                                                            "_Generic",
                                                            "_Imaginary",
                                                            "_Noreturn",
                                                            "_Static_assert",
                                                            "_Thread_local",
                                                            "__asm__",
                                                            "__attribute__",
                                                            "__extension__",
                                                            "__inline",
                                                            "__inline__",
                                                            "__restrict",
                                                            "__typeof__",
                                                            "alignas",
                                                            "alignof",
                                                            "and",
                                                            "asm",
                                                            "auto",
                                                            "bool",
                                                            "break",
                                                            "case",
                                                            "catch",
                                                            "char",
                                                            "char16_t",
                                                            "char32_t",
                                                            "char8_t",
                                                            "class",
                                                            "co_await",
                                                            "co_return",
                                                            "co_yield",
                                                            "concept",
                                                            "const",
                                                            "const_cast",
                                                            "consteval",
                                                            "constexpr",
                                                            "constinit",
                                                            "continue",
                                                            "decltype",
                                                            "default",
                                                            "delete",
                                                            "do",
                                                            "double",
                                                            "dynamic_cast",
                                                            "else",
                                                            "enum",
                                                            "explicit",
                                                            "export",
                                                            "extern",
                                                            "false",
                                                            "float",
                                                            "for",
                                                            "friend",
                                                            "goto",
                                                            "if",
                                                            "inline",
                                                            "int",
                                                            "long",
                                                            "mutable",
                                                            "namespace",
                                                            "new",
                                                            "noexcept",
                                                            "not",
                                                            "nullptr",
                                                            "operator",
                                                            "or",
                                                            "private",
                                                            "protected",
                                                            "public",
                                                            "register",
                                                            "reinterpret_cast",
                                                            "requires",
                                                            "restrict",
                                                            "return",
                                                            "short",
                                                            "signed",
                                                            "sizeof",
                                                            "static",
                                                            "static_assert",
                                                            "static_cast",
                                                            "struct",
                                                            "switch",
                                                            "template",
                                                            "this",
                                                            "thread_local",
                                                            "throw",
                                                            "true",
                                                            "try",
                                                            "typedef",
                                                            "typeid",
                                                            "typename",
                                                            "typeof",
                                                            "union",
                                                            "unsigned",
                                                            "using",
                                                            "virtual",
                                                            "void",
                                                            "volatile",
                                                            "wchar_t",
                                                            "while"});

/// Before a quote: `R"`, with or without the prefix of its encoding.
bool begins_raw_literal(std::string_view word) {
  return word == "R" || word == "LR" || word == "uR" || word == "UR" || word == "u8R";
}

bool begins_word(char letter) {
  return is_letter(letter) || letter == '_' || letter == '$' ||
         static_cast<unsigned char>(letter) >= 0x80;
}

/// Goes through a text token by token, up to an end.
class Walk {
 public:
  Walk(std::string_view text, std::size_t end, std::string_view word)
      : text_(text), end_(std::min(end, text.size())), word_(word) {}

  CSurroundings around() {
    while (at_ < end_)
      step();
    return around_;
  }

 private:
  [[nodiscard]] bool stands(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }

  void step() {
    const char letter = text_[at_];
    if (letter == '\n') {
      line_is_new_ = true;
      ++at_;
    } else if (letter == ' ' || letter == '\t' || letter == '\r') {
      ++at_;
    } else if (stands("//")) {
      at_ = line_end(at_);
    } else if (stands("/*")) {
      skip_past("*/", at_ + 2);
    } else if (letter == '#' && line_is_new_) {
      skip_directive();
    } else {
      line_is_new_ = false;
      take_token(letter);
    }
  }

  void take_token(char letter) {
    if (letter == '"') {
      skip_literal('"');
    } else if (letter == '\'') {
      skip_literal('\'');
    } else if (begins_word(letter) || is_digit(letter)) {
      take_word(begins_word(letter));
    } else {
      if (letter == ';' || letter == '{' || letter == '}')
        around_.follows_a_name = around_.follows_capitals = false;
      ++at_;
    }
  }

  void take_word(bool is_word) {
    const std::size_t begin = at_;
    // A quote between digits parts them.
    while (at_ < text_.size() &&
           (begins_word(text_[at_]) || is_digit(text_[at_]) || (!is_word && text_[at_] == '\'')))
      ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (is_word && at_ < text_.size() && text_[at_] == '"' && begins_raw_literal(word)) {
      return skip_raw_literal();
    }
    if (!is_word || at_ > end_ || !is_c_name(word)) return;
    around_.follows_a_name = true;
    around_.follows_capitals = around_.follows_capitals || is_in_capitals(word);
    around_.word_seen = around_.word_seen || word == word_;
  }

  /// `R"mark(…)mark"`, from its quote.
  void skip_raw_literal() {
    constexpr std::size_t kLongestMark = 16;  // of C++, [lex.string]
    const std::size_t open = text_.substr(at_, kLongestMark + 2).find('(');
    if (open == std::string_view::npos) return skip_literal('"');
    std::string closing(")");
    closing.append(text_.substr(at_ + 1, open - 1)).append("\"");
    skip_past(closing, at_ + open);
  }

  /// Up to the quote, or to the line's end where that is missing.
  void skip_literal(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        return;
      }
      if (text_[at_] == '\\') ++at_;
    }
    at_ = std::min(at_, text_.size());
  }

  /// With the lines that continue it.
  void skip_directive() {
    while (true) {
      at_ = line_end(at_);
      std::string_view line = text_.substr(0, at_);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.ends_with('\\') || at_ >= text_.size()) break;
      ++at_;
    }
    around_.in_directive = at_ >= end_;
  }

  void skip_past(std::string_view mark, std::size_t from) {
    const std::size_t found = text_.find(mark, from);
    at_ = found == std::string_view::npos ? text_.size() : found + mark.size();
  }

  [[nodiscard]] std::size_t line_end(std::size_t from) const {
    return std::min(text_.find('\n', from), text_.size());
  }

  std::string_view text_;
  std::size_t end_;
  std::string_view word_;
  std::size_t at_ = 0;
  bool line_is_new_ = true;
  CSurroundings around_;
};

}  // namespace

CSurroundings c_surroundings(std::string_view text, std::size_t offset, std::string_view word) {
  return Walk(text, offset, word).around();
}

bool is_in_capitals(std::string_view word) {
  return std::none_of(word.begin(), word.end(),
                      [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

bool is_c_name(std::string_view word) {
  return !word.empty() && begins_word(word.front()) &&
         std::find(kKeywords.begin(), kKeywords.end(), word) == kKeywords.end();
}

}  // namespace ratchet
