// Somebody else works in the same files, before, while and after a transaction is recovered.
#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "transactions/foreign_hand.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

struct Counts {
  std::size_t deeds = 0;
  std::size_t recoveries = 0;
  std::size_t asked = 0;
};

/// Where two names cannot be exchanged, there is a window that nothing closes.
bool is_in_the_window(const RecordedOperation& next, const Scenario& scenario, const Deed& deed) {
  const bool removes = next.operation == FileOperation::remove_file;
  if (removes && deed.hand == Hand::old_handle) return true;
  return !scenario.exchanges && next.operation == FileOperation::rename;
}

class Meddler {
 public:
  Meddler(const Scenario& scenario, Counts& counts)
      : scenario_(scenario), counts_(counts), old_(scenario.before), new_(scenario.after()) {}

  /// Between a crash and its recovery, and between any two steps of that recovery.
  void after_crashes() {
    Stage stage(scenario_);
    const ForeignHand hand(scenario_, stage.files);
    const auto all = deeds(scenario_);
    stage.files.set_hook([&](std::size_t, const RecordedOperation& next) {
      stage.follow(next);
      if (!changes_disk(next.operation)) return;
      crash(stage.files, stage.phase(), hand, all,
            "crash before " + std::string(to_string(next.operation)) + " " + next.path);
    });
    REQUIRE(stage.run(Program::keep) == "");
  }

  /// After its end, with power lost later: what was ended does not come again.
  void after_end(Program program) {
    Stage plain(scenario_);
    REQUIRE(plain.run(program) == "");
    const PlainTree& ended = program == Program::keep ? new_ : old_;
    for (const auto* wanted : {&old_, &new_}) {
      for (const auto& [name, thing] : wanted->things) {
        const auto files = plain.files.after_kill();
        if (thing.kind != 'f') continue;
        const auto now = ended.things.find(name);
        if (now != ended.things.end() && now->second.kind != 'f') continue;
        const std::size_t slash = name.rfind('/');
        const auto above = ended.things.find(name.substr(0, slash));
        const bool has_folder = above != ended.things.end() && above->second.kind == 'd';
        if (slash != std::string::npos && !has_folder) continue;
        files->put_file("/r/" + name, thing.content);  // what the transaction knows, at that
        files->set_mode("/r/" + name, thing.mode);
        const PlainTree expected = seen_on(*files, "/r");
        lose_power(*files, expected, "written after the end: " + name);
        files->erase("/r/" + name);
        lose_power(*files, seen_on(*files, "/r"), "removed after the end: " + name);
      }
    }
  }

  /// Between any two steps of the transaction itself.
  void within(Program program) {
    Stage plain(scenario_);
    std::size_t count = 0;
    plain.files.set_hook([&](std::size_t index, const RecordedOperation&) { count = index + 1; });
    REQUIRE(plain.run(program) == "");
    for (const Deed& deed : deeds(scenario_)) {
      for (std::size_t index = plain.applies_from(); index < count; ++index)
        if (has_turn(index)) meddle(program, deed, index);
    }
  }

 private:
  static constexpr int kMostShown = 2;
  static constexpr std::size_t kSample = 3;

  void lose_power(const MemoryFileSystem& files, const PlainTree& expected,
                  const std::string& story) {
    const std::size_t loose = files.unflushed_names();
    for (std::size_t one = 0; one <= loose; ++one) {
      for (const bool lasts : {false, true}) {
        const auto found =
            files.after_crash([&](std::size_t at, std::size_t) { return (at == one) == lasts; });
        ++counts_.recoveries;
        Recovery recovery;
        recovery.run(*found);
        const bool right = seen_on(*found, "/r") == expected && !recovery.blocked();
        tell(right, "nothing is done any more", *found, story + "\n" + recovery.story());
      }
    }
  }

  void crash(const MemoryFileSystem& files, Phase phase, const ForeignHand& hand,
             const std::vector<Deed>& all, const std::string& story) {
    const auto none = [](std::size_t, std::size_t) { return false; };
    const auto every = [](std::size_t, std::size_t) { return true; };
    visit(*files.after_kill(), phase, hand, all, story + ", killed");
    // Power loss ends every process that has a file open.
    auto later = all;
    std::erase_if(later, [](const Deed& deed) { return deed.hand == Hand::old_handle; });
    visit(*files.after_crash(none), phase, hand, later, story + ", nothing unflushed lasts");
    visit(*files.after_crash(every), phase, hand, later, story + ", all names last");
    const std::size_t loose = files.unflushed_names();
    // Of a big scenario each crash meets some of them, the next one others.
    const std::size_t step = scenario_.is_small || is_long_run() ? 1 : kSample;
    for (std::size_t one = crashes_++ % step; one < loose; one += step) {
      const auto number = std::to_string(one);
      visit(*files.after_crash([&](std::size_t at, std::size_t) { return at == one; }), phase, hand,
            later, story + ", only lasts " + number);
      visit(*files.after_crash([&](std::size_t at, std::size_t) { return at != one; }), phase, hand,
            later, story + ", all but " + number);
    }
  }

  void visit(const MemoryFileSystem& found, Phase phase, const ForeignHand& hand,
             const std::vector<Deed>& all, const std::string& story) {
    const std::string key = found.fingerprint() + std::to_string(static_cast<int>(phase));
    const std::size_t hash = std::hash<std::string>()(key);
    if (shown_ >= kMostShown || !seen_.insert(hash).second || !has_turn(hash)) return;
    const auto measured = found.after_kill();
    Recovery plain;
    plain.run(*measured);
    const std::size_t count = measured->operations().size();
    const bool races = scenario_.is_small || is_long_run();
    for (const Deed& deed : all) {
      const auto files = found.after_kill();
      if (const auto owed = hand.act(*files, deed)) {
        ++counts_.deeds;
        Recovery recovery;
        recovery.run(*files);
        judge(*files, recovery, phase, *owed, false, story + "\n" + to_string(deed));
      }
      for (std::size_t index = 0; races && index < count; ++index)
        race(found, phase, hand, deed, index, story);
    }
  }

  void race(const MemoryFileSystem& found, Phase phase, const ForeignHand& hand, const Deed& deed,
            std::size_t index, const std::string& story) {
    const auto files = found.after_kill();
    std::optional<Obligation> owed;
    std::string before;
    files->set_hook([&](std::size_t at, const RecordedOperation& next) {
      if (at != index || is_in_the_window(next, scenario_, deed)) return;
      owed = hand.act(*files, deed);
      before = std::string(to_string(next.operation)) + " " + next.path;
    });
    Recovery recovery;
    recovery.run(*files);
    files->set_hook({});
    if (!owed) return;
    ++counts_.deeds;
    judge(*files, recovery, phase, *owed, true,
          story + "\nin the recovery, before " + before + ": " + to_string(deed));
  }

  void meddle(Program program, const Deed& deed, std::size_t index) {
    if (shown_ >= kMostShown) return;
    Stage stage(scenario_);
    const ForeignHand hand(scenario_, stage.files);
    std::optional<Obligation> owed;
    std::string story;
    stage.files.set_hook([&](std::size_t at, const RecordedOperation& next) {
      stage.follow(next);
      if (at != index || is_in_the_window(next, scenario_, deed)) return;
      owed = hand.act(stage.files, deed);
      story = "before " + std::string(to_string(next.operation)) + " " + next.path + ": " +
              to_string(deed);
    });
    const std::string code = stage.run(program);
    stage.files.set_hook({});
    if (!owed) return;
    ++counts_.deeds;
    story +=
        (program == Program::keep ? "\n(keep) -> " : "\n(undo) -> ") + code + " " + stage.message();
    const bool kept = code.empty() && program == Program::keep;
    const bool pending = stage.files.tree("/r").contains(".ratchet/tx/T1/journal");
    bool right = !ForeignHand::is_lost(stage.files, *owed, pending);
    right = right && (pending || ForeignHand::is_like(stage.files, kept ? new_ : old_, *owed));
    right = right && (!pending || code == "transaction.undo_incomplete");
    tell(right, "the transaction", stage.files, story);
    Recovery recovery;
    recovery.run(stage.files);
    judge(stage.files, recovery, kept ? Phase::new_tree : Phase::old_tree, *owed, false, story);
  }

  /// What recovery has made of it; and every way out where it asks.
  void judge(MemoryFileSystem& files, const Recovery& recovery, Phase phase, const Obligation& owed,
             bool in_between, const std::string& story) {
    ++counts_.recoveries;
    const bool blocked = recovery.blocked();
    const bool is_old = phase != Phase::new_tree && ForeignHand::is_like(files, old_, owed);
    const bool is_new = phase != Phase::old_tree && ForeignHand::is_like(files, new_, owed);
    const std::string whole = story + "\nrecovery: " + recovery.story();
    tell(recovery.code.empty(), "recovery goes through", files, whole);
    tell(!ForeignHand::is_lost(files, owed, blocked), "the work is there", files, whole);
    tell(blocked || is_old || is_new, "the rest is old or new", files, whole);
    tell(!blocked || names_conflict(recovery, owed), "conflicts are named", files, whole);
    const PlainTree seen = seen_on(files, "/r");
    // What was in the way while it looked may be out of the way the next time.
    Recovery again;
    if (!blocked || !in_between) again.run(files);
    tell((blocked && in_between) || (again.blocked() == blocked && seen_on(files, "/r") == seen),
         "twice is once", files, whole + "\nagain: " + again.story());
    if (!blocked) {
      const auto later = files.after_crash([](std::size_t, std::size_t) { return false; });
      const bool lost = ForeignHand::is_lost(*later, owed, true);
      return tell(!lost, "the work is there after a power loss", *later, whole);
    }
    ++counts_.asked;
    for (const RecoveryWay way : {RecoveryWay::back, RecoveryWay::forward, RecoveryWay::forget})
      choose(files, way, owed, whole);
  }

  [[nodiscard]] static bool names_conflict(const Recovery& recovery, const Obligation& owed) {
    for (const Recovered& each : recovery.results) {
      for (const std::string& path : each.conflicts) {
        if (owed.exempt.contains(path)) return true;
      }
    }
    return false;
  }

  void choose(const MemoryFileSystem& found, RecoveryWay way, const Obligation& owed,
              const std::string& story) {
    const auto files = found.after_kill();
    Recovery recovery;
    recovery.run(*files, way);
    const bool done = recovery.code.empty() && !recovery.blocked();
    const std::string whole =
        story + "\nchosen " + std::to_string(static_cast<int>(way)) + ": " + recovery.story();
    Obligation anywhere = owed;
    anywhere.at.reset();
    tell(!ForeignHand::is_lost(*files, anywhere, !done), "the work is there", *files, whole);
    if (!done) {
      tell(way != RecoveryWay::forget, "forgetting always works", *files, whole);
      return;
    }
    const PlainTree& wanted = way == RecoveryWay::back ? old_ : new_;
    const bool is_right = way == RecoveryWay::forget || ForeignHand::is_like(*files, wanted, owed);
    tell(is_right, "it is as was chosen", *files, whole);
    Recovery again;
    again.run(*files);
    tell(again.code.empty() && !again.blocked(), "nothing is left to ask", *files, whole);
  }

  void tell(bool right, const char* what, const MemoryFileSystem& files, const std::string& story) {
    if (right || ++shown_ > kMostShown) return;
    std::string disk;
    for (const auto& [name, content] : files.tree("/r"))
      disk += name + " = " + content.substr(0, 40) + "; ";
    INFO(scenario_.name << "\n" << story << "\ndisk: " << disk);
    FAIL_CHECK(std::string(what));
  }

  const Scenario& scenario_;
  Counts& counts_;
  PlainTree old_;
  PlainTree new_;
  std::unordered_set<std::size_t> seen_;
  std::size_t crashes_ = 0;
  int shown_ = 0;
};

}  // namespace

TEST_CASE("what somebody does between a crash and its recovery is never lost") {
  Counts counts;
  for (const Scenario& scenario : scenarios())
    Meddler(scenario, counts).after_crashes();
  MESSAGE(counts.deeds << " deeds, " << counts.recoveries << " recoveries, " << counts.asked
                       << " times asked");
  CHECK(counts.deeds > 10'000);
  CHECK(counts.asked > 100);
}

TEST_CASE("what somebody does between two steps of a transaction is never lost") {
  Counts counts;
  for (const Scenario& scenario : scenarios()) {
    for (const Program program : {Program::keep, Program::undo})
      Meddler(scenario, counts).within(program);
  }
  MESSAGE(counts.deeds << " deeds, " << counts.asked << " times asked");
  CHECK(counts.deeds > 10'000);
  CHECK(counts.asked > 100);
}

TEST_CASE("what somebody does after the end of a transaction is not touched after a power loss") {
  Counts counts;
  for (const Scenario& scenario : scenarios()) {
    for (const Program program : {Program::keep, Program::undo})
      Meddler(scenario, counts).after_end(program);
  }
  CHECK(counts.recoveries > 1000);
}
