#include "core/handle_win32.h"

#include <utility>

namespace ratchet {

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    close();
    value_ = other.release();
  }
  return *this;
}

HANDLE Handle::release() {
  return std::exchange(value_, nullptr);
}

void Handle::close() {
  if (value_ != nullptr) CloseHandle(release());
}

}  // namespace ratchet
