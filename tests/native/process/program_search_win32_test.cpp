#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/error.h"
#include "fs/scratch_folder.h"
#include "process/child_probe.h"
#include "process/program_search.h"

using namespace ratchet;  // NOLINT: a test of this namespace

namespace {

constexpr std::string_view kExtensions = ".COM;.EXE;.BAT;.CMD";

std::string found(const test::ScratchFolder& scratch, std::string_view name,
                  std::string_view extensions = kExtensions) {
  const std::string folder = scratch.path().string();
  const auto program = find_on_path(name, {folder, extensions});
  return program ? program->filename().string() : "nothing";
}

}  // namespace

TEST_CASE("a name without an extension is tried with those of PATHEXT, in their order") {
  const test::ScratchFolder scratch;
  scratch.put("tool.bat", "");
  scratch.put("tool.exe", "");
  scratch.put("tool", "");
  scratch.put("tool.py", "");
  CHECK(found(scratch, "tool") == "tool.EXE");
  CHECK(found(scratch, "tool", ".CMD;.BAT;.EXE") == "tool.BAT");
  CHECK(found(scratch, "tool", ".PY;.exe") == "tool.exe");
  CHECK(found(scratch, "tool", "") == "nothing");
  CHECK(found(scratch, "tool.bat") == "tool.bat");
  CHECK(found(scratch, "TOOL.Bat") == "TOOL.Bat");
  CHECK(found(scratch, "tool.py") == "nothing");
  CHECK(found(scratch, "other") == "nothing");
}

TEST_CASE("a dot in a name hides no extension") {
  const test::ScratchFolder scratch;
  scratch.put("tool.1.exe", "");
  CHECK(found(scratch, "tool.1") == "tool.1.EXE");
}

TEST_CASE("an entry of PATH may be quoted, and is passed over where it is not absolute") {
  const test::ScratchFolder scratch;
  scratch.put("a;b/tool.exe", "");
  const std::string folder = (scratch.path() / "a;b").string();
  CHECK(find_on_path("tool", {"\"" + folder + "\"", kExtensions}).has_value());
  CHECK(find_on_path("tool", {"C:\\nowhere;;.;\"" + folder + "\";C:\\other", kExtensions})
            .has_value());
  CHECK_FALSE(find_on_path("tool", {folder, kExtensions}).has_value());

  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(scratch.path() / "a;b");
  for (const char* path : {"", ";", ".", ".\\", ";.;..", "C:\\nowhere;.", "\\", "C:"}) {
    CAPTURE(path);
    CHECK_FALSE(find_on_path("tool", {path, kExtensions}).has_value());
  }
  std::filesystem::current_path(before);
}

TEST_CASE("a path is no name") {
  const test::ScratchFolder scratch;
  scratch.put("tool.exe", "");
  for (const char* name : {"./tool", ".\\tool", "C:tool", ""}) {
    CAPTURE(name);
    CHECK(found(scratch, name) == "nothing");
  }
}

TEST_CASE("a path may leave out its extension, and is taken from the working directory") {
  const test::ScratchFolder scratch;
  scratch.put("bin/tool.bat", "@echo here\r\n");
  Command command;
  command.working_directory = scratch.path();
  for (const char* program : {"bin\\tool", "bin/tool", ".\\bin\\tool.bat"}) {
    CAPTURE(program);
    command.arguments = {program};
    CHECK(first_line(run(command).out.bytes).starts_with("here"));
  }
}

TEST_CASE("a program that cannot be one is refused") {
  const test::ScratchFolder scratch;
  scratch.put("notes.txt", "no program");
  scratch.put("folder.exe/file", "");
  Command command;
  command.working_directory = scratch.path();
  const std::vector<std::pair<std::string, std::string>> rows{
      {"./notes.txt", "process.invalid_command"},
      {"./folder.exe", "process.invalid_command"},
      {"C:tool.exe", "process.invalid_command"},
      {"./nothing.exe", "process.not_found"},
      {"nothing-of-this-name", "process.not_found"}};
  for (const auto& [program, code] : rows) {
    CAPTURE(program);
    command.arguments = {program};
    CHECK(error_code(command) == code);
  }
}

TEST_CASE("find_program gives an absolute path or nothing") {
  const auto cmd = system_launcher().find_program("cmd");
  REQUIRE(cmd.has_value());
  CHECK(std::filesystem::path(*cmd).is_absolute());
  CHECK(system_launcher().find_program(*cmd) == cmd);
  CHECK_FALSE(system_launcher().find_program("nothing-of-this-name").has_value());
  CHECK_FALSE(system_launcher().find_program("C:\\windows\\system32\\drivers").has_value());
  CHECK_FALSE(system_launcher().find_program("").has_value());
  CHECK_FALSE(system_launcher().find_program("\xff").has_value());
}
