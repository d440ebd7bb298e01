#include "validation/syntax/compiler_runs.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <stop_token>
#include <variant>

#include "core/error.h"
#include "process/process_loop.h"
#include "validation/syntax/framed_answers.h"
#include "validation/syntax/private_folder.h"

namespace ratchet {
namespace {

using Kind = CompilerAnswer::Kind;

/// What a compiler that reads files may say of each.
constexpr std::size_t kMessagesOfFile = std::size_t{64} << 10;
constexpr std::size_t kErrorOutputSize = std::size_t{64} << 10;
/// Children of one compiler that may die without any answer before it is given up.
constexpr int kMostSilent = 16;

/// Texts of one child.
struct Chunk {
  const Compiler* compiler = nullptr;
  std::vector<CompilerText> texts{};
  std::size_t attempt = 0;
  /// What the attempt before said, by text; told where this one says no, too.
  std::vector<CompilerAnswer> earlier{};
};

bool was_killed(const ProcessResult& result) {
  return result.state == ProcessState::signalled || result.state == ProcessState::timed_out;
}

CompilerAnswer unchecked(std::string why) {
  CompilerAnswer answer;
  answer.why = std::move(why);
  return answer;
}

class Runs {
 public:
  Runs(CompilerSeams seams, const Limits& limits, std::size_t at_once, const TakeAnswer& take)
      : seams_(seams), limits_(limits), at_once_(std::max<std::size_t>(at_once, 1)), take_(take) {}

  void add(const CompilerWork& work) {
    const std::size_t count = work.texts.size();
    const Compiler& compiler = *work.compiler;
    const std::size_t wanted = std::clamp<std::size_t>(count / compiler.fewest, 1, at_once_);
    const std::size_t size = std::min((count + wanted - 1) / wanted, compiler.most);
    for (std::size_t from = 0; from < count; from += size) {
      const auto begin = work.texts.begin() + static_cast<std::ptrdiff_t>(from);
      const auto end = begin + static_cast<std::ptrdiff_t>(std::min(size, count - from));
      waiting_.push_back({&compiler, std::vector<CompilerText>(begin, end)});
    }
  }

  void run(const Cancellation& cancellation) {
    if (!open_loop()) return;
    const auto wake = [this] { loop_->wake(); };
    const std::stop_callback on_graceful(cancellation.graceful, wake);
    const std::stop_callback on_immediate(cancellation.immediate, wake);
    while (!waiting_.empty() || !running_.empty()) {
      if (cancellation.requested()) {
        waiting_.clear();
        for (const auto& [id, chunk] : running_)
          loop_->cancel(id, cancellation.immediate.stop_requested());
        if (running_.empty()) break;
      } else {
        start_more();
        if (running_.empty()) continue;
      }
      std::optional<ProcessEvent> event = loop_->next(std::nullopt);
      if (!event) continue;
      if (const auto* ended = std::get_if<ProcessEnded>(&*event)) finish(*ended);
    }
    cancellation.check();
  }

 private:
  bool open_loop() {
    try {
      loop_ = seams_.launcher.make_loop();
      return true;
    } catch (const Error& error) {
      for (const Chunk& chunk : waiting_)
        give_up(chunk, error.message());
      return false;
    }
  }

  void start_more() {
    while (running_.size() < at_once_ && !waiting_.empty()) {
      Chunk chunk = std::move(waiting_.front());
      waiting_.pop_front();
      try {
        const Command command = command_for(chunk);
        seams_.launcher.check(command);
        if (!loop_->start(next_id_, command)) {
          folders_.erase(next_id_);
          waiting_.push_front(std::move(chunk));
          return;
        }
        running_.emplace(next_id_++, std::move(chunk));
      } catch (const Error& error) {
        folders_.erase(next_id_);
        give_up(chunk, error.message());
      }
    }
  }

  Command command_for(const Chunk& chunk) {
    const Compiler& compiler = *chunk.compiler;
    CompilerCall call;
    std::vector<std::string> names;
    // A folder for each child: what one does in its own is nothing to the others.
    if (compiler.needs_folder) {
      const auto& folder =
          folders_.emplace(next_id_, std::make_unique<PrivateFolder>(seams_.files, seams_.random))
              .first->second;
      call.folder = folder->path();
      if (!compiler.script.empty()) {
        folder->write(std::string(compiler.script), script_of(compiler));
      }
      if (compiler.feed == Feed::files) names = write_texts(chunk, *folder);
    }
    call.script = script_of(compiler);
    call.files = names;
    call.attempt = chunk.attempt;
    const std::filesystem::path path(chunk.texts.front().path);
    if (chunk.texts.size() == 1 && path.is_absolute()) call.beside = path.parent_path();
    Command command = compiler.command(call);
    command.time_limit = std::chrono::milliseconds(limits_.syntax_timeout_ms);
    command.grace = std::chrono::milliseconds(limits_.grace_ms);
    const bool framed = compiler.feed == Feed::frames;
    command.output_limit =
        kErrorOutputSize + chunk.texts.size() * (framed ? kLongestAnswer : kMessagesOfFile);
    if (framed) command.input = frames_of(chunk);
    return command;
  }

  static std::vector<std::string> write_texts(const Chunk& chunk, PrivateFolder& folder) {
    std::vector<std::string> names;
    for (const CompilerText& text : chunk.texts) {
      names.push_back(std::to_string(names.size()).append(chunk.compiler->extension));
      folder.write(names.back(), text.text);
    }
    return names;
  }

  static std::string frames_of(const Chunk& chunk) {
    constexpr std::size_t kHeadSize = 40;
    std::size_t size = 0;
    for (const CompilerText& text : chunk.texts)
      size += text.text.size() + kHeadSize;
    std::string input;
    input.reserve(size);
    for (const CompilerText& text : chunk.texts)
      append_frame(input, text.text, text.kind);
    return input;
  }

  void finish(const ProcessEnded& ended) {
    const auto found = running_.find(ended.id);
    Chunk chunk = std::move(found->second);
    running_.erase(found);
    folders_.erase(ended.id);
    if (ended.result.state == ProcessState::cancelled) return;
    std::vector<CompilerAnswer> answers = chunk.compiler->read(ended.result, chunk.texts);
    if (!chunk.earlier.empty()) keep_first_refusal(chunk, answers);
    const std::size_t answered = answers.size();
    ask_again(chunk, answers);
    if (answered < chunk.texts.size()) recover(chunk, answered, ended.result);
  }

  /// Of two refusals the first one is told: the second one's way was a guess. A refusal and a doubt
  /// are a doubt.
  static void keep_first_refusal(Chunk& chunk, std::vector<CompilerAnswer>& answers) {
    answers.resize(chunk.texts.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const bool doubted = answers[i].kind == Kind::undecided;
      const bool refused_before = chunk.earlier[i].kind == Kind::invalid;
      if (answers[i].kind == Kind::valid || (doubted && refused_before)) continue;
      answers[i] = std::move(chunk.earlier[i]);
    }
  }

  /// Gives the answers to the caller but for those that another attempt may change.
  void ask_again(const Chunk& chunk, std::vector<CompilerAnswer>& answers) {
    Chunk again{chunk.compiler, {}, chunk.attempt + 1};
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const bool last = again.attempt >= chunk.compiler->attempts;
      const bool refused = answers[i].kind == Kind::invalid || answers[i].kind == Kind::undecided;
      if (last || !refused || answers[i].is_final) {
        take_(chunk.texts[i], std::move(answers[i]));
        continue;
      }
      again.texts.push_back(chunk.texts[i]);
      again.earlier.push_back(std::move(answers[i]));
    }
    if (!again.texts.empty()) waiting_.push_back(std::move(again));
  }

  /// From `answered` on there was no answer. Frames are read in order, so the first of these is
  /// the one that ended the child; of files nobody knows, and halves find out.
  void recover(const Chunk& chunk, std::size_t answered, const ProcessResult& result) {
    const auto begin = chunk.texts.begin() + static_cast<std::ptrdiff_t>(answered);
    Chunk rest{chunk.compiler, std::vector<CompilerText>(begin, chunk.texts.end())};
    const std::string judge(chunk.compiler->judge);
    const std::string why = why_no_answer(judge, result).value_or(judge + " gave no usable answer");
    if (rest.texts.size() == 1 || !is_worth_another(*chunk.compiler, answered, result)) {
      return give_up(rest, why);
    }
    if (chunk.compiler->feed == Feed::frames) {
      take_(rest.texts.front(), unchecked(why));
      rest.texts.erase(rest.texts.begin());
      waiting_.push_back(std::move(rest));
      return;
    }
    const auto middle = rest.texts.begin() + static_cast<std::ptrdiff_t>(rest.texts.size() / 2);
    waiting_.push_back({chunk.compiler, std::vector<CompilerText>(rest.texts.begin(), middle)});
    waiting_.push_back({chunk.compiler, std::vector<CompilerText>(middle, rest.texts.end())});
  }

  /// Whether a text was to blame, rather than the program.
  bool is_worth_another(const Compiler& compiler, std::size_t answered,
                        const ProcessResult& result) {
    if (answered > 0) return was_killed(result) || result.state == ProcessState::failed;
    const bool framed = compiler.feed == Feed::frames;
    const bool by_text = was_killed(result) || (!framed && result.state == ProcessState::failed);
    return by_text && ++silent_[compiler.judge] <= kMostSilent;
  }

  void give_up(const Chunk& chunk, const std::string& why) {
    for (const CompilerText& text : chunk.texts)
      take_(text, unchecked(why));
  }

  CompilerSeams seams_;
  const Limits& limits_;
  std::size_t at_once_;
  const TakeAnswer& take_;
  std::unique_ptr<ProcessLoop> loop_;
  std::deque<Chunk> waiting_;
  std::map<std::size_t, Chunk> running_;
  std::map<std::size_t, std::unique_ptr<PrivateFolder>> folders_;
  std::map<std::string_view, int> silent_;
  std::size_t next_id_ = 0;
};

}  // namespace

void run_compilers(std::span<const CompilerWork> works, CompilerSeams seams, const Limits& limits,
                   std::size_t at_once, const Cancellation& cancellation, const TakeAnswer& take) {
  Runs runs(seams, limits, at_once, take);
  for (const CompilerWork& work : works)
    runs.add(work);
  runs.run(cancellation);
}

}  // namespace ratchet
