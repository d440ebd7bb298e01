#include "process/orphans_posix.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "process/child_mark_posix.h"
#include "process/process_table_posix.h"

namespace ratchet {
namespace {

// A start holds the pipe whose end is waited for until just before its program begins: it is near.
constexpr int kLooksForStarts = 400;
constexpr std::chrono::milliseconds kBetweenLooks{5};

struct Orphan {
  GuardedChild child;
  std::string mark;
  bool is_ended = false;
};

std::vector<Orphan> orphans_in(const ChildTable& table, std::string_view launcher) {
  const ChildMarks marks(std::string(launcher), {});
  std::vector<Orphan> orphans;
  for (const ChildSlot& slot : table) {
    const GuardedChild child = unpacked(slot.load());
    if (child.number != 0) orphans.push_back({child, marks.mark(child.number)});
  }
  return orphans;
}

bool may_be_of(const Orphan& orphan, const ProcessEntry& entry) {
  const bool is_starting = orphan.child.group == 0;
  return !orphan.is_ended &&
         (is_starting ? entry.group == entry.pid : entry.group == orphan.child.group);
}

void end_if_orphaned(const ProcessEntry& entry, std::vector<Orphan>& orphans) {
  const auto suspected = [&](const Orphan& orphan) { return may_be_of(orphan, entry); };
  if (std::none_of(orphans.begin(), orphans.end(), suspected)) return;
  const auto mark = started_with(entry.pid, ChildMarks::kVariable);
  if (!mark) return;
  for (Orphan& orphan : orphans) {
    if (!may_be_of(orphan, entry) || !ChildMarks::holds(*mark, orphan.mark)) continue;
    ::kill(-entry.group, SIGKILL);
    orphan.is_ended = true;
  }
}

void look_once(std::vector<Orphan>& orphans) {
  const pid_t session = ::getsid(0);
  for (const pid_t pid : process_ids()) {
    const auto entry = read_process(pid);
    if (entry && entry->session == session) end_if_orphaned(*entry, orphans);
  }
}

}  // namespace

void end_orphans(const ChildTable& table, std::string_view launcher) {
  std::vector<Orphan> orphans = orphans_in(table, launcher);
  const auto awaited = [](const Orphan& orphan) {
    return orphan.child.group == 0 && !orphan.is_ended;
  };
  if (orphans.empty()) return;
  look_once(orphans);
  for (int look = 0; look < kLooksForStarts; ++look) {
    if (std::none_of(orphans.begin(), orphans.end(), awaited)) return;
    std::this_thread::sleep_for(kBetweenLooks);
    look_once(orphans);
  }
}

}  // namespace ratchet
