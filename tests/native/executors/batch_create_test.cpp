#include "executors/batch_create.h"

#include <doctest/doctest.h>

#include <cerrno>

#include "core/document.h"
#include "core/embedded.h"
#include "core/hash.h"
#include "executors/batch_project.h"
#include "validation/schema/schema.h"

namespace ratchet {
namespace {

constexpr const char* kTwoFiles = R"(
pattern_id: PAT-BATCH-CREATE-001
doc_id: two
inputs:
  project_root: .
  template_type: note
  files_to_create:
    - path: docs/a.txt
      template_vars: {title: Alpha}
    - path: b.txt
      template_vars: {title: Beta}
)";

using test::code_of;
using test::first_finding;
using test::with;
using Project = test::BatchProject;

}  // namespace

TEST_CASE("batch_create: all files are written, verified and recorded") {
  Project project;
  const RunResult result = project.run(kTwoFiles);
  REQUIRE(result.errors.empty());
  CHECK(result.status == RunStatus::succeeded);
  CHECK(result.changes.created == std::vector<std::string>{"b.txt", "docs/a.txt"});
  CHECK(project.files.read("/p/docs/a.txt", 100) == "# Alpha\n");
  CHECK(project.files.read("/p/b.txt", 100) == "# Beta\n");
  for (const StepResult& step : result.steps)
    CHECK(step.status == StepStatus::succeeded);
  CHECK(result.outputs.at("created_files") == json::parse(R"(["docs/a.txt","b.txt"])"));
  CHECK(result.outputs.at("validation_summary").at("total_files") == 2);
}

TEST_CASE("batch_create: the record is what its reference says and fits its schema") {
  Project project;
  const RunResult result = project.run(kTwoFiles);
  REQUIRE(result.record.has_value());
  const std::string text = project.files.read("/p/" + result.record->path, 1 << 20);
  CHECK(to_hex(sha256(text)) == result.record->sha256);
  const json::value record = read_json(text, "record", project.limits).value();
  CHECK(record.at("predicate").at("ratchet").at("instance_id") == "two");
  CHECK(record.at("subject").at(0).at("name") == "docs/a.txt");
  CHECK(record.at("subject").at(0).at("digest").at("sha256") ==
        json::value(to_hex(sha256("# Alpha\n"))));
  for (const EmbeddedFile& file : embedded_schemas()) {
    if (file.name != "execution_record.schema.json") continue;
    const Schema schema =
        Schema::compile(json::parse(json::string_view(file.bytes)), project.limits);
    const SchemaResult verdict = schema.validate(record);
    for (const SchemaFinding& finding : verdict.findings)
      MESSAGE(finding.message);
    CHECK(verdict.valid());
  }
}

TEST_CASE("batch_create: a dry run plans, shows the diff and leaves no trace") {
  Project project;
  PatternRunRequest request;
  request.dry_run = true;
  const auto before = project.files.tree("/p");
  const RunResult planned = project.run(kTwoFiles, request);
  CHECK(planned.status == RunStatus::planned);
  CHECK(project.files.tree("/p") == before);
  REQUIRE(planned.plan.has_value());
  CHECK(planned.plan->size() == 2);
  CHECK(planned.plan->at(0).post_sha256 == to_hex(sha256("# Alpha\n")));
  CHECK(planned.plan->at(0).mode == "0644");
  REQUIRE(planned.diff.has_value());
  CHECK(planned.diff->find("+++ b/docs/a.txt\n@@ -0,0 +1 @@\n+# Alpha\n") != std::string::npos);
  CHECK_FALSE(planned.record.has_value());

  PatternRunRequest approved;
  approved.expect_plan = planned.plan_sha256;
  CHECK(project.run(kTwoFiles, approved).status == RunStatus::succeeded);
}

TEST_CASE("batch_create: another plan than the approved one is refused") {
  Project project;
  PatternRunRequest request;
  request.expect_plan = std::string(64, '0');
  const RunResult result = project.run(kTwoFiles, request);
  CHECK(result.status == RunStatus::refused);
  CHECK(code_of(result) == "plan.changed");
  CHECK(project.tree().empty());
}

TEST_CASE("batch_create: a faulty batch is refused whole, with the place of its fault") {
  struct Row {
    std::string what;
    std::string old_text;
    std::string new_text;
    std::string code;  ///< of the finding
    std::int64_t line;
    std::int64_t column;
  };
  for (const Row& row : {
           Row{"unknown key", "template_type: note", "template_type: note\n  tempalte_type: x",
               "schema.additional_properties", 7, 3},
           Row{"missing variable", "{title: Beta}", "{}", "schema.required", 11, 22},
           Row{"unknown variable", "{title: Beta}", "{title: B, titel: C}",
               "schema.additional_properties", 11, 33},
           Row{"wrong type", "{title: Beta}", "{title: [1]}", "schema.type", 11, 30},
           Row{"unknown template", "template_type: note", "template_type: notes",
               "template.unknown", 6, 18},
           Row{"twice the same path", "path: b.txt", "path: docs/a.txt", "batch.duplicate_path", 10,
               13},
           Row{"case clash", "path: b.txt", "path: Docs/A.txt", "batch.case_clash", 10, 13},
           Row{"outside", "path: b.txt", "path: ../b.txt", "path.outside_root", 10, 13},
           Row{"absolute", "path: b.txt", "path: /b.txt", "path.absolute", 10, 13},
           Row{"into .git", "path: b.txt", "path: .git/hooks/x", "path.protected", 10, 13},
           Row{"into .GIT", "path: b.txt", "path: x/.GIT/y", "path.protected", 10, 13},
           Row{"into .ratchet", "path: b.txt", "path: .ratchet/x", "path.protected", 10, 13},
       }) {
    CAPTURE(row.what);
    Project project;
    const RunResult result = project.run(with(kTwoFiles, row.old_text, row.new_text));
    CHECK(result.status == RunStatus::refused);
    CHECK(code_of(result) == "instance.invalid");
    CHECK(project.tree().empty());
    const Finding& finding = first_finding(result);
    CHECK(finding.code == row.code);
    CHECK(finding.path == "two.yaml");
    CHECK(finding.line == row.line);
    CHECK(finding.column == row.column);
  }
}

TEST_CASE(
    "batch_create: what cannot be read or is not there is one error, and nothing is written") {
  struct Row {
    std::string what;
    std::string instance;
    std::string code;
  };
  for (const Row& row : {
           Row{"not YAML", "a: [b", "yaml.invalid"},
           Row{"a list", "[1]", "instance.invalid"},
           Row{"no root", with(kTwoFiles, "project_root: .", "dry_run: false"),
               "project.missing_root"},
           Row{"root is not there", with(kTwoFiles, "project_root: .", "project_root: ./q"),
               "io.not_found"},
           Row{"another pattern", with(kTwoFiles, "PAT-BATCH-CREATE-001", "PAT-SELF-HEAL-001"),
               "instance.invalid"},
           Row{"not there yet",
               with(kTwoFiles, "template_type: note", "template_type: note\n  single_commit: true"),
               "pattern.unsupported"},
       }) {
    CAPTURE(row.what);
    Project project;
    const RunResult result = project.run(row.instance);
    CHECK(result.status == RunStatus::refused);
    CHECK(code_of(result) == row.code);
    CHECK(project.tree().empty());
  }
}

TEST_CASE("batch_create: an existing file refuses the batch and is named; it stays as it is") {
  Project project;
  project.files.put_file("/p/b.txt", "mine");
  const RunResult result = project.run(kTwoFiles);
  CHECK(result.status == RunStatus::refused);
  CHECK(code_of(result) == "transaction.exists");
  CHECK(result.errors.front().path == "b.txt");
  CHECK(project.tree() == std::map<std::string, std::string>{{"b.txt", "mine"}});
}

TEST_CASE("batch_create: a file that is not what was written fails the run, and is left alone") {
  Project project;
  bool placed = false;
  bool changed = false;
  project.files.set_hook([&](std::size_t, const RecordedOperation& next) {
    if (next.operation == FileOperation::rename && next.target == "/p/b.txt") placed = true;
    const bool is_looked_at = next.operation == FileOperation::digest && next.path == "/p/b.txt";
    if (!placed || changed || !is_looked_at) return;
    changed = true;
    project.files.write_into("/p/b.txt", "theirs");
  });
  const RunResult result = project.run(kTwoFiles);
  REQUIRE(changed);
  CHECK(result.status == RunStatus::failed);
  CHECK(code_of(result) == "transaction.verify");
  CHECK(result.changes.created.empty());
  CHECK(project.tree().at("b.txt") == "theirs");
}

TEST_CASE("batch_create: a cancel before the work writes nothing") {
  Project project;
  project.cancel.cancel(false);
  const RunResult result = project.run(kTwoFiles);
  CHECK(result.status == RunStatus::cancelled);
  CHECK(code_of(result) == "job.cancelled");
  CHECK(project.tree().empty());
}

TEST_CASE("batch_create: whatever operation of the disk fails, it is all or nothing") {
  std::size_t operations = 0;
  {
    Project project;
    REQUIRE(project.run(kTwoFiles).status == RunStatus::succeeded);
    operations = project.files.operations().size();
  }
  REQUIRE(operations > 20);
  std::size_t refused_or_failed = 0;
  std::size_t undecided = 0;
  for (std::size_t i = 0; i < operations; ++i) {
    CAPTURE(i);
    Project project;
    project.files.fail_at(i, EIO);
    const RunResult result = project.run(kTwoFiles);
    std::map<std::string, std::string> user_files = project.tree();
    std::erase_if(user_files, [](const auto& row) { return row.first.starts_with(".ratchet/"); });
    if (result.status == RunStatus::succeeded) {
      CHECK(user_files.size() == 3);  // docs/, docs/a.txt, b.txt
      continue;
    }
    ++refused_or_failed;
    // The one flush after the commit point: all is new, and whether it lasts cannot be told.
    const bool is_undecided = code_of(result) == "transaction.unknown_state";
    if (is_undecided) ++undecided;
    CHECK(user_files.size() == (is_undecided ? 3 : 0));
    CHECK(result.changes.created.empty());
    CHECK_FALSE(result.record.has_value());
  }
  CHECK(refused_or_failed > operations / 2);
  CHECK(undecided == 1);
}

TEST_CASE(
    "batch_create: a file that its language refuses undoes nothing because nothing was written") {
  Project project;
  project.launcher.program("python3", [](const Command& /*command*/) {
    return ScriptedLauncher::exited(1, "", "no python here");
  });
  project.files.put_file("/p/ratchet/templates/note/note.txt.mustache",
                         "{ \"title\": {{title}} }\n");
  const RunResult result = project.run(with(kTwoFiles, "path: b.txt", "path: b.json"));
  CHECK(result.status == RunStatus::refused);
  CHECK(code_of(result) == "batch.syntax");
  CHECK(result.errors.front().path == "b.json");
  CHECK(result.errors.front().line == 1);
  CHECK(project.tree().empty());
}

TEST_CASE("batch_create: ten thousand faults are capped with a count") {
  Project project;
  std::string instance = "project_root: .\ntemplate_type: note\nfiles_to_create:\n";
  for (int i = 0; i < 10001; ++i) {
    instance += "  - {path: f" + std::to_string(i) + ".txt, template_vars: {}}\n";
  }
  const RunResult result = project.run(instance);
  CHECK(result.status == RunStatus::refused);
  CHECK(result.steps.at(1).findings.size() ==
        static_cast<std::size_t>(project.limits.findings_per_run));
  CHECK(result.steps.at(1).findings.back().code == "findings.truncated");
  CHECK(result.steps.at(1).findings.back().message == "2 more findings are not listed");
}

TEST_CASE(
    "plan hash: it names order, paths, contents and modes, and nothing of the place or time") {
  Project project;
  PatternRunRequest request;
  request.dry_run = true;
  const auto hash_of = [&](const std::string& instance) {
    return *project.run(instance, request).plan_sha256;
  };
  const std::string one = hash_of(kTwoFiles);
  project.clock.waited += std::chrono::hours(1);
  CHECK(hash_of(kTwoFiles) == one);
  CHECK(hash_of(with(kTwoFiles, "Beta", "Gamma")) != one);
  CHECK(hash_of(with(kTwoFiles, "b.txt", "c.txt")) != one);
  const std::vector<PlanEntry> plan{{"create", "a", std::nullopt, std::nullopt, "00", "0644"}};
  CHECK(plan_sha256(plan) == to_hex(sha256(R"([["create","a",null,null,"00","0644"]])")));
}

TEST_CASE("batch_create: files are written, planned and hashed in the style of the project") {
  Project project;
  project.files.put_file("/p/.editorconfig",
                         "[*.txt]\nend_of_line = crlf\n[b.*]\ncharset = utf-8-bom\n");
  PatternRunRequest request;
  request.dry_run = true;
  const RunResult planned = project.run(kTwoFiles, request);
  REQUIRE(planned.plan.has_value());
  CHECK(planned.plan->at(0).post_sha256 == to_hex(sha256("# Alpha\r\n")));
  CHECK(code_of(project.run(kTwoFiles)) == "");
  CHECK(project.files.read("/p/docs/a.txt", 100) == "# Alpha\r\n");
  CHECK(project.files.read("/p/b.txt", 100) == "\xEF\xBB\xBF# Beta\r\n");
}

TEST_CASE("batch_create: what an encoding asked for cannot hold refuses the batch") {
  Project project;
  project.files.put_file("/p/.editorconfig", "[*]\ncharset = latin1\n");
  const RunResult result = project.run(with(kTwoFiles, "Beta", "\xE2\x82\xAC"));
  CHECK(result.status == RunStatus::refused);
  CHECK(code_of(result) == "text.not_latin1");
  CHECK(project.tree().size() == 1);
}

}  // namespace ratchet
