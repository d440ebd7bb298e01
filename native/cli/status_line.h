// The line of standard error that is written over while something works.
#pragma once

#include <string>
#include <string_view>

namespace ratchet::cli {

/// The text with every character that would move the cursor, or turn the direction of writing,
/// replaced by `?`: names come from users' files.
[[nodiscard]] std::string printable(std::string_view text);

/// The longest beginning of a printable text that takes at most so many columns of a terminal; an
/// `…` stands for what is cut off. Characters that may be wide count as two.
[[nodiscard]] std::string cut_to_columns(std::string_view text, std::size_t columns);

/// Shows nothing where standard error is no terminal.
class StatusLine {
 public:
  StatusLine();

  [[nodiscard]] bool is_terminal() const { return is_terminal_; }
  /// In place of what it showed before; as much of it as fits on one line.
  void show(std::string_view text);
  void clear();

 private:
  const bool is_terminal_;
  bool is_shown_ = false;
};

}  // namespace ratchet::cli
