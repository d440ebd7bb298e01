// Power is lost, or the process is killed, before any operation: what is found afterwards.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "transactions/scenario.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

struct Counts {
  std::size_t states = 0;
  std::size_t recoveries = 0;
};

/// Follows one transaction into every crash, and every recovery into every crash of its own.
class Explorer {
 public:
  Explorer(const Scenario& scenario, Counts& counts)
      : scenario_(scenario), counts_(counts), old_(scenario.before), new_(scenario.after()) {}

  void explore(Program program) {
    program_ = program;
    Stage stage(scenario_);
    stage.files.set_hook([&](std::size_t index, const RecordedOperation& next) {
      stage.follow(next);
      if (changes_disk(next.operation)) {
        crash(stage.files, stage.phase(), kDepth, "before " + shown(index, next));
      }
    });
    REQUIRE(stage.run(program_) == "");
    stage.files.set_hook({});
    const bool keeps = program_ == Program::keep;
    CHECK(seen_on(stage.files, "/r") == (keeps ? new_ : old_));
    CHECK(leftovers(stage.files, scenario_.saves_run && keeps) == std::vector<std::string>{});
    crash(stage.files, keeps ? Phase::new_tree : Phase::old_tree, kDepth, "at the end");
  }

 private:
  /// Crashes in recoveries of crashed recoveries bring nothing new: what one leaves is a state that
  /// another one finds.
  static constexpr int kDepth = 2;
  /// Up to here every subset of what was not flushed is tried.
  static constexpr std::size_t kFew = 3;
  static constexpr std::size_t kMore = 8;
  static constexpr std::size_t kSample = 3;
  /// Failures told of one scenario.
  static constexpr int kMostShown = 3;

  [[nodiscard]] static std::string shown(std::size_t index, const RecordedOperation& next) {
    return std::to_string(index) + " " + std::string(to_string(next.operation)) + " " + next.path +
           (next.target.empty() ? "" : " -> " + next.target);
  }

  /// All ways in which a crash may turn out now.
  void crash(const MemoryFileSystem& files, Phase phase, int depth, const std::string& story) {
    visit(*files.after_kill(), phase, depth, story + "\nKILLED");
    if (scenario_.durability == Durability::none) return;
    lose_power(files, phase, depth, story, false);
    // In the crash of a recovery of a big scenario, data that happens to last brings nothing new.
    if (scenario_.is_small || depth == kDepth || is_long_run()) {
      lose_power(files, phase, depth, story, true);
    }
  }

  void lose_power(const MemoryFileSystem& files, Phase phase, int depth, const std::string& story,
                  bool data) {
    const std::size_t loose = files.unflushed_names();
    const bool all = scenario_.is_small || is_long_run();
    const auto lose = [&](const std::string& what, const MemoryFileSystem::Survives& survives) {
      // The recovery of a big scenario is crashed where nothing or all lasts, and after a kill.
      const bool is_followed = all || what == "none" || what == "all";
      visit(*files.after_crash(survives, data), phase, is_followed ? depth : 1,
            story + "\nPOWER LOSS, of " + std::to_string(loose) + " names lasts " + what +
                (data ? ", with data" : ""));
    };
    lose("none", [](std::size_t, std::size_t) { return false; });
    lose("all", [](std::size_t, std::size_t) { return true; });
    if (loose <= kFew || (is_long_run() && loose <= kMore)) {
      for (std::size_t subset = 1; subset + 1 < std::size_t{1} << loose; ++subset) {
        lose("subset " + std::to_string(subset),
             [&](std::size_t at, std::size_t) { return (subset >> at & 1) != 0; });
      }
      return;
    }
    // In the recovery of a big scenario each crash meets some of them, the next one others.
    const std::size_t step = all || depth == kDepth ? 1 : kSample;
    for (std::size_t one = crashes_++ % step; one < loose; one += step) {
      const std::string number = std::to_string(one);
      if (depth == kDepth || is_long_run()) {
        lose("those before " + number, [&](std::size_t at, std::size_t) { return at < one; });
      }
      lose("only " + number, [&](std::size_t at, std::size_t) { return at == one; });
      lose("all but " + number, [&](std::size_t at, std::size_t) { return at != one; });
    }
  }

  void visit(MemoryFileSystem& found, Phase phase, int depth, const std::string& story) {
    const std::string key =
        found.fingerprint() + std::to_string(static_cast<int>(phase)) + std::to_string(depth);
    if (shown_ > kMostShown) return;
    const std::size_t hash = std::hash<std::string>()(key);
    if (!seen_.insert(hash).second || !has_turn(hash)) return;
    ++counts_.states;
    recover(found, phase, depth, story);
  }

  void recover(MemoryFileSystem& found, Phase phase, int depth, const std::string& story) {
    if (depth > 1) {
      found.set_hook([&](std::size_t index, const RecordedOperation& next) {
        if (!changes_disk(next.operation)) return;
        crash(found, phase, depth - 1, story + "\nRECOVERY before " + shown(index, next));
      });
    }
    ++counts_.recoveries;
    Recovery recovery;
    recovery.run(found);
    found.set_hook({});
    const bool is_right = check(found, phase, recovery, story);
    if (!is_right || depth == 1) return;
    const bool is_new = seen_on(found, "/r") == new_ && phase != Phase::old_tree;
    crash(found, is_new ? Phase::new_tree : Phase::old_tree, depth - 1, story + "\nRECOVERED");
  }

  bool check(MemoryFileSystem& found, Phase phase, const Recovery& recovery,
             const std::string& story) {
    const PlainTree seen = seen_on(found, "/r");
    const bool old_allowed = phase != Phase::new_tree;
    const bool new_allowed = phase != Phase::old_tree;
    const bool right = (old_allowed && seen == old_) || (new_allowed && seen == new_);
    const bool run_stays = scenario_.saves_run && new_allowed && seen == new_;
    const auto left = leftovers(found, run_stays);
    const std::string first = found.fingerprint();
    Recovery again;
    again.run(found);
    const bool idempotent =
        again.results.empty() && again.code.empty() && seen_on(found, "/r") == seen;
    const bool closed = found.open_handles() == 0;
    const bool fine = right && left.empty() && recovery.code.empty() && !recovery.blocked() &&
                      idempotent && closed;
    if (fine || ++shown_ > kMostShown) return fine;
    std::string names;
    for (const auto& [name, text] : found.described("/r"))
      names += name + " = " + text.substr(0, 60) + "; ";
    INFO(scenario_.name << (program_ == Program::keep ? " (keep)\n" : " (undo)\n") << story
                        << "\nrecovery: " << recovery.story() << "\nagain: " << again.story()
                        << "\ndisk: " << names);
    CHECK(right);
    CHECK(left == std::vector<std::string>{});
    CHECK(recovery.story() == "");
    CHECK(idempotent);
    CHECK(closed);
    return false;
  }

  const Scenario& scenario_;
  Program program_ = Program::keep;
  Counts& counts_;
  PlainTree old_;
  PlainTree new_;
  std::unordered_set<std::size_t> seen_;
  std::size_t crashes_ = 0;
  int shown_ = 0;
};

}  // namespace

TEST_CASE("whenever power is lost or the process is killed, recovery finds all old or all new") {
  Counts counts;
  for (const Scenario& scenario : scenarios()) {
    Explorer explorer(scenario, counts);
    explorer.explore(Program::keep);
    explorer.explore(Program::undo);
  }
  MESSAGE(counts.states << " states, " << counts.recoveries << " recoveries");
  CHECK(counts.states > 10'000);
}
