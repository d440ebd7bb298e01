// Kernel handles with one owner.
#pragma once

#include <windows.h>

namespace ratchet {

/// Closes what it holds. Movable; null and INVALID_HANDLE_VALUE mean that it holds nothing. One
/// owner.
class Handle {
 public:
  Handle() = default;
  explicit Handle(HANDLE value) : value_(value == INVALID_HANDLE_VALUE ? nullptr : value) {}
  Handle(Handle&& other) noexcept : value_(other.release()) {}
  Handle& operator=(Handle&& other) noexcept;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { close(); }

  void close();
  /// The handle, to whoever closes it from now on.
  [[nodiscard]] HANDLE release();
  [[nodiscard]] HANDLE get() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ != nullptr; }

 private:
  HANDLE value_ = nullptr;
};

}  // namespace ratchet
