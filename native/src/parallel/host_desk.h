// Work that the caller of an engine does himself for one of its runs.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "parallel/inbox.h"

namespace ratchet {

/// One per engine: finds the run that an answer belongs to. Thread-safe.
class HostDesk {
 public:
  /// Error: parallel.not_awaited where no such run, or none of its actions, waits for this.
  void answer(const std::string& run_id, const std::string& name, std::int64_t attempt,
              TaskResult result);

  /// While it lives, answers to the run go to the inbox.
  class Place {
   public:
    Place(HostDesk& desk, std::string run_id, std::shared_ptr<Inbox> inbox);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    HostDesk& desk_;
    std::string run_id_;
  };

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Inbox>, std::less<>> inboxes_;
};

}  // namespace ratchet
