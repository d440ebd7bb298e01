// JSON text as tokens with their places: what the reader and the outline of a document are made
// from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ratchet {

/// Reads RFC 8259 JSON token by token and checks all of its grammar; never recursive.
///
/// The text must be valid UTF-8 and outlive the scanner. A byte order mark is skipped. Every fault
/// is thrown as Error{json.invalid} or Error{json.too_deep}, with the place, and what to do where a
/// habit of another notation is recognised (comments, trailing commas, single quotes, `None`).
class JsonScanner {
 public:
  enum class Token {
    begin_object,
    end_object,
    begin_array,
    end_array,
    key,  ///< its colon is consumed with it
    string,
    number,
    null,
    boolean_true,
    boolean_false,
    end,
  };

  /// `name` is what messages call the text; containers may nest `depth` deep.
  JsonScanner(std::string_view text, std::string_view name, std::int64_t depth);

  [[nodiscard]] Token next();

  /// Where the token begins that next() returned.
  [[nodiscard]] std::size_t begin() const { return begin_; }
  /// Members or items of the container that has just ended.
  [[nodiscard]] std::size_t ended_size() const { return ended_size_; }
  /// The text of a number as it stands.
  [[nodiscard]] std::string_view number() const { return text_.substr(begin_, at_ - begin_); }
  /// The decoded content of a key or string; valid until the next call of next().
  [[nodiscard]] std::string_view content() const { return content_; }
  /// Throws Error{json.invalid} about the current token.
  [[noreturn]] void reject(std::string_view why, std::string_view hint) const;

 private:
  enum class Expected { value, first_item, key, first_key, separator, end };
  struct Container {
    std::size_t size;
    std::size_t begin;
    bool object;
  };

  void skip_space();
  Token read_value();
  Token read_key();
  Token read_separator();
  Token open(bool object);
  Token close();
  Token value_done(Token token);
  Token read_literal(std::string_view word, Token token);
  Token read_number();
  void read_digits();
  void read_string();
  void read_escape();
  std::uint32_t read_hex(std::size_t escape);
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

  [[noreturn]] void fail(std::size_t offset, const std::string& why,
                         std::string_view hint = {}) const;
  [[noreturn]] void fail_unexpected(std::string_view wanted) const;
  [[noreturn]] void fail_at_end(std::string_view wanted) const;
  [[noreturn]] void fail_in_string(std::size_t opening) const;
  [[noreturn]] void fail_too_deep() const;

  std::string_view text_;
  std::string_view name_;
  std::size_t depth_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::size_t ended_size_ = 0;
  Expected expected_ = Expected::value;
  std::vector<Container> open_;
  std::string_view content_;
  std::string decoded_;
};

}  // namespace ratchet
