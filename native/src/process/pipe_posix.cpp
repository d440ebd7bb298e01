#include "process/pipe_posix.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

constexpr int kFirstFreeOfStandardStreams = 3;

Error no_pipe(int error_number) {
  return {"process.spawn_failed",
          "cannot make a pipe: " + std::generic_category().message(error_number)};
}

Descriptor above_standard_streams(Descriptor descriptor) {
  if (descriptor.get() >= kFirstFreeOfStandardStreams) return descriptor;
  Descriptor lifted(::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, kFirstFreeOfStandardStreams));
  if (!lifted.is_open()) throw no_pipe(errno);
  return lifted;
}

}  // namespace

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw no_pipe(errno);
  Descriptor read_end(ends[0]);
  Descriptor write_end(ends[1]);
  return {above_standard_streams(std::move(read_end)),
          above_standard_streams(std::move(write_end))};
}

void set_non_blocking(const Descriptor& descriptor) {
  const int flags = ::fcntl(descriptor.get(), F_GETFL);
  ::fcntl(descriptor.get(), F_SETFL, flags | O_NONBLOCK);
}

}  // namespace ratchet
