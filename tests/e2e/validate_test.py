"""`ratchet validate`: many files by a schema, as ajv-cli and check-jsonschema are used in CI.

Expectations come from docs/validation.md.
"""

import json
import os
import pathlib
import re
import unittest

from workspace import ON_WINDOWS, ProjectTest, not_on_windows, run_ratchet, told

PAGE = pathlib.Path(__file__).parents[2] / "docs/validation.md"
SCHEMA = {"type": "object", "required": ["name"],
          "properties": {"name": {"type": "string"}, "at": {"format": "date"}},
          "additionalProperties": False}
# As people are told it: the way the system writes paths.
BAD = "deep\\bad.yaml" if ON_WINDOWS else "deep/bad.yaml"


class ValidateTest(ProjectTest):
    def setUp(self):
        super().setUp()
        self.write("s.json", json.dumps(SCHEMA))
        self.write("good.json", '{"name": "a"}')
        self.write("deep/bad.yaml", "name: 1\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def validate(self, *words, stdin=""):
        return run_ratchet("validate", *words, folder=self.root, stdin=stdin)


class Verdicts(ValidateTest):
    def test_all_that_is_valid_says_so_and_exits_with_0(self):
        ended = self.validate("--schema", "s.json", "good.json")
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr),
                         (0, "1 valid, 0 invalid\n", ""))

    def test_what_is_invalid_is_told_by_its_place_and_exits_with_1(self):
        ended = self.validate("--schema", "s.json", "good.json", "deep/bad.yaml")
        self.assertEqual((ended.exit_code, ended.stdout), (1, "1 valid, 1 invalid\n"))
        self.assertIn(f'{BAD}:1:7: error: "name" must be a string, not 1', ended.stderr)
        self.assertNotIn("good.json", ended.stderr)

    def test_a_file_that_is_not_there_is_2_and_the_others_are_judged(self):
        ended = self.validate("--schema", "s.json", "gone.json", "good.json")
        self.assertEqual((ended.exit_code, ended.stdout), (2, "1 valid, 0 invalid, 1 not judged\n"))
        self.assertIn("error: gone.json: ", ended.stderr)

    def test_a_schema_that_is_none_is_2_with_its_place(self):
        self.write("no.json", '{"type":\n "txt"}')
        ended = self.validate("--schema", "no.json", "good.json")
        self.assertEqual((ended.exit_code, ended.stdout), (2, ""))
        self.assertRegex(ended.stderr, r"no\.json:2:2: ")

    def test_patterns_find_files_and_a_name_that_looks_like_one_is_a_file(self):
        self.write("a[1].json", '{"name": "a"}')
        ended = self.validate("--schema", "s.json", "a[1].json", "**/*.yaml", "--json")
        self.assertEqual([file["path"] for file in ended.json["files"]],
                         [told(self.root / name) for name in ("a[1].json", "deep/bad.yaml")])
        ended = self.validate("--schema", "s.json", "*.nothing")
        self.assertEqual(ended.exit_code, 2)
        self.assertIn('no file matches "*.nothing"', ended.stderr)

    def test_patterns_lead_up(self):
        self.write("below/here.json", '{"name": "a"}')
        ended = run_ratchet("validate", "--schema", self.root / "s.json", "../good*",
                            folder=self.root / "below")
        self.assertEqual((ended.exit_code, ended.stdout), (0, "1 valid, 0 invalid\n"))

    @not_on_windows("names of Windows are no bytes")
    def test_a_name_that_is_no_text_hides_nothing(self):
        (self.root / os.fsdecode(b"good\xff.json")).write_text("{}", encoding="utf-8")
        ended = self.validate("--schema", "s.json", "good*.json")
        self.assertEqual((ended.exit_code, ended.stdout), (2, "1 valid, 0 invalid, 1 not judged\n"))

    def test_standard_input_is_a_document(self):
        ended = self.validate("--schema", "s.json", "-", stdin="name: 1\n")
        self.assertEqual(ended.exit_code, 1)
        self.assertIn("standard input:1:7: ", ended.stderr)
        self.assertEqual(self.validate("--schema", "s.json", "-", "good.json").exit_code, 2)

    def test_references_formats_drafts_and_languages_are_chosen(self):
        self.write("main.json", '{"$ref": "https://x.test/part"}')
        self.write("part.json", json.dumps({**SCHEMA, "$id": "https://x.test/part"}))
        self.write("dated.conf", '{"name": "a", "at": "today",}')
        with_reference = ["--schema", "main.json", "--ref", "part.json"]
        self.assertEqual(self.validate("--schema", "main.json", "good.json").exit_code, 2)
        self.assertEqual(self.validate(*with_reference, "good.json").exit_code, 0)
        as_jsonc = ["--language", "jsonc", "dated.conf"]
        self.assertEqual(self.validate(*with_reference, *as_jsonc).exit_code, 0)
        ended = self.validate(*with_reference, "--check-formats", *as_jsonc)
        self.assertEqual(ended.exit_code, 1)
        self.assertIn("date", ended.stderr)
        self.write("old.json", '{"items": [{"type": "string"}]}')
        self.write("list.json", "[1]")
        self.assertEqual(
            self.validate("--schema", "old.json", "--draft", "draft-07", "list.json").exit_code, 1)
        self.assertEqual(self.validate("--schema", "old.json", "list.json").exit_code, 2)


class Reports(ValidateTest):
    def test_json_is_the_result_alone(self):
        ended = self.validate("--schema", "s.json", "deep/bad.yaml", "-o", "json")
        self.assertEqual((ended.exit_code, ended.stderr), (1, ""))
        self.assertEqual(ended.json["files"][0]["errors"][0]["pointer"], "/name")

    def test_sarif_names_files_as_they_stand_below_the_current_folder(self):
        ended = self.validate("--schema", "s.json", "deep/bad.yaml", "gone.json", "-o", "sarif")
        self.assertEqual(ended.exit_code, 1)
        results = ended.json["runs"][0]["results"]
        self.assertEqual([result["ruleId"] for result in results], ["schema.type", "io.not_found"])
        place = results[0]["locations"][0]["physicalLocation"]
        self.assertEqual(place["artifactLocation"]["uri"], "deep/bad.yaml")
        self.assertEqual(place["region"]["startColumn"], 7)

    def test_annotations_are_a_line_for_each_finding(self):
        ended = self.validate("--schema", "s.json", "deep/bad.yaml", "-o", "github")
        self.assertEqual(ended.exit_code, 1)
        self.assertEqual(
            ended.stdout,
            '::error file=deep/bad.yaml,line=1,col=7,title=schema.type::"name" must be a string, '
            "not 1\n")

    def test_a_schema_that_is_none_is_reported_in_the_same_forms(self):
        self.write("no.json", '{"type": "txt"}')
        ended = self.validate("--schema", "no.json", "good.json", "-o", "sarif")
        self.assertEqual(ended.exit_code, 2)
        self.assertEqual(ended.json["runs"][0]["results"][0]["ruleId"], "schema.invalid")

    def test_an_instance_is_reported_in_the_same_forms(self):
        self.write("instance.json", "{}")
        ended = self.validate("instance.json", "--pattern", "batch_create", "-o", "github")
        self.assertEqual(ended.exit_code, 1)
        self.assertIn("::error file=instance.json,line=1,col=1,", ended.stdout)


class Words(ValidateTest):
    def test_words_that_do_not_go_together_are_refused_and_nothing_is_judged(self):
        rows = [
            (["good.json", "deep/bad.yaml"], "several files need --schema"),
            (["good.json", "--ref", "s.json"], "--ref needs --schema"),
            (["good.json", "--check-formats"], "--check-formats needs --schema"),
            (["good.json", "--schema", "s.json", "--pattern", "x"], "exclude each other"),
            (["good.json", "--schema", "s.json", "-o", "xml"], "none of text, json"),
            (["good.json", "--schema", "s.json", "-o", "sarif", "--json"], "exclude each other"),
        ]
        for words, said in rows:
            with self.subTest(words=words):
                ended = self.validate(*words)
                self.assertEqual((ended.exit_code, ended.stdout), (2, ""))
                self.assertIn(said, ended.stderr)


class Documentation(ValidateTest):
    def test_the_commands_for_ci_do_what_the_page_says(self):
        page = PAGE.read_text(encoding="utf-8")
        shown = page.split("### From the command line")[1].split("```console\n")[1].split("```")[0]
        command, _, output = shown.partition("\n")
        self.write("service.schema.json", page.split("```json\n")[1].split("```")[0])
        self.write("services/billing.yaml", page.split("```yaml\n")[1].split("```")[0])
        self.write("services/mail.toml", 'name = "mail"\nkind = "service"\n')
        words = re.sub(r"'([^']*)'", r"\1", command.removeprefix("$ ratchet validate ")).split()
        ended = self.validate(*words)
        self.assertEqual(ended.exit_code, 1)
        if ON_WINDOWS:
            output = output.replace("services/", "services\\")
        self.assertEqual(ended.stderr + ended.stdout, output)


if __name__ == "__main__":
    unittest.main()
