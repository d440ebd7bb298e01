#include "process/handle_win32.h"

#include <windows.h>

namespace ratchet {

Handle::Handle(Native native) : native_(native == INVALID_HANDLE_VALUE ? nullptr : native) {
}

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    close();
    native_ = other.release();
  }
  return *this;
}

void Handle::close() {
  if (native_ != nullptr) ::CloseHandle(std::exchange(native_, nullptr));
}

}  // namespace ratchet
