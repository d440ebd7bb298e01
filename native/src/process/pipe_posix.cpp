#include "process/pipe_posix.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace ratchet {
namespace {

constexpr int kFirstFreeOfStandardStreams = 3;

bool is_exhaustion(int error_number) {
  return error_number == EMFILE || error_number == ENFILE || error_number == EAGAIN ||
         error_number == ENOMEM;
}

}  // namespace

Error start_error(int error_number, const std::string& what_failed) {
  return {is_exhaustion(error_number) ? Code("process.exhausted") : Code("process.spawn_failed"),
          what_failed + ": " + std::generic_category().message(error_number)};
}

Descriptor above_standard_streams(Descriptor descriptor) {
  if (descriptor.get() >= kFirstFreeOfStandardStreams) return descriptor;
  Descriptor lifted(::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, kFirstFreeOfStandardStreams));
  if (!lifted.is_open()) throw start_error(errno, "cannot duplicate a descriptor");
  return lifted;
}

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw start_error(errno, "cannot make a pipe");
  Descriptor read_end(ends[0]);
  Descriptor write_end(ends[1]);
  return {above_standard_streams(std::move(read_end)),
          above_standard_streams(std::move(write_end))};
}

}  // namespace ratchet
