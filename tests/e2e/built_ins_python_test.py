"""The built-in templates for Python: compiled, linted, and used; web endpoints answer requests."""

import json
import re

from built_in_sets import names
from built_ins import GREETING, USES, BuiltInTest, render

COMPILE = "import sys\nfor name in sys.argv[1:]: compile(open(name, 'rb').read(), name, 'exec')"
TEST_OF_GREETINGS = {
    "module": "greetings",
    "function": "greet",
    "test_input": {"name": "Ada"},
    "expected_output": '"Hello, Ada!"',
    "exception": "TypeError",
    "invalid_input": [],
}


class Python(BuiltInTest):
    language = "python"

    def test_names_become_those_of_python(self):
        for name, (snake, _, pascal, _) in names.NAMES.items():
            with self.subTest(name):
                module = names.PYTHON_MODULES.get(snake, snake) + ".py"
                class_line = f"class {names.PYTHON_CLASSES.get(name, pascal)}:\n"
                for template in ("python/class", "python/model_dataclass", "python/config_env"):
                    self.assertIn(class_line, self.text_of(template, name, module))
                self.assertTrue((self.of_name("python/module", name) / module).exists())

    def test_all_compile(self):
        self.passes([self.needs_python("ast"), "-c", COMPILE, *self.files(".py")], self.root)

    def test_all_pass_the_linters_defaults(self):
        python = self.needs_python("flake8")
        self.passes([python, "-m", "flake8", "--isolated", "--jobs=1", "."], self.root)

    def test_generated_tests_pass_and_notice_broken_code(self):
        command = [self.needs_python("pytest"), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        folders = [folder for _, folder, _ in self.rendered["python/test"]]
        told = "".join(self.passes([*command, folder], folder) for folder in folders)
        self.assertEqual(sum(map(int, re.findall(r"(\d+) passed", told))), 5, told)

        folder = self.root / "greetings"
        folder.mkdir()
        render("python/module", {"name": "greetings"}, folder)
        render("python/test", TEST_OF_GREETINGS, folder)
        command = [*command, "--rootdir=.", "tests"]
        place = {"PYTHONPATH": str(folder)}
        self.passes(command, folder, **place)
        for before, after in ((GREETING, "Bye, "), ("(name: str)", '(name: str = "")')):
            file = folder / "greetings.py"
            self.fails_once_broken(file, before, after, command, folder, **place)

    def use(self, part, *modules):
        """Has use_built_ins.py work with what a part of the templates made."""
        python = self.needs_python(*modules)
        plan = self.root / "plan.json"
        plan.write_text(json.dumps(self.rendered, default=str), encoding="utf-8")
        command = [python, "-W", "error", USES / "use_built_ins.py", plan, part]
        told = self.passes(command, self.root)
        self.assertRegex(told, r"^used [1-9]\d* modules$")

    def test_what_needs_the_standard_library_works(self):
        for variables, folder, _ in self.rendered["python/crud_sqlite"]:
            place = folder / "app" if "model_module" in variables else folder
            place.mkdir(exist_ok=True)
            model = {key: variables[key] for key in ("entity", "fields")}
            render("python/model_dataclass", model, place)
        self.use("standard_library", "sqlite3")

    def test_what_needs_pydantic_works(self):
        self.use("pydantic", "pydantic")

    def test_what_needs_sqlalchemy_works(self):
        self.use("sqlalchemy", "sqlalchemy")

    def test_what_needs_fastapi_answers_requests(self):
        self.use("fastapi", "fastapi", "httpx")
