// Kernel handles with one owner.
#pragma once

#include <utility>

namespace ratchet {

/// Closes what it holds. Movable; null means it holds nothing. One owner.
class Handle {
 public:
  using Native = void*;  // HANDLE

  Handle() = default;
  /// INVALID_HANDLE_VALUE counts as nothing.
  explicit Handle(Native native);
  Handle(Handle&& other) noexcept : native_(other.release()) {}
  Handle& operator=(Handle&& other) noexcept;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }

  void close();
  /// To whoever closes it from now on.
  [[nodiscard]] Native release() { return std::exchange(native_, nullptr); }
  [[nodiscard]] Native get() const { return native_; }
  [[nodiscard]] bool is_open() const { return native_ != nullptr; }

 private:
  Native native_ = nullptr;
};

}  // namespace ratchet
