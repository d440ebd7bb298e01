// validate.structure.
#include <algorithm>
#include <set>

#include "core/text.h"
#include "core/ulid.h"
#include "executors/change_plan.h"
#include "executors/commit.h"
#include "executors/run_request.h"
#include "fs/file_error.h"
#include "operations/operation_row.h"
#include "operations/project_root.h"
#include "operations/rows.h"
#include "validation/structure/structure_check.h"

namespace ratchet {
namespace {

struct TypedPath {
  std::string path;
  RequiredKind kind = RequiredKind::any;
};

struct StructureRequest {
  std::string project_root;
  std::vector<json::value> required_paths;
  bool create_missing = false;
  bool dry_run = false;
  std::optional<std::string> expect_plan;
  Durability durability = Durability::batch;
};

struct StructureResult {
  std::optional<bool> valid;
  std::vector<std::string> missing;
  std::vector<std::string> created;
  std::vector<Finding> errors;
  std::vector<Finding> warnings;
  bool dry_run = false;
  std::optional<std::string> plan_sha256;
  std::optional<std::vector<PlanEntry>> plan;
};

}  // namespace

template <>
struct Choice<RequiredKind> {
  static constexpr std::string_view name = "RequiredKind";
  static constexpr auto values = std::to_array<ChoiceValue<RequiredKind>>({
      {RequiredKind::any, "any", "A file or a folder."},
      {RequiredKind::file, "file", "A file."},
      {RequiredKind::folder, "folder", "A folder."},
  });
};

template <>
struct Record<TypedPath> {
  static constexpr std::string_view name = "TypedPath";
  [[maybe_unused]] static constexpr std::string_view sentence =
      "A required path that says what it is.";
  static constexpr auto fields = std::make_tuple(
      field("path", &TypedPath::path, "Relative to the project root.").required().not_empty(),
      field("kind", &TypedPath::kind, "What is to be there."));
};

namespace {

constexpr std::string_view kPathsKey = "required_paths";

std::vector<RequiredPath> read_paths(const StructureRequest& request, const Limits& limits) {
  if (request.required_paths.size() > static_cast<std::size_t>(limits.structure_paths)) {
    throw Error("limit.items", std::to_string(request.required_paths.size()) +
                                   " required paths are more than the limit of " +
                                   std::to_string(limits.structure_paths))
        .hint("raise the limit structure_paths");
  }
  const Place root;
  const Place list{&root, kPathsKey};
  std::vector<RequiredPath> paths;
  paths.reserve(request.required_paths.size());
  for (const json::value& item : request.required_paths) {
    const Place place{&list, {}, paths.size()};
    TypedPath typed;
    if (item.is_string()) {
      typed.path = fields::read_text(item, place, {});
    } else {
      typed = fields::read<TypedPath>(item, place, {});
    }
    paths.push_back(RequiredPath::parse(typed.path, typed.kind));
  }
  return paths;
}

/// Adds a folder, and those above it that are not there.
void add_with_parents(std::string_view path, Folder& root, std::set<std::string>& folders) {
  while (!path.empty()) {
    if (root.status(path) || !folders.emplace(path).second) return;
    path = split_path(path).parent;
  }
}

/// Missing paths that are folders, each once, in the order in which they can be made.
std::set<std::string> folders_to_make(const std::vector<RequiredPath>& paths,
                                      const std::vector<StructureVerdict>& verdicts, Folder& root) {
  std::set<std::string> all;
  for (const RequiredPath& path : paths)
    all.insert(path.path());
  const auto has_paths_beneath = [&](const std::string& path) {
    const auto next = all.lower_bound(path + "/");
    return next != all.end() && next->starts_with(path + "/");
  };
  std::set<std::string> folders;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const RequiredPath& path = paths[i];
    if (verdicts[i].state != StructureVerdict::State::missing || path.is_pattern()) continue;
    if (kind_to_create(path, has_paths_beneath(path.path())) == RequiredKind::folder) {
      add_with_parents(path.path(), root, folders);
    }
  }
  return folders;
}

/// Makes the folders as one step, or plans it.
void make_folders(const std::set<std::string>& folders, const std::filesystem::path& root,
                  const StructureRequest& request, OperationContext& context,
                  StructureResult& result) {
  const Environment& environment = context.environment;
  Transaction transaction =
      Transaction::begin(environment.files, environment.clock, environment.random, root,
                         {.id = new_ulid(environment.clock, environment.random),
                          .parent_mark = environment.parent_mark},
                         environment.limits);
  for (const std::string& folder : folders)
    transaction.make_folder(RelativePath::parse(folder));
  CommitResult done;
  commit(transaction,
         {.durability = request.durability,
          .dry_run = request.dry_run,
          .expect_plan = request.expect_plan,
          .run_name = {}},
         environment, context.cancellation, done);
  result.plan_sha256 = std::move(done.plan_sha256);
  result.plan = std::move(done.plan);
  if (request.dry_run) return;
  for (const std::string& folder : folders)
    result.created.push_back(folder + "/");
}

void sort_out(const std::vector<RequiredPath>& paths, const std::vector<StructureVerdict>& verdicts,
              const Limits& limits, StructureResult& result) {
  bool all_checked = true;
  std::set<std::string> missing;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (verdicts[i].state == StructureVerdict::State::present) continue;
    Finding finding = finding_of(paths[i], verdicts[i]);
    if (verdicts[i].state == StructureVerdict::State::missing) {
      if (!missing.insert(paths[i].shown()).second) continue;
      result.missing.push_back(paths[i].shown());
      if (paths[i].is_pattern()) {
        finding.hint = "add a file that matches";
      }
    }
    const bool is_error = finding.severity == Severity::error;
    all_checked = all_checked && is_error;
    (is_error ? result.errors : result.warnings).push_back(std::move(finding));
  }
  if (!result.errors.empty()) {
    result.valid = false;
  } else if (all_checked) {
    result.valid = true;
  }
  cap_findings(result.errors, static_cast<std::size_t>(limits.findings_per_run));
  cap_findings(result.warnings, static_cast<std::size_t>(limits.findings_per_run));
}

StructureResult check(const StructureRequest& request, OperationContext& context) {
  const Environment& environment = context.environment;
  const std::vector<RequiredPath> paths = read_paths(request, environment.limits);
  const std::filesystem::path root = project_root(request.project_root, context);
  const std::unique_ptr<Folder> folder = environment.files.open_folder(root);
  std::vector<StructureVerdict> verdicts =
      check_structure(*folder, paths, environment.limits, context.cancellation);
  StructureResult result;
  result.dry_run = request.dry_run;
  if (request.create_missing) {
    const auto folders = folders_to_make(paths, verdicts, *folder);
    if (!folders.empty() || request.expect_plan) {
      make_folders(folders, root, request, context, result);
    }
    for (std::size_t i = 0; i < paths.size() && !request.dry_run; ++i) {
      if (paths[i].is_pattern()) continue;
      const bool is_made = folders.contains(paths[i].path());
      if (is_made && paths[i].kind() != RequiredKind::file) {
        verdicts[i].state = StructureVerdict::State::present;
      }
    }
  }
  sort_out(paths, verdicts, environment.limits, result);
  return result;
}

}  // namespace

template <>
struct Record<StructureRequest> {
  using R = StructureRequest;
  static constexpr std::string_view name = "StructureRequest";
  static constexpr std::string_view sentence = "What a project is required to have.";
  static constexpr auto fields = std::make_tuple(
      field("project_root", &R::project_root, "Absolute.").required().not_empty(),
      field("required_paths", &R::required_paths,
            "Relative to the root, with /: a path, a pattern (src/**/*.py), a folder with a / at "
            "its end, or {path, kind} with kind file, folder or any.")
          .required(),
      field("create_missing", &R::create_missing,
            "Make the folders that are missing; files never are."),
      field("dry_run", &R::dry_run, "Plan what create_missing would make; write nothing."),
      field("expect_plan", &R::expect_plan, "Refuse unless the plan has this plan_sha256."),
      field("durability", &R::durability, "What survives a loss of power."));
};

template <>
struct Record<StructureResult> {
  using R = StructureResult;
  static constexpr std::string_view name = "StructureResult";
  static constexpr std::string_view sentence = "Whether a project has what it is required to have.";
  static constexpr auto fields = std::make_tuple(
      field("valid", &R::valid,
            "False when something is missing or of the wrong kind; absent when nothing is and some "
            "could not be checked."),
      field("missing", &R::missing,
            "Required paths where nothing is, as asked for; folders end with /."),
      field("created", &R::created, "Folders that were made."),
      field("errors", &R::errors, "What is missing or of the wrong kind, and why."),
      field("warnings", &R::warnings, "What could not be checked."),
      field("dry_run", &R::dry_run, "True when nothing was to be written."),
      field("plan_sha256", &R::plan_sha256,
            "Names the plan: give it as expect_plan to approve it."),
      field("plan", &R::plan, "Dry runs: each folder that would be made."));
};

Operation rows::validate_structure() {
  return operation<StructureRequest, StructureResult, check>(
      "validate.structure", "Checks that a project has the files and folders it needs.", "0.1.0");
}

}  // namespace ratchet
