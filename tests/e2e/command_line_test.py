"""The command line's own manners: help, version, call, describe, exit codes, interruption."""

import json
import os
import signal
import subprocess
import unittest

from workspace import (PATIENCE_SECONDS, POSIX_FILES, POSIX_SIGNALS, PYTHON, RATCHET, ProjectTest, entry,
                       instance, not_on_windows, run_ratchet, told, wait_until_interruptible)

# The table of exit codes, by category.
EXIT_CODES = {
    "invalid_argument": 2, "invalid_input": 2, "not_found": 2, "conflict": 1, "check_failed": 1,
    "io": 3, "cancelled": 130, "timeout": 4, "unsupported": 2, "internal": 3}


class Words(unittest.TestCase):
    def test_version(self):
        ended = run_ratchet("--version")
        self.assertEqual((ended.exit_code, ended.stdout), (0, "ratchet 0.1.0\n"))

    def test_help_names_the_commands_and_their_options(self):
        ended = run_ratchet("--help")
        self.assertEqual(ended.exit_code, 0)
        for command in ["run", "validate", "render", "template", "exec", "call", "describe",
                        "doctor"]:
            self.assertIn(command, ended.stdout)
        ended = run_ratchet("run", "--help")
        self.assertEqual(ended.exit_code, 0)
        for option in ["--project-root", "--dry-run", "--expect-plan", "--durability", "--json"]:
            self.assertIn(option, ended.stdout)

    def test_words_that_nobody_knows_are_misuse(self):
        for words in [[], ["rnu"], ["run"], ["run", "batch_create"], ["--nonsense"],
                      ["run", "batch_create", "x.json", "--nonsense"], ["describe", "a", "b"]]:
            with self.subTest(words=words):
                ended = run_ratchet(*words)
                self.assertEqual((ended.exit_code, ended.stdout), (2, ""))
                self.assertNotEqual(ended.stderr, "")


class Call(unittest.TestCase):
    def test_a_request_comes_from_standard_input_and_its_result_goes_to_standard_output(self):
        request = {"payload": {"text": "Ünïcode \u0000", "list": [1, None, True, 0.5]}}
        ended = run_ratchet("call", "ping", stdin=json.dumps(request))
        self.assertEqual((ended.exit_code, ended.json), (0, request))

    def test_an_empty_request_is_an_empty_object(self):
        self.assertEqual(run_ratchet("call", "ping").exit_code, 0)

    def test_faulty_requests_have_a_code_and_an_exit_code(self):
        cases = [("pign", "", "operation.unknown"), ("ping", "{", "request.invalid_json"),
                 ("ping", "[]", "request.wrong_type"),
                 ("ping", '{"paylod": 1}', "request.unknown_key"),
                 ("ping", '{"delay_ms": "1"}', "request.wrong_type"),
                 ("ping", '{"delay_ms": -1}', "request.constraint"),
                 ("pattern.run", "{}", "request.missing_key")]
        for operation, request, code in cases:
            with self.subTest(code=code):
                ended = run_ratchet("call", operation, stdin=request)
                self.assertEqual((ended.exit_code, ended.error["code"]), (2, code))
                self.assertIn("error: ", ended.stderr)

    def test_the_nearest_name_is_told(self):
        for operation, request, nearest in [("pign", "", "ping"),
                                            ("ping", '{"paylod": 1}', "payload")]:
            with self.subTest(nearest=nearest):
                error = run_ratchet("call", operation, stdin=request).error
                self.assertIn(nearest, error["message"] + error.get("hint", ""))

    def test_the_friendly_command_and_the_operation_give_the_same(self):
        self.assertEqual(run_ratchet("describe", "ping", "--json").json,
                         run_ratchet("call", "describe", stdin='{"operation": "ping"}').json)


class Describe(unittest.TestCase):
    def test_lists_operations_in_order_with_their_schemas(self):
        described = run_ratchet("describe", "--json").json
        names = [operation["name"] for operation in described["operations"]]
        self.assertEqual(names, sorted(names))
        for name in ["describe", "doctor", "pattern.list", "pattern.run", "ping", "template.list",
                     "template.render", "validate.instance", "validate.syntax"]:
            self.assertIn(name, names)
        for operation in described["operations"]:
            self.assertTrue(operation["sentence"].endswith("."), operation["name"])
            self.assertIn("$defs", operation["request"])
            self.assertIn("$defs", operation["result"])

    def test_tells_the_table_of_exit_codes(self):
        categories = run_ratchet("describe", "--json").json["categories"]
        self.assertEqual({row["name"]: row["exit_code"] for row in categories}, EXIT_CODES)

    def test_every_code_is_dotted_and_in_a_known_category(self):
        codes = run_ratchet("describe", "--json").json["codes"]
        self.assertEqual([row["code"] for row in codes], sorted(row["code"] for row in codes))
        for row in codes:
            self.assertRegex(row["code"], r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$")
            self.assertIn(row["category"], EXIT_CODES)


class Others(ProjectTest):
    def test_people_see_the_line_of_a_finding_and_a_caret_under_its_column(self):
        path = self.write("batch.yaml", "project_root: .\nlanguge: x\n")
        ended = run_ratchet("validate", path, "--pattern", "batch_create")
        self.assertEqual(ended.exit_code, 1, ended.stderr)
        shown = ended.stderr.splitlines()
        at = next(i for i, line in enumerate(shown) if f"{told(path)}:2:1: error: " in line)
        self.assertEqual(shown[at + 1:at + 3], ["    languge: x", "    ^"])

    def test_the_line_of_a_finding_in_a_run_is_shown_too(self):
        path = self.write("batch.yaml",
                          "project_root: .\nfiles_to_create:\n  - path: a.py\n    path: b.py\n")
        ended = run_ratchet("run", "batch_create", path)
        shown = ended.stderr.splitlines()
        at = next(i for i, line in enumerate(shown) if f"{told(path)}:4:5: error: " in line)
        self.assertEqual(shown[at + 1:at + 3], ["    " + "    path: b.py", "    " + "    ^"])

    def test_validate_says_valid_and_invalid(self):
        good = self.write("good.json", instance(entry("a.py")))
        bad = self.write("bad.json", instance(entry(7)))
        ended = run_ratchet("validate", good, "--json")
        self.assertEqual((ended.exit_code, ended.json["valid"]), (0, True))
        ended = run_ratchet("validate", bad, "--json")
        self.assertEqual((ended.exit_code, ended.json["valid"]), (1, False))
        self.assertEqual(ended.json["errors"][0]["code"], "schema.type")

    def test_what_cannot_be_checked_is_no_verdict(self):
        path = self.write("bad.json", "{")
        ended = run_ratchet("validate", path, "--json")
        self.assertEqual((ended.exit_code, ended.error["code"]), (2, "json.invalid"))

    def test_templates_are_listed_and_rendered(self):
        names = [(row["language"], row["name"])
                 for row in run_ratchet("template", "list", "--json").json["templates"]]
        for name in ["crud", "crud_sqlite", "model", "model_dataclass", "config", "config_env",
                     "test"]:
            self.assertIn(("python", name), names)
        ended = run_ratchet("render", "config_env", "--language", "python", "--set", "name=shop")
        self.assertEqual(ended.exit_code, 0, ended.stderr)
        self.assertIn("class Shop", ended.stdout)

    def test_doctor_names_the_tools_that_checks_need(self):
        ended = run_ratchet("doctor", "--json")
        self.assertEqual(ended.exit_code, 0)
        self.assertIn(PYTHON, [tool["name"] for tool in ended.json["tools"]])

    @not_on_windows(POSIX_FILES)
    def test_a_link_to_the_binary_works_from_anywhere(self):
        link = self.outside / "ratchet"
        link.symlink_to(RATCHET)
        ended = run_ratchet("--version", binary=str(link), folder="/")
        self.assertEqual(ended.exit_code, 0, ended.stderr)


@not_on_windows(POSIX_SIGNALS)
class Interruption(unittest.TestCase):
    def test_an_interrupt_ends_the_work_with_its_code(self):
        with subprocess.Popen([RATCHET, "call", "ping"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdin.write(b'{"delay_ms": 3600000}')
            process.stdin.close()
            wait_until_interruptible(process)
            os.kill(process.pid, signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE_SECONDS), EXIT_CODES["cancelled"])
            self.assertEqual(json.load(process.stdout)["error"]["code"], "job.cancelled")


if __name__ == "__main__":
    unittest.main()
