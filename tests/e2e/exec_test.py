"""`ratchet exec` in the place of xargs and GNU parallel.

Expectations come from docs/parallel.md.
"""

import base64
import contextlib
import fcntl
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unittest

from workspace import (PATIENCE_SECONDS, POSIX_PROGRAMS, RATCHET, ProjectTest, not_on_windows,
                       wait_until_interruptible)

DONE, FAILED, WRONG, IO, TIMEOUT, CANCELLED = 0, 1, 2, 3, 4, 130
# Longer than any test waits; what still runs at its end was not ended.
FOREVER = "3600"


class Ended:
    def __init__(self, finished):
        self.exit_code = finished.returncode
        self.stdout = finished.stdout
        self.stderr = finished.stderr.decode()

    @property
    def lines(self):
        return self.stdout.decode().splitlines()

    @property
    def json(self):
        return json.loads(self.stdout)

    @property
    def errors(self):
        return self.stderr.splitlines()


def execute(*arguments, stdin="", **options):
    text = stdin if isinstance(stdin, bytes) else stdin.encode()
    return Ended(subprocess.run([RATCHET, "exec", *map(str, arguments)], input=text,
                                capture_output=True, timeout=PATIENCE_SECONDS, check=False, **options))


def is_alive(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError(f"it never came: {what}")


@not_on_windows(POSIX_PROGRAMS)
class ExecTest(ProjectTest):
    def script(self, name, body):
        path = self.write(name, "#!/bin/sh\n" + body)
        path.chmod(0o755)
        return path

    def refused(self, *arguments, stdin, code, says):
        """Refused before anything starts: one error, exit code 2."""
        witness = self.root / "started"
        ended = execute("--json", *arguments, stdin=stdin, cwd=self.root)
        self.assertEqual(ended.exit_code, WRONG, ended.stdout)
        self.assertFalse(witness.exists(), "something was started")
        error = ended.json["error"]
        self.assertEqual(error["code"], code)
        self.assertNotIn("\n", error["message"])
        people = execute(*arguments, stdin=stdin, cwd=self.root)
        self.assertEqual((people.exit_code, people.stdout), (WRONG, b""))
        self.assertTrue(people.errors[0].startswith("error: "), people.stderr)
        self.assertRegex(people.stderr, says)
        self.assertLessEqual(len(people.errors), 2)  # and a hint
        return error


class Lines(ExecTest):
    def test_each_line_is_a_command(self):
        ended = execute("-k", stdin="echo one\n\n   \n  echo   two  words\necho three")
        self.assertEqual((ended.exit_code, ended.lines, ended.stderr),
                         (DONE, ["one", "two words", "three"], ""))

    def test_words_are_quoted_as_for_a_shell(self):
        cases = [(r"""a 'b  c' d""", ["a", "b  c", "d"]), (r'"a \"b\" \\ \x"', ['a "b" \\ \\x']),
                 (r"a\ b\'c", ["a b'c"]), ("""''  "" x""", ["", "", "x"]), ("a'b'\"c\"d", ["abcd"]),
                 ("'$HOME' '*' '|'", ["$HOME", "*", "|"]), (r"\$x \* \~", ["$x", "*", "~"]),
                 ("a~b a#b {} a=b [ ] é", ["a~b", "a#b", "{}", "a=b", "[", "]", "é"]),
                 ("tab\tbetween\r", ["tab", "between"])]
        for line, words in cases:
            with self.subTest(line=line):
                ended = execute(stdin="printf '<%s>\\n' " + line + "\n")
                self.assertEqual(ended.stdout.decode(), "".join(f"<{word}>\n" for word in words))

    def test_what_a_shell_would_act_upon_is_refused_with_its_place(self):
        for line in ["echo a | cat", "echo a & b", "a; b", "cat < x", "cat > x", "echo $HOME",
                     "echo `x`", "echo *.c", "echo a?", "(a)", "echo ~/x", "# comment", "a # b",
                     "X=1 env", "echo [ab]", 'echo "$HOME"', 'echo "`x`"']:
            with self.subTest(line=line):
                error = self.refused(stdin=f"touch started\n{line}\n", code="jobs.needs_shell",
                                     says=r"standard input:2:\d+: .*\n?hint: .*--shell")
                self.assertEqual(error["line"], 2)

    def test_the_column_counts_characters(self):
        error = self.refused(stdin="echo éé $x\n", code="jobs.needs_shell", says="standard input:1:9")
        self.assertEqual(error["column"], 9)

    def test_a_quote_that_is_not_closed_is_refused(self):
        for line, column in [("echo 'a", 6), ('echo a "b', 8), ("echo \\", 6)]:
            with self.subTest(line=line):
                error = self.refused(stdin=line, code="jobs.invalid", says="standard input:1:")
                self.assertEqual(error["column"], column)

    def test_a_shell_runs_the_line_where_it_is_asked_for(self):
        ended = execute("--shell", "-k", stdin="echo $((1 + 1)) | tr 2 3\necho a; echo b >&2\n")
        self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (DONE, b"3\na\n", "b\n"))

    def test_blank_input_is_no_job(self):
        for words in [[], ["echo"], ["-0", "echo"], ["--format", "json"], ["--format", "jsonl"]]:
            with self.subTest(words=words):
                ended = execute(*words, stdin="" if "-0" in words else "\n \n")
                self.assertEqual((ended.exit_code, ended.stdout, ended.stderr), (DONE, b"", ""))

    def test_jobs_come_from_a_file_too(self):
        path = self.write("jobs", "echo from a file\n")
        self.assertEqual(execute("--input", path).lines, ["from a file"])
        ended = execute("--input", self.root / "none")
        self.assertEqual(ended.exit_code, WRONG)
        self.assertIn("none", ended.stderr)
        self.assertIn("folder", execute("--input", self.root).stderr)

    def test_equal_lines_are_different_jobs(self):
        result = execute("--json", stdin="echo x\necho x\necho x\n").json
        self.assertEqual([action["name"] for action in result["actions"]],
                         ["echo x", "echo x #2", "echo x #3"])


class Items(ExecTest):
    def test_the_item_takes_its_place_or_comes_last(self):
        cases = [(["echo", "a"], "x y\n", "a x y\n"), (["echo", "{}", "a"], "x y\n", "x y a\n"),
                 (["echo", "<{}>", "{}{}"], "é\n", "<é> éé\n"), (["echo", "{}"], "{}x{}\n", "{}x{}\n"),
                 (["printf", "%s|", "a b"], "-c\n", "a b|-c|")]
        for words, items, expected in cases:
            with self.subTest(words=words):
                self.assertEqual(execute(*words, stdin=items).stdout.decode(), expected)

    def test_an_item_is_one_argument_whatever_stands_in_it(self):
        item = "a 'b' \"c\" $d *;|&\\ \t~"
        self.assertEqual(execute("printf", "%s", stdin=item + "\n").stdout.decode(), item)
        ended = execute("--shell", "printf %s {} | cat", stdin=item + "\n")
        self.assertEqual(ended.stdout.decode(), item)

    def test_options_of_the_command_are_its_own(self):
        self.assertEqual(execute("-j", 1, "printf", "%s-", "-j", "--json", "-h", stdin="x\n").stdout,
                         b"-j---json--h-x-")
        self.assertEqual(execute("-j1", "--", "echo", "--", stdin="x\n").stdout, b"-- x\n")
        # Names that are commands of ours as well.
        for name in ["run", "call", "exec", "test"]:
            with self.subTest(name=name):
                ended = execute("--dry-run", name, stdin="x\n")
                self.assertEqual(ended.lines, [f"{name} x"])

    def test_items_that_end_with_a_nul_are_taken_byte_for_byte(self):
        ended = execute("-0", "-k", "printf", "<%s>", stdin="a\nb\0 \0\0c\r\0d".encode())
        self.assertEqual(ended.stdout, b"<a\nb>< ><c\r><d>")
        self.assertEqual(execute("--format", "null", "echo", stdin=b"a\0").stdout, b"a\n")

    def test_what_cannot_be_an_argument_is_refused(self):
        self.refused("touch", "started", stdin=b"ok\n\xff\n", code="text.invalid_utf8",
                     says="standard input:2:")
        self.refused("touch", "started", stdin=b"a\0b\n", code="jobs.invalid", says="--null")

    def test_each_job_reads_nothing(self):
        self.assertEqual(execute("sh", "-c", "cat; echo end", stdin="1\n2\n").stdout, b"end\nend\n")


class Json(ExecTest):
    ACTIONS = [{"name": "b", "command": ["echo", "b"], "needs": ["a"]},
               {"name": "a", "shell": "echo $X", "env": {"X": "a"}}]

    def test_a_document_is_a_list_or_an_object_with_settings(self):
        for document in [self.ACTIONS, {"actions": self.ACTIONS},
                         {"throttle_limit": 1, "actions": self.ACTIONS, "cwd": "/"}]:
            for text in [json.dumps(document), "\ufeff\n" + json.dumps(document, indent=2)]:
                with self.subTest(text=text):
                    ended = execute(stdin=text)
                    self.assertEqual((ended.exit_code, ended.lines, ended.stderr),
                                     (DONE, ["a", "b"], ""))

    def test_json_lines_have_an_action_each(self):
        text = "".join(json.dumps(action) + "\n\n" for action in self.ACTIONS)
        self.assertEqual(execute(stdin=text).lines, ["a", "b"])
        self.assertEqual(execute("--format", "jsonl", stdin=text).lines, ["a", "b"])
        self.assertEqual(execute(stdin=json.dumps({"command": ["echo", "one"]})).lines, ["one"])

    def test_options_win_over_the_document(self):
        document = {"throttle_limit": 8, "timeout_seconds": 900, "cwd": "/tmp",
                    "actions": [{"command": ["pwd"]}]}
        ended = execute("--cwd", "/", "--dry-run", "--json", "-j3", stdin=json.dumps(document))
        request = ended.json
        self.assertEqual((request["throttle_limit"], request["timeout_seconds"], request["cwd"]),
                         (3, 900, "/"))
        self.assertEqual(execute("--cwd", "/", stdin=json.dumps(document)).lines, ["/"])

    def test_an_operation_is_a_job_like_any_other(self):
        ended = execute("--json", stdin='[{"name": "x", "operation": "ping", '
                                        '"request": {"payload": 7}}]')
        self.assertEqual(ended.json["actions"][0]["result"], {"payload": 7})

    def test_a_line_may_begin_with_a_bracket(self):
        self.assertEqual(execute(stdin="[ -d / ]\n").exit_code, DONE)
        self.assertEqual(execute("echo", stdin='{"a": 1}\n').lines, ['{"a": 1}'])

    def test_bad_json_is_refused_with_its_place(self):
        cases = [('[{"command": ["touch", "started"]},\n {"command" ["x"]}]', "json.invalid", 2, 13),
                 ('{"command": ["touch", "started"]}\n{"command": [}\n', "json.invalid", 2, 14),
                 ('[{"command": ["true"],\n"command": ["x"]}]', "json.duplicate_key", 2, 1)]
        for text, code, line, column in cases:
            with self.subTest(text=text):
                error = self.refused(stdin=text, code=code, says=f"standard input:{line}:{column}: ")
                self.assertEqual((error["line"], error["column"]), (line, column))

    def test_what_is_no_list_of_actions_is_refused(self):
        for text, says in [("[1]", "action 1"), ("7", "list of actions"), ('{"actions": 1}', "no list"),
                           ('[{"host": true}]', "host")]:
            with self.subTest(text=text):
                self.refused("--format", "json", stdin=text, code="jobs.invalid", says=says)
        self.refused("--format", "json", "echo", stdin="[]", code="jobs.invalid", says="command")
        self.refused("--format", "jsonl", "--shell", stdin="{}", code="jobs.invalid", says="--shell")


class BadInput(ExecTest):
    """Refused before anything starts; `started` is what a first, faultless job would make."""

    FIRST = {"name": "first", "command": ["touch", "started"]}

    def check(self, action, code, says, *options, **settings):
        document = {"actions": [self.FIRST, action], "cwd": str(self.root), **settings}
        return self.refused(*options, stdin=json.dumps(document), code=code, says=says)

    def test_needs_that_cannot_be_met(self):
        self.check({"name": "x", "command": ["true"], "needs": ["frist"]}, "parallel.unknown_need",
                   'first')
        self.check({"name": "x", "command": ["true"], "needs": ["x"]}, "parallel.circular_needs", "x")

    def test_a_name_that_is_taken(self):
        self.check({"name": "first", "command": ["true"]}, "parallel.duplicate_name", "first")

    def test_an_action_that_says_nothing_or_too_much(self):
        self.check({"name": "x"}, "parallel.invalid_action", "x")
        self.check({"name": "x", "command": []}, "parallel.invalid_action", "x")
        self.check({"name": "x", "command": ["a"], "shell": "b"}, "parallel.invalid_action", "x")

    def test_a_command_that_cannot_be_started(self):
        for command, says in [([""], "x"), (["/"], "/"), (["true", "a\0b"], "NUL"),
                              (["true", "x" * (3 << 20)], "x")]:
            with self.subTest(command=command[0]):
                self.check({"name": "x", "command": command}, "process.invalid_command", says)
        text = self.write("text", "no program")
        self.check({"name": "x", "command": [str(text)]}, "process.invalid_command", "text")

    def test_a_program_that_is_not_there_is_named_with_the_path_searched(self):
        error = self.check({"name": "x", "command": ["no-such-program"]}, "process.not_found",
                           "no-such-program")
        self.assertIn(os.environ["PATH"].split(":")[0], json.dumps(error))
        self.refused(stdin="touch started\nno-such-program x\n", code="process.not_found",
                     says='action "no-such-program x"')

    def test_a_working_directory_that_does_not_exist(self):
        self.check({"name": "x", "command": ["true"], "cwd": "/no/such/folder"},
                   "process.invalid_command", "/no/such/folder")
        self.refused("--cwd", "missing", "touch", stdin="started\n", code="process.invalid_command",
                     says="missing")

    def test_limits_of_nothing(self):
        for words in [["--timeout", "0"], ["--timeout=-1"], ["--total-timeout", "0"],
                      ["--retry-delay", "0"], ["--retries=-1"], ["--jobs=-1"]]:
            with self.subTest(words=words):
                self.refused(*words, "touch", stdin="started\n", code="request.constraint",
                             says=r"error: .+")
        self.check({"name": "x", "command": ["true"], "timeout_seconds": 0}, "request.constraint",
                   "timeout_seconds")

    def test_unknown_words_are_told_the_nearest(self):
        self.check({"name": "x", "comand": ["true"]}, "request.unknown_key", '"command"')
        self.check({"name": "x", "command": ["true"]}, "request.unknown_key", '"fail_fast"',
                   failfast=True)
        self.check({"name": "x", "command": ["true"], "pool": "git"}, "parallel.unknown_pool", "git")

    def test_words_of_the_command_line_that_nobody_knows(self):
        for words, says in [(["--nonsense"], "--nonsense"), (["-j", "two"], "two"), (["-jx"], "x"),
                            (["--timeout", "1s"], "1s"), (["--format", "yaml"], "yaml"),
                            (["--json", "--live"], "--json"), (["-k", "--live"], "--keep-order"),
                            (["--timeout", "nan"], "nan")]:
            with self.subTest(words=words):
                ended = execute(*words, "touch", "started", stdin="x\n", cwd=self.root)
                self.assertEqual((ended.exit_code, ended.stdout), (WRONG, b""))
                self.assertIn(says, ended.stderr)
                self.assertFalse((self.root / "started").exists())


class Output(ExecTest):
    def test_streams_stay_apart_and_whole(self):
        ended = execute("--shell", "-k", "-j4", stdin="".join(
            f"echo out{i}; echo err{i} >&2; sleep 0.0{9 - i}; echo out{i}; echo err{i} >&2\n"
            for i in range(8)))
        self.assertEqual(ended.lines, [f"out{i // 2}" for i in range(16)])
        self.assertEqual(ended.errors, [f"err{i // 2}" for i in range(16)])

    def test_without_keep_order_outputs_come_whole_as_jobs_end(self):
        late = self.root / "late"
        ended = execute("--shell", "-j2", stdin=(
            f"echo first; while [ ! -e {late} ]; do sleep 0.01; done; echo first\n"
            f"echo second; echo second; touch {late}\n"))
        self.assertEqual(ended.lines, ["second", "second", "first", "first"])

    def test_bytes_are_not_touched(self):
        content = bytes(range(256)) * 3 + b"\xff\xfe\0no end of line"
        path = self.root / "bytes"
        path.write_bytes(content)
        ended = subprocess.run([RATCHET, "exec", "--shell"], capture_output=True, check=True,
                               input=f"cat {path}; cat {path} >&2\n".encode())
        self.assertEqual((ended.stdout, ended.stderr), (content, content))

    def test_outputs_that_outgrow_memory_are_whole_too(self):
        size = 3_000_000
        for options in [[], ["-k"], ["--spill", str(self.outside)]]:
            with self.subTest(options=options):
                temporary = self.root / "tmp"
                temporary.mkdir(exist_ok=True)
                ended = execute(*options, "-j2", "--shell",
                                stdin=f"seq {size} | head -c {size}\n" * 2,
                                env={**os.environ, "TMPDIR": str(temporary)})
                whole = b"".join(b"%d\n" % i for i in range(1, size // 6))[:size]
                self.assertEqual(ended.exit_code, DONE, ended.stderr)
                self.assertTrue(ended.stdout == whole + whole, "outputs are not whole")
                self.assertEqual(list(temporary.iterdir()), [])
        self.assertEqual(sorted(path.name for path in self.outside.iterdir()),
                         ["1.stdout", "2.stdout"])

    def test_what_was_printed_takes_no_room_any_more(self):
        # The second job passes once the file of the first one's output is gone.
        ended = execute("--shell", "-j1", "--timeout", "60", env={**os.environ, "TMPDIR": str(self.root)},
                        stdin="yes | head -c 1000000; ls $TMPDIR/*/1.stdout >&2\n"
                              "while ls $TMPDIR/*/1.stdout; do sleep 0.01; done > $TMPDIR/seen 2>&1\n")
        self.assertEqual(ended.exit_code, DONE, ended.stderr)
        self.assertIn("/1.stdout", ended.stderr)
        self.assertEqual(len(ended.stdout), 1000000)

    def test_bytes_that_can_be_kept_nowhere_are_told(self):
        ended = execute("--shell", stdin="yes | head -c 25000000\n",
                        env={**os.environ, "TMPDIR": str(self.root / "none")})
        self.assertEqual(ended.exit_code, IO)
        self.assertIn("bytes in the middle of its stdout are lost", ended.stderr)

    def test_live_output_comes_as_it_is_written(self):
        with subprocess.Popen([RATCHET, "exec", "--live", "--shell", "echo {}; sleep " + FOREVER],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as process:
            process.stdin.write(b"now\n")
            process.stdin.close()
            self.assertEqual(process.stdout.readline(), b"now\n")
            process.terminate()
            self.assertEqual(process.wait(PATIENCE_SECONDS), CANCELLED)

    def test_success_says_nothing_and_failure_a_line(self):
        ended = execute("-k", stdin="true\nfalse\nsh -c 'exit 3'\nsh -c 'kill -9 $$'\n")
        self.assertEqual((ended.exit_code, ended.stdout), (FAILED, b""))
        self.assertEqual(ended.errors, [
            "false: failed with exit code 1", "sh -c 'exit 3': failed with exit code 3",
            "sh -c 'kill -9 $$': ended by signal 9",
            "3 of 4 jobs did not pass: 2 failed, 1 signalled"])
        quiet = execute("-q", stdin="true\nfalse\n")
        self.assertEqual((quiet.exit_code, quiet.stdout, quiet.stderr), (FAILED, b"", ""))

    def test_names_cannot_play_with_the_terminal(self):
        ended = execute("-0", "false", stdin=b"a\x1b[2J\nb\0")
        self.assertEqual(ended.errors[0], "a?[2J?b: failed with exit code 1")

    def test_a_failure_stands_on_a_line_of_its_own(self):
        ended = execute("--shell", stdin="printf x >&2; exit 1\n")
        self.assertEqual(ended.errors[0], "x")

    def test_a_dry_run_prints_commands_and_runs_none(self):
        ended = execute("-n", "touch", "{}", stdin="a b\nit's\n", cwd=self.root)
        self.assertEqual(ended.lines, ["touch 'a b'", "touch 'it'\\''s'"])
        self.assertEqual(list(self.root.iterdir()), [])
        # What it prints can be run as it stands.
        again = execute(stdin=ended.stdout, cwd=self.root)
        self.assertEqual(again.exit_code, DONE, again.stderr)
        self.assertEqual(sorted(path.name for path in self.root.iterdir()), ["a b", "it's"])

    def test_json_is_the_result_alone_and_events_are_apart(self):
        ended = execute("--json", "--shell", stdin="echo a; printf '\\377'\nexit 3\n")
        self.assertEqual(ended.exit_code, FAILED)
        result = ended.json
        self.assertEqual((result["passed"], result["not_passed"]), (1, 1))
        first = result["actions"][0]
        self.assertEqual(base64.b64decode(first["stdout_base64"]), b"a\n\xff")
        self.assertEqual(result["errors"][0]["code"], "action.failed")
        events = [json.loads(line)["event"] for line in ended.errors]
        self.assertEqual((events[0], events[-1]), ("run.started", "run.finished"))
        self.assertEqual(events.count("job.finished"), 2)

    def test_json_of_no_job_is_a_result_too(self):
        ended = execute("--json", "echo")
        self.assertEqual((ended.exit_code, ended.json["all_passed"]), (DONE, True))


class Policy(ExecTest):
    def test_a_script_that_passes_the_third_time(self):
        script = self.script("flaky", 'echo x >> "$1"; [ "$(wc -l < "$1")" -ge 3 ]\n')
        count = self.root / "count"
        ended = execute("--retries", 2, "--retry-delay", "0.01", script, stdin=f"{count}\n")
        self.assertEqual((ended.exit_code, ended.stderr), (DONE, ""))
        count.unlink()
        ended = execute("--retries", 1, "--retry-delay", "0.01", script, stdin=f"{count}\n")
        self.assertEqual(ended.exit_code, FAILED)
        self.assertIn("the last of 2 attempts", ended.errors[0])

    def test_a_time_limit_ends_the_whole_tree(self):
        pid = self.root / "pid"
        ended = execute("--timeout", "0.2", "--shell",
                        stdin=f"sh -c 'echo $$ > {pid}; exec sleep {FOREVER}'; true\n")
        self.assertEqual(ended.exit_code, TIMEOUT)
        self.assertIn("ran past its limit", ended.stderr)
        self.assertFalse(is_alive(int(pid.read_text())))

    def test_a_limit_of_all_together(self):
        ended = execute("--total-timeout", "0.2", "-j1", "sleep", stdin=f"{FOREVER}\n{FOREVER}\n")
        self.assertEqual(ended.exit_code, TIMEOUT)
        self.assertIn("1 cancelled, 1 timed_out", ended.errors[-1])

    def test_fail_fast_ends_what_runs_and_what_waits(self):
        pid = self.root / "pid"
        ended = execute("--fail-fast", "-j2", "--shell", stdin=(
            f"echo $$ > {pid}; exec sleep {FOREVER}\n"
            f"while [ ! -s {pid} ]; do sleep 0.01; done; exit 7\n"
            f"touch {self.root}/started\n"))
        self.assertEqual(ended.exit_code, FAILED)
        self.assertFalse(is_alive(int(pid.read_text())))
        self.assertFalse((self.root / "started").exists())
        self.assertIn("failed with exit code 7", ended.errors[0])
        self.assertIn("cancelled", ended.errors[1])
        self.assertEqual(ended.errors[-1], "3 of 3 jobs did not pass: 2 cancelled, 1 failed")

    def test_without_it_all_others_run(self):
        ended = execute("-j1", stdin=f"false\ntouch {self.root}/started\n")
        self.assertEqual(ended.exit_code, FAILED)
        self.assertTrue((self.root / "started").exists())

    def test_what_needs_a_failed_one_is_skipped(self):
        ended = execute(stdin=json.dumps([
            {"name": "a", "command": ["false"]}, {"name": "b", "command": ["echo", "b"], "needs": ["a"]},
            {"name": "c", "command": ["echo", "c"]}]))
        self.assertEqual((ended.exit_code, ended.lines), (FAILED, ["c"]))
        self.assertIn("b: skipped: needs", ended.stderr)

    def test_a_program_that_the_system_refuses_to_start(self):
        script = self.write("bad", "#!/no/such/interpreter\n")
        script.chmod(0o755)
        ended = execute(script, stdin="x\n")
        self.assertEqual(ended.exit_code, IO, ended.stderr)
        self.assertRegex(ended.errors[0], r"^x: did not start: .+")

    def test_children_get_their_signals_back(self):
        # A child that ignored SIGPIPE, as we do, would write for ever here.
        ended = execute("--shell", "-j1", stdin="(yes; echo $? >&2) | head -n 1\n")
        self.assertEqual(ended.stdout, b"y\n")

    def test_more_jobs_than_descriptors(self):
        ended = subprocess.run(["sh", "-c", f"ulimit -n 64; seq 300 | {RATCHET} exec -j200 echo"],
                               capture_output=True, timeout=PATIENCE_SECONDS, check=False)
        self.assertEqual(ended.returncode, DONE, ended.stderr)
        self.assertEqual(sorted(map(int, ended.stdout.split())), list(range(1, 301)))


class Interruption(ExecTest):
    CHILDREN = 20

    @contextlib.contextmanager
    def running(self, body):
        """So many children at once, each known by its pid; `body` is what each does."""
        script = self.script("child", f'echo $$ > "$1.new"; mv "$1.new" "$1"\n{body}\n')
        pids = self.root / "pids"
        pids.mkdir()
        items = "".join(f"{pids}/{i}\n" for i in range(self.CHILDREN + 5))
        with subprocess.Popen([RATCHET, "exec", "-j", str(self.CHILDREN), script],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env={**os.environ, "TMPDIR": str(self.outside)}) as process:
            process.stdin.write(items.encode())
            process.stdin.close()

            def begun():
                return [path for path in pids.iterdir() if path.suffix != ".new"]
            try:
                wait_until_interruptible(process)
                wait_for(lambda: len(begun()) == self.CHILDREN, "children")
                children = [int(path.read_text()) for path in begun()]
                self.assertTrue(all(map(is_alive, children)))
                yield process, children
                self.assertEqual(len(begun()), self.CHILDREN, "more were started")
            finally:
                process.kill()

    def test_the_first_interrupt_asks(self):
        with self.running(f"exec sleep {FOREVER}") as (process, children):
            os.kill(process.pid, signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE_SECONDS), CANCELLED)
            self.assertEqual([pid for pid in children if is_alive(pid)], [])
            self.assertEqual(process.stderr.read(), b"25 of 25 jobs did not pass: 25 cancelled\n")

    def test_the_second_kills_those_that_do_not_obey(self):
        body = f"trap '' TERM\nwhile :; do sleep {FOREVER}; done"
        with self.running(body) as (process, children):
            os.kill(process.pid, signal.SIGINT)
            time.sleep(0.2)  # two signals at once are one
            begin = time.monotonic()
            os.kill(process.pid, signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE_SECONDS), CANCELLED)
            self.assertEqual([pid for pid in children if is_alive(pid)], [])
            self.assertLess(time.monotonic() - begin, PATIENCE_SECONDS)

    def test_children_die_with_a_command_that_is_killed(self):
        with self.running(f"exec sleep {FOREVER}") as (process, children):
            process.kill()
            process.wait(PATIENCE_SECONDS)
            wait_for(lambda: not any(map(is_alive, children)), "the children's end")

    def test_a_reader_that_does_not_read_does_not_keep_it_from_ending(self):
        read_end, write_end = os.pipe()
        self.addCleanup(os.close, read_end)
        with subprocess.Popen([RATCHET, "exec", "--shell", "-j2"], stdin=subprocess.PIPE,
                              stdout=write_end, stderr=subprocess.DEVNULL) as process:
            os.close(write_end)
            process.stdin.write(f"head -c 200000 /dev/zero\nsleep {FOREVER}\n".encode())
            process.stdin.close()
            wait_until_interruptible(process)
            wait_for(lambda: self.bytes_in(read_end) >= 65536, "a full pipe")
            os.kill(process.pid, signal.SIGINT)
            time.sleep(0.2)
            os.kill(process.pid, signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE_SECONDS), CANCELLED)

    @staticmethod
    def bytes_in(descriptor):
        answer = fcntl.ioctl(descriptor, termios.FIONREAD, struct.pack("i", 0))
        return struct.unpack("i", answer)[0]


class ClosedOutput(ExecTest):
    def test_a_reader_that_goes_away_ends_the_children(self):
        pid = self.root / "pid"
        with subprocess.Popen([RATCHET, "exec", "--shell", "-j2"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            # The second speaks once the first is known to run; nobody listens by then.
            process.stdout.close()
            process.stdin.write((f"echo $$ > {pid}; exec sleep {FOREVER}\n"
                                 f"while [ ! -s {pid} ]; do sleep 0.01; done; echo x\n").encode())
            process.stdin.close()
            self.assertEqual(process.wait(PATIENCE_SECONDS), IO)
            self.assertIn("standard output", process.stderr.read().decode())
        self.assertFalse(is_alive(int(pid.read_text())))

    def test_head_takes_its_line_and_the_rest_ends(self):
        ended = subprocess.run(
            ["bash", "-c", f"seq 5000 | {RATCHET} exec -j2 -k echo | head -n 1; "
                           "echo ${PIPESTATUS[1]}"],
            capture_output=True, timeout=PATIENCE_SECONDS, check=True)
        self.assertEqual(ended.stdout, f"1\n{IO}\n".encode())

    def test_a_full_disk_is_told(self):
        with open("/dev/full", "wb") as full:
            ended = subprocess.run([RATCHET, "exec", "echo"], input=b"x\n", stdout=full,
                                   stderr=subprocess.PIPE, timeout=PATIENCE_SECONDS, check=False)
        self.assertEqual(ended.returncode, IO)
        self.assertIn("No space left", ended.stderr.decode())


class Terminal(ExecTest):
    COLUMNS = 60

    def on_terminal(self, *arguments, stdin, stdout_too=True):
        """What was written on a terminal of 60 columns, and the exit code."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, self.COLUMNS, 0, 0))
        with tempfile.TemporaryFile() as jobs:
            jobs.write(stdin.encode())
            jobs.seek(0)
            with subprocess.Popen([RATCHET, "exec", *map(str, arguments)], stdin=jobs,
                                  stdout=slave if stdout_too else subprocess.DEVNULL,
                                  stderr=slave) as process:
                os.close(slave)
                seen = self.read_all(master)
                code = process.wait(PATIENCE_SECONDS)
        os.close(master)
        return seen, code

    @staticmethod
    def read_all(master):
        seen = b""
        while select.select([master], [], [], PATIENCE_SECONDS)[0]:
            try:
                piece = os.read(master, 65536)
            except OSError:  # EIO: nobody has it open any more
                break
            if not piece:
                break
            seen += piece
        return seen.decode()

    def test_progress_names_what_runs_and_is_cleared(self):
        seen, code = self.on_terminal("-j2", "sleep", stdin="0.51\n0.52\n0.53\n")
        self.assertEqual(code, DONE)
        self.assertRegex(seen, r"0/3 done: 0\.51, 0\.52")
        self.assertRegex(seen, r"\d/3 done, \d\d:\d\d left: (0\.52, )?0\.53")
        self.assertTrue(seen.endswith("\r\x1b[K"), seen[-80:])

    def test_it_never_is_longer_than_the_terminal(self):
        seen, _ = self.on_terminal("-j4", "sh", "-c", "sleep 0.4", stdin="".join(
            f"{i}-{'long' * 20}\n" for i in range(4)))
        shown = re.findall(r"\r\x1b\[K([^\r\x1b]+)", seen)
        self.assertTrue(shown)
        for line in shown:
            self.assertLess(len(line), self.COLUMNS)
        self.assertIn("…", shown[0])

    def test_outputs_and_failures_stand_on_clean_lines(self):
        seen, code = self.on_terminal("-j1", "--shell", "-k",
                                      stdin="sleep 0.3; echo one\nsleep 0.3; printf two\nsleep 0.3; exit 4\n")
        self.assertEqual(code, FAILED)
        # As a terminal shows it: a cleared line is gone.
        shown = re.sub(r"[^\n]*\r\x1b\[K", "", seen.replace("\r\n", "\n"))
        self.assertEqual(shown.splitlines(), [
            "one", "two", "sleep 0.3; exit 4: failed with exit code 4",
            "1 of 3 jobs did not pass: 1 failed"])

    def test_quiet_and_live_show_none(self):
        for option in ["--quiet", "--live"]:
            with self.subTest(option=option):
                seen, _ = self.on_terminal(option, "sleep", stdin="0.3\n")
                self.assertEqual(seen, "")

    def test_without_a_terminal_there_is_none(self):
        self.assertEqual(execute("sleep", stdin="0.3\n0.3\n").stderr, "")


class Documentation(ExecTest):
    """The examples of docs/parallel.md, run as they stand."""

    PAGE = pathlib.Path(__file__).parents[2] / "docs/parallel.md"
    END_OF_OUTPUT = "-- end of output --"

    def setUp(self):
        super().setUp()
        self.page = self.PAGE.read_text(encoding="utf-8")

    def blocks(self, language):
        return re.findall(rf"^```{language}\n(.*?)^```", self.page, re.MULTILINE | re.DOTALL)

    def run_block(self, block):
        """Runs the commands of a block in one shell; what `cat FILE` shows there is made first."""
        steps = [step.partition("\n")[::2] for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
        commands = []
        for command, shown in steps:
            if command.startswith("cat "):
                self.write(command.removeprefix("cat "), shown.strip() + "\n")
            commands.append(f"{command}\nstatus=$?; echo; echo '{self.END_OF_OUTPUT}'; (exit $status)")
        path = os.pathsep.join([str(pathlib.Path(RATCHET).parent), os.environ["PATH"]])
        ended = subprocess.run(["bash"], input="\n".join(commands).encode(), cwd=self.root,
                               env={**os.environ, "PATH": path}, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, timeout=PATIENCE_SECONDS, check=False)
        outputs = ended.stdout.decode().split(self.END_OF_OUTPUT)
        self.assertEqual(len(outputs), len(steps) + 1)
        for (command, shown), printed in zip(steps, outputs):
            pattern = re.escape(shown.strip()).replace("…", ".*")
            self.assertRegex(printed.strip(), f"^{pattern}$", command)

    def test_the_shell_sessions(self):
        blocks = self.blocks("console")
        self.assertEqual(len(blocks), 3)
        for block in blocks:
            with self.subTest(block=block):
                self.run_block(block)

    def test_the_c_program(self):
        compiler = shutil.which("cc")
        library = pathlib.Path(os.environ.get("RATCHET_BUILD", "")) / "native"
        if not compiler or not (library / "libratchet.so").exists():
            self.skipTest("no C compiler, or no built library")
        source = self.write("parallel.c", self.blocks("c")[0])
        program = self.root / "parallel"
        include = self.PAGE.parents[1] / "native/include"
        subprocess.run([compiler, "-std=c99", "-Wall", "-Werror", source, "-o", program,
                        f"-I{include}", f"-L{library}", "-lratchet", f"-Wl,-rpath,{library}"],
                       check=True, capture_output=True)
        printed = [json.loads(line) for line in subprocess.run(
            [program], check=True, stdout=subprocess.PIPE,
            timeout=PATIENCE_SECONDS).stdout.splitlines()]
        self.assertEqual([event["name"] for event in printed
                          if event.get("event") == "job.finished"], ["build", "test"])
        self.assertEqual([action["stdout"] for action in printed[-1]["actions"]],
                         ["tested\n", "built\n"])

    def test_every_state_is_told(self):
        described = subprocess.run([RATCHET, "describe", "parallel.run", "--json"], check=True,
                                   stdout=subprocess.PIPE, timeout=PATIENCE_SECONDS).stdout
        definitions = json.loads(described)["operations"][0]["result"]["$defs"]
        states = definitions["ActionState"]["enum"]
        self.assertGreater(len(states), 10)
        for state in states:
            self.assertIn(f"| `{state}` |", self.page)


@not_on_windows(POSIX_PROGRAMS)
class Many(unittest.TestCase):
    JOBS = 10_000
    MOST_MIB = 64

    def test_ten_thousand_jobs_take_little_memory(self):
        for options in [[], ["-k"]]:
            with self.subTest(options=options), tempfile.TemporaryFile() as items, \
                    tempfile.TemporaryFile() as printed:
                items.write("".join(f"{i}\n" for i in range(self.JOBS)).encode())
                items.seek(0)
                with subprocess.Popen([RATCHET, "exec", "-j2", *options, "/bin/echo"], stdin=items,
                                      stdout=printed) as process:
                    _, status, usage = os.wait4(process.pid, 0)
                    process.returncode = os.waitstatus_to_exitcode(status)
                self.assertEqual(process.returncode, DONE)
                printed.seek(0)
                numbers = [int(line) for line in printed]
                self.assertEqual(numbers if options else sorted(numbers), list(range(self.JOBS)))
                # Built with sanitizers, memory is theirs.
                if "sanitize" not in os.environ.get("RATCHET_BUILD", ""):
                    self.assertLess(usage.ru_maxrss / 1024, self.MOST_MIB)


if __name__ == "__main__":
    unittest.main()
