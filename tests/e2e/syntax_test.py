"""validate.syntax through the command line, on real files.

Expectations come from docs/syntax.md.
"""

import json
import os
import pathlib
import shutil
import unittest

from workspace import POSIX_NAMES, POSIX_PROGRAMS, PYTHON, ProjectTest, not_on_windows, run_ratchet, told

PAGE = pathlib.Path(__file__).parents[2] / "docs/syntax.md"


def syntax(*paths, folder=None, **request):
    return run_ratchet("call", "validate.syntax",
                       folder=folder,
                       stdin=json.dumps({"paths": [told(path) for path in paths], **request}))


class Documentation(ProjectTest):
    @not_on_windows(POSIX_PROGRAMS)
    @unittest.skipUnless(shutil.which("python3"), "needs python3")
    def test_the_example_of_the_page_says_what_it_shows(self):
        shown = PAGE.read_text(encoding="utf-8").split("```console\n")[1].split("```")[0]
        expected = json.loads(shown[shown.index('{"valid"'):].replace("/shop/", f"{self.root}/"))
        (self.root / ".vscode").mkdir()
        (self.root / "app.py").write_text("x = = 7\n", encoding="utf-8")
        (self.root / ".vscode/settings.json").write_text(
            '{\n  // four blanks\n  "editor.tabSize": 4,\n}\n', encoding="utf-8")
        ended = syntax(self.root / "app.py", self.root / ".vscode/settings.json")
        self.assertEqual(ended.exit_code, 1, ended.stderr)
        self.assertEqual(ended.json, expected)

    def test_the_table_of_the_page_has_every_judge(self):
        tools = {tool["name"] for tool in run_ratchet("doctor", "--json").json["tools"]} - {
            "git", "ratchet watch-children"}
        page = PAGE.read_text(encoding="utf-8")
        for tool in tools:
            self.assertIn(tool, page)
        self.assertEqual(tools, {"bash", "g++", "gcc", "gofmt", "java", "javac", "node", "pwsh", PYTHON})


class Files(ProjectTest):
    @not_on_windows(POSIX_PROGRAMS)
    def test_a_package_beside_a_script_says_that_it_is_a_module(self):
        if not shutil.which("node"):
            self.skipTest("needs node")
        (self.root / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        (self.root / "a.js").write_text("with (x) {}\n", encoding="utf-8")
        self.assertIs(syntax(self.root / "a.js").json["valid"], False)
        (self.root / "package.json").write_text('{"type": "commonjs"}', encoding="utf-8")
        self.assertIs(syntax(self.root / "a.js").json["valid"], True)

    @not_on_windows(POSIX_NAMES)
    def test_names_that_a_shell_or_an_option_parser_would_take_run_nothing(self):
        marker = self.outside / "marker"
        names = ["'; touch marker; '.py", '"; touch marker; ".js', "$(touch marker).sh",
                 "-c touch marker.py", "-e.js", "a\n; touch marker.sh", "`touch marker`.go"]
        for name in names:
            (self.root / name).write_text("", encoding="utf-8")
        ended = syntax(*(self.root / name for name in names), folder=self.outside)
        self.assertEqual([each["path"] for each in ended.json["files"]],
                         [str(self.root / name) for name in names])
        self.assertFalse(marker.exists())
        self.assertEqual(sorted(os.listdir(self.root)), sorted(names))

    def test_a_caller_judges_what_it_names(self):
        (self.root / "a.ps1").write_text("'a'\n", encoding="utf-8")
        ended = syntax(self.root / "a.ps1", host_judges=["PowerShell"])
        self.assertEqual(ended.json["files"][0]["checked_by"], "grammar")
        self.assertEqual(ended.json["files"][0]["warnings"], [])
        refused = syntax(self.root / "a.ps1", host_judges=["pwrshell"])
        self.assertEqual(refused.exit_code, 2)
        self.assertIn("pwrshell", refused.error["message"])


if __name__ == "__main__":
    unittest.main()
