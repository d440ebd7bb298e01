"""Templates from the command line; expectations come from docs/templates.md."""

import base64
import json
import os
import pathlib
import pty
import re
import select
import shlex
import subprocess
import time
import unittest

from workspace import (PATIENCE_SECONDS, POSIX_FILES, RATCHET, ProjectTest, listing, not_on_windows, run_ratchet,
                       told)

DONE, REFUSED, WRONG = 0, 1, 2
DOCS = pathlib.Path(__file__).parents[2] / "docs"
PAGE = DOCS / "templates.md"
BUILT_INS_PAGE = DOCS / "builtin_templates.md"
BLOCK = re.compile(r"(?:`([^`\n]+)`:\n\n)?```(\w+)\n(.*?)```", re.DOTALL)


class Page(ProjectTest):
    def run_examples(self, page):
        """Writes the page's files, runs its commands as they stand, and gives their number."""
        ran = 0
        for name, kind, content in BLOCK.findall(page.read_text(encoding="utf-8")):
            if kind != "console":
                self.assertTrue(name, content)
                self.write(name, content)
                continue
            for part in content.split("$ ratchet ")[1:]:
                command, expected = part.split("\n", 1)
                with self.subTest(command):
                    ended = subprocess.run([RATCHET, *shlex.split(command)], cwd=self.root,
                                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                           stderr=subprocess.STDOUT, timeout=PATIENCE_SECONDS,
                                           check=False)
                    self.assertEqual(ended.stdout.decode(), expected)
                    ran += 1
        return ran

    def test_the_examples_of_the_page_work_as_they_stand(self):
        self.assertGreater(self.run_examples(PAGE), 8)

    def test_the_examples_of_the_page_on_built_in_templates_work_as_they_stand(self):
        self.assertGreater(self.run_examples(BUILT_INS_PAGE), 3)

    @not_on_windows("Windows has no execute bit")
    def test_what_the_page_writes_is_executable_where_it_says(self):
        for name, kind, content in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
            if kind != "console":
                self.write(name, content)
        ended = run_ratchet("render", "service", "--set", "name=Shop", "--set", "entities=A",
                            "-o", ".", folder=self.root)
        self.assertEqual(ended.exit_code, DONE, ended.stderr)
        self.assertTrue(os.access(self.root / "serve.sh", os.X_OK))
        self.assertFalse(os.access(self.root / "shop/main.py", os.X_OK))


class TemplateTest(ProjectTest):
    def template(self, manifest, **files):
        self.write("ratchet/templates/t/template.yaml", "name: t\ndescription: d\n" + manifest)
        for name, content in files.items():
            self.write(f"ratchet/templates/t/{name}.mustache", content)

    def render(self, *options):
        return run_ratchet("render", "t", "--json", *options, folder=self.root)

    def refused(self, *options, error, place=None):
        """A rendering that must be refused with this code, and leave everything as it was."""
        before = listing(self.root)
        ended = self.render("--output", ".", *options)
        self.assertEqual(listing(self.root), before, "something was left")
        self.assertEqual(ended.error["code"], error, ended.stdout)
        if place:
            self.assertIn(place, ended.error["message"])
        self.assertNotEqual(ended.exit_code, DONE)
        return ended.error


class Writing(TemplateTest):
    OPEN = "variables: {additionalProperties: true}\n"

    def test_a_dry_run_shows_the_diff_and_its_plan_is_what_is_written(self):
        self.template(self.OPEN + "files: [{source: a.mustache, path: 'out/{{x}}.txt'}]\n",
                      a="{{x}}\n")
        before = listing(self.root)
        planned = self.render("-o", ".", "--set", "x=v", "--dry-run")
        self.assertEqual(listing(self.root), before)
        self.assertIn("+++ b/out/v.txt\n@@ -0,0 +1 @@\n+v\n", planned.json["diff"])
        self.assertEqual(planned.json["plan"][0]["path"], "out/v.txt")
        plan = planned.json["plan_sha256"]
        self.refused("--set", "x=other", "--expect-plan", plan, error="plan.changed")
        ended = self.render("-o", ".", "--set", "x=v", "--expect-plan", plan, "--keep-backups")
        self.assertEqual(ended.json["changes"]["created"], ["out/v.txt"])
        self.assertEqual((self.root / "out/v.txt").read_text(), "v\n")
        self.assertEqual(run_ratchet("undo", ended.json["id"], folder=self.root).exit_code, DONE)
        self.assertFalse((self.root / "out").exists())

    def test_what_exists_is_refused_or_overwritten_as_a_whole(self):
        self.template(self.OPEN + "files:\n  - {source: a.mustache, path: a}\n"
                      "  - {source: a.mustache, path: b}\n  - {source: a.mustache, path: c}\n",
                      a="new")
        self.write("b", "old")
        self.write("c", "old")
        error = self.refused(error="transaction.exists")
        self.assertEqual(error["details"]["paths"], ["b", "c"])
        ended = self.render("-o", ".", "--overwrite")
        self.assertEqual((ended.json["changes"]["created"], ended.json["changes"]["modified"]),
                         (["a"], ["b", "c"]))
        self.assertEqual((self.root / "b").read_text(), "new")

    def test_bytes_are_copied_untouched(self):
        self.template("variables: {additionalProperties: true}\n")
        raw = bytes(range(256)) + b"{{x}}\r\n"
        (self.root / "ratchet/templates/t/logo.bin").write_bytes(raw)
        shown = self.render()
        self.assertEqual(base64.b64decode(shown.json["files"][0]["content_base64"]), raw)
        self.assertEqual(self.render("-o", ".").exit_code, DONE)
        self.assertEqual((self.root / "logo.bin").read_bytes(), raw)

    def test_new_files_are_written_as_the_project_writes_its_own(self):
        self.template(self.OPEN + "files:\n  - {source: a.mustache, path: a.txt}\n"
                      "  - {source: a.mustache, path: old/b.txt}\n"
                      "  - {source: raw, path: c.txt}\n", a="one\ntwo")
        (self.root / "ratchet/templates/t/raw").write_bytes(b"one\n")
        self.write(".editorconfig", "[*.txt]\nend_of_line = crlf\ninsert_final_newline = true\n")
        self.write("old/.gitattributes", "*.txt text eol=lf\n")
        plan = self.render("-o", ".", "--dry-run").json
        ended = self.render("-o", ".", "--expect-plan", plan["plan_sha256"])
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        made = {path: (self.root / path).read_bytes() for path in ("a.txt", "old/b.txt", "c.txt")}
        self.assertEqual(made, {"a.txt": b"one\r\ntwo\r\n", "old/b.txt": b"one\ntwo\n",
                                "c.txt": b"one\n"})

    def test_what_is_overwritten_keeps_its_line_ends_and_encoding(self):
        self.template(self.OPEN + "files: [{source: a.mustache, path: a.txt}]\n", a="new\n\u00e9\n")
        self.write(".editorconfig", "[*]\nend_of_line = lf\n")
        (self.root / "a.txt").write_bytes("old\r\n".encode("utf-16"))
        self.assertEqual(self.render("-o", ".", "--overwrite").exit_code, DONE)
        self.assertEqual((self.root / "a.txt").read_bytes(), "new\r\n\u00e9\r\n".encode("utf-16"))

    def test_line_ends_stay(self):
        self.template(self.OPEN, a="one\r\n{{#x}}\r\ntwo {{x}}\r\n{{/x}}\r\n")
        self.assertEqual(self.render("--set", "x=v").json["files"][0]["content"],
                         "one\r\ntwo v\r\n")

    def test_what_is_wrong_is_refused_with_its_place_before_anything_is_written(self):
        cases = [
            ("", {"a": "x\n{{#y}}"}, "template.invalid", "at a.mustache:2:1"),
            ("", {"a": "{{y|snkae}}"}, "template.unknown_filter", 'did you mean "snake"?'),
            (self.OPEN, {"a": "{{>a}}"}, "template.cycle", "at a.mustache:1:1"),
            (self.OPEN, {"a": "{{y}}"}, "template.missing_variable", "at a.mustache:1:1"),
            (self.OPEN + "files: [{source: a.mustache, path: '../{{x}}'}]\n", {"a": ""},
             "path.outside_root", "at template.yaml:4:37"),
            (self.OPEN + "files: [{source: a.mustache, path: 'con.{{x}}'}]\n", {"a": ""},
             "path.invalid", "at template.yaml:4:37"),
            (self.OPEN + "files: [{source: a.mustache, path: '{{x}}.'}]\n", {"a": ""},
             "path.invalid", "at template.yaml:4:37"),
            (self.OPEN + "files: [{source: a.mustache, path: b}, {source: a.mustache, path: B}]\n",
             {"a": ""}, "template.case_clash", "at template.yaml:4:"),
            ("variables: {properties: {x: {type: integer}}}\n", {"a": ""}, "template.wrong_type",
             '"x" must be an integer'),
            ("variables: {required: [x, why], properties: {x: {}, why: {}}}\n", {"a": ""},
             "template.missing_variable", 'variable "why" is missing'),
            ("variables: {properties: {xx: {type: string}}}\n", {"a": ""},
             "template.unused_variable", 'did you mean "xx"?'),
        ]
        for manifest, files, code, place in cases:
            with self.subTest(manifest=manifest, files=files):
                self.template(manifest, **files)
                self.refused("--set", "x=v", error=code, place=place)

    def test_a_template_that_is_broken_is_told_beside_the_list(self):
        self.template(self.OPEN, a="{{#x}}")
        self.write("ratchet/templates/u/template.yaml", "name: u\ndescription: Fine.\n")
        self.write("ratchet/templates/u/a.mustache", "")
        ended = run_ratchet("template", "list", folder=self.root)
        self.assertEqual(ended.exit_code, DONE)
        self.assertIn("  u  Fine.\n", ended.stdout)
        self.assertNotIn("  t  ", ended.stdout)
        self.assertIn("warning: template t cannot be used: ", ended.stderr)
        self.assertIn("a.mustache:1:1", ended.stderr)

    @not_on_windows(POSIX_FILES)
    def test_a_link_in_the_folder_is_refused(self):
        self.template(self.OPEN, a="")
        os.symlink("/etc/passwd", self.root / "ratchet/templates/t/out.mustache")
        self.refused(error="template.invalid", place="out.mustache")

    def test_what_would_never_end_or_grow_is_refused(self):
        self.template(self.OPEN, a="{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}x"
                                   "{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}")
        values = json.dumps(list(range(30)))
        self.refused("--set-json", f"l={values}", error="template.limit")

    def test_a_row_that_is_wrong_is_named_by_its_line(self):
        self.template("variables: {required: [n], properties: {n: {type: integer}}}\n"
                      "files: [{source: a.mustache, path: 'o{{n}}'}]\n", a="{{n}}")
        self.write("rows.csv", "n\n1\ntwo\n")
        error = self.refused("--variables", "rows.csv", error="template.wrong_type")
        self.assertEqual((error["path"], error["line"]), (told(self.root / "rows.csv"), 3))
        self.write("rows.csv", "n\n1\n1\n")
        self.refused("--variables", "rows.csv", error="template.duplicate_path", place='"o1"')
        self.write("rows.yaml", "- n: 1\n- n: x\n")
        error = self.refused("--variables", "rows.yaml", error="template.wrong_type")
        self.assertEqual((error["line"], error["column"]), (2, 6))

    def test_a_template_as_text_may_be_lenient(self):
        request = {"template_text": "---\n{{a}}{{b}}", "variables": {"a": "{{b}}"}}
        ended = run_ratchet("call", "template.render", stdin=json.dumps(request))
        self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, "template.missing_variable"))
        request["strict"] = False
        ended = run_ratchet("call", "template.render", stdin=json.dumps(request))
        self.assertEqual(ended.json["files"][0]["content"], "---\n{{b}}")
        request = {"template": "config", "strict": False, "language": "python"}
        ended = run_ratchet("call", "template.render", stdin=json.dumps(request))
        self.assertEqual(ended.error["code"], "request.constraint")


class Checking(TemplateTest):
    def check(self, **request):
        return run_ratchet("call", "template.check", stdin=json.dumps(request))

    def test_variables_are_checked_against_a_text(self):
        text = "{{#on}}{{a}}{{/on}}{{^on}}{{b}}{{/on}}{{c|default:x}}{{d.e}}"
        ended = self.check(template_text=text, variables={"on": True, "idel": 1, "d": {"f": 1}})
        self.assertEqual((ended.exit_code, ended.json["valid"]), (REFUSED, False))
        self.assertEqual((ended.json["missing"], ended.json["extra"]), (["a", "d.e"], ["idel"]))
        self.assertEqual([each["column"] for each in ended.json["errors"]], [8, 54])
        ended = self.check(template_text=text, variables={"on": False, "b": 1, "d": {"e": 1}})
        self.assertEqual((ended.exit_code, ended.json["missing"]), (DONE, []))
        ended = self.check(template_text="{{a}}", variables={"a": [1]})
        self.assertEqual([each["code"] for each in ended.json["errors"]], ["template.wrong_type"])

    def test_variables_are_checked_against_what_a_template_declares(self):
        self.template("variables: {required: [n], properties: {n: {type: integer}, "
                      "k: {type: string, format: password, maxLength: 3}}}\n", a="{{n}}{{#k?}}{{k}}{{/k?}}")
        ended = self.check(template="t", project_root=told(self.root),
                           variables={"m": 1, "k": "hunter2"})
        self.assertEqual((ended.json["missing"], ended.json["extra"]), (["n"], ["m"]))
        self.assertNotIn("hunter2", ended.stdout)
        self.assertIn('variable "k" does not fit its schema (maxLength)',
                      [each["message"] for each in ended.json["errors"]])

    def test_a_template_is_checked_by_itself(self):
        self.template("variables: {properties: {n: {type: integer}, idle: {}}}\n", a="\n{{nn}}{{n}}")
        ended = run_ratchet("template", "check", "t", folder=self.root)
        self.assertEqual(ended.exit_code, REFUSED)
        self.assertIn('ratchet/templates/t/a.mustache:2:1: error: variable "nn" is not declared; did '
                      'you mean "n"?', ended.stderr)
        self.assertIn('template.yaml:3:46: error: variable "idle" is declared and never used',
                      ended.stderr)
        self.assertEqual(ended.stdout, "invalid\n")
        self.assertEqual(ended.stderr.count("error: "), 2, ended.stderr)

    def test_a_template_that_does_not_compile_is_invalid_and_one_that_is_not_there_no_verdict(self):
        self.template("", a="{{#n}}")
        ended = run_ratchet("template", "check", "t", "--json", folder=self.root)
        self.assertEqual((ended.exit_code, ended.json["valid"]), (REFUSED, False))
        self.assertEqual((ended.json["errors"][0]["line"], ended.json["errors"][0]["code"]),
                         (1, "template.invalid"))
        ended = run_ratchet("template", "check", "tt", "--json", folder=self.root)
        self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, "template.unknown"))

    def test_a_default_that_cannot_be_computed_is_a_finding(self):
        self.template("variables: {properties: {n: {type: string}, m: {default: '{{n}}'}}}\n", a="{{m}}")
        ended = run_ratchet("template", "check", "t", "--set", "m=1", "--json", folder=self.root)
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        ended = self.check(template="t", project_root=told(self.root), variables={})
        self.assertEqual([each["code"] for each in ended.json["errors"]], ["template.missing_variable"])

    def test_a_new_template_passes_its_own_check(self):
        ended = run_ratchet("template", "new", "mine", "--description", "yes: it's mine", "-l", "go",
                            folder=self.root)
        self.assertEqual(ended.exit_code, DONE, ended.stderr)
        ended = run_ratchet("template", "check", "mine", "--json", folder=self.root)
        self.assertEqual((ended.json["errors"], ended.json["warnings"]), ([], []))
        row = next(each for each in run_ratchet("template", "list", "--json", folder=self.root)
                   .json["templates"] if each["name"] == "mine")
        self.assertEqual((row["description"], row["language"]), ("yes: it's mine", "go"))
        before = listing(self.root)
        for name, code in (("mine", "transaction.exists"), ("../x", "request.constraint"),
                           ("Mine", "request.constraint")):
            ended = run_ratchet("template", "new", name, "--json", folder=self.root)
            self.assertEqual(ended.error["code"], code)
        self.assertEqual(listing(self.root), before)

    def test_a_template_is_shown_with_its_variables_and_files(self):
        self.template("variables:\n  required: [n]\n  properties:\n    n: {type: integer}\n"
                      "    k: {enum: [a, b], default: a, when: n, description: Which.}\n"
                      "files: [{source: a.mustache, path: '{{i}}', each: l, as: i}]\n"
                      .replace("each: l, as: i", "when: k"), a="x")
        shown = run_ratchet("template", "show", "t", "--json", folder=self.root).json
        self.assertEqual(shown["source"], "project")
        self.assertEqual(shown["content"], "x")
        self.assertEqual(shown["variables"], [
            {"name": "n", "type": "integer", "required": True, "secret": False},
            {"name": "k", "type": "", "required": False, "secret": False, "description": "Which.",
             "default": "a", "when": "n", "choices": ["a", "b"]}])
        self.assertEqual(shown["files"], [{"source": "a.mustache", "path": "{{i}}", "rendered": True,
                                           "executable": False, "when": "k"}])
        self.assertIn("n (integer, required)",
                      run_ratchet("template", "show", "t", folder=self.root).stdout)


class Terminal:
    """A command whose standard input is a terminal."""

    def __init__(self, folder, *words):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen([RATCHET, *words], stdin=slave, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, cwd=folder)
        os.close(slave)
        self.told = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
        os.close(self.master)

    def until(self, words):
        """Reads what it asks until these words stand at the end."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.told.endswith(words):
            ready, _, _ = select.select([self.process.stderr], [], [], end - time.monotonic())
            piece = os.read(self.process.stderr.fileno(), 4096).decode() if ready else ""
            if not piece:
                raise AssertionError(f"never asked {words!r}; it told {self.told!r}")
            self.told += piece

    def say(self, words):
        os.write(self.master, words.encode())

    def answer(self, question, words):
        self.until(question)
        self.say(words + "\n")

    def echoed(self):
        """What the terminal showed of the typing."""
        ready, _, _ = select.select([self.master], [], [], 0)
        return os.read(self.master, 4096).decode() if ready else ""

    def end(self):
        out = self.process.stdout.read().decode()
        return self.process.wait(PATIENCE_SECONDS), out


@not_on_windows("asks at a terminal of Linux")
class Questions(TemplateTest):
    MANIFEST = """variables:
  required: [name, token]
  properties:
    name: {type: string, pattern: '^[A-Z]', description: What it is called.}
    slug: {type: string, default: '{{name|kebab}}'}
    port: {type: integer, default: 80}
    kind: {enum: [cli, api], default: cli}
    public: {type: boolean, default: false}
    domain: {type: string, when: public}
    token: {type: string, format: password, minLength: 3}
"""
    SOURCE = "{{name}} {{slug}} {{port}} {{kind}} {{public}} {{#domain?}}{{domain}}{{/domain?}} {{token}}"

    def test_what_is_missing_is_asked_for_by_its_schema(self):
        self.template(self.MANIFEST, a=self.SOURCE)
        with Terminal(self.root, "render", "t") as terminal:
            terminal.answer("What it is called.\n  name: ", "lower")
            terminal.answer("  name: ", "")
            terminal.answer("it is needed\n  name: ", "WebShop")
            terminal.answer("  slug [web-shop]: ", "")
            terminal.answer("  port [80]: ", "http")
            terminal.answer("  port [80]: ", "8080")
            terminal.answer("1  cli\n    2  api\n  kind [cli]: ", "2")
            terminal.answer("  public (yes or no) [false]: ", "yes")
            terminal.answer("  domain (may be left out): ", "a.example")
            terminal.until("  token: ")
            self.assertIn("WebShop", terminal.echoed())
            terminal.say("ab\n")
            terminal.until("does not fit its schema (minLength)\n  token: ")
            terminal.say("s3cret\n")
            self.assertEqual(terminal.end(),
                             (DONE, "WebShop web-shop 8080 api true a.example s3cret"))
            self.assertNotIn("s3cret", terminal.echoed() + terminal.told)
            self.assertIn('"name" must match the pattern', terminal.told)
            self.assertIn('"port" must be an integer', terminal.told)

    def test_what_was_given_is_not_asked_for_again(self):
        self.template(self.MANIFEST, a=self.SOURCE)
        with Terminal(self.root, "render", "t", "--set", "token=abc", "--set", "port=1",
                      "--set", "kind=api") as terminal:
            terminal.answer("  name: ", "A")
            terminal.answer("  slug [a]: ", "b")
            terminal.answer("  public (yes or no) [false]: ", "n")
            self.assertEqual(terminal.end(), (DONE, "A b 1 api false  abc"))
            self.assertNotIn("domain", terminal.told)

    def test_nothing_is_asked_without_need_or_when_told_so(self):
        self.template(self.MANIFEST, a=self.SOURCE)
        with Terminal(self.root, "render", "t", "--set", "name=A", "--set", "token=abc") as terminal:
            self.assertEqual(terminal.end(), (DONE, "A a 80 cli false  abc"))
        with Terminal(self.root, "render", "t", "--no-input") as terminal:
            self.assertEqual(terminal.end(), (WRONG, ""))
        ended = run_ratchet("render", "t", folder=self.root, stdin="A\n")
        self.assertEqual(ended.exit_code, WRONG)
        self.assertIn('variables "name", "token" are missing', ended.stderr)

    def test_an_input_that_ends_is_refused(self):
        self.template(self.MANIFEST, a=self.SOURCE)
        with Terminal(self.root, "render", "t", "--output", ".") as terminal:
            terminal.until("  name: ")
            terminal.say("\x04")
            self.assertEqual(terminal.end(), (WRONG, ""))
        self.assertFalse((self.root / "a").exists())


if __name__ == "__main__":
    unittest.main()
