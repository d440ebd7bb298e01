#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>

#include "output_writer.h"

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

/// 0 once write() will not block, or will say what is wrong; else the errno.
int wait_for_reader(int descriptor, const std::function<bool()>& may_wait) {
  pollfd reader{descriptor, POLLOUT, 0};
  for (;;) {
    const int ready = poll(&reader, 1, kAskEveryMs);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return 0;
    if (!may_wait()) return ECANCELED;
  }
}

}  // namespace

struct OutputWriter::Stream {
  int descriptor;
  bool is_terminal;
  std::size_t piece;

  explicit Stream(int number)
      : descriptor(number), is_terminal(isatty(number) == 1), piece(piece_for(number)) {}
};

void ignore_broken_pipes() {
  std::signal(SIGPIPE, SIG_IGN);
}

OutputWriter::OutputWriter(StandardStream stream, std::function<bool()> may_wait)
    : stream_(std::make_unique<Stream>(stream == StandardStream::output ? STDOUT_FILENO
                                                                        : STDERR_FILENO)),
      may_wait_(std::move(may_wait)) {
}

OutputWriter::~OutputWriter() = default;

bool OutputWriter::is_terminal() const {
  return stream_->is_terminal;
}

std::size_t OutputWriter::write_some(std::string_view bytes) {
  for (;;) {
    error_number_ = wait_for_reader(stream_->descriptor, may_wait_);
    if (is_broken()) return 0;
    const ssize_t written =
        ::write(stream_->descriptor, bytes.data(), std::min(bytes.size(), stream_->piece));
    if (written > 0) return static_cast<std::size_t>(written);
    if (written < 0 && errno != EINTR && errno != EAGAIN) {
      error_number_ = errno;
      return 0;
    }
  }
}

}  // namespace ratchet::cli
