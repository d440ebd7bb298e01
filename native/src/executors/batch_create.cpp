#include "executors/batch_create.h"

#include <algorithm>
#include <atomic>
#include <map>

#include "core/document.h"
#include "core/hash.h"
#include "core/text.h"
#include "executors/batch_entries.h"
#include "executors/configuration.h"
#include "executors/instance_check.h"
#include "parallel/for_each.h"
#include "reporting/run_record.h"
#include "reporting/unified_diff.h"
#include "templates/file_style.h"
#include "transactions/home.h"
#include "transactions/transaction.h"
#include "validation/syntax/syntax_checker.h"

namespace ratchet {
namespace {

/// What the steps hand to each other.
struct Batch {
  std::optional<Instance> instance;
  std::filesystem::path root;
  Configuration configuration;
  std::vector<BatchEntry> entries;
  std::shared_ptr<const VariableFile> table;  ///< that the entries are rows of, or null
  std::vector<std::string> contents;          ///< by entry
  std::vector<PlanEntry> plan;                ///< by entry
  std::size_t valid_files = 0;
  std::size_t unchecked_files = 0;
};

std::string count_of(std::size_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::vector<std::string> paths_of(const Batch& batch) {
  std::vector<std::string> paths;
  paths.reserve(batch.entries.size());
  for (const BatchEntry& entry : batch.entries)
    paths.push_back(entry.path.text());
  return paths;
}

/// Ends a step that found faults: its first finding in the message, all of them in the step.
void refuse_findings(Code code, StepResult& step, std::vector<Finding> findings) {
  for (Finding& finding : findings)
    step.findings.push_back(std::move(finding));
  const auto first =
      std::find_if(step.findings.begin(), step.findings.end(),
                   [](const Finding& finding) { return finding.severity == Severity::error; });
  if (first == step.findings.end()) return;
  std::string message = first->message;
  if (step.findings.size() > 1) {
    message += " (and " + count_of(step.findings.size() - 1, "more finding") + ")";
  }
  Error error(code, message);
  if (first->path) {
    error.at(*first->path, Position{first->line.value_or(0), first->column.value_or(0), 0});
  }
  if (first->hint) error.hint(*first->hint);
  throw error;  // NOLINT: built in place above
}

void read_instance(PatternRun& run, Batch& batch, StepResult& step) {
  const Environment& environment = run.environment();
  batch.instance.emplace(Instance::read(run.request(), environment));
  const Instance& instance = *batch.instance;
  std::vector<Finding> findings = check_instance(instance, run.pattern(), environment.limits);
  instance.add_excerpts(findings);
  refuse_findings("instance.invalid", step, std::move(findings));
  if (!run.request().dry_run) run.set_dry_run(instance.flag("dry_run", false));
  batch.root = project_root_of(run.request(), instance, environment);
  const Home home = find_home(environment.files, environment.files.canonical(batch.root));
  batch.configuration = load_configuration(environment.files, home, environment.limits);
  step.message = "the instance fits its schema";
}

/// Faults of entries, with the lines of the instance or the table that they stand in.
void refuse_entries(const Batch& batch, StepResult& step, std::vector<Finding> findings) {
  batch.instance->add_excerpts(findings);
  if (batch.table) batch.table->add_excerpts(findings);
  refuse_findings("instance.invalid", step, std::move(findings));
}

void find_templates(PatternRun& run, Batch& batch, StepResult& step) {
  TemplateCatalog catalog(run.environment().files, batch.root, run.environment().limits);
  BatchEntries read = read_batch_entries(
      *batch.instance, catalog, run.request().base_folder.value_or(batch.instance->folder()),
      run.environment());
  batch.table = std::move(read.table);
  refuse_entries(batch, step, std::move(read.findings));
  batch.entries = std::move(read.entries);
  step.message = count_of(batch.entries.size(), "variable set") + " fit their templates";
}

void render(PatternRun& run, Batch& batch, StepResult& step) {
  const Environment& environment = run.environment();
  batch.contents.resize(batch.entries.size());
  std::atomic<std::int64_t> done = 0;
  const auto total = static_cast<std::int64_t>(batch.entries.size());
  const bool in_parallel = batch.instance->flag("parallel_processing", true);
  parallel_for(batch.entries.size(), in_parallel ? environment.threads : 1, run.cancellation(),
               [&](std::size_t i) {
                 const BatchEntry& entry = batch.entries[i];
                 batch.contents[i] = entry.source->render(entry.variables);
                 run.events().progress(++done, total, "rendered");
               });
  const Home repository =
      find_repository(environment.files, environment.files.canonical(batch.root));
  FileStyles styles(environment.files, repository.path, repository.base, environment.limits);
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    const RelativePath& path = batch.entries[i].path;
    batch.contents[i] = in_style(std::move(batch.contents[i]), styles.of(path), path.text());
  }
  step.message = count_of(batch.contents.size(), "file") + " rendered";
}

/// Everything that already stands where the batch wants to create; all of them in one error.
void refuse_existing(const PatternRun& run, const Batch& batch) {
  const std::unique_ptr<Folder> root = run.environment().files.open_folder(batch.root);
  json::array existing;
  for (const BatchEntry& entry : batch.entries) {
    if (root->status(entry.path.text())) existing.emplace_back(entry.path.text());
  }
  if (existing.empty()) return;
  const std::string first(existing.front().get_string().data(),
                          existing.front().get_string().size());
  std::string message = in_quotes(first, 200) + " exists already";
  if (existing.size() > 1) message += " (and " + std::to_string(existing.size() - 1) + " more)";
  throw Error("transaction.exists", message)
      .at(first)
      .hint("batch_create never overwrites: remove the file, or give the new one another path")
      .details({{"paths", std::move(existing)}});
}

/// Why nobody could decide, in words that are the same for all files of a kind.
std::string unchecked_reason(const SyntaxVerdict& verdict) {
  for (const Finding& finding : verdict.findings) {
    if (finding.code == Code("check.unavailable").name()) return finding.message;
  }
  if (verdict.checked_by == "grammar") {
    return "the grammar of " + verdict.language + " found nothing wrong, and no compiler looked";
  }
  return "nobody here knows their language";
}

/// One line a reason for what no judge could decide.
void tell_unchecked(const std::map<std::string, std::size_t>& unchecked, StepResult& step) {
  for (const auto& [reason, count] : unchecked) {
    step.findings.push_back(make_finding("check.unavailable", Severity::warning,
                                         count_of(count, "file") + " not fully checked: " + reason,
                                         "syntax"));
  }
}

void check_syntax(PatternRun& run, Batch& batch, StepResult& step) {
  std::vector<SourceText> sources;
  sources.reserve(batch.entries.size());
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    sources.push_back({batch.entries[i].path.text(), batch.entries[i].language, batch.contents[i]});
  }
  const Environment& environment = run.environment();
  SyntaxChecker checker(
      {environment.files, environment.launcher, environment.clock, environment.random},
      environment.limits, {environment.threads});
  std::vector<Finding> faults;
  std::map<std::string, std::size_t> unchecked;
  for (SyntaxVerdict& verdict : checker.check(sources, run.cancellation())) {
    if (verdict.valid.has_value()) {
      batch.valid_files += *verdict.valid ? 1 : 0;
    } else {
      ++unchecked[unchecked_reason(verdict)];
      ++batch.unchecked_files;
      std::erase_if(verdict.findings, [](const Finding& finding) {
        return finding.code != Code("syntax.error").name();  // said once for all of a kind
      });
    }
    for (Finding& finding : verdict.findings)
      faults.push_back(std::move(finding));
  }
  tell_unchecked(unchecked, step);
  refuse_findings("batch.syntax", step, std::move(faults));
}

void validate(PatternRun& run, Batch& batch, StepResult& step) {
  refuse_entries(batch, step, path_clashes(batch.entries));
  refuse_existing(run, batch);
  if (!run.request().validate_syntax) {
    step.message = "no conflicts; syntax was not checked, as asked";
    batch.unchecked_files = batch.entries.size();
    return;
  }
  check_syntax(run, batch, step);
  step.message = count_of(batch.valid_files, "file") + " valid, " +
                 std::to_string(batch.unchecked_files) + " not checked, no conflicts";
}

std::vector<PlanEntry> plan_of(const PatternRun& run, const Batch& batch) {
  constexpr std::uint32_t kNewFileMode = 0666;
  const std::uint32_t mode = kNewFileMode & ~run.environment().files.umask();
  const std::string mode_text{'0', static_cast<char>('0' + (mode >> 6U & 7U)),
                              static_cast<char>('0' + (mode >> 3U & 7U)),
                              static_cast<char>('0' + (mode & 7U))};
  std::vector<PlanEntry> plan;
  plan.reserve(batch.entries.size());
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    PlanEntry& entry = plan.emplace_back();
    entry.operation = "create";
    entry.path = batch.entries[i].path.text();
    entry.post_sha256 = to_hex(sha256(batch.contents[i]));
    entry.mode = mode_text;
  }
  return plan;
}

void show_diff(PatternRun& run, const Batch& batch) {
  std::string diff;
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    diff += file_diff({.new_path = batch.entries[i].path.text(),
                       .after = FileVersion{.content = batch.contents[i]}});
  }
  run.result().diff = std::move(diff);
}

Applied apply(PatternRun& run, const Batch& batch, StepResult& step) {
  const Environment& environment = run.environment();
  Transaction transaction =
      Transaction::begin(environment.files, environment.clock, environment.random, batch.root,
                         {.id = run.result().run_id,
                          .durability = run.request().durability,
                          .parent_mark = environment.parent_mark},
                         environment.limits);
  const auto total = static_cast<std::int64_t>(batch.entries.size());
  for (std::size_t i = 0; i < batch.entries.size(); ++i) {
    run.cancellation().check();
    transaction.create(batch.entries[i].path, batch.contents[i]);
    run.events().progress(static_cast<std::int64_t>(i) + 1, total, "staged");
  }
  Applied applied = std::move(transaction).apply(run.cancellation());
  step.message = count_of(batch.entries.size(), "file") + " written in one transaction";
  return applied;
}

void tell_outputs(PatternRun& run, const Batch& batch, SteadyTime start) {
  const std::chrono::duration<double> total = run.environment().clock.steady() - start;
  const std::size_t files = batch.entries.size();
  run.result().outputs = {
      {"created_files", to_json(run.dry_run() ? std::vector<std::string>() : paths_of(batch))},
      {"processing_time_per_file",
       total.count() / static_cast<double>(std::max<std::size_t>(files, 1))},
      {"total_execution_time", total.count()},
      {"validation_summary",
       json::object{{"total_files", files},
                    {"valid_files", batch.valid_files},
                    {"failed_files", files - batch.valid_files - batch.unchecked_files},
                    {"unchecked_files", batch.unchecked_files}}}};
}

/// Verified on disk, recorded, then kept: a record that is durable before the commit point
/// describes nothing but what the commit keeps.
void verify_and_keep(PatternRun& run, const Batch& batch, SteadyTime start, Applied applied,
                     StepResult& step) {
  applied.verify();
  tell_outputs(run, batch, start);
  step.message = count_of(batch.entries.size(), "file") + " verified on disk and kept";
  step.status = StepStatus::succeeded;  // as the record is to tell it
  const Environment& environment = run.environment();
  run.result().changes = applied.changes();
  const UtcTime now = environment.clock.utc();
  const std::string record = write_json_pretty(
      record_statement(run.result(), batch.plan, now, batch.instance->text("doc_id")));
  const std::string path = "runs/" + run.result().run_id + "/" + std::string(RunFolder::kRecord);
  run.result().record = RecordReference{applied.state_path(path), to_hex(sha256(record))};
  RunSummary summary;
  summary.kept_at = rfc3339(now);
  summary.pattern = run.result().pattern_id;
  applied.save_run(summary, record, batch.configuration.retention);
  run.cancellation().check();
  run.result().changes = std::move(applied).keep();
}

}  // namespace

void batch_create(PatternRun& run) {
  const SteadyTime start = run.environment().clock.steady();
  Batch batch;
  run.step("S0", [&](StepResult& step) { read_instance(run, batch, step); });
  run.step("S1", [&](StepResult& step) { find_templates(run, batch, step); });
  run.step("S2", [&](StepResult& step) { render(run, batch, step); });
  run.step("S3", [&](StepResult& step) { validate(run, batch, step); });
  batch.plan = plan_of(run, batch);
  run.set_plan(batch.plan);
  if (run.dry_run()) {
    show_diff(run, batch);
    tell_outputs(run, batch, start);
    return;
  }
  std::optional<Applied> applied;
  run.step("S4", [&](StepResult& step) {
    run.begin_writing();
    applied.emplace(apply(run, batch, step));
  });
  run.step("S5", [&](StepResult& step) {
    verify_and_keep(run, batch, start, std::move(*applied), step);
  });
}

}  // namespace ratchet
