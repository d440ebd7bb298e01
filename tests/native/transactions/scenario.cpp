#include "transactions/scenario.h"

#include <cstdlib>
#include <stdexcept>

#include "core/error.h"
#include "transactions/home.h"

namespace ratchet::test {
namespace {

PlainTree tree(std::map<std::string, Thing> things) {
  PlainTree made;
  made.things = std::move(things);
  return made;
}

Step create(std::string path, std::string content, std::uint32_t mode = 0) {
  return {Do::create, std::move(path), std::move(content), mode};
}
Step update(std::string path, std::string content, std::uint32_t mode = 0) {
  return {Do::update, std::move(path), std::move(content), mode};
}
Step remove(std::string path) {
  return {Do::remove, std::move(path)};
}
Step move(std::string from, std::string to) {
  return {Do::move, std::move(from), std::move(to)};
}
Step make_folder(std::string path) {
  return {Do::make_folder, std::move(path)};
}
Step remove_folder(std::string path) {
  return {Do::remove_folder, std::move(path)};
}

std::vector<Scenario> make_scenarios() {
  const Thing dir = folder();
  std::vector<Scenario> all{
      {.name = "create", .before = {}, .steps = {create("a", "N")}, .is_small = true},
      {.name = "update",
       .before = tree({{"a", file("A0")}}),
       .steps = {update("a", "A1")},
       .is_small = true},
      {.name = "remove",
       .before = tree({{"a", file("A0")}}),
       .steps = {remove("a")},
       .is_small = true},
      {.name = "move",
       .before = tree({{"d", dir}, {"e", dir}, {"d/a", file("A0")}}),
       .steps = {move("d/a", "e/b")},
       .is_small = true},
      {.name = "make folder",
       .before = {},
       .steps = {make_folder("d"), create("d/a", "N")},
       .is_small = true},
      {.name = "remove folder",
       .before = tree({{"d", dir}, {"d/a", file("A0")}}),
       .steps = {remove("d/a"), remove_folder("d")},
       .is_small = true},
      {.name = "move into a new folder",
       .before = tree({{"a", file("A0")}}),
       .steps = {make_folder("d"), move("a", "d/b")}},
      {.name = "move out of a folder that goes",
       .before = tree({{"d", dir}, {"d/a", file("A0")}}),
       .steps = {move("d/a", "b"), remove_folder("d")}},
      {.name = "two updates",
       .before = tree({{"d", dir}, {"e", dir}, {"d/a", file("A0")}, {"e/b", file("B0")}}),
       .steps = {update("d/a", "A1"), update("e/b", "B1")}},
      {.name = "create and remove",
       .before = tree({{"d", dir}, {"e", dir}, {"e/b", file("B0")}}),
       .steps = {create("d/a", "N"), remove("e/b")}},
      {.name = "create, update and remove",
       .before = tree({{"b", file("B0")}, {"c", file("C0")}}),
       .steps = {create("a", "N"), update("b", "B1"), remove("c")},
       .saves_run = true},
      {.name = "swap",
       .before = tree({{"a", file("A0")}, {"b", file("B0", 0755)}}),
       .steps = {move("a", "t"), move("b", "a"), move("t", "b")}},
      {.name = "chain of moves",
       .before = tree({{"a", file("A0")}, {"b", file("B0")}}),
       .steps = {move("b", "c"), move("a", "b")}},
      {.name = "the same path twice",
       .before = tree({{"a", file("A0")}, {"b", file("B0")}}),
       .steps = {update("a", "x"), remove("a"), create("a", "A1"), create("q", "q"), remove("q"),
                 remove("b")}},
      {.name = "file becomes folder",
       .before = tree({{"x", file("X0")}}),
       .steps = {remove("x"), make_folder("x"), create("x/a", "N")}},
      {.name = "folder becomes file",
       .before = tree({{"x", dir}, {"x/a", file("A0")}}),
       .steps = {remove("x"), create("x", "X1")}},
      {.name = "links",
       .before = tree({{"l", link("a")}, {"m", link("nowhere")}, {"d", dir}, {"a", file("A0")}}),
       .steps = {move("l", "d/l"), remove("m"), update("a", "A1")}},
      {.name = "nested folders",
       .before = tree({{"o", dir}, {"o/p", folder(0700)}, {"o/p/q", dir}, {"o/p/q/a", file("A0")}}),
       .steps = {create("n/p/q/a", "N"), remove("o")}},
      {.name = "folder moves",
       .before =
           tree({{"d", folder(0750)}, {"d/e", dir}, {"d/e/a", file("A0")}, {"d/b", file("B0")}}),
       .steps = {move("d", "n/f"), update("n/f/b", "B1")}},
      {.name = "modes",
       .before = tree({{"a", file("A0", 0600)}, {"b", file("B0")}}),
       .steps = {update("a", "A0", 0755), update("b", "B1", 0640), create("c", "C", 0711)},
       .saves_run = true},
      {.name = "another mount",
       .before = tree({{"m", dir}, {"a", file("A0")}, {"m/b", file("B0")}, {"m/o", file("O0")}}),
       .steps = {update("a", "A1"), update("m/b", "B1"), create("m/n/c", "N"), remove("m/o")},
       .mounts = {"m"},
       .saves_run = true},
      {.name = "moves over mounts",
       .before =
           tree({{"m", dir}, {"a", file("A0")}, {"m/d", folder(0700)}, {"m/d/b", file("B0")}}),
       .steps = {move("a", "m/a"), move("m/d", "e")},
       .mounts = {"m"}},
      {.name = "kinds on another mount",
       .before = tree({{"m", dir}, {"m/x", file("X0")}, {"m/y", dir}, {"m/y/a", file("A0")}}),
       .steps = {remove("m/x"), create("m/x/a", "N"), remove("m/y"), create("m/y", "Y1")},
       .mounts = {"m"}},
      {.name = "no exchanges",
       .before = tree({{"a", file("A0")}, {"b", file("B0", 0755)}, {"c", file("C0")}}),
       .steps = {update("a", "A1"), remove("b"), update("c", "C1", 0600), create("d/e", "N")},
       .exchanges = false,
       .saves_run = true},
      {.name = "no exchanges, another mount",
       .before = tree({{"m", dir}, {"a", file("A0")}, {"m/b", file("B0")}}),
       .steps = {update("a", "A1"), update("m/b", "B1"), create("m/c", "N")},
       .mounts = {"m"},
       .exchanges = false},
      {.name = "full durability",
       .before = tree({{"d", dir}, {"d/a", file("A0")}, {"b", file("B0")}}),
       .steps = {move("d/a", "e/a"), remove("d"), update("b", "B1")},
       .durability = Durability::full},
  };
  return all;
}

}  // namespace

PlainTree Scenario::after() const {
  PlainTree now = before;
  for (const Step& step : steps) {
    if (const std::string code = now.run(step); !code.empty()) {
      throw std::logic_error(name + ": " + to_string(step) + ": " + code);
    }
  }
  return now.after(before);
}

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> all = make_scenarios();
  return all;
}

bool is_long_run() {
  return std::getenv("RATCHET_LONG") != nullptr;  // NOLINT(concurrency-mt-unsafe)
}

bool has_turn(std::size_t number) {
#ifdef __SANITIZE_ADDRESS__
  return number % 2 == 0 || is_long_run();
#else
  static_cast<void>(number);
  return true;
#endif
}

Stage::Stage(const Scenario& scenario) : scenario_(&scenario) {
  files.put_folder("/r");
  for (const std::string& mount : scenario.mounts)
    files.add_mount("/r/" + mount);
  put(files, "/r", scenario.before);
  if (!scenario.exchanges) files.forbid(FileOperation::rename, RenameMode::exchange);
}

void Stage::follow(const RecordedOperation& next) {
  if (flushes_mark_) phase_ = Phase::new_tree;
  if (marks_kept_ && phase_ == Phase::old_tree) phase_ = Phase::either;
  if (next.operation == FileOperation::rename && next.target.ends_with("/journal.kept")) {
    marks_kept_ = true;
  } else if (marks_kept_ && next.operation == FileOperation::sync_folder &&
             next.path == "/r/.ratchet/tx/T1") {
    flushes_mark_ = true;
  }
}

Phase Stage::phase_of_disk() const {
  const bool is_kept = files.tree("/r").contains(".ratchet/tx/T1/journal.kept");
  return is_kept ? Phase::new_tree : Phase::old_tree;
}

std::string Stage::run(Program program) {
  message_.clear();
  try {
    auto transaction = begin(files, "/r", scenario_->durability);
    for (const Step& step : scenario_->steps)
      test::run(transaction, step);
    applies_from_ = files.operations().size();
    Applied applied = std::move(transaction).apply(cancel.token());
    try {
      if (scenario_->saves_run) {
        RunSummary summary;
        summary.kept_at = "2023-11-14T22:13:20.000Z";
        applied.save_run(summary, "{}", {});
      }
    } catch (const Error&) {
      std::move(applied)
          .undo();  // dropping it would undo it too, and tell nobody that it could not
      throw;
    }
    if (program == Program::keep) {
      static_cast<void>(std::move(applied).keep());
      phase_ = Phase::new_tree;
    } else {
      std::move(applied).undo();
    }
  } catch (const Error& error) {
    message_ = error.message();
    return std::string(error.code().name());
  }
  return {};
}

void Recovery::run(FileSystem& files, RecoveryWay way) {
  results.clear();
  code.clear();
  try {
    const Home home = find_home(files, "/r");
    auto state = StateFolder::find(files, home.path, random);
    if (!state) return;
    const auto lock = state->try_lock("recovers");
    if (!lock) throw Error("transaction.locked", "somebody holds the lock");
    results = recover_all({files, clock, home, *state}, way, "");
    state->prune(lock.get());
  } catch (const Error& error) {
    code = std::string(error.code().name()) + ": " + error.message();
  }
}

bool Recovery::blocked() const {
  return error_of(results).has_value();
}

std::string Recovery::story() const {
  std::string text = code;
  for (const Recovered& each : results) {
    text += each.id + " " + each.outcome;
    for (const std::string& conflict : each.conflicts)
      text += " conflict " + conflict;
    for (const std::string& kept : each.kept)
      text += " kept " + kept;
    if (each.error) text += " (" + each.error->message() + ")";
  }
  return text;
}

bool changes_disk(FileOperation operation) {
  switch (operation) {
    case FileOperation::make_folder:
    case FileOperation::create:
    case FileOperation::write:
    case FileOperation::make_link:
    case FileOperation::add_name:
    case FileOperation::set_mode:
    case FileOperation::attributes:
    case FileOperation::sync_file:
    case FileOperation::rename:
    case FileOperation::remove_file:
    case FileOperation::remove_folder:
    case FileOperation::lock:
    case FileOperation::sync_folder:
      return true;
    default:
      return false;
  }
}

std::vector<std::string> leftovers(const MemoryFileSystem& files, bool keeps_run) {
  std::vector<std::string> found;
  for (const auto& [name, content] : files.tree("/r")) {
    if (name.find(".ratchet") == std::string::npos) continue;
    const bool of_run = name == ".ratchet/" || name == ".ratchet/.gitignore" ||
                        name == ".ratchet/lock" || name.starts_with(".ratchet/runs/");
    if (!keeps_run || !of_run) found.push_back(name);
  }
  return found;
}

}  // namespace ratchet::test
