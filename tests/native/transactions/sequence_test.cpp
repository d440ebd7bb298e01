// Operations in any order against a model of plain files: the same tree, or the same refusal.
#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "transactions/fixed_seams.h"
#include "transactions/plain_tree.h"

using namespace ratchet;
using namespace ratchet::test;

namespace {

const std::vector<std::string> kPaths{"a",   "b",     "c",   "d",     "d/a",     "d/b",  "d/e",
                                      "e",   "e/a",   "e/b", "d/e/a", "d/e/a/b", "x",    "x/a",
                                      "x/d", "x/d/a", "m/a", "m/d/b", "m/d",     "m/d/a"};

PlainTree start() {
  PlainTree tree;
  tree.things = {{"a", file("A0")},    {"b", file("B0", 0755)}, {"d", folder(0750)},
                 {"d/a", file("DA0")}, {"d/e", folder(0700)},   {"d/e/a", file("DEA0", 0600)},
                 {"e", folder()},      {"x", link("d/a")},      {"m", folder()},
                 {"m/a", file("MA0")}, {"m/d", folder()}};
  return tree;
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t below(std::size_t count) { return engine_() % count; }
  const std::string& path() { return kPaths[below(kPaths.size())]; }

  Step step(int number) {
    const std::vector<Do> all{Do::create, Do::create, Do::update,      Do::update,
                              Do::remove, Do::move,   Do::make_folder, Do::remove_folder,
                              Do::move,   Do::move};
    Step step{.what = all[below(all.size())], .path = path()};
    if (step.what == Do::move) step.other = path();
    const bool writes = step.what == Do::create || step.what == Do::update;
    // Sometimes what another file holds, so that equal contents meet.
    if (writes) step.other = below(4) == 0 ? "A0" : "new " + std::to_string(number);
    if (writes && below(5) == 0) step.mode = 0711;
    return step;
  }

 private:
  std::mt19937_64 engine_;
};

struct World : Bench {
  explicit World(std::size_t kind) {
    if (kind == 1) files.add_mount("/r/m");
    if (kind == 2) files.forbid(FileOperation::rename, RenameMode::exchange);
    put(files, "/r", start());
  }
  MemoryFileSystem files;
};

/// Without exchanges of names a file cannot become a folder, nor a folder a file.
bool changes_a_kind(const PlainTree& before, const PlainTree& after) {
  for (const auto& [path, thing] : before.things) {
    const auto now = after.things.find(path);
    const bool is_there = now != after.things.end();
    if (is_there && (now->second.kind == 'd') != (thing.kind == 'd')) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("any sequence of operations comes to what plain files come to, and undo to nothing") {
  constexpr std::uint64_t kSequences = 4000;
  int kept = 0;
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= kSequences; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const std::size_t kind = dice.below(3);
    World world(kind);
    PlainTree model = start();
    auto transaction = world.begin(world.files, "/r", Durability::none);
    std::string story;
    const std::size_t count = 1 + dice.below(9);
    for (std::size_t number = 0; number < count; ++number) {
      const Step step = dice.step(static_cast<int>(number));
      const std::string expected = model.run(step);
      const std::string code = thrown_code([&] { run(transaction, step); });
      story += to_string(step) + (code.empty() ? "" : " !" + code) + "\n";
      CAPTURE(story);
      REQUIRE(code == expected);
      if (!code.empty()) ++refused;
    }
    CAPTURE(story);
    CHECK(seen_on(world.files, "/r") == start());
    const bool keeps = dice.below(3) != 0;
    std::string code;
    try {
      Applied applied = std::move(transaction).apply(world.cancel.token());
      applied.verify();
      PlainTree visible = seen_on(world.files, "/r");
      std::erase_if(visible.things, [](const auto& thing) {  // slots beside their targets
        return thing.first.find(".ratchet-T1-") != std::string::npos;
      });
      CHECK(visible == model.after(start()));
      if (keeps) {
        static_cast<void>(std::move(applied).keep());
        ++kept;
      } else {
        std::move(applied).undo();
      }
    } catch (const Error& error) {
      code = std::string(error.code().name()) + ": " + error.message();
    }
    CAPTURE(code);
    const bool impossible = kind == 2 && changes_a_kind(start(), model);
    CHECK(code.substr(0, code.find(':')) == (impossible ? "io.unsupported" : ""));
    const PlainTree expected = keeps && !impossible ? model.after(start()) : start();
    const PlainTree seen = seen_on(world.files, "/r");
    CAPTURE(to_string(expected));
    CAPTURE(to_string(seen));
    REQUIRE(seen == expected);
    CHECK_FALSE(world.files.tree("/r").contains(".ratchet/"));
    CHECK(world.files.open_handles() == 0);
  }
  CHECK(kept > 1000);
  CHECK(refused > 3000);
}
