#include "output_writer.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <vector>

namespace ratchet::cli {
namespace {

constexpr int kAskEveryMs = 50;
constexpr std::size_t kFilePiece = std::size_t{64} << 10;

/// How much can be written at once without blocking when poll() says that there is room: pipes
/// promise no more than this (POSIX, write()).
std::size_t piece_for(int descriptor) {
  struct stat status {};
  const bool is_file = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  return is_file ? kFilePiece : PIPE_BUF;
}

}  // namespace

OutputWriter::OutputWriter(int descriptor, std::function<bool()> may_wait)
    : descriptor_(descriptor),
      may_wait_(std::move(may_wait)),
      is_terminal_(isatty(descriptor) == 1),
      piece_(piece_for(descriptor)) {
}

void OutputWriter::write(std::string_view bytes) {
  while (!bytes.empty() && !is_broken()) {
    if (!wait_for_reader()) return;
    const ssize_t written = ::write(descriptor_, bytes.data(), std::min(bytes.size(), piece_));
    if (written > 0) {
      at_line_begin_ = bytes[static_cast<std::size_t>(written) - 1] == '\n';
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 && errno != EINTR && errno != EAGAIN) {
      error_number_ = errno;
    }
  }
}

bool OutputWriter::wait_for_reader() {
  pollfd reader{descriptor_, POLLOUT, 0};
  for (;;) {
    const int ready = poll(&reader, 1, kAskEveryMs);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;  // write() says what is wrong
    if (may_wait_()) continue;
    error_number_ = ECANCELED;
    return false;
  }
}

bool OutputWriter::write_file(const char* path) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  std::vector<char> buffer(kFilePiece);
  ssize_t read_bytes = 0;
  do {
    read_bytes = read(file, buffer.data(), buffer.size());
    if (read_bytes > 0) write({buffer.data(), static_cast<std::size_t>(read_bytes)});
  } while ((read_bytes > 0 || (read_bytes < 0 && errno == EINTR)) && !is_broken());
  close(file);
  return read_bytes >= 0;
}

}  // namespace ratchet::cli
