// Any operation fails, once or from then on: what stands there afterwards, and what is said of it.
#include <doctest/doctest.h>

#include <array>
#include <cerrno>
#include <string>
#include <vector>

#include "transactions/scenario.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

/// Not those that state a fact (ENOENT, EEXIST, ENOTEMPTY): believing a disk that lies is no fault.
constexpr std::array kErrors{EIO, ENOSPC, EACCES, EMFILE, EROFS, EXDEV, EINTR};

struct Fault {
  std::size_t index = 0;
  int error_number = 0;
  bool lasts = false;
};

struct Counts {
  std::size_t runs = 0;
  std::size_t refused = 0;
  std::size_t kept = 0;
  std::size_t pending = 0;
};

/// The transaction ended with an error that says that recovery goes on.
bool says_pending(const std::string& code) {
  return code == "transaction.unknown_state" || code == "transaction.undo_incomplete";
}

class Breaker {
 public:
  Breaker(const Scenario& scenario, Program program, Counts& counts)
      : scenario_(scenario),
        program_(program),
        counts_(counts),
        old_(scenario.before),
        new_(scenario.after()) {}

  void break_at_every_step() {
    Stage plain(scenario_);
    REQUIRE(plain.run(program_) == "");
    const std::size_t count = plain.files.operations().size();
    for (std::size_t index = 0; index < count && shown_ < kMostShown; ++index) {
      for (std::size_t which = 0; which < kErrors.size(); ++which) {
        // Of a big scenario each step meets two of them, the next one two others.
        const bool is_sampled = (index + which) % kErrors.size() < 2;
        if (!scenario_.is_small && !is_long_run() && !is_sampled) continue;
        if (!has_turn(index)) continue;
        run({index, kErrors[which], false});
        run({index, kErrors[which], true});
      }
    }
  }

 private:
  static constexpr int kMostShown = 3;

  void run(const Fault& fault) {
    Stage stage(scenario_);
    if (fault.lasts) {
      stage.files.fail_from(fault.index, fault.error_number);
    } else {
      stage.files.fail_at(fault.index, fault.error_number);
    }
    const std::string code = stage.run(program_);
    const auto done = stage.files.operations();
    REQUIRE(fault.index < done.size());
    const RecordedOperation& failed = done[fault.index];
    stage.files.clear_faults();
    const std::string story =
        scenario_.name + (program_ == Program::keep ? " (keep), errno " : " (undo), errno ") +
        std::to_string(fault.error_number) + (fault.lasts ? " from " : " at ") +
        std::to_string(fault.index) + " " + std::string(to_string(failed.operation)) + " " +
        failed.path + " " + failed.target + "\n-> " + code + ": " + stage.message();
    INFO(story);
    ++counts_.runs;
    const PlainTree seen = seen_on(stage.files, "/r");
    const bool kept = code.empty() && program_ == Program::keep;
    const bool pending = says_pending(code);
    if (pending) ++counts_.pending;
    ++(kept ? counts_.kept : counts_.refused);
    check(stage.files.open_handles() == 0, "nothing is held open");
    if (!pending) check(without_slots(seen) == (kept ? new_ : old_), "the tree is whole");
    const bool is_clean = leftovers(stage.files, kept && scenario_.saves_run).empty();
    // A flush that fails while tidying up is left to recovery: a second one would prove nothing.
    const bool is_flush = failed.operation == FileOperation::sync_folder;
    if (!pending && !fault.lasts && !is_flush) check(is_clean, "nothing is left");
    // The disk works again; or power is lost first.
    const bool is_new = kept || stage.phase_of_disk() == Phase::new_tree;
    recover(*stage.files.after_kill(), is_new, "recovered");
    if (!kept && is_new) return;  // said to be unknown
    using Survives = MemoryFileSystem::Survives;
    const std::array<Survives, 3> policies{[](std::size_t, std::size_t) { return false; },
                                           [](std::size_t, std::size_t) { return true; },
                                           [](std::size_t at, std::size_t) { return at % 2 == 0; }};
    for (const Survives& survives : policies)
      recover(*stage.files.after_crash(survives), is_new, "recovered after power loss");
  }

  /// Where tidying up failed, slots near targets wait for recovery.
  [[nodiscard]] static PlainTree without_slots(PlainTree tree) {
    std::erase_if(tree.things, [](const auto& thing) {
      return thing.first.find(".ratchet-T1-") != std::string::npos;
    });
    return tree;
  }

  void recover(MemoryFileSystem& files, bool is_new, const std::string& what) {
    Recovery recovery;
    recovery.run(files);
    INFO(what << ": " << recovery.story());
    const PlainTree seen = seen_on(files, "/r");
    INFO("seen: " << to_string(seen));
    check(recovery.code.empty() && !recovery.blocked(), "recovery works");
    check(seen == (is_new ? new_ : old_), "recovery finds the tree whole");
    std::string left;
    for (const std::string& name : leftovers(files, is_new && scenario_.saves_run))
      left += name + " ";
    INFO("left: " << left);
    check(left.empty(), "recovery leaves nothing");
  }

  void check(bool right, const std::string& what) {
    if (right) return;
    if (++shown_ <= kMostShown) FAIL_CHECK(what);
  }

  const Scenario& scenario_;
  Program program_;
  Counts& counts_;
  PlainTree old_;
  PlainTree new_;
  int shown_ = 0;
};

}  // namespace

TEST_CASE("whatever operation fails, all is old or new, or the error says that recovery goes on") {
  Counts counts;
  for (const Scenario& scenario : scenarios()) {
    for (const Program program : {Program::keep, Program::undo})
      Breaker(scenario, program, counts).break_at_every_step();
  }
  MESSAGE(counts.runs << " runs: " << counts.kept << " kept, " << counts.refused << " refused, "
                      << counts.pending << " pending");
  CHECK(counts.kept > 1000);
  CHECK(counts.refused > 1000);
  CHECK(counts.pending > 100);
}
