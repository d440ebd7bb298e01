"""`ratchet exec` with programs of Windows: cmd, and the child program of the tests."""

import json
import os
import pathlib
import unittest

from workspace import ProjectTest, run_ratchet, told

DONE, FAILED, WRONG, TIMEOUT = 0, 1, 2, 4
# The engine keeps 10 MiB of a stream where there is no file to put it into.
MORE_THAN_A_PIPE, MORE_THAN_MEMORY = 300_001, 12_000_001
CHILD = told(pathlib.Path(os.environ.get("RATCHET_WINDOWS_BUILD", "."))
             / "tests/child_program/ratchet_child_program.exe")


class Exec(ProjectTest):
    def execute(self, *words, stdin):
        return run_ratchet("exec", *words, stdin=stdin, folder=self.root)

    def test_items_come_in_order_and_whole(self):
        ended = self.execute("-k", CHILD, "arguments", "<{}>", stdin="one two\r\nü-日本\r\n\r\na\"b\\\n*.py\n")
        self.assertEqual((ended.exit_code, ended.stderr), (DONE, ""))
        self.assertEqual(ended.stdout, "<one two>\n<ü-日本>\n<a\"b\\>\n<*.py>\n")

    def test_a_shell_is_cmd(self):
        ended = self.execute("-k", "--shell", stdin="echo one& echo two>&2\nexit 3\n")
        self.assertEqual((ended.exit_code, ended.stdout.split()), (FAILED, ["one"]))
        told_of = ended.stderr.splitlines()
        self.assertEqual((told_of[0].strip(), told_of[1:]),
                         ("two", ["exit 3: failed with exit code 3", "1 of 2 jobs did not pass: 1 failed"]))

    def test_bytes_and_streams_are_kept_apart(self):
        ended = self.execute("--json", stdin=json.dumps(
            [{"name": "a", "command": [CHILD, "bytes", "0d0a00ff1a41", "complain", "no", "exit", "7"]}]))
        self.assertEqual(ended.exit_code, FAILED)
        action = ended.json["actions"][0]
        self.assertEqual((action["state"], action["exit_code"], action["stdout_base64"], action["stderr"]),
                         ("failed", 7, "DQoA/xpB", "no\n"))

    def test_outputs_that_outgrow_pipe_and_memory_are_whole(self):
        ended = self.execute("-k", "-j2", CHILD, "zeros", "{}", "say", "end",
                             stdin=f"{MORE_THAN_A_PIPE}\n{MORE_THAN_MEMORY}\n")
        self.assertEqual((ended.exit_code, ended.stderr), (DONE, ""))
        self.assertEqual([len(part) for part in ended.stdout.split("end\n")],
                         [MORE_THAN_A_PIPE, MORE_THAN_MEMORY, 0])

    def test_a_working_folder_and_variables_are_the_actions_own(self):
        (self.root / "deep").mkdir()
        ended = self.execute("--cwd", "deep", stdin=json.dumps(
            [{"name": "a", "command": [CHILD, "folder", "variable", "WORD"], "env": {"word": "ü"}}]))
        self.assertEqual(ended.stdout, told(self.root / "deep") + "\nü\n", ended.stderr)

    def test_a_time_limit_ends_the_tree(self):
        ended = self.execute("--timeout", "1", "--grace", "0", stdin=json.dumps(
            [{"name": "a", "command": [CHILD, "child", "rest", ";", "rest"]}]))
        self.assertEqual(ended.exit_code, TIMEOUT, ended.stderr)
        self.assertIn("ran past its limit", ended.stderr)

    def test_what_cannot_be_started_is_refused_before_anything_starts(self):
        self.write("text.txt", "no program")
        rows = [("no-such-program", "process.not_found"), (told(self.root), "process.invalid_command"),
                (told(self.root / "text.txt"), "process.invalid_command"), ("", "process.invalid_command")]
        for program, code in rows:
            with self.subTest(program=program):
                ended = self.execute("--json", stdin=json.dumps(
                    [{"name": "first", "command": [CHILD, "here", "started"]},
                     {"name": "x", "command": [program]}]))
                self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, code), ended.stdout)
                self.assertFalse((self.root / "started").exists())

    def test_a_dry_run_starts_nothing(self):
        ended = self.execute("--dry-run", CHILD, "here", "{}", stdin="started\n")
        self.assertEqual((ended.exit_code, list(self.root.iterdir())), (DONE, []))
        self.assertTrue(ended.stdout.endswith(" here started\n"), ended.stdout)

    def test_a_word_that_begins_with_a_slash_is_the_commands_own(self):
        ended = self.execute("-j1", "cmd", "/c", "echo", stdin="x\n")
        self.assertEqual((ended.exit_code, ended.stdout.split()), (DONE, ["x"]), ended.stderr)
        ended = self.execute("/h", stdin="x\n")
        self.assertEqual((ended.exit_code, ended.stdout), (WRONG, ""))
        self.assertIn('"/h"', ended.stderr)


if __name__ == "__main__":
    unittest.main()
