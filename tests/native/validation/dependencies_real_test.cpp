// Looking dependencies up with the tools that this machine has.
#include <doctest/doctest.h>

#include <string>

#include <filesystem>

#include "core/cancel.h"
#include "fs/scratch_folder.h"
#include "process/system_launcher.h"
#include "validation/dependencies/dependency_check.h"

using namespace ratchet;        // NOLINT: a test of this namespace
using namespace ratchet::test;  // NOLINT

namespace {

using Kind = DependencyKind;
using Texts = std::vector<std::string>;

DependencyReport check(Kind kind, const Texts& texts, const LookUpPlace& place = {}) {
  Requirements requirements;
  for (const std::string& text : texts)
    requirements.push_back(Requirement::parse(kind, text));
  KeptAnswers kept;
  const Limits limits;
  const DependencySeams seams{
      system_files(), system_launcher(), system_clock(), system_random(), limits, 2, kept};
  return check_dependencies(requirements, place, seams, CancelSource{}.token());
}

/// Whether the program is here; said loudly where it is not.
bool is_here(const char* program) {
  if (system_launcher().find_program(program)) return true;
  say_skipped((std::string("what ") + program + " says of its version").c_str(), "not installed");
  return false;
}

bool python_is_here() {
  return is_here("python3") && check(Kind::executable, {"python3>=3.8"}).valid == true;
}

void put_distribution(const ScratchFolder& scratch, const std::string& name,
                      const std::string& version, const std::string& module) {
  const std::string folder = "v/lib/python3/site-packages/" + name + "-" + version + ".dist-info/";
  scratch.put(folder + "METADATA",
              "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n");
  scratch.put(folder + "top_level.txt", module + "\n");
}

/// A project with a virtual environment that has two packages.
LookUpPlace project_with_packages(const ScratchFolder& scratch) {
  scratch.put("v/pyvenv.cfg", "include-system-site-packages = false\n");
  put_distribution(scratch, "Ratchet_Sample.Package", "1.4.0", "ratchet_module");
  const std::string other = "v/lib/python3/site-packages/recorded-2.0rc1.dist-info/";
  scratch.put(other + "METADATA", "Metadata-Version: 2.1\nName: recorded\nVersion: 2.0rc1\n");
  scratch.put(other + "RECORD", "ratchet_space/inner/__init__.py,,\nratchet_single.py,,\n");
  std::filesystem::rename(scratch.path() / "v", scratch.path() / ".venv");
  LookUpPlace place;
  place.project_root = scratch.path();
  return place;
}

}  // namespace

TEST_CASE("real programs tell versions that can be read") {
  for (const char* program : {"git", "python3", "node",  "npm",   "cmake",  "java",    "javac",
                              "go",  "gcc",     "cargo", "rustc", "dotnet", "pwsh",    "bash",
                              "tar", "perl",    "curl",  "make",  "ninja",  "openssl", "ssh"}) {
    if (!is_here(program)) continue;
    CAPTURE(std::string(program));
    const DependencyReport report = check(Kind::executable, {std::string(program) + ">=0.0.1"});
    REQUIRE(report.found.size() == 1);
    if (report.found[0].compatible) {
      CHECK(report.valid == true);
    } else {  // a shim of a version manager without a version behind it
      say_skipped(program, report.warnings.front().message.c_str());
    }
  }
}

TEST_CASE("a real interpreter finds packages by their names and by their modules") {
  if (!python_is_here()) return;
  const ScratchFolder scratch;
  const LookUpPlace place = project_with_packages(scratch);
  const DependencyReport report =
      check(Kind::python,
            {"ratchet-sample-package>=1.4", "ratchet_module", "ratchet_module>=2", "recorded<2",
             "ratchet_space", "ratchet_space.inner", "ratchet_single", "ratchet_none"},
            place);
  CHECK(report.missing == Texts{"python:ratchet_none"});
  REQUIRE(report.found.size() == 7);
  CHECK(report.found[0].version == "1.4.0");
  CHECK(report.found[0].compatible == true);
  CHECK(report.found[1].version == "1.4.0");
  CHECK(report.found[2].compatible == false);
  // PEP 440: a release candidate is none of those before its release.
  CHECK(report.found[3].compatible == false);
  CHECK(report.found[5].version == "2.0rc1");
}

TEST_CASE("a real interpreter knows its own modules") {
  if (!python_is_here()) return;
  if (check(Kind::executable, {"python3>=3.10"}).valid != true) {
    say_skipped("python's own modules", "python3 is older than 3.10");
    return;
  }
  const DependencyReport report = check(Kind::python, {"json", "ratchet_no_such_module"});
  CHECK(report.missing == Texts{"python:ratchet_no_such_module"});
  CHECK(report.found.size() == 1);
}

TEST_CASE("quotes and semicolons in a project's path run nothing") {
  if (!python_is_here()) return;
  const ScratchFolder scratch;
  const std::filesystem::path marker = scratch.path() / "ran";
  const std::string name = "a'); open('ran','w') #; touch ran; \"$(touch ran)\"";
  scratch.put(name + "/node_modules/left-pad/package.json", R"({"version":"1.3.0"})");
  scratch.put(name + "/.venv/pyvenv.cfg", "");
  std::filesystem::create_directories(scratch.path() / name / ".venv/lib/python3'; touch ran");
  LookUpPlace place;
  place.project_root = scratch.path() / name;
  CHECK(check(Kind::npm, {"left-pad@1.3.0"}, place).valid == true);
  CHECK(check(Kind::python, {"ratchet_none"}, place).valid == false);
  CHECK_FALSE(std::filesystem::exists(marker));
  CHECK_FALSE(std::filesystem::exists(scratch.path() / name / "ran"));
}

TEST_CASE("modules beside the project are not imported by the look-up") {
  if (!python_is_here()) return;
  const ScratchFolder scratch;
  const LookUpPlace place = project_with_packages(scratch);
  const std::string raise = "raise SystemExit('imported')\n";
  scratch.put("json.py", raise);
  scratch.put(".venv/lib/python3/site-packages/json.py", raise);
  scratch.put(".venv/lib/python3/site-packages/ratchet_module.py", raise);
  CHECK(check(Kind::python, {"ratchet_module"}, place).valid == true);
}

TEST_CASE("real npm says where its global packages are") {
  if (!is_here("npm")) return;
  const DependencyReport report = check(Kind::npm_global, {"ratchet-no-such-package"});
  CHECK(report.missing == Texts{"npm_global:ratchet-no-such-package"});
}

TEST_CASE("real dotnet lists its runtimes") {
  if (!is_here("dotnet")) return;
  CHECK(check(Kind::dotnet, {"runtime>=1"}).valid == true);
  CHECK(check(Kind::dotnet, {"runtime>=999"}).valid == false);
}

TEST_CASE("real cargo lists what it has installed") {
  if (!is_here("cargo")) return;
  if (check(Kind::executable, {"cargo>=1"}).valid != true) {
    say_skipped("crates that cargo installed", "cargo does not run here");
    return;
  }
  CHECK(check(Kind::cargo, {"ratchet-no-such-crate"}).valid == false);
}

TEST_CASE("real go says where its modules are") {
  if (!is_here("go")) return;
  const ScratchFolder scratch;
  scratch.put("go.mod", "module x\nrequire example.com/ratchet-none v1.0.0\n");
  LookUpPlace place;
  place.project_root = scratch.path();
  CHECK(check(Kind::go, {"example.com/ratchet-none"}, place).valid == false);
}
