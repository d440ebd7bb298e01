// The one table of categories and error codes.
//
// A code is stable, lower-case and dotted; its category decides the exit code. Naming a code that
// is not in the table does not compile (see Code). Both tables are printed by the operation
// `describe`. Header-only, so that the command line reads the same table without linking the
// engine.
#pragma once

#include <array>
#include <string_view>

namespace ratchet {

/// What kind of thing went wrong; decides the process exit code.
enum class Category {
  invalid_argument,
  invalid_input,
  not_found,
  conflict,
  check_failed,
  io,
  cancelled,
  timeout,
  unsupported,
  internal,
};

struct CategoryRow {
  Category category;
  std::string_view name;
  int exit_code;
  std::string_view sentence;
};

inline constexpr int kExitDone = 0;
/// A verdict "invalid" (a check that ran and said no) ends like check_failed.
inline constexpr int kExitVerdictInvalid = 1;

inline constexpr std::array<CategoryRow, 10> kCategories{{
    {Category::invalid_argument, "invalid_argument", 2, "The request itself is wrong."},
    {Category::invalid_input, "invalid_input", 2,
     "A file or value that the request names is wrong."},
    {Category::not_found, "not_found", 2, "Something named does not exist."},
    {Category::conflict, "conflict", 1, "The tree is not as the change needs it to be."},
    {Category::check_failed, "check_failed", 1, "A check of the result said no; all was undone."},
    {Category::io, "io", 3, "The system refused to read, write or start something."},
    {Category::cancelled, "cancelled", 130, "The caller cancelled; all was undone."},
    {Category::timeout, "timeout", 4, "A time limit passed; all was undone."},
    {Category::unsupported, "unsupported", 2, "Known, but not to be had here or not yet."},
    {Category::internal, "internal", 3, "A fault of Ratchet's own; please report it."},
}};

struct CodeRow {
  std::string_view code;
  Category category;
  std::string_view sentence;
};

/// Every code that an Error or a Finding can carry, in alphabetical order (a test checks it).
inline constexpr auto kCodes = std::to_array<CodeRow>({
    {"abi.already_released", Category::invalid_argument, "The handle was released before."},
    {"abi.invalid_handle", Category::invalid_argument, "No object has this handle."},
    {"abi.null_pointer", Category::invalid_argument, "A pointer that must not be null is null."},
    {"action.failed", Category::check_failed,
     "An action ended with a code other than 0, or said no."},
    {"action.leaked", Category::check_failed,
     "A program exited, but a process that it started held its output open."},
    {"action.signalled", Category::check_failed,
     "A program was ended by a signal of somebody else's."},
    {"action.status_unknown", Category::check_failed,
     "A program exited, but somebody else collected its exit code."},
    {"action.timed_out", Category::timeout, "An action ran past its limit and was ended."},
    {"batch.case_clash", Category::conflict, "Two paths differ in upper and lower case alone."},
    {"batch.duplicate_path", Category::invalid_input, "Two entries name the same path."},
    {"batch.no_base", Category::invalid_input,
     "A path is relative, and no folder is known that it could be taken from."},
    {"batch.syntax", Category::check_failed, "A rendered file is not valid in its language."},
    {"check.unavailable", Category::unsupported, "No judge for this check is installed."},
    {"config.invalid", Category::invalid_input, "ratchet.yaml breaks its schema."},
    {"csv.invalid", Category::invalid_input, "A table is not well-formed CSV."},
    {"dependency.incompatible", Category::check_failed,
     "The version of a dependency is not one of those asked for."},
    {"dependency.invalid", Category::invalid_argument,
     "A dependency is not written as its kind has it."},
    {"dependency.missing", Category::check_failed, "A dependency is not installed."},
    {"dependency.unknown_version", Category::unsupported,
     "The version of a dependency could not be told."},
    {"document.unsupported", Category::unsupported, "No schema describes files of this language."},
    {"engine.closed", Category::invalid_argument, "The engine is closed or closing."},
    {"engine.too_many_jobs", Category::conflict, "As many jobs run as the engine allows."},
    {"findings.truncated", Category::invalid_input,
     "More findings than the limit; the rest is counted."},
    {"instance.invalid", Category::invalid_input, "The instance breaks its pattern's schema."},
    {"instance.unknown_pattern", Category::not_found, "The instance names no known pattern."},
    {"internal.error", Category::internal, "An unexpected fault inside the engine."},
    {"io.cross_device", Category::io, "The two places lie on different file systems."},
    {"io.error", Category::io, "The system refused a read, a write or a rename."},
    {"io.in_use", Category::conflict, "Another program has the file open."},
    {"io.no_space", Category::io, "The disk is full."},
    {"io.not_a_file", Category::invalid_input, "A regular file is needed here."},
    {"io.not_a_folder", Category::invalid_input, "A folder is needed here."},
    {"io.not_empty", Category::conflict, "The folder is not empty."},
    {"io.not_found", Category::not_found, "The file or folder does not exist."},
    {"io.permission_denied", Category::io, "The system denies access."},
    {"io.read_only", Category::io, "The file system is read-only."},
    {"io.too_many_open", Category::io, "The process has no file descriptor left."},
    {"io.unsupported", Category::unsupported, "The file system cannot do this."},
    {"job.cancelled", Category::cancelled, "The job was cancelled."},
    {"job.not_finished", Category::conflict, "The job still runs; its result is not there yet."},
    {"job.timeout", Category::timeout,
     "The job ran longer than its caller allowed; it was undone."},
    {"jobs.invalid", Category::invalid_input, "The list of jobs cannot be used as it stands."},
    {"jobs.needs_shell", Category::invalid_input,
     "A line has what only a shell understands, and no shell was asked for."},
    {"json.duplicate_key", Category::invalid_input, "An object names the same key twice."},
    {"json.invalid", Category::invalid_input, "The text is not JSON."},
    {"json.too_deep", Category::invalid_input, "Objects and arrays nest deeper than the limit."},
    {"limit.input_size", Category::invalid_input, "The input is larger than the limit."},
    {"limit.items", Category::invalid_argument, "The request names more things than the limit."},
    {"limit.output_size", Category::io, "An output is larger than the limit."},
    {"limit.tree_size", Category::invalid_input, "The project holds more names than the limit."},
    {"module.abi_mismatch", Category::unsupported, "Module and library are of different packages."},
    {"module.library_missing", Category::not_found, "The native library is not beside the module."},
    {"module.library_unusable", Category::unsupported, "The native library does not load here."},
    {"operation.unknown", Category::not_found, "No operation has this name."},
    {"parallel.circular_needs", Category::invalid_argument, "Actions wait for each other."},
    {"parallel.duplicate_name", Category::invalid_argument, "Two actions have the same name."},
    {"parallel.invalid_action", Category::invalid_argument,
     "The action says no, or more than one, thing to do."},
    {"parallel.not_awaited", Category::conflict, "Nobody waits for this answer."},
    {"parallel.unknown_need", Category::invalid_argument, "A need that is no action of the run."},
    {"parallel.unknown_pool", Category::invalid_argument, "A pool without a size."},
    {"path.absolute", Category::invalid_input, "A path relative to the project root is needed."},
    {"path.invalid", Category::invalid_input, "The path cannot name a file."},
    {"path.outside_root", Category::invalid_input, "The path leaves the project root."},
    {"path.protected", Category::invalid_input, "The path leads into .git or .ratchet."},
    {"pattern.unknown", Category::not_found, "No pattern has this name."},
    {"pattern.unsupported", Category::unsupported,
     "The pattern or an option of it is not implemented."},
    {"plan.changed", Category::conflict, "The plan is not the one that was approved."},
    {"process.exhausted", Category::io,
     "The system has no descriptor, process or memory left to start a program with."},
    {"process.invalid_command", Category::invalid_argument,
     "The command cannot be started as given."},
    {"process.not_found", Category::not_found, "The program is not on the search path."},
    {"process.spawn_failed", Category::io, "The system refused to start the program."},
    {"process.timeout", Category::timeout, "The program ran longer than its limit."},
    {"project.missing_root", Category::invalid_argument, "No project_root is given."},
    {"project.relative_root", Category::invalid_argument,
     "The project root must be an absolute path."},
    {"regex.invalid", Category::invalid_input, "The regular expression is not well-formed."},
    {"request.constraint", Category::invalid_argument, "A value is outside what its field allows."},
    {"request.invalid_json", Category::invalid_argument, "The request is not JSON."},
    {"request.missing_key", Category::invalid_argument, "A required key is missing."},
    {"request.unknown_key", Category::invalid_argument, "The request has a key that nobody knows."},
    {"request.wrong_type", Category::invalid_argument, "A value has the wrong type."},
    {"run.damaged", Category::invalid_input, "What is kept of a run cannot be read."},
    {"run.undone", Category::conflict, "The run was taken back already."},
    {"run.unknown", Category::not_found, "No run has this id, or it cannot be undone."},
    {"schema.additional_properties", Category::invalid_input,
     "A key that the schema does not know."},
    {"schema.any_of", Category::invalid_input, "No branch of anyOf fits."},
    {"schema.const", Category::invalid_input, "The value is not the one allowed."},
    {"schema.contains", Category::invalid_input,
     "Too few or too many items of the kind asked for."},
    {"schema.dependent_required", Category::invalid_input, "A key needs another key beside it."},
    {"schema.enum", Category::invalid_input, "The value is none of those allowed."},
    {"schema.false", Category::invalid_input, "Nothing is allowed here."},
    {"schema.format", Category::invalid_input, "The text is not of the format asked for."},
    {"schema.impossible", Category::invalid_input, "The schema asks for what cannot be."},
    {"schema.invalid", Category::invalid_input, "The schema itself is wrong."},
    {"schema.keyword", Category::invalid_input, "The schema's draft knows no such keyword."},
    {"schema.length", Category::invalid_input, "Too short, too long, too few or too many."},
    {"schema.multiple_of", Category::invalid_input, "The number is no multiple of the one given."},
    {"schema.no_effect", Category::invalid_input, "A keyword says nothing where it stands."},
    {"schema.not", Category::invalid_input, "The value is what it must not be."},
    {"schema.one_of", Category::invalid_input, "None or several branches of oneOf fit."},
    {"schema.pattern", Category::invalid_input, "The text does not match its pattern."},
    {"schema.property_names", Category::invalid_input, "A key has a name that is not allowed."},
    {"schema.range", Category::invalid_input, "The number is outside its range."},
    {"schema.required", Category::invalid_input, "A required key is missing."},
    {"schema.type", Category::invalid_input, "The value has the wrong type."},
    {"schema.undecided", Category::invalid_input, "A pattern exceeded its limits; not decided."},
    {"schema.unique_items", Category::invalid_input, "Two items of a list are equal."},
    {"structure.missing", Category::check_failed, "A required file or folder is not there."},
    {"structure.unreadable", Category::io,
     "A folder cannot be read; what is in it was not checked."},
    {"structure.wrong_kind", Category::check_failed,
     "A file stands where a folder is required, or the reverse."},
    {"syntax.error", Category::check_failed, "The file is not valid in its language."},
    {"syntax.unknown_language", Category::not_found, "No language has this name."},
    {"template.arguments", Category::invalid_input, "A filter got arguments that it cannot use."},
    {"template.case_clash", Category::conflict,
     "Two rendered paths differ in upper and lower case alone."},
    {"template.cycle", Category::invalid_input,
     "A partial includes itself, or defaults need each other."},
    {"template.duplicate_path", Category::invalid_input, "Two files are rendered to one path."},
    {"template.invalid", Category::invalid_input, "The template is not well-formed."},
    {"template.limit", Category::invalid_input, "The template exceeds a bound on depth or output."},
    {"template.missing_partial", Category::invalid_input, "A partial does not exist."},
    {"template.missing_variable", Category::invalid_input,
     "The template needs a variable that is not given."},
    {"template.no_sample", Category::invalid_input, "No value was found to try a template with."},
    {"template.unknown", Category::not_found, "No template has this name."},
    {"template.unknown_filter", Category::invalid_input, "No filter has this name."},
    {"template.unreached", Category::invalid_input,
     "No values that the schema allows open a section."},
    {"template.unused_variable", Category::invalid_input,
     "A variable is given or declared that the template never uses."},
    {"template.wrong_type", Category::invalid_input, "A variable has the wrong type."},
    {"text.invalid_utf8", Category::invalid_input, "The text is not UTF-8."},
    {"text.not_latin1", Category::invalid_input,
     "A file is to be written in Latin-1 and has a character that is none."},
    {"toml.invalid", Category::invalid_input, "The text is not TOML."},
    {"toml.unsupported", Category::unsupported, "A TOML value that JSON does not have."},
    {"transaction.busy", Category::conflict, "Another process works with this transaction."},
    {"transaction.case_clash", Category::conflict, "Two paths are one name on this file system."},
    {"transaction.conflict", Category::conflict, "A file is not as the change needs it to be."},
    {"transaction.exists", Category::conflict, "A file to be created exists."},
    {"transaction.foreign_state", Category::conflict,
     "The project's .ratchet belongs to another user."},
    {"transaction.interrupted", Category::conflict,
     "An interrupted transaction waits for a decision."},
    {"transaction.journal", Category::invalid_input, "A journal that cannot be followed."},
    {"transaction.locked", Category::conflict, "Another transaction holds this root."},
    {"transaction.nested", Category::conflict, "A run inside a run on the same project."},
    {"transaction.state", Category::invalid_argument,
     "The transaction is not in a state that allows this."},
    {"transaction.undo_incomplete", Category::conflict,
     "Undo met changes of somebody else and kept them."},
    {"transaction.unknown", Category::not_found, "No transaction has this id."},
    {"transaction.unknown_state", Category::io, "The disk failed; what is durable cannot be told."},
    {"transaction.verify", Category::check_failed, "A written file is not what was staged."},
    {"yaml.duplicate_key", Category::invalid_input, "A mapping names the same key twice."},
    {"yaml.invalid", Category::invalid_input, "The text is not YAML."},
    {"yaml.unsupported", Category::unsupported, "A YAML feature that is not read here."},
});

/// A code of the table; built from a literal at compile time, so that a misspelt one does not
/// compile.
class Code {
 public:
  consteval Code(const char* name) : row_(&find(name)) {}  // NOLINT: implicit on purpose

  [[nodiscard]] constexpr std::string_view name() const { return row_->code; }
  [[nodiscard]] constexpr Category category() const { return row_->category; }

 private:
  static consteval const CodeRow& find(std::string_view name) {
    for (const CodeRow& row : kCodes) {
      if (row.code == name) return row;
    }
    throw "this code is not in kCodes";
  }

  const CodeRow* row_;
};

[[nodiscard]] constexpr const CategoryRow& row_of(Category category) {
  return kCategories[static_cast<std::size_t>(category)];
}

/// The exit code for a category's name as it stands in results; 3 (internal) for an unknown name.
[[nodiscard]] constexpr int exit_code_of(std::string_view category_name) {
  for (const CategoryRow& row : kCategories) {
    if (row.name == category_name) return row.exit_code;
  }
  return row_of(Category::internal).exit_code;
}

}  // namespace ratchet
