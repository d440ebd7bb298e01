#include "commands.h"

#include <array>

#include "validate.h"

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

constexpr OptionRow kTemplate{"TEMPLATE", "template", OptionKind::text, true};
constexpr OptionRow kLanguage{"--language,-l", "language", OptionKind::text};
constexpr OptionRow kTemplateRoot{
    "--project-root,-C", "project_root", OptionKind::root, false,
    "The project whose ratchet/templates go first; the current folder when absent."};
constexpr OptionRow kSet{"--set,-s",
                         "set",
                         OptionKind::texts,
                         false,
                         "A variable, read as the type that the template declares; give it again "
                         "for another, or for another item of a list.",
                         "KEY=VALUE"};
constexpr OptionRow kSetJson{
    "--set-json", "set_json", OptionKind::texts, false, "A variable with a value in JSON.",
    "KEY=JSON"};
constexpr OptionRow kVariables{"--variables", "variables_path", OptionKind::path, false,
                               "A JSON or YAML file with variables, or a .csv table of which each "
                               "row is rendered."};
constexpr OptionRow kDryRun{"--dry-run,-n", "dry_run", OptionKind::flag};
constexpr OptionRow kExpectPlan{"--expect-plan", "expect_plan", OptionKind::text};
constexpr OptionRow kDurability{"--durability", "durability", OptionKind::text};
constexpr OptionRow kKeepBackups{"--keep-backups", "keep_backups", OptionKind::flag};

constexpr auto kRender = std::to_array<OptionRow>({
    kTemplate,
    kLanguage,
    kTemplateRoot,
    kSet,
    kSetJson,
    kVariables,
    {"--no-input", kNoInput, OptionKind::own_flag, false, "Ask for nothing, even on a terminal."},
    {"--output,-o", "output_root", OptionKind::path, false,
     "Write into this folder, whole or not at all, instead of printing."},
    {"--overwrite", "overwrite", OptionKind::flag},
    kDryRun,
    kExpectPlan,
    kKeepBackups,
    kDurability,
});

constexpr auto kTemplateList = std::to_array<OptionRow>({kTemplateRoot});

constexpr auto kTemplateShow = std::to_array<OptionRow>({kTemplate, kLanguage, kTemplateRoot});

constexpr auto kTemplateCheck = std::to_array<OptionRow>({
    kTemplate,
    kLanguage,
    kTemplateRoot,
    kSet,
    kSetJson,
    kVariables,
});

constexpr auto kTemplateNew = std::to_array<OptionRow>({
    {"NAME", "template", OptionKind::text, true},
    kTemplateRoot,
    {"--description", "description", OptionKind::text},
    kLanguage,
    kDryRun,
    kExpectPlan,
    kKeepBackups,
    kDurability,
});

constexpr auto kDescribe = std::to_array<OptionRow>({
    {"OPERATION", "operation", OptionKind::text},
});

constexpr OptionRow kRoot{"--project-root,-C", "project_root", OptionKind::root, false,
                          "Any folder of the project; the current one when absent."};

constexpr auto kTxApply = std::to_array<OptionRow>({
    {"CHANGES", "operations", OptionKind::changes, true,
     "A JSON file with a list of operations, or - for standard input."},
    kRoot,
    kDryRun,
    kExpectPlan,
    kDurability,
    kKeepBackups,
});

constexpr auto kTxList = std::to_array<OptionRow>({kRoot});

constexpr auto kTxShow = std::to_array<OptionRow>({
    {"ID", "id", OptionKind::text, true},
    kRoot,
});

constexpr auto kTxRecover = std::to_array<OptionRow>({
    {"ID", "id", OptionKind::text},
    kRoot,
    {"--back", "direction", OptionKind::fixed, false,
     "Take it back; what somebody else changed is moved to .ratchet/kept/.", "back"},
    {"--forward", "direction", OptionKind::fixed, false, "Make all of it visible and keep it.",
     "forward"},
    {"--forget", "direction", OptionKind::fixed, false,
     "Leave the tree as it is; the transaction is moved to .ratchet/kept/.", "forget"},
});

constexpr auto kUndo = std::to_array<OptionRow>({
    {"RUN", "run_id", OptionKind::text, true},
    kRoot,
    kDryRun,
    kExpectPlan,
    kDurability,
});

constexpr auto kCommands = std::to_array<CommandRow>({
    {"run", "pattern.run", "Runs an instance of a pattern, whole or not at all.", View::run, kRun},
    {kValidateName, "validate.document",
     "Judges files by a JSON Schema, or an instance by its pattern.", View::instance_verdict,
     kValidateOptions},
    {"render", "template.render", "Renders a template, and prints or writes what came out.",
     View::rendered, kRender},
    {"template list", "template.list", "Lists the templates that can be used.", View::templates,
     kTemplateList},
    {"template show", "template.load", "Shows the variables and files of a template.",
     View::loaded_template, kTemplateShow},
    {"template check", "template.check",
     "Checks a template by itself, or variables against a template.", View::instance_verdict,
     kTemplateCheck},
    {"template new", "template.new", "Begins a template in ratchet/templates.", View::output,
     kTemplateNew},
    {"pattern list", "pattern.list", "Lists the patterns that can be run.", View::patterns, {}},
    {"tx apply", "transaction.apply", "Changes many files in one step, whole or not at all.",
     View::commit, kTxApply},
    {"tx list", "transaction.list", "Lists transactions that have not ended.", View::transactions,
     kTxList},
    {"tx show", "transaction.show", "Shows an open transaction with its diff.", View::transaction,
     kTxShow},
    {"tx recover", "transaction.recover", "Ends what an interrupted process has left behind.",
     View::recovered, kTxRecover},
    {"runs", "run.list", "Lists the runs that can still be undone.", View::runs, kTxList},
    {"undo", "run.undo", "Takes a run back, while every file is as it left it.", View::commit,
     kUndo},
    {"describe", "describe", "Prints operations with their schemas, and all codes.",
     View::description, kDescribe},
    {"doctor", "doctor", "Looks for the programs that checks need.", View::health, {}},
});

}  // namespace

std::span<const CommandRow> commands() {
  return kCommands;
}

}  // namespace ratchet::cli
