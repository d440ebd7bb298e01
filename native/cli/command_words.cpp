#include "command_words.h"

#include <algorithm>

#include "core/error.h"
#include "core/text.h"
#include "core/utf8.h"

namespace ratchet::cli {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
/// What a shell acts upon wherever it stands unquoted.
constexpr std::string_view kSpecial = "|&;<>()$`*?";
/// What a backslash escapes within double quotes.
constexpr std::string_view kEscapedInQuotes = "$`\"\\";
/// Characters that need no quotes anywhere.
constexpr std::string_view kPlain =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-{}";

bool is_one_of(char letter, std::string_view set) {
  return set.find(letter) != std::string_view::npos;
}

/// Reads the words of one line.
class WordReader {
 public:
  WordReader(std::string_view line, const LinePlace& place) : line_(line), place_(place) {}

  std::vector<std::string> read() {
    std::vector<std::string> words;
    for (;;) {
      at_ = std::min(line_.find_first_not_of(kBlanks, at_), line_.size());
      if (at_ == line_.size()) return words;
      words.push_back(word(words.empty()));
    }
  }

 private:
  std::string word(bool is_first) {
    const std::size_t begin = at_;
    std::string read;
    bool is_name = is_first;  // of a variable, so far
    while (at_ < line_.size() && !is_one_of(line_[at_], kBlanks)) {
      const char letter = line_[at_];
      refuse_special(begin);
      if (letter == '=' && is_name && at_ > begin) throw needs_shell("=");
      is_name = is_name && is_letter_of_name(letter);
      if (letter == '\'') {
        read_single_quotes(read);
      } else if (letter == '"') {
        read_double_quotes(read);
      } else if (letter == '\\') {
        read_escaped(read);
      } else {
        read.push_back(letter);
        ++at_;
      }
    }
    return read;
  }

  static bool is_letter_of_name(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_';
  }

  void refuse_special(std::size_t begin) const {
    const char letter = line_[at_];
    const bool at_begin = at_ == begin;
    const bool stands_alone =
        at_begin && (at_ + 1 == line_.size() || is_one_of(line_[at_ + 1], kBlanks));
    const bool is_special = is_one_of(letter, kSpecial) ||
                            (at_begin && (letter == '~' || letter == '#')) ||
                            (letter == '[' && !stands_alone);
    if (is_special) throw needs_shell(std::string_view(&line_[at_], 1));
  }

  void read_single_quotes(std::string& read) {
    const std::size_t end = line_.find('\'', at_ + 1);
    if (end == std::string_view::npos) throw not_closed("'");
    read += line_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
  }

  void read_double_quotes(std::string& read) {
    const std::size_t begin = at_++;
    while (at_ < line_.size() && line_[at_] != '"') {
      if (is_one_of(line_[at_], "$`")) throw needs_shell(std::string_view(&line_[at_], 1));
      const bool is_escape = line_[at_] == '\\' && at_ + 1 < line_.size() &&
                             is_one_of(line_[at_ + 1], kEscapedInQuotes);
      if (is_escape) ++at_;
      read.push_back(line_[at_++]);
    }
    if (at_ == line_.size()) {
      at_ = begin;
      throw not_closed("\"");
    }
    ++at_;
  }

  void read_escaped(std::string& read) {
    if (at_ + 1 == line_.size()) {
      throw fault("jobs.invalid", "a backslash at the end of the line escapes nothing")
          .hint("a command stands on one line; quote the backslash if it is meant");
    }
    read.push_back(line_[at_ + 1]);
    at_ += 2;
  }

  [[nodiscard]] Error needs_shell(std::string_view what) const {
    return fault("jobs.needs_shell",
                 "an unquoted " + in_quotes(what) + " means something to a shell alone")
        .hint("quote it, or have a shell run each line with --shell");
  }

  [[nodiscard]] Error not_closed(std::string_view quote) const {
    return fault("jobs.invalid", "the quote " + std::string(quote) + " is not closed")
        .hint("a command stands on one line");
  }

  [[nodiscard]] Error fault(Code code, std::string message) const {
    const auto column = 1 + std::count_if(line_.begin(), line_.begin() + static_cast<long>(at_),
                                          [](char byte) { return !is_continuation(byte); });
    return Error(code, std::move(message)).at(place_.source, {place_.line, column, 0});
  }

  const std::string_view line_;
  const LinePlace& place_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string> split_words(std::string_view line, const LinePlace& place) {
  return WordReader(line, place).read();
}

std::string quoted_word(std::string_view word) {
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos)
    return std::string(word);
  std::string quoted = "'";
  for (const char letter : word) {
    if (letter == '\'') {
      quoted += "'\\''";
    } else {
      quoted.push_back(letter);
    }
  }
  quoted.push_back('\'');
  return quoted;
}

std::string quoted_words(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty()) line.push_back(' ');
    line += quoted_word(word);
  }
  return line;
}

}  // namespace ratchet::cli
