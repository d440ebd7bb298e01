"""The words of the command line and its streams: UTF-8 whatever the code page, bytes as they are."""

import json
import os
import subprocess
import unittest

from workspace import PATIENCE_SECONDS, RATCHET, ProjectTest, run_ratchet, told

DONE, WRONG = 0, 2
EVERY_SCRIPT = "ünï 日本 \U0001f527"


class Words(ProjectTest):
    def test_words_and_what_is_printed_are_utf8(self):
        self.write("a.mustache", "{{x}}\n")
        ended = run_ratchet("render", ".\\a.mustache", "--set", f"x={EVERY_SCRIPT}",
                            folder=self.root)
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (DONE, EVERY_SCRIPT + "\n", ""))

    def test_a_word_comes_through_as_it_was_quoted(self):
        self.write("a.mustache", "{{x}}\n")
        for word in ['a "quoted" word', "back\\slash\\", 'end\\"', "*.mustache", "%PATH%", "a  b", "^&|<>"]:
            with self.subTest(word=word):
                ended = run_ratchet("render", ".\\a.mustache", "--set", f"x={word}",
                                    folder=self.root)
                self.assertEqual((ended.exit_code, ended.stdout), (DONE, word + "\n"), ended.stderr)

    def test_errors_name_files_in_utf8(self):
        path = self.root / f"{EVERY_SCRIPT}.json"
        ended = run_ratchet("run", "batch_create", path)
        self.assertEqual(ended.exit_code, WRONG)
        self.assertIn(told(path), ended.stderr)

    def test_a_word_with_a_slash_is_a_path_and_no_option(self):
        for word in ["/no/such/file.json", "/json", "/h"]:
            with self.subTest(word=word):
                ended = run_ratchet("validate", word, "--json", folder=self.root)
                self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, "io.not_found"), ended.stderr)


class Streams(ProjectTest):
    def test_nothing_that_is_printed_has_a_carriage_return(self):
        for words in [["--help"], ["run", "--help"], ["describe"], ["template", "list", "--json"], ["nonsense"]]:
            with self.subTest(words=words):
                ended = run_ratchet(*words)
                self.assertNotIn("\r", ended.stdout + ended.stderr)
                self.assertIn("\n", ended.stdout + ended.stderr)

    def test_standard_input_is_read_to_its_end_as_bytes(self):
        request = {"payload": "a\r\n\x1a" + EVERY_SCRIPT}
        text = json.dumps(request, ensure_ascii=False, indent=1).replace("\n", "\r\n")
        ended = run_ratchet("call", "ping", stdin=text)
        self.assertEqual((ended.exit_code, ended.json), (DONE, request))
        # Ctrl+Z ends no file here.
        ended = run_ratchet("call", "ping", stdin="\x1a{}")
        self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, "request.invalid_json"))

    def test_output_that_is_a_file_is_the_same_as_through_a_pipe(self):
        piped = run_ratchet("describe", "ping", "--json").stdout
        with open(self.outside / "out", "wb") as output:
            subprocess.run([RATCHET, "describe", "ping", "--json"], stdout=output, check=True,
                           timeout=PATIENCE_SECONDS)
        self.assertEqual((self.outside / "out").read_bytes().decode(), piped)

    def test_exit_codes_reach_the_caller(self):
        self.write("bad.json", "{")
        for words, code in [(["--version"], 0), (["validate", "bad.json"], 2), (["call", "pign"], 2),
                            (["undo", "NONE"], 2), (["template", "check", "model", "-l", "python"], 0)]:
            with self.subTest(words=words):
                self.assertEqual(run_ratchet(*words, folder=self.root).exit_code, code)

    def test_a_reader_that_goes_away_is_told_and_ends_the_jobs(self):
        read_end, write_end = os.pipe()
        os.close(read_end)
        with subprocess.Popen([RATCHET, "exec", "cmd", "/c", "echo"], stdin=subprocess.PIPE, stdout=write_end,
                              stderr=subprocess.PIPE) as process:
            os.close(write_end)
            _, told_of = process.communicate(b"x\n", PATIENCE_SECONDS)
            self.assertEqual(process.returncode, 3, told_of)
            self.assertIn(b"standard output", told_of)


if __name__ == "__main__":
    unittest.main()
