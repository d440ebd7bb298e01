#include "validation/syntax/compiler_runs.h"
#include "validation/system_programs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "core/error.h"
#include "core/random.h"
#include "process/scripted_launcher.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

const Compiler& row_of(std::string_view judge) {
  const auto rows = compilers();
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const Compiler& row) { return row.judge == judge; });
  REQUIRE(found != rows.end());
  return *found;
}

/// One letter for each answer, by the text's number: v, i, u (unchecked), d (undecided).
class Asked {
 public:
  explicit Asked(ScriptedLauncher& launcher) : launcher_(launcher) {}

  std::string ask(std::string_view judge, const std::vector<std::string>& texts,
                  std::size_t at_once = 2, const Cancellation& cancellation = {}) {
    CompilerWork work{&row_of(judge)};
    for (const std::string& text : texts)
      work.texts.push_back({work.texts.size(), text, "word"});
    std::string letters(texts.size(), '-');
    const std::vector<CompilerWork> works{work};
    run_compilers(works, {system_files(), launcher_, system_random()}, {}, at_once, cancellation,
                  [&](const CompilerText& text, CompilerAnswer answer) {
                    CHECK(letters.at(text.number) == '-');
                    letters[text.number] = "viud"[static_cast<std::size_t>(answer.kind)];
                    answers_[text.number] = std::move(answer);
                  });
    return letters;
  }

  [[nodiscard]] const CompilerAnswer& answer(std::size_t number) const {
    return answers_.at(number);
  }

 private:
  ScriptedLauncher& launcher_;
  std::map<std::size_t, CompilerAnswer> answers_;
};

/// How many frames a child was given.
std::size_t frames_in(const Command& command) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < command.input.size(); ++count) {
    const std::size_t size = std::stoul(command.input.substr(at));
    at = command.input.find('\n', at) + 1 + size;
  }
  return count;
}

std::string yes_to(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += "true\n";
  return out;
}

ProcessResult killed(std::string out) {
  ProcessResult result = ScriptedLauncher::exited(0, std::move(out));
  result.state = ProcessState::signalled;
  result.signal = 11;
  return result;
}

std::size_t files_in(const Command& command) {
  return static_cast<std::size_t>(
      std::count_if(command.arguments.begin(), command.arguments.end(),
                    [](const std::string& word) { return word.starts_with("./"); }));
}

}  // namespace

TEST_CASE("many texts are shared out among children, as many at once as asked for") {
  ScriptedLauncher launcher;
  launcher.program(std::string(python_program()), [](const Command& command) {
    ProcessResult result = ScriptedLauncher::exited(0, yes_to(frames_in(command)));
    result.duration = std::chrono::milliseconds(10);
    return result;
  });
  const std::vector<std::string> texts(2500, "x = 1\n");
  CHECK(Asked(launcher).ask("python", texts, 3) == std::string(texts.size(), 'v'));
  CHECK(launcher.most_at_once() == 3);
  CHECK(launcher.commands().size() == 3);
  for (const Command& command : launcher.commands())
    CHECK(frames_in(command) <= row_of("python").most);
}

TEST_CASE("few texts get one child") {
  ScriptedLauncher launcher;
  launcher.program("node", [](const Command& command) {
    return ScriptedLauncher::exited(0, yes_to(frames_in(command)));
  });
  CHECK(Asked(launcher).ask("node", std::vector<std::string>(150, "a"), 4) ==
        std::string(150, 'v'));
  CHECK(launcher.commands().size() == 1);
}

TEST_CASE("a text that kills its child takes no other with it") {
  ScriptedLauncher launcher;
  launcher.program(std::string(python_program()), [](const Command& command) {
    const std::size_t bomb = command.input.find("\nbomb");
    if (bomb == std::string::npos) {
      return ScriptedLauncher::exited(0, yes_to(frames_in(command)));
    }
    Command before = command;
    before.input = command.input.substr(0, command.input.rfind('\n', bomb - 1) + 1);
    return killed(yes_to(bomb < 10 ? 0 : frames_in(before)));
  });
  Asked asked(launcher);
  CHECK(asked.ask("python", {"a\n", "b\n", "bomb\n", "c\n", "d\n"}) == "vvuvv");
  CHECK(asked.answer(2).why == "python was ended by signal 11");
  CHECK(asked.ask("python", {"bomb\n", "a\n", "bomb\n", "b\n"}) == "uvuv");
}

TEST_CASE("a program that always dies is given up after some children") {
  ScriptedLauncher launcher;
  launcher.program(std::string(python_program()), [](const Command&) { return killed(""); });
  CHECK(Asked(launcher).ask("python", std::vector<std::string>(90, "a")) == std::string(90, 'u'));
  CHECK(launcher.commands().size() < 30);
}

TEST_CASE("a program that cannot do its work is asked once") {
  ScriptedLauncher launcher;
  launcher.program("java", [](const Command&) {
    return ScriptedLauncher::exited(1, "", "this Java has no compiler");
  });
  Asked asked(launcher);
  CHECK(asked.ask("javac", {"a", "b", "c"}) == "uuu");
  CHECK(asked.answer(0).why == "javac ended with exit code 1");
  CHECK(launcher.commands().size() == 1);
}

TEST_CASE("C is asked about twice where it is refused: one yes is enough, a doubt is a doubt") {
  const std::string refusal =
      "./0.c: In function 'f':\n./0.c:1:3: error: expected ';' before 'int'\n";
  const std::string doubt = "./0.c:1:1: error: expected ';' before 'SOME'\n";
  const std::string missing = "./0.c:1:9: fatal error: a.h: No such file or directory\n";
  // What each attempt says; nothing is a yes.
  const std::vector<std::vector<std::string>> rows{{"v", ""},
                                                   {"v", refusal, ""},
                                                   {"v", doubt, ""},
                                                   {"i", refusal, refusal},
                                                   {"d", refusal, doubt},
                                                   {"d", doubt, refusal},
                                                   {"d", missing}};
  for (const auto& row : rows) {
    ScriptedLauncher launcher;
    std::size_t attempt = 0;
    launcher.program(with_memory_bound({"gcc"}, 1).front(), [&](const Command&) {
      const std::string& said = row.at(++attempt);
      return ScriptedLauncher::exited(said.empty() ? 0 : 1, "", said);
    });
    CHECK(Asked(launcher).ask("gcc", {"int x;\n"}) == row.front());
    CHECK(attempt == row.size() - 1);
  }
}

TEST_CASE("headers are looked for beside a text's own file, if it has one") {
  ScriptedLauncher launcher;
  launcher.program(with_memory_bound({"gcc"}, 1).front(),
                   [&](const Command&) { return ScriptedLauncher::exited(0, ""); });
  const std::filesystem::path shop = std::filesystem::current_path().root_path() / "shop" / "a b";
  const std::string beside = (shop / "x.c").string();
  const std::vector<CompilerWork> works{
      {&row_of("gcc"), {{0, "", "unit", beside}, {1, "", "unit", "x.c"}}}};
  run_compilers(works, {system_files(), launcher, system_random()}, {}, 1, {},
                [](const CompilerText&, const CompilerAnswer&) {});
  const std::vector<Command> commands = launcher.commands();
  REQUIRE(commands.size() == 2);
  const auto folder_of = [&](std::size_t number) {
    const std::vector<std::string>& words = commands[number].arguments;
    const auto found = std::find(words.begin(), words.end(), "-iquote");
    return found == words.end() ? "" : *(found + 1);
  };
  CHECK(folder_of(0) == shop.string());
  CHECK(folder_of(1).empty());
}

TEST_CASE("of files that end a child, halves find the one") {
  ScriptedLauncher launcher;
  launcher.program("gofmt", [](const Command& command) {
    for (const std::string& word : command.arguments) {
      if (!word.starts_with("./")) continue;
      const std::string text = system_files().read(command.working_directory / word.substr(2), 99);
      if (text == "bomb") return killed("");
    }
    return ScriptedLauncher::exited(0, "");
  });
  Asked asked(launcher);
  CHECK(asked.ask("gofmt", {"a", "b", "c", "bomb", "d", "e"}, 1) == "vvvuvv");
  CHECK(asked.answer(3).why == "gofmt was ended by signal 11");
}

TEST_CASE("a second attempt can only acquit") {
  ScriptedLauncher launcher;
  launcher.program("bash", [](const Command& command) {
    const std::string text = system_files().read(command.working_directory / "0.sh", 99);
    const bool second = std::find(command.arguments.begin(), command.arguments.end(), "extglob") !=
                        command.arguments.end();
    if (text == "right" || (second && text == "glob")) return ScriptedLauncher::exited(0, "");
    if (second && text == "dies") return killed("");
    return ScriptedLauncher::exited(2, "", second ? "x: line 9: second\n" : "x: line 1: first\n");
  });
  Asked asked(launcher);
  CHECK(asked.ask("bash", {"right", "wrong", "glob", "dies"}) == "vivi");
  CHECK(asked.answer(1).faults.at(0).message == "first");
  CHECK(asked.answer(3).faults.at(0).message == "first");
  CHECK(launcher.commands().size() == 7);
}

TEST_CASE("files get names of the engine's own, in a folder that is gone afterwards") {
  ScriptedLauncher launcher;
  std::vector<std::filesystem::path> folders;
  launcher.program("gofmt", [&](const Command& command) {
    folders.push_back(command.working_directory);
    CHECK(system_files().status(command.working_directory / "1.go"));
    CHECK(files_in(command) == 2);
    return ScriptedLauncher::exited(0, "");
  });
  CHECK(Asked(launcher).ask("gofmt", {"a", "b"}) == "vv");
  REQUIRE(folders.size() == 1);
  CHECK_FALSE(std::filesystem::exists(folders[0]));
}

TEST_CASE("what a program needs to be started is refused as one line, and others go on") {
  ScriptedLauncher launcher;  // knows no program at all
  Asked asked(launcher);
  CHECK(asked.ask("python", {"a", "b"}) == "uu");
  CHECK_FALSE(asked.answer(0).why.empty());
  CHECK(asked.answer(0).why.find('\n') == std::string::npos);
}

TEST_CASE("children wait where the system has no room for another") {
  ScriptedLauncher launcher;
  launcher.program("bash", [](const Command&) {
    ProcessResult result = ScriptedLauncher::exited(0, "");
    result.duration = std::chrono::milliseconds(5);
    return result;
  });
  launcher.starve(3);
  CHECK(Asked(launcher).ask("bash", std::vector<std::string>(6, "a"), 4) == "vvvvvv");
}

TEST_CASE("a cancel ends the children and starts no more") {
  CancelSource source;
  ScriptedLauncher launcher;
  launcher.program("bash", [&](const Command&) {
    source.cancel(false);
    ProcessResult result = ScriptedLauncher::exited(0, "");
    result.duration = std::chrono::hours(1);
    return result;
  });
  Asked asked(launcher);
  std::string code;
  try {
    (void)asked.ask("bash", std::vector<std::string>(50, "a"), 3, source.token());
  } catch (const Error& error) {
    code = error.code().name();
  }
  CHECK(code == "job.cancelled");
  CHECK(launcher.commands().size() <= 3);
}

TEST_CASE("no row starts anything with the user's settings") {
  const std::map<std::string_view, std::vector<std::string_view>> taken_away{
      {"python", {"BASH_ENV"}},
      {"node", {"NODE_OPTIONS", "NODE_PATH"}},
      {"bash", {"BASH_ENV", "ENV", "SHELLOPTS"}},
      {"javac", {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"}},
      {"pwsh", {"PSModulePath"}},
      {"roslyn", {"PSModulePath"}}};
  const std::vector<std::string> files{"0.x"};
  for (const auto& [judge, names] : taken_away) {
    const Command command = row_of(judge).command({"", "/private", files});
    for (const std::string_view name : names) {
      CAPTURE(name);
      const auto is_removed = [&](const auto& pair) { return pair.first == name && !pair.second; };
      CHECK(std::any_of(command.environment.begin(), command.environment.end(), is_removed));
    }
  }
}
