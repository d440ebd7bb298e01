#include "process/scripted_launcher.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "core/error.h"

namespace ratchet {
namespace {

std::string name_of(const Command& command) {
  return std::filesystem::path(command.arguments.at(0)).filename().string();
}

}  // namespace

class ScriptedLauncher::Loop final : public ProcessLoop {
 public:
  explicit Loop(ScriptedLauncher& launcher) : launcher_(launcher) {}

  bool start(std::size_t id, const Command& command) override {
    {
      const std::scoped_lock lock(launcher_.mutex_);
      if (launcher_.starved_starts_ > 0 && !running_.empty()) {
        --launcher_.starved_starts_;
        return false;
      }
    }
    Child child;
    child.result = launcher_.answer(command);
    child.ends_at = now() + child.result.duration;
    child.is_stubborn = launcher_.stubborn_.contains(name_of(command));
    child.grace = command.grace;
    if (command.time_limit) child.limit = now() + *command.time_limit;
    if (command.streams) {
      pieces_.push_back({id, StreamName::output, 0, child.result.out.bytes});
    }
    running_.emplace(id, std::move(child));
    const std::scoped_lock lock(launcher_.mutex_);
    launcher_.most_at_once_ = std::max(launcher_.most_at_once_, running_.size());
    return true;
  }

  void cancel(std::size_t id, bool at_once) override {
    const auto found = running_.find(id);
    if (found == running_.end()) return;
    end(found->second, ProcessState::cancelled, at_once);
  }

  std::optional<ProcessEvent> next(std::optional<SteadyTime> deadline) override {
    if (!pieces_.empty()) {
      ProcessOutput piece = std::move(pieces_.front());
      pieces_.pop_front();
      return piece;
    }
    {
      const std::scoped_lock lock(mutex_);
      if (std::exchange(woken_, false)) return std::nullopt;
    }
    const auto first = std::min_element(
        running_.begin(), running_.end(),
        [](const auto& left, const auto& right) { return left.second.due() < right.second.due(); });
    if (first == running_.end() || (deadline && first->second.due() > *deadline)) {
      wait(deadline);
      return std::nullopt;
    }
    launcher_.clock_.move_to(first->second.due());
    return happen(first->first);
  }

  void wake() override {
    {
      const std::scoped_lock lock(mutex_);
      woken_ = true;
    }
    changed_.notify_all();
  }

 private:
  struct Child {
    ProcessResult result;
    SteadyTime ends_at;
    std::optional<SteadyTime> limit;
    std::chrono::milliseconds grace{0};
    bool is_stubborn = false;
    bool is_ended_by_us = false;

    [[nodiscard]] SteadyTime due() const { return limit ? std::min(ends_at, *limit) : ends_at; }
  };

  [[nodiscard]] SteadyTime now() { return launcher_.clock_.steady(); }

  void end(Child& child, ProcessState state, bool at_once) {
    if (!child.is_ended_by_us) {
      child.is_ended_by_us = true;
      child.result = {};
      child.result.state = state;
      child.ends_at = now() + (child.is_stubborn ? child.grace : std::chrono::milliseconds(0));
      child.limit.reset();
    }
    if (at_once) child.ends_at = now();
  }

  ProcessEvent happen(std::size_t id) {
    Child& child = running_.at(id);
    if (child.limit && now() >= *child.limit && now() < child.ends_at) {
      end(child, ProcessState::timed_out, false);
      return ProcessOverdue{id};
    }
    ProcessEnded ended{id, std::move(child.result)};
    running_.erase(id);
    return ended;
  }

  /// Nothing of ours happens before the deadline: another thread may wake us meanwhile.
  void wait(std::optional<SteadyTime> deadline) {
    if (deadline) {
      launcher_.clock_.move_to(*deadline);
      return;
    }
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, std::chrono::seconds(60), [this] { return woken_; });
    woken_ = false;
    if (!came) throw std::logic_error("nothing runs, and nobody wakes the loop");
  }

  ScriptedLauncher& launcher_;
  std::map<std::size_t, Child> running_;
  std::deque<ProcessOutput> pieces_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
};

void ScriptedLauncher::program(const std::string& name, Answer answer) {
  const std::scoped_lock lock(mutex_);
  answers_.insert_or_assign(name, std::move(answer));
}

void ScriptedLauncher::stubborn(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  stubborn_.insert_or_assign(name, true);
}

void ScriptedLauncher::starve(int starts) {
  const std::scoped_lock lock(mutex_);
  starved_starts_ = starts;
}

ProcessResult ScriptedLauncher::exited(int code, std::string out, std::string error) {
  ProcessResult result;
  result.state = code == 0 ? ProcessState::passed : ProcessState::failed;
  result.exit_code = code;
  result.out.bytes = std::move(out);
  result.error.bytes = std::move(error);
  return result;
}

ProcessResult ScriptedLauncher::exited_after(std::chrono::milliseconds duration, int code) {
  ProcessResult result = exited(code, {});
  result.duration = duration;
  return result;
}

std::vector<Command> ScriptedLauncher::commands() const {
  const std::scoped_lock lock(mutex_);
  return commands_;
}

std::size_t ScriptedLauncher::most_at_once() const {
  const std::scoped_lock lock(mutex_);
  return most_at_once_;
}

ProcessResult ScriptedLauncher::answer(const Command& command) {
  const std::scoped_lock lock(mutex_);
  commands_.push_back(command);
  return answers_.at(name_of(command))(command);
}

void ScriptedLauncher::check(const Command& command) {
  const std::scoped_lock lock(mutex_);
  const std::string name = name_of(command);
  if (!answers_.contains(name)) throw Error("process.not_found", "no answer for " + name);
}

std::unique_ptr<ProcessLoop> ScriptedLauncher::make_loop() {
  return std::make_unique<Loop>(*this);
}

std::optional<std::string> ScriptedLauncher::find_program(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  if (!answers_.contains(name)) return std::nullopt;
  return "/scripted/" + std::string(name);
}

}  // namespace ratchet
