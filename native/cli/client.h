// The engine as the command line sees it: ratchet.h with owners.
#pragma once

#include <ratchet/ratchet.h>

#include <functional>
#include <string>
#include <string_view>

namespace ratchet::cli {

/// What came back: a result or an error, as JSON text.
struct Reply {
  bool failed = false;
  std::string text;
};

/// A job of an engine while it runs.
class RunningJob {
 public:
  explicit RunningJob(ratchet_job job) : job_(job) {}

  /// Asks it to end; a second time, at once.
  void cancel() { ratchet_cancel(job_, RATCHET_CANCEL); }
  /// Passes on the interrupts of the terminal that came since the last time; how many came so far.
  int obey_interrupts();

 private:
  const ratchet_job job_;
  int obeyed_ = 0;
};

/// One open engine. Throws std::runtime_error when the library is not the one that this program was
/// built for.
class Client {
 public:
  /// `options`: as ratchet_open takes them.
  explicit Client(std::string_view options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] Reply call(std::string_view operation, std::string_view request);
  /// As a job: `on_event` gets each event (JSON text). An interrupt (SIGINT, SIGTERM, SIGHUP)
  /// cancels it, a second one at once; an `on_event` that takes long passes them on itself.
  [[nodiscard]] Reply run(
      std::string_view operation, std::string_view request,
      const std::function<void(std::string_view event, RunningJob& job)>& on_event);

 private:
  ratchet_engine engine_ = 0;
};

}  // namespace ratchet::cli
