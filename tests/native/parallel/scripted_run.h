// A scheduler's run on a scripted launcher, with all that it tells.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "parallel/scheduler.h"
#include "process/scripted_launcher.h"
#include "transactions/fixed_seams.h"

namespace ratchet::test {

/// Writes down what it is told, as `began a 1`, `running→slow a`, `ended a passed`, …
class Listener final : public ActionObserver {
 public:
  explicit Listener(const std::vector<Action>& actions) : actions_(actions) {}

  void began(std::size_t action, std::int64_t attempt) override {
    tell("began " + name(action) + " " + std::to_string(attempt));
    if (on_began) on_began(action, attempt);
  }
  void output(std::size_t action, const ProcessOutput& output) override {
    tell("output " + name(action) + " " + output.bytes);
  }
  void changed(std::size_t action, ActionState state) override {
    tell(std::string(to_string(state)) + " " + name(action));
  }
  void stop_host(std::size_t action, bool at_once) override {
    tell((at_once ? "stop at once " : "stop ") + name(action));
    if (on_stop) on_stop(action, at_once);
  }
  void will_retry(std::size_t action, ActionState failed_as,
                  std::chrono::milliseconds wait) override {
    tell("retry " + name(action) + " after " + std::string(to_string(failed_as)));
    waits.push_back(wait);
  }
  void ended(std::size_t action, ActionResult& result) override {
    tell("ended " + name(action) + " " + std::string(to_string(result.state)));
    if (on_ended) on_ended(action);
  }
  void progress(const ActionProgress& progress) override { last_progress = progress; }
  bool is_behind() override {
    if (behind_looks == 0) return false;
    --behind_looks;
    return true;
  }

  std::vector<std::string> told;
  std::vector<std::chrono::milliseconds> waits;
  ActionProgress last_progress;
  int behind_looks = 0;
  std::function<void(std::size_t, std::int64_t)> on_began;
  std::function<void(std::size_t, bool)> on_stop;
  std::function<void(std::size_t)> on_ended;

 private:
  [[nodiscard]] const std::string& name(std::size_t action) const { return actions_[action].name; }
  void tell(std::string line) { told.push_back(std::move(line)); }

  const std::vector<Action>& actions_;
};

/// `programs` of the launcher are called by name; an action is `{name, command}`.
struct ScriptedRun {
  ScriptedLauncher launcher;
  CountingRandom random;
  CancelSource cancel;
  std::vector<Action> actions;
  SchedulerOptions options;
  Listener listener{actions};

  ScriptedRun() {
    launcher.program("true", [](const Command&) { return ScriptedLauncher::exited(0, {}); });
    launcher.program("false", [](const Command&) { return ScriptedLauncher::exited(1, {}); });
    // `sleep N` takes N milliseconds and passes.
    launcher.program("sleep", [](const Command& command) {
      return ScriptedLauncher::exited_after(
          std::chrono::milliseconds(std::stoll(command.arguments.at(1))), 0);
    });
  }

  Action& add(const std::string& name, std::vector<std::string> arguments,
              std::vector<std::string> needs = {}) {
    Command command;
    command.arguments = std::move(arguments);
    command.streams = streams;
    return add_work(name, std::move(command), std::move(needs));
  }

  template <class Work>
  Action& add_work(const std::string& name, Work work, std::vector<std::string> needs = {}) {
    Action action;
    action.name = name;
    action.work = std::move(work);
    action.needs = std::move(needs);
    actions.push_back(std::move(action));
    return actions.back();
  }

  std::vector<ActionResult> run() {
    Scheduler scheduler(actions, options, {launcher, launcher.clock(), random}, listener);
    inbox = scheduler.inbox();
    return scheduler.run(cancel.token());
  }

  /// The states in the order of the actions, as `passed failed`.
  std::string states() {
    std::string text;
    for (const ActionResult& result : run())
      text += (text.empty() ? "" : " ") + std::string(to_string(result.state));
    return text;
  }

  /// The code that making the scheduler throws, and its message.
  std::pair<std::string, std::string> refusal() {
    try {
      const Scheduler scheduler(actions, options, {launcher, launcher.clock(), random}, listener);
    } catch (const Error& error) {
      return {std::string(error.code().name()), error.message()};
    }
    return {"none", ""};
  }

  bool streams = false;
  std::shared_ptr<Inbox> inbox;
};

}  // namespace ratchet::test
