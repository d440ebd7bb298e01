#include "process/survivors_posix.h"

#include <unistd.h>

#include <algorithm>
#include <map>

#include "core/text.h"
#include "process/child_mark_posix.h"

namespace ratchet {
namespace {

/// A command line may be megabytes; people read its beginning.
constexpr std::size_t kLongestCommand = 1000;

/// What one look at a process gives, each part read when it is first needed.
class Suspect {
 public:
  explicit Suspect(pid_t pid) : pid_(pid), mark_(started_with(pid, ChildMarks::kVariable)) {}

  bool descends_from(const Lineage& lineage) {
    if (mark_ && ChildMarks::holds(*mark_, lineage.mark)) return is_alive();
    if (is_one_of(lineage.descendants)) return true;
    return !lineage.pipes.empty() && holds_a_pipe(pid_, lineage.pipes) && is_alive();
  }

  [[nodiscard]] Survivor named() const {
    std::string command = repaired_utf8(command_line_of(pid_).substr(0, kLongestCommand));
    return {pid_, std::move(command)};
  }

 private:
  bool is_alive() {
    if (!entry_) entry_ = read_process(pid_);
    return entry_ && entry_->is_alive;
  }

  bool is_one_of(const std::vector<ProcessEntry>& descendants) {
    // The start time, too: the pid alone may be another process's by now.
    return std::any_of(descendants.begin(), descendants.end(), [this](const ProcessEntry& known) {
      return known.pid == pid_ && is_alive() && known.started == entry_->started;
    });
  }

  pid_t pid_;
  std::optional<std::string> mark_;
  std::optional<ProcessEntry> entry_;
};

}  // namespace

std::vector<ProcessEntry> descendants_of(pid_t ancestor, const std::vector<ProcessEntry>& table) {
  std::multimap<pid_t, const ProcessEntry*> children;
  for (const ProcessEntry& entry : table)
    children.emplace(entry.parent, &entry);
  std::vector<ProcessEntry> found;
  const auto add_children_of = [&](pid_t parent) {
    const auto [first, last] = children.equal_range(parent);
    for (auto child = first; child != last; ++child)
      found.push_back(*child->second);
    children.erase(first, last);  // never twice, whatever a table read bit by bit says
  };
  add_children_of(ancestor);
  for (std::size_t next = 0; next < found.size(); ++next)
    add_children_of(found[next].pid);
  return found;
}

std::vector<std::vector<Survivor>> find_survivors(std::span<const Lineage> lineages) {
  std::vector<std::vector<Survivor>> survivors(lineages.size());
  std::vector<pid_t> ids = process_ids();
  std::sort(ids.begin(), ids.end());
  for (const pid_t pid : ids) {
    if (pid == ::getpid()) continue;
    Suspect suspect(pid);
    for (std::size_t index = 0; index < lineages.size(); ++index) {
      if (suspect.descends_from(lineages[index])) survivors[index].push_back(suspect.named());
    }
  }
  return survivors;
}

const std::vector<ProcessEntry>& SharedProcessTable::at(SteadyTime now,
                                                        std::chrono::milliseconds age) {
  if (!read_at_ || now - *read_at_ > age) {
    table_ = read_process_table();
    read_at_ = now;
  }
  return table_;
}

}  // namespace ratchet
