"""The built-in templates for JavaScript and TypeScript: compiled, imported, their tests run."""

import json
import pathlib
import re

from built_in_sets import SETS, names
from built_ins import GREETING, USES, BuiltInTest, render, rendering
from workspace import run_ratchet

COMPILE = """
import vm from "node:vm";
import fs from "node:fs";
for (const name of process.argv.slice(1)) {
  new vm.SourceTextModule(fs.readFileSync(name, "utf8"), { identifier: name });
}
"""
# For each set of the template `test`, what breaks the code that it tests.
BREAKS = [(GREETING, "Bye, "), ("${name}", "${typeof name}"), ("return `", "void `"),
          (GREETING, "Bye, ")]
# So much of jest's types as the generated tests use.
JEST_TYPES = """
declare module "@jest/globals" {
  interface Matchers {
    toEqual(value: unknown): void;
    toBeDefined(): void;
    toThrow(kind: unknown): void;
  }
  export function describe(name: string, body: () => void): void;
  export function expect(value: unknown): Matchers;
  export const test: {
    (name: string, body: () => void): void;
    each<T>(rows: ReadonlyArray<T>): (name: string, body: (row: T) => void) => void;
  };
}
"""
STRICT = ["--strict", "--noEmit", "--noUnusedLocals", "--skipLibCheck", "--target", "es2022",
          "--module", "esnext", "--moduleResolution", "bundler", "--types", ""]


def link_packages(program, folder):
    """Puts the packages that a program of npm belongs to where the folder's modules find them."""
    for place in pathlib.Path(program).resolve().parents:
        if place.name == "node_modules":
            (folder / "node_modules").symlink_to(place)
            return


class JavaScript(BuiltInTest):
    language = "javascript"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.root / "package.json").write_text('{"type": "module"}', encoding="utf-8")

    def test_names_become_those_of_javascript(self):
        for name, (_, _, pascal, kebab) in names.NAMES.items():
            with self.subTest(name):
                file = f"{kebab}.js"
                self.assertIn("export function greet(name) {\n",
                              self.text_of("javascript/module", name, file))
                self.assertIn(f"export class {pascal} {{\n",
                              self.text_of("javascript/class", name, file))

    def test_functions_have_names_of_javascript(self):
        functions = [{"name": name, "description": "Does it.", "body": "return;"}
                     for name in names.NAMES]
        shown = rendering("javascript/module", {"name": "m", "functions": functions})
        text = shown.json["files"][0]["content"]
        camels = [camel for _, camel, _, _ in names.NAMES.values()]
        self.assertEqual(re.findall(r"export function (\S+)\(", text),
                         [names.JAVASCRIPT_FUNCTIONS.get(camel, camel) for camel in camels])

    def test_all_compile(self):
        options = ["--no-warnings", "--experimental-vm-modules", "--input-type=module"]
        command = [self.needs("node"), *options, "-e", COMPILE, "--"]
        self.passes([*command, *self.files(".js", ".mjs")], self.root)

    def test_all_modules_are_imported_and_work(self):
        modules = [file for file in self.files("js") if not file.name.endswith(".test.js")]
        command = [self.needs("node"), USES / "use_built_ins.mjs"]
        told = self.passes([*command, *modules], self.root)
        # One thing a module, but the three functions of the one that has them given.
        self.assertEqual(int(told), len(modules) + 2)

    def greetings(self, framework):
        """The module `greetings` and all tests of it, in a folder of their own."""
        folder = self.root / framework
        folder.mkdir()
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        [module] = render("javascript/module", {"name": "greetings"}, folder)
        files = []
        for index, variables in enumerate(SETS["javascript/test"]):
            [file] = render("javascript/test", {**variables, "framework": framework}, folder)
            files.append(file.rename(folder / f"{index}.test.js"))
        return folder, module, files

    def test_generated_tests_pass_under_node_and_notice_broken_code(self):
        command = [self.needs("node"), "--test", "--test-reporter=tap"]
        folder, module, files = self.greetings("node_test")
        self.assertIn("# pass 8\n", self.passes([*command, *files], folder))
        for file, (before, after) in zip(files, BREAKS, strict=True):
            self.fails_once_broken(module, before, after, [*command, file], folder)

    def under(self, framework, *words, **environment):
        program = self.needs(framework)
        folder, module, _ = self.greetings(framework)
        link_packages(program, folder)
        environment = {"CI": "true", "NO_COLOR": "1", **environment}
        command = [program, *words]
        self.assertIn("8 passed", self.passes(command, folder, **environment))
        self.fails_once_broken(module, *BREAKS[0], command, folder, **environment)

    def test_generated_tests_pass_under_jest_and_notice_broken_code(self):
        self.under("jest", NODE_OPTIONS="--experimental-vm-modules --no-warnings")

    def test_generated_tests_pass_under_vitest_and_notice_broken_code(self):
        self.under("vitest", "run")


class TypeScript(BuiltInTest):
    language = "typescript"

    def test_names_become_those_of_typescript(self):
        for name, (_, _, _, kebab) in names.NAMES.items():
            with self.subTest(name):
                text = self.text_of("typescript/module", name, f"{kebab}.ts")
                self.assertIn("export function greet(name: string): string {\n", text)

    def test_all_parse(self):
        files = [str(file) for file in self.files("ts")]
        request = {"paths": files, "language": "typescript"}
        judged = run_ratchet("call", "validate.syntax", stdin=json.dumps(request)).json["files"]
        self.assertEqual(len(judged), len(files))
        self.assertEqual([each for each in judged if each.get("valid") is False], [])

    def test_all_compile_in_strict_mode(self):
        compiler = self.needs("tsc")
        for _, folder, _ in self.rendered["typescript/test"]:
            render("typescript/module", {"name": "greetings"}, folder)
        (self.root / "jest.d.ts").write_text(JEST_TYPES, encoding="utf-8")
        later = self.rendered["typescript/module"][0][1] / "later.mts"
        later.write_text("export interface Later { at: number }\n", encoding="utf-8")
        files = [*self.root.rglob("*.ts"), *self.root.rglob("*.mts")]
        self.passes([compiler, *STRICT, *files], self.root)
