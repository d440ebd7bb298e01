// Pipes and processes that the reactor waits for.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/handle_win32.h"
#include "process/reactor.h"

namespace ratchet {

/// Reads our end of a pipe piece by piece. The reactor must outlive it.
class PipeReader {
 public:
  PipeReader() = default;
  /// Begins at once. `read` gets each piece, and an empty one at the end, when the reader is
  /// closed already; it is not called after close(). Throws Error{process.exhausted}.
  PipeReader(Reactor& reactor, Handle&& pipe, std::function<void(std::string_view)> read);
  PipeReader(PipeReader&& other) noexcept = default;
  PipeReader& operator=(PipeReader&& other) noexcept;
  PipeReader(const PipeReader&) = delete;
  PipeReader& operator=(const PipeReader&) = delete;
  ~PipeReader() { close(); }

  [[nodiscard]] bool is_open() const;
  void close();

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the read under way
};

/// Writes bytes into our end of a pipe as fast as the child takes them, then closes it. A child
/// that closes its end just gets no more. The reactor must outlive it.
class PipeWriter {
 public:
  PipeWriter() = default;
  /// Begins at once. Throws Error{process.exhausted}.
  PipeWriter(Reactor& reactor, Handle&& pipe, std::string bytes);
  PipeWriter(PipeWriter&& other) noexcept = default;
  PipeWriter& operator=(PipeWriter&& other) noexcept;
  PipeWriter(const PipeWriter&) = delete;
  PipeWriter& operator=(const PipeWriter&) = delete;
  ~PipeWriter() { close(); }

  void close();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Waits for the end of a process, whose handle it owns. The reactor must outlive it.
class ExitWatch {
 public:
  ExitWatch() = default;
  /// `exited` is called once, and not after close(). Throws Error{process.exhausted}.
  ExitWatch(Reactor& reactor, Handle&& process, std::function<void()> exited);
  ExitWatch(ExitWatch&& other) noexcept = default;
  ExitWatch& operator=(ExitWatch&& other) noexcept;
  ExitWatch(const ExitWatch&) = delete;
  ExitWatch& operator=(const ExitWatch&) = delete;
  ~ExitWatch() { close(); }

  /// Valid until close().
  [[nodiscard]] HANDLE process() const;
  void close();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace ratchet
