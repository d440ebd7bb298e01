// Bytes to our own standard output or error, whoever reads them.
#pragma once

#include <functional>
#include <string_view>

namespace ratchet::cli {

/// Writes all bytes, unless the reader is gone or the disk full: then it is broken, and writes
/// nothing more. SIGPIPE must be ignored.
class OutputWriter {
 public:
  /// While the reader does not read, `may_wait` is asked every 50 ms; false breaks it.
  OutputWriter(int descriptor, std::function<bool()> may_wait);

  void write(std::string_view bytes);
  /// The content of a file; what of it cannot be read is left out. False then.
  [[nodiscard]] bool write_file(const char* path);

  [[nodiscard]] bool is_broken() const { return error_number_ != 0; }
  /// The errno; ECANCELED where nobody wanted to wait.
  [[nodiscard]] int error_number() const { return error_number_; }
  [[nodiscard]] bool is_terminal() const { return is_terminal_; }
  /// Whether the last byte was a line's end, or none was written.
  [[nodiscard]] bool at_line_begin() const { return at_line_begin_; }
  /// Somebody else ended the line, on the same terminal.
  void line_was_ended() { at_line_begin_ = true; }

 private:
  /// False where it broke.
  [[nodiscard]] bool wait_for_reader();

  const int descriptor_;
  const std::function<bool()> may_wait_;
  const bool is_terminal_;
  const std::size_t piece_;
  bool at_line_begin_ = true;
  int error_number_ = 0;
};

}  // namespace ratchet::cli
