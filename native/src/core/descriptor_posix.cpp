#include "core/descriptor_posix.h"

#include <unistd.h>

#include <utility>

namespace ratchet {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = other.release();
  }
  return *this;
}

int Descriptor::release() {
  return std::exchange(number_, -1);
}

void Descriptor::close() {
  // Not repeated on EINTR: on Linux the number is free by then and may be somebody else's.
  if (number_ >= 0) ::close(release());
}

}  // namespace ratchet
