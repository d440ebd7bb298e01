#include <map>

#include "operations/operation_row.h"
#include "operations/rows.h"
#include "validation/syntax/compiler.h"

namespace ratchet {
namespace {

struct DoctorRequest {};

struct Tool {
  std::string name;
  std::string purpose;
  std::optional<std::string> path;
};

struct Health {
  std::string version;
  std::int64_t threads = 0;
  std::vector<Tool> tools;
};

/// Programs of the table of compilers with the languages that they judge.
std::map<std::string_view, std::string> judges() {
  std::map<std::string_view, std::string> languages;
  for (const Compiler& compiler : compilers()) {
    for (const std::string_view program : programs_of(compiler)) {
      std::string& list = languages[program];
      list.append(list.empty() ? "" : " and ").append(compiler.language);
    }
  }
  return languages;
}

constexpr std::string_view kWatchdogPurpose =
    "ends the programs that were started when this process is killed; without it they may run on "
    "as orphans";

Health look(const DoctorRequest& /*request*/, OperationContext& context) {
  Health health;
  health.version = RATCHET_VERSION;
  health.threads = static_cast<std::int64_t>(context.environment.threads);
  Launcher& launcher = context.environment.launcher;
  health.tools.push_back({"git", "works on repositories", launcher.find_program("git")});
  for (const auto& [program, languages] : judges()) {
    health.tools.push_back({std::string(program),
                            "judges the syntax of " + languages +
                                "; without it the grammar looks, which proves nothing valid",
                            launcher.find_program(program)});
  }
  if (!needs_watchdog()) return health;
  const auto& watchdog = context.environment.watchdog;
  health.tools.push_back({"ratchet watch-children", std::string(kWatchdogPurpose),
                          watchdog ? std::optional(watchdog->string()) : std::nullopt});
  return health;
}

}  // namespace

template <>
struct Record<DoctorRequest> {
  static constexpr std::string_view name = "DoctorRequest";
  static constexpr std::string_view sentence = "Nothing to say.";
  static constexpr auto fields = std::make_tuple();
};

template <>
struct Record<Tool> {
  static constexpr std::string_view name = "Tool";
  static constexpr std::string_view sentence = "A program that the engine calls when it is there.";
  static constexpr auto fields =
      std::make_tuple(field("name", &Tool::name, "The program."),
                      field("purpose", &Tool::purpose, "What it is called for."),
                      field("path", &Tool::path, "Where it was found; absent when it was not."));
};

template <>
struct Record<Health> {
  static constexpr std::string_view name = "Health";
  static constexpr std::string_view sentence = "What the engine finds on this machine.";
  static constexpr auto fields =
      std::make_tuple(field("version", &Health::version, "Of the library."),
                      field("threads", &Health::threads, "For parallel work."),
                      field("tools", &Health::tools,
                            "Programs: those looked for on PATH, and the package's own watchdog."));
};

Operation rows::doctor() {
  return operation<DoctorRequest, Health, look>(
      "doctor", "Looks for the programs that checks need.", "0.1.0");
}

}  // namespace ratchet
