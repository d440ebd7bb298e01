#include "parallel/host_desk.h"

#include <utility>

#include "core/text.h"

namespace ratchet {

void HostDesk::answer(const std::string& run_id, const std::string& name, std::int64_t attempt,
                      TaskResult result) {
  std::shared_ptr<Inbox> inbox;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = inboxes_.find(run_id);
    if (found != inboxes_.end()) inbox = found->second;
  }
  if (inbox && inbox->answer(name, attempt, std::move(result))) return;
  throw Error("parallel.not_awaited", "nobody waits for attempt " + std::to_string(attempt) +
                                          " of action " + in_quotes(name) + " of run " +
                                          in_quotes(run_id))
      .hint("answer each job.started event that has \"host\" once, while its run lasts");
}

HostDesk::Place::Place(HostDesk& desk, std::string run_id, std::shared_ptr<Inbox> inbox)
    : desk_(desk), run_id_(std::move(run_id)) {
  const std::scoped_lock lock(desk_.mutex_);
  desk_.inboxes_.insert_or_assign(run_id_, std::move(inbox));
}

HostDesk::Place::~Place() {
  const std::scoped_lock lock(desk_.mutex_);
  desk_.inboxes_.erase(run_id_);
}

}  // namespace ratchet
