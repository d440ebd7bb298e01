"""Runs that succeed: what they make, tell and leave."""

import hashlib
import json
import os
import subprocess
import unittest

from workspace import ProjectTest, entry, instance, listing, run_ratchet

PATHS = ["shop/product.py", "shop/deep/er/product.py", "product.py"]
WHOLE = instance(*map(entry, PATHS))


class Run(ProjectTest):
    def test_makes_all_files_and_says_so(self):
        ended = self.batch(WHOLE)
        self.assertEqual(ended.exit_code, 0, ended.stdout + ended.stderr)
        result = ended.json
        self.assertEqual(result["status"], "succeeded")
        self.assertEqual(result["pattern_id"], "PAT-BATCH-CREATE-001")
        self.assertEqual(sorted(result["changes"]["created"]), sorted(PATHS))
        self.assertEqual((result["changes"]["modified"], result["changes"]["deleted"]), ([], []))
        self.assertEqual(result["outputs"]["created_files"], PATHS)
        self.assertEqual(result["outputs"]["validation_summary"]["total_files"], len(PATHS))
        self.assertEqual(result["outputs"]["validation_summary"]["failed_files"], 0)
        self.assertEqual(result["errors"], [])
        for path in PATHS:
            compile((self.root / path).read_text(), path, "exec")

    def test_leaves_the_planned_files_and_its_own_folder_alone(self):
        before = set(listing(self.root)) | {"batch.json"}
        self.batch(WHOLE)
        new = set(listing(self.root)) - before
        self.assertEqual({path for path in new if not path.startswith(".ratchet")},
                         {*PATHS, "shop", "shop/deep", "shop/deep/er"})
        self.assertFalse([path for path in new if path.startswith(".ratchet/tx/")],
                         "a finished run leaves no transaction")

    def test_the_record_is_private_and_as_the_result_says(self):
        record = self.batch(WHOLE).json["record"]
        path = self.root / record["path"]
        self.assertEqual(hashlib.sha256(path.read_bytes()).hexdigest(), record["sha256"])
        self.assert_mode(path, 0o600)
        self.assert_mode(".ratchet", 0o700)
        statement = json.loads(path.read_text())
        self.assertEqual(
            {subject["name"]: subject["digest"]["sha256"] for subject in statement["subject"]},
            {name: hashlib.sha256((self.root / name).read_bytes()).hexdigest() for name in PATHS})

    def test_git_sees_the_planned_files_alone(self):
        subprocess.run(["git", "init", "-q", self.root], check=True)
        self.batch(WHOLE)
        status = subprocess.run(["git", "-C", self.root, "status", "--porcelain", "-uall"],
                                check=True, capture_output=True, text=True).stdout
        self.assertEqual(sorted(line[3:] for line in status.splitlines()),
                         sorted([*PATHS, "batch.json"]))

    def test_times_are_utc_with_milliseconds(self):
        result = self.batch(WHOLE).json
        for key in ["started_at", "ended_at"]:
            self.assertRegex(result[key], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertRegex(result["run_id"], r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$")

    def test_every_step_is_told_on_stderr_and_json_stands_alone_on_stdout(self):
        ended = self.batch(WHOLE)
        self.assertEqual([step["status"] for step in ended.json["steps"]],
                         ["succeeded"] * len(ended.json["steps"]))
        for step in ended.json["steps"]:
            self.assertIn(step["id"], ended.stderr)

    def test_without_json_people_read_what_was_made(self):
        path = self.write("batch.json", WHOLE)
        ended = run_ratchet("run", "batch_create", path)
        self.assertEqual(ended.exit_code, 0)
        for name in PATHS:
            self.assertIn(name, ended.stdout)

    def test_every_durability_and_no_syntax_make_the_same_files(self):
        made = []
        for number, options in enumerate([["--durability", "none", "--no-syntax"],
                                          ["--durability", "full"], []]):
            root = self.root / str(number)
            root.mkdir()
            ended = self.batch(WHOLE, "--project-root", root, *options)
            self.assertEqual(ended.exit_code, 0, ended.stdout)
            made.append({path: (root / path).read_bytes() for path in PATHS})
        self.assertEqual(made[0], made[1])
        self.assertEqual(made[0], made[2])


class Instances(ProjectTest):
    def assert_made(self, ended, root=None):
        self.assertEqual(ended.exit_code, 0, ended.stdout + ended.stderr)
        for path in PATHS:
            self.assertTrue(((root or self.root) / path).is_file(), path)

    def test_by_the_patterns_id(self):
        path = self.write("batch.json", WHOLE)
        self.assert_made(run_ratchet("run", "PAT-BATCH-CREATE-001", path))

    def test_from_standard_input_with_the_root_taken_from_the_current_folder(self):
        self.assert_made(run_ratchet("run", "batch_create", "-", stdin=json.dumps(WHOLE),
                                     folder=self.root))

    def test_with_nested_inputs(self):
        nested = {"pattern_id": "PAT-BATCH-CREATE-001",
                  "inputs": {key: value for key, value in WHOLE.items() if key != "pattern_id"}}
        self.assert_made(self.batch(nested))

    def test_in_yaml(self):
        lines = ["pattern_id: PAT-BATCH-CREATE-001", "project_root: .",
                 "template_type: model_dataclass", "files_to_create:"]
        lines += [f"  - path: {path}\n    template_vars: {{entity: Product, fields: "
                  "[{name: price, type: float}]}" for path in PATHS]
        path = self.write("batch.yaml", "\n".join(lines) + "\n")
        self.assert_made(run_ratchet("run", "batch_create", path, folder=self.outside))

    def test_the_option_beats_the_instances_root(self):
        self.assert_made(self.batch(instance(*map(entry, PATHS), project_root="/nowhere"),
                                    "--project-root", self.root))

    def test_a_relative_option_is_taken_from_the_current_folder(self):
        path = self.write("batch.json", instance(*map(entry, PATHS), project_root=None))
        self.assert_made(run_ratchet("run", "batch_create", path, "--project-root", "../project",
                                     folder=self.outside))

    def test_a_relative_root_is_taken_from_the_instances_folder(self):
        path = self.write("instances/batch.json", instance(*map(entry, PATHS), project_root=".."))
        self.assert_made(run_ratchet("run", "batch_create", path, folder=self.outside))


class Plans(ProjectTest):
    def planned(self):
        ended = self.batch(WHOLE, "--dry-run")
        self.assertEqual(ended.exit_code, 0, ended.stdout)
        self.assertEqual(ended.json["status"], "planned")
        return ended.json

    def test_a_dry_run_shows_the_plan_and_leaves_nothing(self):
        self.write("batch.json", WHOLE)
        before = listing(self.root)
        result = self.planned()
        self.assertEqual(listing(self.root), before)
        self.assertTrue(result["dry_run"])
        self.assertEqual([row["path"] for row in result["plan"]], PATHS)
        self.assertNotIn("record", result)
        for path in PATHS:
            self.assertIn(f"+++ b/{path}\n", result["diff"])

    def test_git_applies_the_diff_of_a_dry_run_to_what_the_run_makes(self):
        subprocess.run(["git", "init", "-q", self.outside], check=True)
        subprocess.run(["git", "apply", "-"], cwd=self.outside, check=True,
                       input=self.planned()["diff"].encode())
        self.batch(WHOLE)
        for path in PATHS:
            self.assertEqual((self.outside / path).read_bytes(), (self.root / path).read_bytes())

    def test_the_plan_names_what_the_run_makes(self):
        result = self.planned()
        self.batch(WHOLE)
        for row in result["plan"]:
            content = (self.root / row["path"]).read_bytes()
            self.assertEqual(row["post_sha256"], hashlib.sha256(content).hexdigest())
            self.assertEqual(int(row["mode"], 8), 0o644)
            self.assert_mode(row["path"], 0o644)

    def test_the_same_plan_has_the_same_name_in_another_folder(self):
        other = self.batch(WHOLE, "--dry-run", "--project-root", self.outside).json
        self.assertEqual(self.planned()["plan_sha256"], other["plan_sha256"])

    def test_an_approved_plan_is_applied(self):
        ended = self.batch(WHOLE, "--expect-plan", self.planned()["plan_sha256"])
        self.assertEqual(ended.exit_code, 0)
        self.assertEqual(ended.json["status"], "succeeded")

    def test_a_plan_that_came_out_different_is_refused(self):
        approved = self.planned()["plan_sha256"]
        self.refused(instance(entry("other.py")), "--expect-plan", approved,
                     exit_code=1, error="plan.changed")

    def test_dry_run_inside_the_instance_counts(self):
        written = {**WHOLE, "dry_run": True}
        self.write("batch.json", written)
        before = listing(self.root)
        self.assertEqual(self.batch(written).json["status"], "planned")
        self.assertEqual(listing(self.root), before | {"batch.json": listing(self.root)["batch.json"]})


class Large(ProjectTest):
    def test_ten_thousand_files(self):
        if not os.environ.get("RATCHET_LONG"):
            self.skipTest("only with --long")
        paths = [f"made/{number % 100}/m{number}.py" for number in range(10000)]
        ended = self.batch(instance(*map(entry, paths)))
        self.assertEqual(ended.exit_code, 0, ended.stderr)
        self.assertEqual(sorted(ended.json["changes"]["created"]), sorted(paths))
        self.assertTrue(all((self.root / path).is_file() for path in paths))


if __name__ == "__main__":
    unittest.main()
