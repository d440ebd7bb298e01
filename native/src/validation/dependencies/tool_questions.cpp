#include "validation/dependencies/tool_questions.h"

#include "parallel/scheduler.h"

namespace ratchet {
namespace {

constexpr std::size_t kMostKept = 1000;
constexpr std::size_t kLargestKept = std::size_t{64} << 10;

/// Programs of package managers fetch what they miss, or look for news, unless they are told not
/// to.
const std::vector<std::pair<std::string, std::optional<std::string>>>& quiet_environment() {
  static const std::vector<std::pair<std::string, std::optional<std::string>>> variables{
      {"LC_ALL", "C"},
      {"COREPACK_ENABLE_NETWORK", "0"},
      {"DOTNET_CLI_TELEMETRY_OPTOUT", "1"},
      {"DOTNET_NOLOGO", "1"},
      {"GOTOOLCHAIN", "local"},
      {"NO_UPDATE_NOTIFIER", "1"},
      {"PIP_DISABLE_PIP_VERSION_CHECK", "1"},
      {"RUSTUP_AUTO_INSTALL", "0"},
      {"npm_config_update_notifier", "false"},
  };
  return variables;
}

Command command_of(const ToolQuestion& question, const Limits& limits) {
  Command command;
  command.arguments.push_back(question.program);
  command.arguments.insert(command.arguments.end(), question.arguments.begin(),
                           question.arguments.end());
  command.working_directory = "/";
  command.environment = quiet_environment();
  command.input = question.input;
  command.grace = std::chrono::milliseconds(limits.grace_ms);
  command.output_limit = static_cast<std::size_t>(limits.output_bytes);
  return command;
}

ToolAnswer answer_of(const std::string& program, ActionResult& result) {
  ToolAnswer answer;
  const bool ended_well = result.process && result.process->exit_code == 0 &&
                          (result.process->state == ProcessState::passed ||
                           result.process->state == ProcessState::leaked);
  if (!ended_well) {
    const std::optional<std::string> why =
        result.process ? why_no_answer(program, *result.process) : program + " was not started";
    answer.reason = why.value_or(program + " gave no usable answer");
  } else if (result.process->out.dropped_bytes > 0) {
    answer.reason = program + " says more than the limit output_bytes";
  } else {
    answer.is_given = true;
    answer.out = std::move(result.process->out.bytes);
    answer.error_output = std::move(result.process->error.bytes);
  }
  return answer;
}

/// One round of questions.
class Round {
 public:
  Round(std::span<const ToolQuestion> questions, const DependencySeams& seams)
      : questions_(questions), seams_(seams), answers_(questions.size()), keys_(questions.size()) {}

  std::vector<ToolAnswer> run(const Cancellation& cancellation) {
    for (std::size_t index = 0; index < questions_.size(); ++index)
      prepare(index);
    SchedulerOptions options;
    options.time_limit = std::chrono::milliseconds(seams_.limits.tool_timeout_ms);
    options.at_once = std::max<std::size_t>(seams_.threads, 1);
    options.grace = std::chrono::milliseconds(seams_.limits.grace_ms);
    ActionObserver observer;  // who only wants the results
    Scheduler scheduler(actions_, options, {seams_.launcher, seams_.clock, seams_.random},
                        observer);
    std::vector<ActionResult> results = scheduler.run(cancellation);
    cancellation.check();
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::size_t index = asked_[i];
      answers_[index] = answer_of(questions_[index].program, results[i]);
      if (answers_[index].is_given && keys_[index])
        seams_.kept.keep(*keys_[index], answers_[index]);
    }
    return std::move(answers_);
  }

 private:
  /// Answers from what is kept, or lets the scheduler ask.
  void prepare(std::size_t index) {
    const ToolQuestion& question = questions_[index];
    if (question.may_be_kept) keys_[index] = key_of(question);
    if (keys_[index]) {
      if (auto kept = seams_.kept.find(*keys_[index])) {
        answers_[index] = *std::move(kept);
        return;
      }
    }
    Command command = command_of(question, seams_.limits);
    try {
      seams_.launcher.check(command);
    } catch (const Error& error) {
      answers_[index].reason = error.message();
      return;
    }
    asked_.push_back(index);
    actions_.push_back({.name = std::to_string(index), .work = std::move(command)});
  }

  [[nodiscard]] std::optional<KeptAnswers::Key> key_of(const ToolQuestion& question) const {
    try {
      const auto status = seams_.files.status(question.program);
      if (!status) return std::nullopt;
      return KeptAnswers::Key{question.program, question.arguments, status->modified_ns,
                              status->size, status->inode};
    } catch (const Error&) {
      return std::nullopt;  // it will be asked
    }
  }

  std::span<const ToolQuestion> questions_;
  const DependencySeams& seams_;
  std::vector<ToolAnswer> answers_;
  std::vector<std::optional<KeptAnswers::Key>> keys_;
  std::vector<std::size_t> asked_;
  std::vector<Action> actions_;
};

}  // namespace

std::optional<ToolAnswer> KeptAnswers::find(const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto found = answers_.find(key);
  return found == answers_.end() ? std::nullopt : std::optional(found->second);
}

void KeptAnswers::keep(const Key& key, const ToolAnswer& answer) {
  if (answer.out.size() + answer.error_output.size() > kLargestKept) return;
  const std::lock_guard lock(mutex_);
  if (answers_.size() >= kMostKept) answers_.clear();
  answers_[key] = answer;
}

std::vector<ToolAnswer> ask_tools(std::span<const ToolQuestion> questions,
                                  const DependencySeams& seams, const Cancellation& cancellation) {
  cancellation.check();
  if (questions.empty()) return {};
  return Round(questions, seams).run(cancellation);
}

}  // namespace ratchet
