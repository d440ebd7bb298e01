#include "process/overlapped_win32.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/windows/object_handle.hpp>
#include <boost/asio/windows/stream_handle.hpp>
#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kReadSize = std::size_t{64} << 10;
/// At a time, so that what waits in the system stays small.
constexpr std::size_t kWriteSize = std::size_t{64} << 10;

template <class Watched>
void own(Watched& watched, Handle&& handle) {
  boost::system::error_code failed;
  static_cast<void>(watched.assign(handle.get(), failed));
  if (failed) throw Error("process.exhausted", "cannot watch a process: " + failed.message());
  static_cast<void>(handle.release());
}

/// What was under way ends by it, later on.
template <class Watched>
void end(Watched& watched) {
  boost::system::error_code ignored;
  static_cast<void>(watched.close(ignored));
}

}  // namespace

struct PipeReader::State : std::enable_shared_from_this<State> {
  State(asio::io_context& io, std::function<void(std::string_view)> call)
      : stream(io), read(std::move(call)) {}

  void read_on() {
    stream.async_read_some(
        asio::buffer(bytes),
        [self = shared_from_this()](const boost::system::error_code& failed, std::size_t count) {
          if (!self->stream.is_open()) return;
          if (failed) {
            end(self->stream);
            return self->read({});
          }
          if (count > 0) self->read({self->bytes.data(), count});
          if (self->stream.is_open()) self->read_on();
        });
  }

  asio::windows::stream_handle stream;
  std::function<void(std::string_view)> read;
  std::array<char, kReadSize> bytes;
};

PipeReader::PipeReader(Reactor& reactor, Handle&& pipe, std::function<void(std::string_view)> read)
    : state_(std::make_shared<State>(reactor.io(), std::move(read))) {
  own(state_->stream, std::move(pipe));
  state_->read_on();
}

PipeReader& PipeReader::operator=(PipeReader&& other) noexcept {
  if (this != &other) {
    close();
    state_ = std::move(other.state_);
  }
  return *this;
}

bool PipeReader::is_open() const {
  return state_ && state_->stream.is_open();
}

void PipeReader::close() {
  if (!state_) return;
  end(state_->stream);
  state_.reset();
}

struct PipeWriter::State : std::enable_shared_from_this<State> {
  State(asio::io_context& io, std::string text) : stream(io), bytes(std::move(text)), rest(bytes) {}

  void write_on() {
    stream.async_write_some(
        asio::buffer(rest.data(), std::min(rest.size(), kWriteSize)),
        [self = shared_from_this()](const boost::system::error_code& failed, std::size_t count) {
          if (!self->stream.is_open()) return;
          self->rest.remove_prefix(count);
          if (failed || self->rest.empty()) return end(self->stream);
          self->write_on();
        });
  }

  asio::windows::stream_handle stream;
  const std::string bytes;
  std::string_view rest;
};

PipeWriter::PipeWriter(Reactor& reactor, Handle&& pipe, std::string bytes)
    : state_(std::make_shared<State>(reactor.io(), std::move(bytes))) {
  own(state_->stream, std::move(pipe));
  state_->write_on();
}

PipeWriter& PipeWriter::operator=(PipeWriter&& other) noexcept {
  if (this != &other) {
    close();
    state_ = std::move(other.state_);
  }
  return *this;
}

void PipeWriter::close() {
  if (!state_) return;
  end(state_->stream);
  state_.reset();
}

struct ExitWatch::State {
  State(asio::io_context& io, std::function<void()> call) : process(io), exited(std::move(call)) {}

  asio::windows::object_handle process;
  std::function<void()> exited;
};

ExitWatch::ExitWatch(Reactor& reactor, Handle&& process, std::function<void()> exited)
    : state_(std::make_shared<State>(reactor.io(), std::move(exited))) {
  own(state_->process, std::move(process));
  state_->process.async_wait([state = state_](const boost::system::error_code& failed) {
    if (!failed && state->process.is_open()) state->exited();
  });
}

ExitWatch& ExitWatch::operator=(ExitWatch&& other) noexcept {
  if (this != &other) {
    close();
    state_ = std::move(other.state_);
  }
  return *this;
}

HANDLE ExitWatch::process() const {
  return state_->process.native_handle();
}

void ExitWatch::close() {
  if (!state_) return;
  end(state_->process);
  state_.reset();
}

}  // namespace ratchet
