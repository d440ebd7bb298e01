#include "commands.h"

#include <array>

namespace ratchet::cli {
namespace {

constexpr std::string_view kInstanceHelp = "A JSON or YAML file, or - for standard input.";

constexpr auto kRun = std::to_array<OptionRow>({
    {"PATTERN", "pattern", OptionKind::text, true},
    {"INSTANCE", "instance_path", OptionKind::instance, true, kInstanceHelp},
    {"--project-root,-C", "project_root", OptionKind::path},
    {"--dry-run,-n", "dry_run", OptionKind::flag},
    {"--expect-plan", "expect_plan", OptionKind::text},
    {"--durability", "durability", OptionKind::text},
    {"--no-syntax", "validate_syntax", OptionKind::off_flag, false,
     "Do not have the languages' compilers judge the files."},
});

constexpr auto kValidate = std::to_array<OptionRow>({
    {"INSTANCE", "instance_path", OptionKind::instance, true, kInstanceHelp},
    {"--pattern", "pattern_id", OptionKind::text},
});

constexpr auto kRender = std::to_array<OptionRow>({
    {"TEMPLATE", "template", OptionKind::text, true},
    {"--language,-l", "language", OptionKind::text},
    {"--project-root,-C", "project_root", OptionKind::path},
    {"--set,-s", "variables", OptionKind::sets, false, "A variable; give it again for another."},
});

constexpr auto kTemplateList = std::to_array<OptionRow>({
    {"--project-root,-C", "project_root", OptionKind::path},
});

constexpr auto kDescribe = std::to_array<OptionRow>({
    {"OPERATION", "operation", OptionKind::text},
});

constexpr auto kCommands = std::to_array<CommandRow>({
    {"run", "pattern.run", "Runs an instance of a pattern, whole or not at all.", View::run, kRun},
    {"validate", "validate.instance", "Checks an instance against its pattern's schema.",
     View::instance_verdict, kValidate},
    {"render", "template.render", "Renders a template and prints what came out.", View::rendered,
     kRender},
    {"template list", "template.list", "Lists the templates that can be used.", View::templates,
     kTemplateList},
    {"pattern list", "pattern.list", "Lists the patterns that can be run.", View::patterns, {}},
    {"describe", "describe", "Prints operations with their schemas, and all codes.",
     View::description, kDescribe},
    {"doctor", "doctor", "Looks for the programs that checks need.", View::health, {}},
});

}  // namespace

std::span<const CommandRow> commands() {
  return kCommands;
}

}  // namespace ratchet::cli
