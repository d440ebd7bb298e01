"""What docs/structure.md and docs/dependencies.md show, run as it stands there."""

import json
import os
import pathlib
import shutil
import unittest

from workspace import POSIX_NAMES, POSIX_PROGRAMS, ProjectTest, listing, not_on_windows, run_ratchet, told

DONE, REFUSED, WRONG = 0, 1, 2
DOCS = pathlib.Path(__file__).parents[2] / "docs"


class RequirementsTest(ProjectTest):
    def call(self, operation, request):
        return run_ratchet("call", operation, stdin=json.dumps(request))

    def example(self, page):
        text = (DOCS / page).read_text(encoding="utf-8")
        request = json.loads(text.split("```json\n")[1].split("```")[0])
        request["project_root"] = told(self.root)
        return request


class Structure(RequirementsTest):
    def test_the_example_of_the_page_works_as_it_stands(self):
        self.write("src/deep/a.py", "")
        ended = self.call("validate.structure", self.example("structure.md"))
        self.assertEqual(ended.exit_code, REFUSED, ended.stdout)
        self.assertEqual(ended.json["missing"], ["README.md", "tests/{unit,e2e}/*.py"])
        self.assertEqual(ended.json["created"], [".github/", "docs/", "docs/adr/"])
        for folder in ended.json["created"]:
            self.assertTrue((self.root / folder).is_dir(), folder)
        self.assertFalse((self.root / "README.md").exists())
        self.write("README.md", "")
        self.write("tests/e2e/b.py", "")
        ended = self.call("validate.structure", self.example("structure.md"))
        self.assertEqual((ended.exit_code, ended.json["valid"]), (DONE, True), ended.stdout)
        self.assertEqual(ended.json["created"], [])

    @not_on_windows(POSIX_NAMES)
    def test_quotes_and_semicolons_in_a_path_run_nothing(self):
        path = "a'; touch ran; \"$(touch ran)\" `touch ran`"
        request = {"project_root": told(self.root), "required_paths": [path + "/"],
                   "create_missing": True}
        ended = self.call("validate.structure", request)
        self.assertEqual((ended.exit_code, ended.json["created"]), (DONE, [path + "/"]))
        self.assertEqual(os.listdir(self.root), [path])

    def test_a_path_out_of_the_project_is_refused(self):
        before = listing(self.outside)
        request = {"project_root": told(self.root), "required_paths": ["../outside/x/"],
                   "create_missing": True}
        ended = self.call("validate.structure", request)
        self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, "path.outside_root"))
        self.assertEqual(listing(self.outside), before)


class Dependencies(RequirementsTest):
    @not_on_windows(POSIX_PROGRAMS)
    def test_the_example_of_the_page_works_as_it_stands(self):
        self.write("node_modules/left-pad/package.json", {"version": "1.3.0"})
        self.write("node_modules/@scope/tool/package.json", {"version": "3.0.0"})
        ended = self.call("validate.dependencies", self.example("dependencies.md"))
        self.assertEqual((ended.exit_code, ended.json["valid"]), (REFUSED, False), ended.stdout)
        self.assertEqual(ended.json["missing"], ["executable:no-such-program"])
        found = {each["name"]: each for each in ended.json["found"]}
        self.assertTrue(found["left-pad"]["compatible"])
        self.assertFalse(found["@scope/tool"]["compatible"])
        self.assertEqual(found["git"]["path"], shutil.which("git"))
        self.assertTrue(found["git"]["compatible"])

    def test_quotes_and_semicolons_in_names_run_nothing(self):
        marker = self.outside / "ran"
        for kind in ("python", "npm", "npm_global", "executables", "dotnet", "go", "cargo"):
            for name in (f"a;touch {marker}", f"a'\"; touch {marker} #", f"$(touch {marker})",
                         f"a');open('{marker}','w')#", "a;b'c"):
                with self.subTest(kind=kind, name=name):
                    ended = self.call("validate.dependencies", {kind: [name]})
                    self.assertIn(ended.exit_code, (REFUSED, WRONG), ended.stdout)
                    self.assertFalse(marker.exists())


if __name__ == "__main__":
    unittest.main()
