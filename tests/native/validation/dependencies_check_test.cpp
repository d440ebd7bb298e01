// Looking dependencies up, over programs and a disk that the test has written.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/json.h"
#include "fs/memory_file_system.h"
#include "fs/thrown_code.h"
#include "process/scripted_launcher.h"
#include "transactions/fixed_seams.h"
#include "validation/dependencies/dependency_check.h"
#include "validation/system_programs.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

using Kind = DependencyKind;
using Texts = std::vector<std::string>;

struct World {
  World() {
    files.put_folder("/p");
    place.project_root = "/p";
  }

  void says(const std::string& program, const std::string& output, int code = 0) {
    launcher.program(
        program, [output, code](const Command&) { return ScriptedLauncher::exited(code, output); });
  }
  DependencyReport check(Kind kind, const Texts& texts) {
    Requirements requirements;
    for (const std::string& text : texts)
      requirements.push_back(Requirement::parse(kind, text));
    return check(requirements);
  }
  DependencyReport check(const Requirements& requirements) {
    const DependencySeams seams{files, launcher, launcher.clock(), random, limits, threads, kept};
    return check_dependencies(requirements, place, seams, cancel.token());
  }

  MemoryFileSystem files;
  ScriptedLauncher launcher;
  CountingRandom random;
  Limits limits;
  std::size_t threads = 8;
  KeptAnswers kept;
  LookUpPlace place;
  CancelSource cancel;
};

const std::optional<bool> kUnknown;

std::string code_of(const std::vector<Finding>& findings) {
  return findings.size() == 1 ? findings.front().code : std::to_string(findings.size());
}

/// The request that the python child got.
json::value python_input(const ScriptedLauncher& launcher) {
  return json::parse(launcher.commands().front().input);
}

/// As this system joins paths.
std::string beneath(std::filesystem::path folder, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    folder /= name;
  return folder.string();
}

}  // namespace

TEST_CASE("a program is found with its version, and compared with what is asked") {
  World world;
  world.says("git", "git version 2.39.5\n");
  const DependencyReport report = world.check(Kind::executable, {"git>=2.30"});
  CHECK(report.valid == true);
  REQUIRE(report.found.size() == 1);
  CHECK(report.found[0].version == "2.39.5");
  CHECK(report.found[0].path == "/scripted/git");
  CHECK(report.found[0].required == ">=2.30");
  CHECK(report.found[0].compatible == true);
  const DependencyReport too_old = world.check(Kind::executable, {"git>=2.40"});
  CHECK(too_old.valid == false);
  CHECK(too_old.missing.empty());
  CHECK(too_old.found[0].compatible == false);
  CHECK(code_of(too_old.errors) == "dependency.incompatible");
}

TEST_CASE("a program that is not there is missing, with its kind and name") {
  World world;
  const DependencyReport report = world.check(Kind::executable, {"no-such-tool>=1"});
  CHECK(report.valid == false);
  CHECK(report.missing == Texts{"executable:no-such-tool"});
  CHECK(report.found.empty());
  CHECK(code_of(report.errors) == "dependency.missing");
  CHECK(report.errors[0].hint.has_value());
}

TEST_CASE("a version that cannot be told is unknown and never compatible") {
  World world;
  const auto ends = [](ProcessState state) {
    return [state](const Command&) {
      ProcessResult result = ScriptedLauncher::exited(0, "tool 9.9.9\n");
      result.state = state;
      if (state != ProcessState::leaked) result.exit_code = -1;
      return result;
    };
  };
  world.says("tool", "no number here\n");
  CHECK(world.check(Kind::executable, {"tool>=1"}).valid == kUnknown);
  world.says("tool", "tool 9.9.9\n", 1);
  CHECK(world.check(Kind::executable, {"tool>=1"}).valid == kUnknown);
  for (const auto state : {ProcessState::signalled, ProcessState::timed_out,
                           ProcessState::spawn_failed, ProcessState::status_unknown}) {
    CAPTURE(to_string(state));
    world.launcher.program("tool", ends(state));
    const DependencyReport report = world.check(Kind::executable, {"tool>=1"});
    CHECK(report.valid == kUnknown);
    CHECK(report.unchecked == Texts{"executable:tool"});
    CHECK(report.found[0].compatible == kUnknown);
    CHECK(report.missing.empty());
    CHECK(code_of(report.warnings) == "dependency.unknown_version");
  }
  world.launcher.program("tool", ends(ProcessState::leaked));
  CHECK(world.check(Kind::executable, {"tool>=1"}).valid == true);
  world.launcher.program("tool", [](const Command&) {
    ProcessResult result = ScriptedLauncher::exited(1, "tool 9.9.9\n");
    result.state = ProcessState::leaked;
    return result;
  });
  CHECK(world.check(Kind::executable, {"tool>=1"}).valid == kUnknown);
}

TEST_CASE("a version is read from standard error where standard output has none") {
  World world;
  world.launcher.program("java", [](const Command&) {
    return ScriptedLauncher::exited(0, "", "openjdk version \"1.8.0_392\"\n");
  });
  const DependencyReport report = world.check(Kind::executable, {"java>=8"});
  CHECK(report.valid == true);
  CHECK(report.found[0].version == "1.8.0_392");
}

TEST_CASE("a program that nobody knows is run only where its version matters") {
  World world;
  world.says("shutdown", "shutdown 1.0\n");
  CHECK(world.check(Kind::executable, {"shutdown"}).valid == true);
  CHECK(world.launcher.commands().empty());
  CHECK(world.check(Kind::executable, {"shutdown>=1"}).valid == true);
  CHECK(world.launcher.commands().size() == 1);
}

TEST_CASE("tools are asked in the root folder, with a limit, and without downloads") {
  World world;
  world.limits.tool_timeout_ms = 1234;
  world.says("go", "go version go1.19.8 linux/amd64\n");
  CHECK(world.check(Kind::executable, {"go^1.19"}).valid == true);
  const Command command = world.launcher.commands().at(0);
  CHECK(command.arguments == Texts{"/scripted/go", "version"});
  CHECK(command.working_directory == "/");
  CHECK(command.time_limit == std::chrono::milliseconds(1234));
  const std::pair<std::string, std::optional<std::string>> local{"GOTOOLCHAIN", "local"};
  CHECK(std::count(command.environment.begin(), command.environment.end(), local) == 1);
}

TEST_CASE("an answer is kept as long as the program's file is the same") {
  World world;
  world.files.put_file("/scripted/git", "program");
  world.says("git", "git version 2.39.5\n");
  CHECK(world.check(Kind::executable, {"git"}).found[0].version == "2.39.5");
  CHECK(world.check(Kind::executable, {"git"}).found[0].version == "2.39.5");
  CHECK(world.launcher.commands().size() == 1);
  world.files.put_file("/scripted/git", "another one");
  world.says("git", "git version 2.40.0\n");
  CHECK(world.check(Kind::executable, {"git"}).found[0].version == "2.40.0");
  CHECK(world.launcher.commands().size() == 2);
}

TEST_CASE("an answer that failed is not kept") {
  World world;
  world.files.put_file("/scripted/git", "program");
  world.says("git", "", 1);
  CHECK(world.check(Kind::executable, {"git>=2"}).valid == kUnknown);
  world.says("git", "git version 2.39.5\n");
  CHECK(world.check(Kind::executable, {"git>=2"}).valid == true);
}

TEST_CASE("programs are asked at once, in the bounds of the engine") {
  World world;
  world.threads = 3;
  Texts texts;
  for (int i = 0; i < 9; ++i) {
    const std::string name = "tool" + std::string(1, static_cast<char>('a' + i));
    world.launcher.program(name, [name](const Command&) {
      ProcessResult result = ScriptedLauncher::exited(0, name + " 1.0\n");
      result.duration = std::chrono::milliseconds(100);
      return result;
    });
    texts.push_back(name + ">=1");
  }
  CHECK(world.check(Kind::executable, texts).valid == true);
  CHECK(world.launcher.most_at_once() == 3);
}

TEST_CASE("a cancelled check is an error, and asks nobody") {
  World world;
  world.says("git", "git version 2.39.5\n");
  world.cancel.cancel(false);
  CHECK(thrown_code([&] { static_cast<void>(world.check(Kind::executable, {"git"})); }) ==
        "job.cancelled");
  CHECK(world.launcher.commands().empty());
}

TEST_CASE("a python name is data for the child, whatever it is") {
  World world;
  world.says(std::string(python_program()),
             R"({"python":"3.11.2","found":{"yaml":["PyYAML","6.0","/s"]}})");
  const DependencyReport report =
      world.check(Kind::python, {"yaml>=5", "requests[security]>=2,<3", "Zope.Interface"});
  CHECK(report.valid == false);
  CHECK(report.missing == Texts{"python:requests", "python:Zope.Interface"});
  CHECK(report.found[0].version == "6.0");
  REQUIRE(world.launcher.commands().size() == 1);
  const Command command = world.launcher.commands().front();
  CHECK(command.arguments.at(1) == "-I");
  for (const std::string& argument : command.arguments)
    CHECK(argument.find("requests") == std::string::npos);
  const json::value input = python_input(world.launcher);
  const json::object& names = input.at("names").as_object();
  CHECK(names.at("yaml") == json::parse(R"(["pyyaml"])"));
  CHECK(names.contains("Zope.Interface"));
}

TEST_CASE("without an interpreter, or an answer of use, python packages are not checked") {
  World world;
  const auto is_unchecked = [&] {
    const DependencyReport report = world.check(Kind::python, {"requests"});
    CHECK(report.valid == kUnknown);
    CHECK(report.missing.empty());
    CHECK(report.unchecked == Texts{"python:requests"});
    CHECK(code_of(report.warnings) == "check.unavailable");
  };
  is_unchecked();
  for (const char* output : {"", "[]", "{}", R"({"fault":"old"})", R"({"found":[]})",
                             R"({"found":{"requests":[]}})", "{\"found\":"}) {
    CAPTURE(std::string(output));
    world.says(std::string(python_program()), output);
    is_unchecked();
  }
  world.says(std::string(python_program()), R"({"found":{}})", 1);
  is_unchecked();
}

TEST_CASE("a python version that is none, or is absent, is unknown") {
  World world;
  for (const char* output :
       {R"({"found":{"a":["a","not-a-version","/s"]}})", R"({"found":{"a":["a",null,"/s"]}})"}) {
    world.says(std::string(python_program()), output);
    const DependencyReport report = world.check(Kind::python, {"a>=1"});
    CHECK(report.valid == kUnknown);
    CHECK(report.found[0].compatible == kUnknown);
    CHECK(world.check(Kind::python, {"a"}).valid == true);
  }
}

TEST_CASE("a project's virtual environment is read, and its interpreter is not run") {
  World world;
  world.says(std::string(python_program()), R"({"found":{}})");
  world.files.put_file("/p/.venv/pyvenv.cfg",
                       "home = /usr/bin\ninclude-system-site-packages = false\n");
  world.files.put_folder("/p/.venv/lib/python3.11/site-packages");
  world.files.put_file("/p/.venv/bin/python3", "evil");
  CHECK(world.check(Kind::python, {"a"}).valid == false);
  CHECK(world.launcher.commands().front().arguments.front() ==
        "/scripted/" + std::string(python_program()));
  const json::value input = python_input(world.launcher);
  CHECK(input.at("folders") ==
        json::array{beneath("/p", {".venv", "lib", "python3.11", "site-packages"})});
  CHECK(input.at("alone") == json::value(true));
}

TEST_CASE("a virtual environment of Windows has one folder of packages") {
  World world;
  world.says(std::string(python_program()), R"({"found":{}})");
  world.files.put_file("/p/venv/pyvenv.cfg", "home = C:\\Python312\n");
  world.files.put_folder("/p/venv/lib/site-packages");
  CHECK(world.check(Kind::python, {"a"}).valid == false);
  CHECK(python_input(world.launcher).at("folders") ==
        json::array{beneath("/p", {"venv", "lib", "site-packages"})});
}

TEST_CASE("npm packages are read from node_modules of the project and above") {
  World world;
  world.place.project_root = "/w/packages/app";
  world.files.put_file("/w/packages/app/node_modules/react/package.json",
                       R"({"version":"18.2.0"})");
  world.files.put_file("/w/node_modules/@types/node/package.json", R"({"version":"20.1.0"})");
  world.files.put_file("/w/node_modules/broken/package.json", "{");
  world.files.put_file("/w/node_modules/bare/package.json", "[]");
  world.files.put_folder("/w/node_modules/folder");
  const DependencyReport report = world.check(
      Kind::npm,
      {"react@^18", "@types/node@>=18 <21", "react@^17", "broken@^1", "bare", "folder", "none"});
  CHECK(report.missing == Texts{"npm:folder", "npm:none"});
  CHECK(report.unchecked == Texts{"npm:broken"});
  REQUIRE(report.found.size() == 5);
  CHECK(report.found[0].compatible == true);
  CHECK(report.found[0].path == beneath("/w/packages/app", {"node_modules", "react"}));
  CHECK(report.found[1].compatible == true);
  CHECK(report.found[1].version == "20.1.0");
  CHECK(report.found[2].compatible == false);
  CHECK(report.found[3].compatible == kUnknown);
  CHECK(report.found[4].compatible == true);
  CHECK(world.launcher.commands().empty());
  world.place.project_root.reset();
  CHECK(world.check(Kind::npm, {"react"}).valid == kUnknown);
}

TEST_CASE("an npm package that cannot be read was not checked") {
  World world;
  world.files.fail_nth(FileOperation::read, 0, EACCES);
  CHECK(world.check(Kind::npm, {"react"}).unchecked == Texts{"npm:react"});
}

TEST_CASE("global npm packages are where npm says they are") {
  World world;
  CHECK(world.check(Kind::npm_global, {"typescript"}).valid == kUnknown);
  world.files.put_file("/usr/lib/node_modules/typescript/package.json", R"({"version":"5.3.3"})");
  world.says("npm", "/usr/lib/node_modules\n");
  const DependencyReport report = world.check(Kind::npm_global, {"typescript>=5", "eslint"});
  CHECK(report.found[0].compatible == true);
  CHECK(report.missing == Texts{"npm_global:eslint"});
  for (const char* output : {"", "relative\n", "a\nb\n"}) {
    world.says("npm", output);
    CHECK(world.check(Kind::npm_global, {"typescript"}).valid == kUnknown);
  }
}

TEST_CASE("of several versions of dotnet one that will do counts") {
  World world;
  world.launcher.program("dotnet", [](const Command& command) {
    const bool sdks = command.arguments.at(1) == "--list-sdks";
    return ScriptedLauncher::exited(
        0, sdks ? "6.0.417 [/usr/share/dotnet/sdk]\n8.0.100 [/usr/share/dotnet/sdk]\n"
                : "Microsoft.NETCore.App 6.0.25 [/d/shared]\nMicrosoft.NETCore.App 8.0.0 "
                  "[/d/shared]\n");
  });
  const DependencyReport report = world.check(
      Kind::dotnet,
      {"sdk^6", "sdk", "sdk>=9", "Microsoft.NETCore.App>=8", "runtime^6", "aspnetcore"});
  CHECK(report.found[0].version == "6.0.417");
  CHECK(report.found[0].path == "/usr/share/dotnet/sdk/6.0.417");
  CHECK(report.found[1].version == "8.0.100");
  CHECK(report.found[2].compatible == false);
  CHECK(report.found[3].version == "8.0.0");
  CHECK(report.found[4].version == "6.0.25");
  CHECK(report.missing == Texts{"dotnet:aspnetcore"});
  CHECK(world.launcher.commands().size() == 2);
}

TEST_CASE("packages of dotnet are those of the last restore") {
  World world;
  CHECK(world.check(Kind::dotnet, {"Newtonsoft.Json"}).valid == kUnknown);
  world.files.put_file("/p/obj/project.assets.json",
                       R"({"libraries":{"Newtonsoft.Json/13.0.1":{"type":"package"}}})");
  const DependencyReport report =
      world.check(Kind::dotnet, {"newtonsoft.json>=13", "Newtonsoft.Json>=14", "Serilog"});
  CHECK(report.found[0].version == "13.0.1");
  CHECK(report.found[0].compatible == true);
  CHECK(report.found[1].compatible == false);
  CHECK(report.missing == Texts{"dotnet:Serilog"});
  CHECK(world.launcher.commands().empty());
  CHECK(world.check(Kind::dotnet, {"sdk"}).valid == kUnknown);
}

TEST_CASE("go modules are those of go.mod that are downloaded, vendored or replaced") {
  World world;
  world.files.put_file("/p/go.mod", R"(module example.com/app // a comment

go 1.19

require (
	github.com/BurntSushi/toml v1.2.0
	"github.com/pkg/errors" v0.9.1 // indirect
	golang.org/x/sys v0.1.0
	example.com/local v1.0.0
	example.com/fork v1.0.0
)
require golang.org/x/text v0.5.0
replace example.com/local => ./local
replace example.com/fork v1.0.0 => example.com/ours v1.5.0
)");
  world.files.put_folder("/p/local");
  world.files.put_file("/p/vendor/modules.txt", "# golang.org/x/sys v0.1.0\n## explicit\n");
  world.files.put_folder("/m/github.com/!burnt!sushi/toml@v1.2.0");
  world.files.put_folder("/m/example.com/ours@v1.5.0");
  world.launcher.program("go", [](const Command& command) {
    return ScriptedLauncher::exited(
        0, command.arguments.at(1) == "env" ? "/m\n" : "go version go1.19.8 linux/amd64\n");
  });
  const DependencyReport report =
      world.check(Kind::go, {"github.com/BurntSushi/toml>=v1.1", "github.com/pkg/errors",
                             "golang.org/x/sys", "golang.org/x/text", "example.com/local>=1",
                             "example.com/fork>=1.4", "example.com/other", "go>=1.18"});
  CHECK(report.missing ==
        Texts{"go:github.com/pkg/errors", "go:golang.org/x/text", "go:example.com/other"});
  CHECK(report.unchecked == Texts{"go:example.com/local"});
  REQUIRE(report.found.size() == 5);
  CHECK(report.found[0].version == "v1.2.0");
  CHECK(report.found[0].compatible == true);
  CHECK(report.found[1].path == beneath("/p", {"vendor", "golang.org/x/sys"}));
  CHECK(report.found[3].version == "v1.5.0");
  CHECK(report.found[3].compatible == true);
  CHECK(report.found[4].version == "1.19.8");
}

TEST_CASE("without a go.mod, or without go, modules are not checked") {
  World world;
  CHECK(world.check(Kind::go, {"a.b/c"}).valid == kUnknown);
  world.files.put_file("/p/go.mod", "module x\nrequire a.b/c v1.0.0\n");
  CHECK(world.check(Kind::go, {"a.b/c"}).valid == kUnknown);
  CHECK(world.check(Kind::go, {"go"}).missing == Texts{"go:go"});
}

TEST_CASE("crates are those of the nearest Cargo.lock, else those that cargo installed") {
  World world;
  world.place.project_root = "/w/member";
  world.files.put_folder("/w/member");
  world.files.put_file("/w/Cargo.lock", R"(version = 3

[[package]]
name = "serde"
version = "1.0.190"
dependencies = [
 "serde_derive",
]

[[package]]
name = "syn"
version = "1.0.109"

[[package]]
name = "syn"
version = "2.0.38"
)");
  CHECK(world.check(Kind::cargo, {"serde 1.0", "syn@1", "syn@2"}).valid == true);
  CHECK(world.launcher.commands().empty());
  CHECK(world.check(Kind::cargo, {"serde@2"}).valid == false);
  CHECK(world.check(Kind::cargo, {"ripgrep"}).valid == kUnknown);
  world.says("cargo", "ripgrep v13.0.0:\n    rg\nmine v0.1.0 (/src/mine):\n    mine\n");
  const DependencyReport report = world.check(Kind::cargo, {"ripgrep>=13", "mine", "rg"});
  CHECK(report.found[0].version == "13.0.0");
  CHECK(report.found[1].version == "0.1.0");
  CHECK(report.missing == Texts{"cargo:rg"});
}

TEST_CASE("what is missing decides, also where something else could not be checked") {
  World world;
  const DependencyReport report = world.check(
      {Requirement::parse(Kind::executable, "none"), Requirement::parse(Kind::python, "requests")});
  CHECK(report.valid == false);
  CHECK(report.missing == Texts{"executable:none"});
  CHECK(report.unchecked == Texts{"python:requests"});
}

TEST_CASE("results stand in the order of what was asked") {
  World world;
  world.says("git", "git version 2.39.5\n");
  world.files.put_file("/p/node_modules/a/package.json", R"({"version":"1.0.0"})");
  const DependencyReport report =
      world.check({Requirement::parse(Kind::npm, "a"), Requirement::parse(Kind::executable, "git"),
                   Requirement::parse(Kind::npm, "a@^1")});
  REQUIRE(report.found.size() == 3);
  CHECK(report.found[0].name == "a");
  CHECK(report.found[1].name == "git");
  CHECK(report.found[2].required == "^1");
}
