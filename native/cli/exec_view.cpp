#include "exec_view.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base64.h"
#include "fields_of.h"

namespace ratchet::cli {
namespace {

constexpr std::string_view kPassed = "passed";
/// A reader that does not read is waited for until the second interrupt.
constexpr int kMostInterrupts = 1;

bool is_event(std::string_view event, std::string_view kind) {
  constexpr std::string_view kBegin = "{\"event\":\"";  // it is the first key of each
  return event.starts_with(kBegin) && event.substr(kBegin.size()).starts_with(kind);
}

/// What became of a job that did not pass, as the end of `NAME: …`.
std::string verdict_of(const json::object& event) {
  const std::string_view state = text(event, "state");
  if (state == "failed") {
    const std::string message(text(object(event, "error"), "message"));
    if (!message.empty()) return "failed: " + message;
    return "failed with exit code " + std::to_string(number(event, "exit_code"));
  }
  if (state == "signalled") return "ended by signal " + std::to_string(number(event, "signal"));
  if (state == "timed_out") return "ran past its limit and was ended";
  if (state == "spawn_failed")
    return "did not start: " + std::string(text(object(event, "error"), "message"));
  if (state == "leaked") return "exited, but a process that it started held its output open";
  if (state == "status_unknown") return "exited, but its exit code was taken by its host";
  return std::string(state);
}

/// Whether its failure is worth a line: cancelled ones are counted alone where they never began, or
/// where all were on the user's wish.
bool is_told(const json::object& event, bool is_stopping) {
  const std::string_view state = text(event, "state");
  if (state == kPassed) return false;
  return state != "cancelled" || (number(event, "attempts") > 0 && !is_stopping);
}

std::string remark_of(const json::object& event) {
  std::string line = printable(text(event, "name")) + ": " + verdict_of(event);
  const std::int64_t attempts = number(event, "attempts");
  if (attempts > 1) line += ", the last of " + std::to_string(attempts) + " attempts";
  const std::string_view reason = text(event, "reason");
  if (!reason.empty()) line.append(": ").append(printable(reason));
  return line;
}

std::string duration_text(std::int64_t milliseconds) {
  constexpr std::int64_t kMsPerSecond = 1000;
  constexpr std::int64_t kSixty = 60;
  const std::int64_t seconds = (milliseconds + kMsPerSecond - 1) / kMsPerSecond;
  const auto two = [](std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  const std::string minutes = two(seconds / kSixty % kSixty) + ":" + two(seconds % kSixty);
  const std::int64_t hours = seconds / kSixty / kSixty;
  return hours == 0 ? minutes : std::to_string(hours) + ":" + minutes;
}

}  // namespace

ExecView::ExecView(const std::vector<std::string>& names, ExecViewOptions options)
    : options_(options),
      total_(names.size()),
      out_(StandardStream::output, [this] { return may_wait(); }),
      error_(StandardStream::error, [this] { return may_wait(); }) {
  if (!options_.keep_order) return;
  for (std::size_t i = 0; i < names.size(); ++i)
    order_.emplace(names[i], i);
}

bool ExecView::may_wait() const {
  return job_ == nullptr || job_->obey_interrupts() <= kMostInterrupts;
}

void ExecView::show(std::string_view event, RunningJob& job) {
  job_ = &job;
  if (is_event(event, "job.finished")) {
    const json::object finished = json::parse(event).as_object();
    const bool is_stopping = job.obey_interrupts() > 0 || out_.is_broken();
    take(std::string(text(finished, "name")), finished_of(finished, is_stopping));
    return;
  }
  if (is_event(event, "progress") && options_.progress && !options_.quiet && status_.is_terminal())
    show_progress(json::parse(event).as_object());
}

ExecView::Finished ExecView::finished_of(const json::object& event, bool is_stopping) {
  const auto stream = [&event](const std::string& name) {
    Stream read;
    const std::string_view base64 = text(event, name + "_base64");
    read.bytes = base64.empty() ? std::string(text(event, name))
                                : base64_decode(base64).value_or(std::string());
    read.file = text(event, name + "_file");
    read.dropped = number(event, name + "_dropped");
    return read;
  };
  Finished finished{std::string(text(event, "state")), stream("stdout"), stream("stderr"), {}};
  if (is_told(event, is_stopping)) finished.remarks.push_back(remark_of(event));
  const std::string name = printable(text(event, "name"));
  for (const json::value& survivor : list(event, "survivors")) {
    finished.remarks.push_back(name + ": left behind process " +
                               std::to_string(number(survivor.as_object(), "pid")) + ": " +
                               printable(text(survivor.as_object(), "command")));
  }
  for (const auto& [stream_name, read] :
       {std::pair<const char*, const Stream&>("stdout", finished.out),
        std::pair<const char*, const Stream&>("stderr", finished.error)}) {
    if (read.dropped == 0 || !read.file.empty()) continue;
    std::string remark =
        name + ": " + std::to_string(read.dropped) + " bytes in the middle of its ";
    remark.append(stream_name).append(" are lost");
    const std::string_view why = text(event, "spill_error");
    if (!why.empty()) remark.append(": ").append(printable(why));
    finished.remarks.push_back(std::move(remark));
  }
  return finished;
}

void ExecView::take(const std::string& name, Finished finished) {
  ++counts_[finished.state];
  const auto place = order_.find(name);
  if (place == order_.end()) return print(finished);
  waiting_.emplace(place->second, std::move(finished));
  while (!waiting_.empty() && waiting_.begin()->first == next_) {
    print(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    ++next_;
  }
}

void ExecView::print(Finished& finished) {
  const bool is_silent = finished.out.bytes.empty() && finished.out.file.empty() &&
                         finished.error.bytes.empty() && finished.error.file.empty() &&
                         finished.remarks.empty();
  if (is_silent) return;
  status_.clear();
  print(finished.out, out_);
  print(finished.error, error_);
  if (options_.quiet) return;
  for (std::string& remark : finished.remarks)
    print_line(std::move(remark));
}

void ExecView::print_line(std::string line) {
  if (is_within_line()) line.insert(0, "\n");
  error_.write(line.append("\n"));
  out_.line_was_ended();
}

bool ExecView::is_within_line() const {
  return !error_.at_line_begin() ||
         (error_.is_terminal() && out_.is_terminal() && !out_.at_line_begin());
}

void ExecView::print(Stream& stream, OutputWriter& to) {
  const bool was_broken = to.is_broken();
  if (stream.file.empty()) {
    to.write(stream.bytes);
    if (stream.dropped > 0) has_lost_output_ = true;
  } else {
    if (!to.write_file(stream.file)) has_lost_output_ = true;
    std::error_code ignored;  // it lies in a folder that is removed as a whole
    if (options_.remove_files) std::filesystem::remove(stream.file, ignored);
  }
  const bool broke = !was_broken && to.is_broken();
  if (broke && &to == &out_) job_->cancel();
}

void ExecView::show_progress(const json::object& event) {
  if (is_within_line()) return;  // or a job's own text would be written over
  const std::int64_t done = number(event, "done");
  std::string line = std::to_string(done) + "/" + std::to_string(total_) + " done";
  const std::int64_t failed = number(event, "not_passed");
  if (failed > 0) line += ", " + std::to_string(failed) + " failed";
  const bool is_foreseen = event.contains("left_ms") && done < number(event, "total");
  if (is_foreseen) line += ", " + duration_text(number(event, "left_ms")) + " left";
  const json::array& running = list(event, "running");
  for (std::size_t i = 0; i < running.size(); ++i) {
    const json::string& name = running[i].as_string();
    line.append(i == 0 ? ": " : ", ").append(name.data(), name.size());
  }
  const std::int64_t more =
      number(event, "running_count") - static_cast<std::int64_t>(running.size());
  if (more > 0) line += ", and " + std::to_string(more) + " more";
  status_.show(line);
}

void ExecView::end() {
  job_ = nullptr;
  status_.clear();
  const std::size_t passed = counts_.contains(kPassed) ? counts_.find(kPassed)->second : 0;
  std::size_t ended = 0;
  for (const auto& [state, count] : counts_)
    ended += count;
  if (options_.quiet || ended == passed) return;
  std::string line = std::to_string(ended - passed) + " of " + std::to_string(total_) +
                     (total_ == 1 ? " job" : " jobs") + " did not pass:";
  std::string_view before = " ";
  for (const auto& [state, count] : counts_) {
    if (state == kPassed) continue;
    line.append(before).append(std::to_string(count)).append(" ").append(state);
    before = ", ";
  }
  print_line(std::move(line));
}

}  // namespace ratchet::cli
