// Bytes to our own standard output or error, whoever reads them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace ratchet::cli {

enum class StandardStream { output, error };

/// A reader that goes away is found out by writing, and no longer by a signal that ends us.
void ignore_broken_pipes();

/// Writes all bytes, unless the reader is gone or the disk full: then it is broken, and writes
/// nothing more. ignore_broken_pipes() comes first.
class OutputWriter {
 public:
  /// While the reader does not read, `may_wait` is asked every 50 ms; false breaks it.
  OutputWriter(StandardStream stream, std::function<bool()> may_wait);
  ~OutputWriter();
  OutputWriter(const OutputWriter&) = delete;
  OutputWriter& operator=(const OutputWriter&) = delete;

  void write(std::string_view bytes);
  /// The content of a file; what of it cannot be read is left out. False then.
  [[nodiscard]] bool write_file(const std::string& path);

  [[nodiscard]] bool is_broken() const { return error_number_ != 0; }
  /// The errno; ECANCELED where nobody wanted to wait.
  [[nodiscard]] int error_number() const { return error_number_; }
  [[nodiscard]] bool is_terminal() const;
  /// Whether the last byte was a line's end, or none was written.
  [[nodiscard]] bool at_line_begin() const { return at_line_begin_; }
  /// Somebody else ended the line, on the same terminal.
  void line_was_ended() { at_line_begin_ = true; }

 private:
  struct Stream;  ///< as the system has it

  /// One piece, at least a byte of it; 0 where it broke.
  [[nodiscard]] std::size_t write_some(std::string_view bytes);

  const std::unique_ptr<Stream> stream_;
  const std::function<bool()> may_wait_;
  bool at_line_begin_ = true;
  int error_number_ = 0;
};

}  // namespace ratchet::cli
