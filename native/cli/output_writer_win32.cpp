#include <windows.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <future>
#include <utility>

#include "core/handle_win32.h"
#include "output_writer.h"

namespace ratchet::cli {
namespace {

constexpr std::chrono::milliseconds kAskEvery{50};
constexpr std::size_t kPiece = std::size_t{64} << 10;

struct Written {
  DWORD bytes = 0;
  DWORD error = ERROR_SUCCESS;
};

Written write_piece(HANDLE stream, std::string_view bytes) {
  Written written;
  const auto size = static_cast<DWORD>(std::min(bytes.size(), kPiece));
  if (WriteFile(stream, bytes.data(), size, &written.bytes, nullptr) == FALSE) {
    written.error = GetLastError();
  }
  return written;
}

int error_number_of(DWORD error) {
  switch (error) {
    case ERROR_NO_DATA:
    case ERROR_BROKEN_PIPE:
    case ERROR_PIPE_NOT_CONNECTED:
      return EPIPE;
    case ERROR_DISK_FULL:
      return ENOSPC;
    default:
      return EIO;
  }
}

}  // namespace

struct OutputWriter::Stream {
  HANDLE handle;
  bool is_terminal;
  bool is_pipe;

  explicit Stream(HANDLE standard)
      : handle(standard), is_terminal(false), is_pipe(GetFileType(standard) == FILE_TYPE_PIPE) {
    DWORD mode = 0;
    is_terminal = GetConsoleMode(handle, &mode) != FALSE;
  }

  /// A write to a full pipe cannot be waited for with a limit: a thread does it, and is called off.
  [[nodiscard]] Written write_to_pipe(std::string_view bytes,
                                      const std::function<bool()>& may_wait) const {
    std::promise<DWORD> writer;
    std::future<DWORD> writer_is = writer.get_future();
    std::future<Written> done = std::async(std::launch::async, [&, to = handle] {
      writer.set_value(GetCurrentThreadId());
      return write_piece(to, bytes);
    });
    const Handle thread(OpenThread(THREAD_TERMINATE, FALSE, writer_is.get()));
    bool is_called_off = false;
    while (done.wait_for(kAskEvery) != std::future_status::ready) {
      is_called_off = is_called_off || !may_wait();
      // Again and again: the first time it may not have begun.
      if (is_called_off) CancelSynchronousIo(thread.get());
    }
    return done.get();
  }
};

void ignore_broken_pipes() {
  // A write says so here, and no signal is sent.
}

OutputWriter::OutputWriter(StandardStream stream, std::function<bool()> may_wait)
    : stream_(std::make_unique<Stream>(
          GetStdHandle(stream == StandardStream::output ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE))),
      may_wait_(std::move(may_wait)) {
}

OutputWriter::~OutputWriter() = default;

bool OutputWriter::is_terminal() const {
  return stream_->is_terminal;
}

std::size_t OutputWriter::write_some(std::string_view bytes) {
  const Written written = stream_->is_pipe ? stream_->write_to_pipe(bytes, may_wait_)
                                           : write_piece(stream_->handle, bytes);
  if (written.error == ERROR_OPERATION_ABORTED) {
    error_number_ = ECANCELED;
  } else if (written.error != ERROR_SUCCESS) {
    error_number_ = error_number_of(written.error);
  }
  return is_broken() ? 0 : written.bytes;
}

}  // namespace ratchet::cli
