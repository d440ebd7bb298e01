"""The built-in templates for Go: formatted as gofmt does, vetted, and their tests run."""

import re
import shutil

from built_in_sets import names
from built_in_sets.go import GO_SUBJECT
from built_ins import GREETING, BuiltInTest, run

# Of what the generated tests test: what stands there, and what breaks it.
BREAKS = [
    ("return a + b", "return 0"),
    ("return 7", "return 8"),
    ("d > 0", "d < 0"),
    ("return nil, ErrEmpty", "return nil, nil"),
    ("strings.Fields(text), nil", "strings.Fields(text)[:0], nil"),
]


class Go(BuiltInTest):
    language = "go"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folders = []
        for index, (_, folder, _) in enumerate(cls.rendered["go/module"]):
            manifest = folder / "go.mod"
            if not manifest.exists():
                manifest.write_text("module example.com/alone\n\ngo 1.18\n", encoding="utf-8")
            # One path each, for all to be tested in one run.
            text = manifest.read_text(encoding="utf-8")
            text = re.sub(r"(?m)^module .*$", rf"module example.com/set{index}", text)
            manifest.write_text(re.sub(r"(?m)^go .*$", "go 1.18", text), encoding="utf-8")
            cls.folders.append(folder)
        subject = cls.root / "subject"
        subject.mkdir()
        (subject / "go.mod").write_text("module example.com/subject\n\ngo 1.18\n", encoding="utf-8")
        (subject / "subject.go").write_text(GO_SUBJECT, encoding="utf-8")
        for _, _, files in cls.rendered["go/test"]:
            shutil.copy(files[0], subject)
        cls.folders.append(subject)
        cls.packages = [f"./{folder.name}" for folder in cls.folders]
        used = "".join(f"\t{package}\n" for package in cls.packages)
        (cls.root / "go.work").write_text(f"go 1.18\n\nuse (\n{used})\n", encoding="utf-8")

    def go(self, *words):
        return [self.needs("go"), *words]

    def test_names_become_those_of_go(self):
        for name, (_, _, pascal, _) in names.NAMES.items():
            if name in names.GO_REFUSES:
                continue
            with self.subTest(name):
                package = names.GO_PACKAGES.get(name, pascal.lower())
                text = self.text_of("go/module", name, f"{package}.go")
                self.assertIn(f"// Package {package} ", text)
                self.assertIn(f"\npackage {package}\n", text)

    def test_all_are_formatted_as_gofmt_does(self):
        ended = run([self.needs("gofmt"), "-l", "-e", "."], self.root)
        self.assertEqual((ended.returncode, ended.stdout), (0, ""))

    def test_all_tests_pass(self):
        # `go test` vets what it compiles.
        told = self.passes(self.go("test", "-v", *self.packages), self.root, GOFLAGS="", GOWORK="")
        self.assertEqual(told.count("\nok  \t"), len(self.packages), told)
        self.assertIn('--- PASS: TestAdd/a_"negative"_one', told)
        self.assertIn("--- PASS: TestSplit_invalidInput", told)

    def test_generated_tests_notice_broken_code(self):
        subject = self.root / "subject" / "subject.go"
        command = self.go("test", "./subject")
        for before, after in BREAKS:
            with self.subTest(after):
                told = self.fails_once_broken(subject, before, after, command, self.root)
                self.assertIn("--- FAIL: Test", told)
        module = self.of_name("go/module", "x") / "x.go"
        command = self.go("test", f"./{module.parent.name}")
        told = self.fails_once_broken(module, GREETING, "Bye, ", command, self.root)
        self.assertIn("--- FAIL: TestGreet/a_name", told)
