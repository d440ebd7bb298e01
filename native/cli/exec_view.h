// What people see of `ratchet exec`: the jobs' own output, who failed, and how far it is.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "client.h"
#include "core/json.h"
#include "output_writer.h"
#include "status_line.h"

namespace ratchet::cli {

struct ExecViewOptions {
  bool keep_order = false;    ///< outputs in the order of the jobs; those that wait are held
  bool quiet = false;         ///< neither progress nor who failed
  bool progress = true;       ///< on a terminal
  bool remove_files = false;  ///< files of large outputs go when they were printed
};

/// Takes the events of a run whose jobs carry their output in job.finished. A job's output is
/// printed whole when it ends, stdout to stdout and stderr to stderr, byte for byte; never between
/// two pieces of it anything else.
class ExecView {
 public:
  /// `names` of all jobs, in their order, as events call them.
  ExecView(const std::vector<std::string>& names, ExecViewOptions options);

  /// Cancels the job where nobody reads what is printed any more.
  void show(std::string_view event, RunningJob& job);
  /// Clears the progress; where something failed, a line that counts.
  void end();

  /// Why standard output took no more: an errno, or 0.
  [[nodiscard]] int output_error() const { return out_.error_number(); }
  /// Whether bytes of a job were lost: its output outgrew memory and could not be put elsewhere.
  [[nodiscard]] bool has_lost_output() const { return has_lost_output_; }

 private:
  /// A stream of a job that has ended: bytes, or a file with them.
  struct Stream {
    std::string bytes;
    std::string file;
    std::int64_t dropped = 0;
  };
  struct Finished {
    std::string state;
    Stream out;
    Stream error;
    std::vector<std::string> remarks;  ///< lines without their end
  };

  [[nodiscard]] static Finished finished_of(const json::object& event, bool is_stopping);
  void take(const std::string& name, Finished finished);
  void print(Finished& finished);
  void print(Stream& stream, OutputWriter& to);
  [[nodiscard]] bool may_wait() const;
  void print_line(std::string line);
  void show_progress(const json::object& event);
  /// Whether the cursor of the terminal stands behind a text that was not ended by a line's end.
  [[nodiscard]] bool is_within_line() const;

  const ExecViewOptions options_;
  const std::size_t total_;
  OutputWriter out_;
  OutputWriter error_;
  StatusLine status_;
  RunningJob* job_ = nullptr;  ///< while there is one
  bool has_lost_output_ = false;
  std::map<std::string, std::size_t, std::less<>> counts_;  ///< of final states, by name
  // For keep_order alone.
  std::unordered_map<std::string, std::size_t> order_;
  std::map<std::size_t, Finished> waiting_;
  std::size_t next_ = 0;
};

}  // namespace ratchet::cli
