#include <algorithm>
#include <array>

#include "core/embedded.h"
#include "core/text.h"
#include "validation/syntax/compiler.h"
#include "validation/syntax/framed_answers.h"
#include "validation/syntax/gnu_messages.h"
#include "validation/syntax/message_lines.h"
#include "validation/system_programs.h"

namespace ratchet {
namespace {

using Removed = std::initializer_list<const char*>;

/// A command without the variables through which a host's settings would change what it does.
/// Programs may be shell scripts that start the real ones, and shells read what these two name.
Command command_without(const Removed& variables, std::vector<std::string> arguments) {
  Command command;
  command.arguments = std::move(arguments);
  command.environment = {{"BASH_ENV", std::nullopt}, {"ENV", std::nullopt}};
  for (const char* name : variables)
    command.environment.emplace_back(name, std::nullopt);
  return command;
}

/// Isolated, no site packages, no bytecode files, no warnings.
Command python(const CompilerCall& call) {
  return command_without({}, {std::string(python_program()), "-I", "-S", "-B", "-W", "ignore", "-c",
                              std::string(call.script)});
}

/// The vm module compiles without running; of modules it does so behind a flag, and their faults'
/// places are to be had from node's internals alone. NODE_OPTIONS may name files to run first.
Command node(const CompilerCall& call) {
  return command_without(
      {"NODE_OPTIONS", "NODE_PATH", "NODE_REPL_EXTERNAL_MODULE"},
      {"node", "--no-warnings", "--expose-internals", "--experimental-vm-modules",
       "--input-type=commonjs", "-e", std::string(call.script)});
}

/// Says every fault; `-l` keeps it from printing the sources.
Command gofmt(const CompilerCall& call) {
  Command command = command_without({}, {"gofmt", "-e", "-l"});
  for (const std::string& file : call.files)
    command.arguments.push_back("./" + file);
  command.working_directory = call.folder;
  return command;
}

/// Reads commands and runs none (`-n`); BASH_ENV names a file that it would read first. Patterns
/// such as `+(a)` are words only under `extglob`, which a script turns on as it runs, or gets from
/// the one that sources it: therefore the second attempt.
Command bash(const CompilerCall& call) {
  Command command = command_without({"SHELLOPTS", "BASHOPTS", "POSIXLY_CORRECT"},
                                    {"bash", "--norc", "--noprofile"});
  if (call.attempt > 0) command.arguments.insert(command.arguments.end(), {"-O", "extglob"});
  command.arguments.insert(command.arguments.end(), {"-n", "./" + call.files.front()});
  command.environment.emplace_back("LC_ALL", "C");
  command.working_directory = call.folder;
  return command;
}

/// Java reads a program from one source file and compiles it in memory. The rest is for a fast
/// start, and for leaving no statistics in the temporary folder.
Command javac(const CompilerCall& call) {
  Command command = command_without(
      {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"},
      {"java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "Judge.java"});
  command.working_directory = call.folder;
  return command;
}

Command pwsh(const CompilerCall& call) {
  Command command =
      command_without({"PSModulePath", "DOTNET_STARTUP_HOOKS"},
                      {"pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-File", "./judge.ps1"});
  command.environment.emplace_back("POWERSHELL_TELEMETRY_OPTOUT", "1");
  command.environment.emplace_back("POWERSHELL_UPDATECHECK", "Off");
  command.working_directory = call.folder;
  return command;
}

/// What a child that compiles one text of C or C++ may have; templates and headers ask for any.
constexpr std::size_t kMostMebibytes = 2048;

/// Reads headers, because without their types and macros C has no syntax; runs nothing. A header
/// precompiled in the project (`x.h.gch`) would be mapped into the compiler if it came first:
/// therefore an empty one does. Relative ones are looked for where the text's own file lies.
Command gnu_compiler(const CompilerCall& call, const char* program, const char* language,
                     const char* standard) {
  Command command = command_without(
      {"GCC_EXEC_PREFIX", "COMPILER_PATH", "LIBRARY_PATH", "CXX_MODULE_MAPPER",
       "COLLECT_GCC_OPTIONS", "DEPENDENCIES_OUTPUT", "SUNPRO_DEPENDENCIES", "GCC_COMPARE_DEBUG"},
      with_memory_bound({program, "-fsyntax-only", "-Werror=implicit-function-declaration",
                         "-fmax-errors=" + std::to_string(kMostGnuErrors),
                         "-fno-diagnostics-show-caret", "-fno-diagnostics-show-option",
                         "-fdiagnostics-color=never", "-fdiagnostics-column-unit=byte", "-x",
                         language, "-std=" + std::string(standard), "-include", "./empty.h"},
                        kMostMebibytes));
  if (!call.beside.empty()) {
    command.arguments.insert(command.arguments.end(), {"-iquote", call.beside.string()});
  }
  command.arguments.push_back("./" + call.files.front());
  command.environment.emplace_back("LC_ALL", "C");
  command.environment.emplace_back("CCACHE_DISABLE", "1");
  command.working_directory = call.folder;
  return command;
}

/// Of two kinds of C, and of C++, each forbids something that the other one has.
Command gcc(const CompilerCall& call) {
  return gnu_compiler(call, "gcc", "c", call.attempt == 0 ? "gnu17" : "gnu2x");
}

Command gxx(const CompilerCall& call) {
  return gnu_compiler(call, "g++", "c++", call.attempt == 0 ? "gnu++2a" : "gnu++17");
}

template <std::vector<CompilerAnswer> (*Read)(const ProcessResult&, std::size_t)>
std::vector<CompilerAnswer> read_each(const ProcessResult& result,
                                      std::span<const CompilerText> texts) {
  return Read(result, texts.size());
}

/// A start costs about as much as compiling so many texts; a child is given at most so many.
constexpr std::size_t kFewFramed = 100;
constexpr std::size_t kManyFramed = 1000;

const auto kCompilers = std::to_array<Compiler>({
    {.judge = "python",
     .language = "python",
     .programs = python_program(),
     .install = "install Python 3",
     .script = "judge.py",
     .fewest = kFewFramed,
     .most = kManyFramed,
     .command = python,
     .read = read_each<read_framed_answers>},
    {.judge = "node",
     .language = "javascript",
     .programs = "node",
     .install = "install node",
     .form = TextForm::utf8,
     .columns = ColumnUnit::utf16,
     .script = "judge.cjs",
     .fewest = kFewFramed,
     .most = kManyFramed,
     .command = node,
     .read = read_each<read_framed_answers>},
    {.judge = "gofmt",
     .language = "go",
     .programs = "gofmt",
     .install = "install Go, which has gofmt",
     .feed = Feed::files,
     .columns = ColumnUnit::bytes,
     .needs_folder = true,
     .extension = ".go",
     .fewest = 20,
     .most = 200,
     .command = gofmt,
     .read = read_each<read_gofmt>},
    {.judge = "bash",
     .language = "bash",
     .programs = "bash",
     .install = "install bash",
     .feed = Feed::files,
     .columns = ColumnUnit::bytes,
     .needs_folder = true,
     .extension = ".sh",
     .attempts = 2,
     .command = bash,
     .read = read_each<read_bash>},
    {.judge = "gcc",
     .language = "c",
     .programs = "gcc",
     .install = "install gcc (11 or later)",
     .feed = Feed::files,
     .form = TextForm::utf8,
     .columns = ColumnUnit::bytes,
     .script = "empty.h",
     .needs_folder = true,
     .extension = ".c",
     .attempts = 2,
     .command = gcc,
     .read = read_gnu_compiler},
    {.judge = "g++",
     .language = "cpp",
     .programs = "g++",
     .install = "install g++ (11 or later)",
     .feed = Feed::files,
     .form = TextForm::utf8,
     .columns = ColumnUnit::bytes,
     .script = "empty.h",
     .needs_folder = true,
     .extension = ".cpp",
     .attempts = 2,
     .command = gxx,
     .read = read_gnu_compiler},
    {.judge = "javac",
     .language = "java",
     .programs = "java javac",
     .install = "install a JDK (java and javac)",
     .form = TextForm::utf8,
     .script = "Judge.java",
     .needs_folder = true,
     .fewest = kManyFramed,
     .most = kManyFramed,
     .command = javac,
     .read = read_each<read_framed_answers>},
    {.judge = "pwsh",
     .language = "powershell",
     .programs = "pwsh",
     .install = "install PowerShell 7",
     .form = TextForm::utf8,
     .columns = ColumnUnit::utf16,
     .script = "judge.ps1",
     .needs_folder = true,
     .fewest = kManyFramed,
     .most = kManyFramed,
     .command = pwsh,
     .read = read_each<read_framed_answers>},
    {.judge = "roslyn",
     .language = "csharp",
     .programs = "pwsh",
     .install = "install PowerShell 7, whose C# compiler judges",
     .form = TextForm::utf8,
     .columns = ColumnUnit::utf16,
     .script = "judge.ps1",
     .needs_folder = true,
     .fewest = kManyFramed,
     .most = kManyFramed,
     .command = pwsh,
     .read = read_each<read_framed_answers>},
});

}  // namespace

std::span<const Compiler> compilers() {
  return kCompilers;
}

const Compiler* find_compiler(const Language& language) {
  const auto* const found =
      std::find_if(kCompilers.begin(), kCompilers.end(),
                   [&](const Compiler& row) { return row.language == language.name; });
  return found == kCompilers.end() ? nullptr : found;
}

std::vector<std::string_view> programs_of(const Compiler& compiler) {
  std::vector<std::string_view> programs;
  for (std::string_view rest = compiler.programs; !rest.empty();) {
    programs.push_back(rest.substr(0, rest.find(' ')));
    rest.remove_prefix(std::min(programs.back().size() + 1, rest.size()));
  }
  return programs;
}

std::string_view script_of(const Compiler& compiler) {
  const auto files = embedded_judges();
  const auto found = std::find_if(files.begin(), files.end(), [&](const EmbeddedFile& file) {
    return file.name == compiler.script;
  });
  return found == files.end() ? std::string_view() : found->bytes;
}

}  // namespace ratchet
