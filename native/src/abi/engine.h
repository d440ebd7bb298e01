// An open engine: its environment and the threads of its jobs.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "abi/job.h"
#include "operations/operation.h"

namespace ratchet {

/// Thread-safe.
class Engine : public std::enable_shared_from_this<Engine> {
 public:
  explicit Engine(const EngineOptions& options);

  /// Runs in the calling thread. A close() waits for it.
  [[nodiscard]] Outcome call(std::string_view operation, std::string_view request);
  /// Runs in a thread of its own. Error: engine.closed, engine.too_many_jobs, operation.unknown.
  [[nodiscard]] std::shared_ptr<Job> start(std::string operation, std::string request);
  /// Cancels all jobs at once and waits for them and for calls; open transactions that are not
  /// detached are taken back. Afterwards nothing can be started.
  /// False when it was closed before.
  bool close();

 private:
  Engine(const EngineOptions& options, std::optional<std::filesystem::path> watchdog);

  std::unique_ptr<Launcher> launcher_;  // before the environment, which refers to it
  Environment environment_;
  OpenTransactions transactions_;
  HostDesk host_desk_;
  std::mutex mutex_;
  std::condition_variable idle_;
  bool closed_ = false;
  std::vector<std::shared_ptr<Job>> running_;
  CancelSource closing_;
  std::size_t calls_ = 0;
};

}  // namespace ratchet
