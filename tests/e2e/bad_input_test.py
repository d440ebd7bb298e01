"""Bad input: one clear error each, the exit code of the table, nothing written, nothing left behind."""

import json
import re
import unittest

from workspace import POSIX_FILES, ProjectTest, entry, instance, not_on_windows, run_ratchet, told

# Exit codes of the table: conflict and check_failed 1; invalid_argument, invalid_input, not_found and
# unsupported 2.
CONFLICT, CHECK_FAILED, INVALID = 1, 1, 2


def line_of(written, needle):
    """The line, from 1, of the first occurrence in the file that write() makes."""
    text = written if isinstance(written, str) else json.dumps(written, indent=2)
    return text[:text.index(needle)].count("\n") + 1


class Texts(ProjectTest):
    def test_what_is_not_json_is_refused_at_its_place(self):
        error = self.refused('{\n  "project_root": ,\n}\n', exit_code=INVALID, error="json.invalid")
        self.assertEqual((error["line"], error["column"]), (2, 19))
        self.assertTrue(error["path"].endswith("batch.json"))

    def test_what_is_not_utf8_is_refused(self):
        path = self.root / "batch.json"
        path.write_bytes(b'{"project_root": "\xff"}')
        ended = run_ratchet("run", "batch_create", path, "--json")
        self.assertEqual((ended.exit_code, ended.error["code"]), (INVALID, "text.invalid_utf8"))

    def test_an_empty_file_is_refused(self):
        self.refused("", exit_code=INVALID, error="json.invalid")

    def test_a_list_is_no_instance(self):
        self.refused([1, 2], exit_code=INVALID, error="instance.invalid")

    def test_yaml_that_is_none_is_refused_at_its_place(self):
        path = self.write("batch.yaml", "project_root: .\nfiles_to_create: [\n")
        ended = run_ratchet("run", "batch_create", path, "--json")
        self.assertEqual((ended.exit_code, ended.error["code"]), (INVALID, "yaml.invalid"))
        self.assertGreaterEqual(ended.error["line"], 2)

    def test_a_file_that_is_not_there_is_named(self):
        ended = run_ratchet("run", "batch_create", self.root / "nothing.json", "--json")
        self.assertEqual((ended.exit_code, ended.error["code"]), (INVALID, "io.not_found"))
        self.assertIn("nothing.json", ended.error["message"] + ended.error.get("path", ""))


class Schema(ProjectTest):
    def test_a_wrong_type_is_found_at_its_place(self):
        written = instance(entry("a.py"), entry(7))
        finding = self.refused(written, exit_code=INVALID, error="instance.invalid",
                               finding="schema.type")
        self.assertEqual(finding["line"], line_of(written, ": 7"))
        self.assertEqual(finding["pointer"], "/files_to_create/1/path")

    def test_an_unknown_key_is_found_and_the_nearest_one_named(self):
        written = instance(entry("a.py"), languge="python")
        finding = self.refused(written, exit_code=INVALID, error="instance.invalid",
                               finding="schema.additional_properties")
        self.assertEqual(finding["line"], line_of(written, '"languge"'))
        self.assertIn("language", finding["message"] + finding.get("hint", ""))

    def test_a_key_that_stands_twice_is_found(self):
        text = '{"project_root": ".", "project_root": ".", "template_type": "model_dataclass",' \
               ' "files_to_create": [' + json.dumps(entry("a.py")) + "]}"
        self.refused(text, exit_code=INVALID, error="instance.invalid",
                     finding="json.duplicate_key")

    def test_an_empty_batch_is_refused(self):
        self.refused(instance(), exit_code=INVALID, error="instance.invalid",
                     finding="schema.length")

    def test_an_instance_of_another_pattern_is_refused(self):
        self.refused(instance(entry("a.py"), pattern_id="PAT-SELF-HEAL-001"), exit_code=INVALID,
                     error="instance.invalid", finding="instance.invalid")

    def test_ten_thousand_findings_are_capped_and_the_rest_is_counted(self):
        total = 12000
        path = self.write("batch.json", instance(*[entry(number) for number in range(total)]))
        ended = run_ratchet("run", "batch_create", path, "--json")
        self.assertEqual((ended.exit_code, ended.error["code"]), (INVALID, "instance.invalid"))
        listed = [each for each in ended.findings if each["code"] == "schema.type"]
        rest = [each for each in ended.findings if each["code"] == "findings.truncated"]
        self.assertLessEqual(len(listed), 10000)
        self.assertEqual(len(rest), 1)
        self.assertEqual(len(listed) + int(re.search(r"\d+", rest[0]["message"])[0]), total)


class Templates(ProjectTest):
    def test_a_missing_variable_is_found_at_its_place(self):
        written = instance(entry("a.py"), entry("b.py", template_vars={"entity": "Product"}))
        finding = self.refused(written, exit_code=INVALID, error="instance.invalid",
                               finding="schema.required")
        self.assertIn('"fields"', finding["message"])
        self.assertEqual(finding["pointer"], "/files_to_create/1/template_vars")

    def test_a_variable_that_nobody_knows_is_found_and_the_nearest_one_named(self):
        variables = {"entitty": "Product", "fields": [{"name": "price", "type": "float"}]}
        finding = self.refused(instance(entry("a.py", template_vars=variables)), exit_code=INVALID,
                               error="instance.invalid", finding="schema.additional_properties")
        self.assertIn("entity", finding["message"] + finding.get("hint", ""))

    def test_an_unknown_template_is_found_and_the_nearest_one_named(self):
        finding = self.refused(instance(entry("a.py", template_type="model_dataclas")),
                               exit_code=INVALID, error="instance.invalid",
                               finding="template.unknown")
        self.assertIn("model_dataclass", finding["message"] + finding.get("hint", ""))

    def test_a_faulty_language_is_refused(self):
        self.refused(instance(entry("a.py", language="Kling on")), exit_code=INVALID,
                     error="instance.invalid", finding="schema.pattern")

    def test_a_rendered_file_that_does_not_compile_is_refused(self):
        broken = {"entity": "Product", "fields": [{"name": "price", "type": "int int"}]}
        finding = self.refused(instance(entry("a.py"), entry("b.py", template_vars=broken)),
                               exit_code=CHECK_FAILED, error="batch.syntax", finding="syntax.error")
        self.assertEqual(finding["path"], "b.py")
        self.assertGreater(finding["line"], 1)


class Paths(ProjectTest):
    def test_paths_that_leave_the_root_are_refused(self):
        for path in ["../outside/a.py", "a/../../outside/a.py", "a/../b.py"]:
            with self.subTest(path=path):
                self.refused(instance(entry("ok.py"), entry(path)), exit_code=INVALID,
                             error="instance.invalid", finding="path.outside_root")

    def test_absolute_paths_are_refused(self):
        self.refused(instance(entry(told(self.outside / "a.py"))), exit_code=INVALID,
                     error="instance.invalid", finding="path.absolute")

    def test_paths_into_git_and_our_own_folder_are_refused(self):
        for path in [".git/hooks/pre-commit", ".ratchet/tx/a.py", "sub/.git/config", ".GIT/config"]:
            with self.subTest(path=path):
                self.refused(instance(entry("ok.py"), entry(path, language="python")),
                             exit_code=INVALID, error="instance.invalid", finding="path.protected")

    def test_paths_that_name_no_file_are_refused(self):
        for path in [".", "a//b.py", "a/", "a/./b.py", "nul\u0000.py"]:
            with self.subTest(path=path):
                self.refused(instance(entry("ok.py"), entry(path, language="python")),
                             exit_code=INVALID, error="instance.invalid", finding="path.invalid")

    @not_on_windows(POSIX_FILES)
    def test_a_link_out_of_the_root_is_not_followed(self):
        (self.root / "link").symlink_to(self.outside)
        error = self.refused(instance(entry("ok.py"), entry("link/a.py")), exit_code=INVALID,
                             error="path.outside_root")
        self.assertIn("link", error["message"])

    def test_a_path_that_stands_twice_is_refused(self):
        written = instance(entry("shop/a.py"), entry("b.py"), entry("shop/a.py"))
        finding = self.refused(written, exit_code=INVALID, error="instance.invalid",
                               finding="batch.duplicate_path")
        self.assertEqual(finding["pointer"], "/files_to_create/2/path")

    def test_paths_that_differ_in_case_alone_are_refused(self):
        self.refused(instance(entry("shop/a.py"), entry("Shop/A.py")), exit_code=INVALID,
                     error="instance.invalid", finding="batch.case_clash")

    def test_a_file_in_place_of_a_folder_is_a_conflict_or_refused(self):
        self.write("shop", "a file\n")
        path = self.write("batch.json", instance(entry("ok.py"), entry("shop/a.py")))
        ended = run_ratchet("run", "batch_create", path, "--json")
        self.assertIn(ended.exit_code, (CONFLICT, INVALID))
        self.assertFalse((self.root / "ok.py").exists())

    def test_an_existing_file_is_a_conflict_and_stays(self):
        self.write("shop/b.py", "mine = True\n")
        error = self.refused(instance(entry("shop/a.py"), entry("shop/b.py")), exit_code=CONFLICT,
                             error="transaction.exists")
        self.assertIn("shop/b.py", error["message"])

    def test_all_existing_files_are_named(self):
        self.write("a.py", "")
        self.write("b.py", "")
        error = self.refused(instance(entry("a.py"), entry("b.py"), entry("c.py")),
                             exit_code=CONFLICT, error="transaction.exists")
        self.assertEqual(error["details"]["paths"], ["a.py", "b.py"])


class Roots(ProjectTest):
    def test_a_missing_root_is_refused(self):
        self.refused(instance(entry("a.py"), project_root=None), exit_code=INVALID,
                     error="project.missing_root")

    def test_a_root_that_does_not_exist_is_refused(self):
        self.refused(instance(entry("a.py"), project_root="nowhere"), exit_code=INVALID,
                     error="io.not_found")

    def test_a_root_that_is_a_file_is_refused(self):
        self.write("file", "")
        self.refused(instance(entry("a.py"), project_root="file"), exit_code=INVALID,
                     error="io.not_a_folder")


class NotYet(ProjectTest):
    def test_a_pattern_that_is_not_implemented_is_unsupported(self):
        path = self.write("batch.json", instance(entry("a.py")))
        ended = run_ratchet("run", "atomic_create", path, "--json")
        self.assertEqual((ended.exit_code, ended.error["code"]), (INVALID, "pattern.unsupported"))

    def test_an_unknown_pattern_is_refused_and_the_nearest_one_named(self):
        path = self.write("batch.json", instance(entry("a.py")))
        ended = run_ratchet("run", "batch_creat", path, "--json")
        self.assertEqual((ended.exit_code, ended.error["code"]), (INVALID, "pattern.unknown"))
        self.assertIn("batch_create", ended.error["message"])

    def test_single_commit_is_unsupported(self):
        self.refused(instance(entry("a.py"), single_commit=True), exit_code=INVALID,
                     error="pattern.unsupported")


if __name__ == "__main__":
    unittest.main()
