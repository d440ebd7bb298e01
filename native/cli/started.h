// What a program finds at its start, made the same on every system.
#pragma once

#include <memory>
#include <span>

namespace ratchet::cli {

/// The words of the command line in UTF-8, and streams that carry bytes as they are. On Windows a
/// console shows UTF-8 and obeys escape sequences while it lives, and is as before afterwards. One
/// at a time, from the beginning of main() to its end.
class Started {
 public:
  Started(int count, char** words);
  ~Started();
  Started(const Started&) = delete;
  Started& operator=(const Started&) = delete;

  /// As main() is given them, the null pointer behind them included.
  [[nodiscard]] std::span<char*> words() const;

 private:
  struct Kept;
  const std::unique_ptr<Kept> kept_;
};

}  // namespace ratchet::cli
