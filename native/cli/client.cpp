#include "client.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "interrupts.h"

namespace ratchet::cli {
namespace {

/// How long a wait may keep an interrupt from being seen.
constexpr std::int64_t kWaitSliceMs = 50;
/// A job that has told so much is listened to once a millisecond: to wake for each of its events
/// would take the processor from what it runs.
constexpr int kTalkative = 16;
constexpr std::chrono::milliseconds kListening{1};

/// A text of the library's, given back on the way out.
class Text {
 public:
  Text() = default;
  ~Text() { ratchet_text_free(handle_); }
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;

  [[nodiscard]] ratchet_text* out() { return &handle_; }
  [[nodiscard]] std::string_view view() const {
    return {ratchet_text_data(handle_), ratchet_text_size(handle_)};
  }

 private:
  ratchet_text handle_ = 0;
};

Reply reply_of(ratchet_status status, const Text& result, const Text& error) {
  const bool failed = status != RATCHET_OK;
  return {failed, std::string(failed ? error.view() : result.view())};
}

}  // namespace

int RunningJob::obey_interrupts() {
  for (; obeyed_ < InterruptWatch::count(); ++obeyed_)
    cancel();
  return obeyed_;
}

Client::Client(std::string_view options) {
  Text error;
  if (ratchet_open(options.data(), options.size(), &engine_, error.out()) != RATCHET_OK) {
    throw std::runtime_error("the engine does not open: " + std::string(error.view()));
  }
}

Client::~Client() {
  ratchet_close(engine_);
}

Reply Client::call(std::string_view operation, std::string_view request) {
  Text result;
  Text error;
  const ratchet_status status =
      ratchet_call(engine_, operation.data(), operation.size(), request.data(), request.size(),
                   result.out(), error.out());
  return reply_of(status, result, error);
}

Reply Client::run(std::string_view operation, std::string_view request,
                  const std::function<void(std::string_view event, RunningJob& job)>& on_event) {
  const InterruptWatch interrupts;
  ratchet_job job = 0;
  Text error;
  Text result;
  const ratchet_status started = ratchet_start(engine_, operation.data(), operation.size(),
                                               request.data(), request.size(), &job, error.out());
  if (started != RATCHET_OK) return reply_of(started, result, error);
  RunningJob running(job);
  int events = 0;
  for (;;) {
    const ratchet_status status = ratchet_wait(job, kWaitSliceMs);
    running.obey_interrupts();
    if (status == RATCHET_OK) break;
    for (;;) {
      Text event;
      if (ratchet_event(job, event.out()) != RATCHET_OK) break;
      on_event(event.view(), running);
      ++events;
    }
    if (events > kTalkative) std::this_thread::sleep_for(kListening);
  }
  const ratchet_status status = ratchet_result(job, result.out(), error.out());
  ratchet_release(job);
  return reply_of(status, result, error);
}

}  // namespace ratchet::cli
