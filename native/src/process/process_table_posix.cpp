#include "process/process_table_posix.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "core/descriptor_posix.h"

namespace ratchet {
namespace {

// How often an environment is read that is empty because its process is between two programs.
constexpr int kReadsDuringExec = 20;

std::string file_of(pid_t pid, std::string_view name) {
  return ("/proc/" + std::to_string(pid) + "/").append(name);
}

/// Nothing where it cannot be opened.
std::optional<std::string> content(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return std::nullopt;
  std::string text;
  std::array<char, 4096> buffer;  // NOLINT: filled by read()
  ssize_t count = 0;
  while ((count = ::read(file.get(), buffer.data(), buffer.size())) > 0)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  return text;
}

/// The names in a folder that may vanish meanwhile.
std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(folder.c_str()), &::closedir);
  if (!stream) return names;
  while (const dirent* entry = ::readdir(stream.get()))
    names.emplace_back(entry->d_name);
  return names;
}

/// Blank-separated fields of /proc/PID/stat behind the name, counted as proc(5) does: 3 is the
/// state.
class StatFields {
 public:
  explicit StatFields(std::string_view line) : rest_(line) {
    // The name may hold blanks and brackets; its last bracket ends it.
    const std::size_t end = line.rfind(')');
    rest_.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }

  std::string_view text(int field) {
    std::string_view found;
    for (; next_ <= field; ++next_) {
      rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
      found = rest_.substr(0, rest_.find(' '));
      rest_.remove_prefix(found.size());
    }
    return found;
  }

  template <class Number>
  Number number(int field) {
    const std::string_view digits = text(field);
    Number value{};
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }

 private:
  std::string_view rest_;
  int next_ = 3;
};

bool is_between_programs(pid_t pid) {
  constexpr pid_t kKernelThreads = 2;
  const auto entry = read_process(pid);
  return entry && entry->is_alive && entry->parent != kKernelThreads && pid != kKernelThreads;
}

std::string environment_of(pid_t pid) {
  const std::string path = file_of(pid, "environ");
  auto environment = content(path);
  for (int read = 0; environment && environment->empty() && read < kReadsDuringExec; ++read) {
    if (!is_between_programs(pid)) break;
    ::sched_yield();
    environment = content(path);
  }
  return environment.value_or("");
}

std::string link_target(const std::string& path) {
  std::array<char, 64> target{};  // longer ones are no pipes
  const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
  return {target.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

}  // namespace

std::vector<pid_t> process_ids() {
  std::vector<pid_t> ids;
  for (const std::string& name : names_in("/proc")) {
    pid_t pid = 0;
    const char* const end = name.data() + name.size();
    const auto read = std::from_chars(name.data(), end, pid);
    if (read.ec == std::errc() && read.ptr == end) ids.push_back(pid);
  }
  return ids;
}

std::optional<ProcessEntry> read_process(pid_t pid) {
  const auto line = content(file_of(pid, "stat"));
  if (!line || line->empty()) return std::nullopt;
  StatFields fields(*line);
  ProcessEntry entry;
  entry.pid = pid;
  const std::string_view state = fields.text(3);
  entry.is_alive = state != "Z" && state != "X";
  entry.parent = fields.number<pid_t>(4);
  entry.group = fields.number<pid_t>(5);
  entry.session = fields.number<pid_t>(6);
  entry.started = fields.number<std::uint64_t>(22);
  return entry;
}

std::vector<ProcessEntry> read_process_table() {
  std::vector<ProcessEntry> table;
  for (const pid_t pid : process_ids()) {
    if (const auto entry = read_process(pid)) table.push_back(*entry);
  }
  return table;
}

bool lives_in(const std::vector<ProcessEntry>& table, pid_t group) {
  return std::any_of(table.begin(), table.end(), [group](const ProcessEntry& entry) {
    return entry.group == group && entry.is_alive;
  });
}

std::optional<std::string> started_with(pid_t pid, std::string_view variable) {
  const std::string environment = environment_of(pid);
  std::string_view rest = environment;
  while (!rest.empty()) {
    const std::string_view entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    if (entry.size() > variable.size() && entry.starts_with(variable) &&
        entry[variable.size()] == '=') {
      return std::string(entry.substr(variable.size() + 1));
    }
  }
  return std::nullopt;
}

std::string command_line_of(pid_t pid) {
  std::string line = content(file_of(pid, "cmdline")).value_or("");
  while (!line.empty() && line.back() == '\0')
    line.pop_back();
  std::replace(line.begin(), line.end(), '\0', ' ');
  if (!line.empty()) return line;
  std::string name = content(file_of(pid, "comm")).value_or("");
  if (name.empty()) return name;
  name.pop_back();  // its line end
  return "[" + name + "]";
}

bool holds_a_pipe(pid_t pid, const std::vector<ino_t>& pipes) {
  std::vector<std::string> targets;
  targets.reserve(pipes.size());
  for (const ino_t pipe : pipes)
    targets.push_back("pipe:[" + std::to_string(pipe) + "]");
  const std::string folder = file_of(pid, "fd/");
  const std::vector<std::string> names = names_in(folder);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    const std::string target = link_target(folder + name);
    return std::find(targets.begin(), targets.end(), target) != targets.end();
  });
}

}  // namespace ratchet
