// Asking many programs something at once, and keeping what they answered.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "core/cancel.h"
#include "core/clock.h"
#include "core/limits.h"
#include "core/random.h"
#include "fs/file_system.h"
#include "process/launcher.h"

namespace ratchet {

/// A program, what it is asked, and whether its answer is the same as long as its file is.
struct ToolQuestion {
  std::string program;  ///< absolute
  std::vector<std::string> arguments;
  std::string input;
  bool may_be_kept = false;
};

struct ToolAnswer {
  bool is_given = false;  ///< it ended by itself with exit code 0
  std::string out;
  std::string error_output;
  std::string reason;  ///< one line: why there is none
};

/// Answers that are kept, by the program's file (path, size and time of change, behind links) and
/// the arguments. A program that only starts another one by the user's settings (a version
/// manager's shim) is asked again only once its own file has changed. Thread-safe.
class KeptAnswers {
 public:
  struct Key {
    std::string program;
    std::vector<std::string> arguments;
    std::int64_t modified_ns = 0;
    std::uint64_t size = 0;
    std::uint64_t inode = 0;

    friend bool operator<(const Key& one, const Key& other) {
      return std::tie(one.program, one.arguments, one.modified_ns, one.size, one.inode) <
             std::tie(other.program, other.arguments, other.modified_ns, other.size, other.inode);
    }
  };

  [[nodiscard]] std::optional<ToolAnswer> find(const Key& key);
  void keep(const Key& key, const ToolAnswer& answer);

 private:
  std::mutex mutex_;
  std::map<Key, ToolAnswer> answers_;
};

/// What a check of dependencies touches of the world.
struct DependencySeams {
  FileSystem& files;
  Launcher& launcher;
  Clock& clock;
  Random& random;
  const Limits& limits;
  std::size_t threads;  ///< programs at once
  KeptAnswers& kept;
};

/// One answer for each question, in order. The programs run in the root folder, so that no file of
/// the user's project decides what they are or do; in the C locale; with what would make them
/// download something turned off; each for at most `limits.tool_timeout_ms`. Throws
/// Error{job.cancelled}; what a program does is an answer, never an error.
[[nodiscard]] std::vector<ToolAnswer> ask_tools(std::span<const ToolQuestion> questions,
                                                const DependencySeams& seams,
                                                const Cancellation& cancellation);

}  // namespace ratchet
