"""The built-in templates for JavaScript and TypeScript: compiled, imported, their tests run."""

import json
import pathlib
import shutil

from built_in_sets import SETS, names
from built_ins import GREETING, USES, BuiltInTest, render
from workspace import run_ratchet


class JavaScript(BuiltInTest):
    language = "javascript"

    def test_names_become_those_of_javascript(self):
        for name, (_, camel, pascal, kebab) in names.NAMES.items():
            with self.subTest(name):
                self.assertTrue((self.of_name("javascript/module", name) / f"{kebab}.js").exists())
                text = (self.of_name("javascript/class", name) / f"{kebab}.js").read_text(
                    encoding="utf-8"
                )
                self.assertIn(f"export class {pascal} {{\n", text)
                folder = self.root / f"function-{camel}-{name.replace(' ', '')}"
                folder.mkdir(exist_ok=True)
                [file] = render(
                    "javascript/module",
                    {
                        "name": "m",
                        "functions": [{"name": name, "description": "Does it.", "body": "return;"}],
                    },
                    folder,
                )
                identifier = names.JAVASCRIPT_FUNCTIONS.get(camel, camel)
                self.assertIn(
                    f"export function {identifier}() {{\n", file.read_text(encoding="utf-8")
                )
                shutil.rmtree(folder)

    def modules(self):
        """All as ES modules, whatever extension they have."""
        (self.root / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        return [file for file in self.files(".js", ".mjs") if not file.name.endswith(".test.js")]

    def test_all_compile(self):
        node = self.needs("node")
        (self.root / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        script = (
            "import vm from 'node:vm'; import fs from 'node:fs';"
            "for (const name of process.argv.slice(1)) new vm.SourceTextModule("
            "fs.readFileSync(name, 'utf8'), { identifier: name });"
        )
        self.passes(
            [
                node,
                "--no-warnings",
                "--experimental-vm-modules",
                "--input-type=module",
                "-e",
                script,
                "--",
                *self.files(".js", ".mjs"),
            ],
            self.root,
        )

    def test_all_modules_are_imported_and_their_own_function_works(self):
        node = self.needs("node")
        modules = self.modules()
        told = self.passes([node, USES / "use_built_ins.mjs", *modules], self.root)
        # One thing a module, but the three functions of the one that has them given.
        self.assertEqual(int(told), len(modules) + 2)

    def greetings(self, name, framework):
        folder = self.root / name
        folder.mkdir()
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        render("javascript/module", {"name": "greetings"}, folder)
        files = []
        for index, variables in enumerate(SETS["javascript/test"]):
            [file] = render("javascript/test", {**variables, "framework": framework}, folder)
            files.append(file.rename(folder / f"{index}.test.js"))
        return folder, files

    def test_generated_tests_pass_under_node_and_notice_broken_code(self):
        node = self.needs("node")
        folder, files = self.greetings("node-test", "node_test")
        for index, broken in enumerate(
            ((GREETING, "Bye, "), (GREETING, "Bye, "), ("return `", "void `"), (GREETING, "Bye, "))
        ):
            command = [node, "--test", files[index]]
            self.passes(command, folder)
            self.fails_once_broken(folder / "greetings.js", *broken, command, folder)
        self.fails_once_broken(
            folder / "greetings.js", "${name}", "${typeof name}", [node, "--test", files[1]], folder
        )

    def test_generated_tests_pass_under_jest_and_vitest(self):
        self.needs("node")
        for framework, words in (("jest", []), ("vitest", ["run"])):
            with self.subTest(framework):
                program = self.needs(framework)
                folder, _ = self.greetings(framework, framework)
                link_packages(program, folder)
                command = [program, *words]
                options = (
                    {"NODE_OPTIONS": "--experimental-vm-modules --no-warnings"}
                    if framework == "jest"
                    else {}
                )
                self.assertIn(
                    "8 passed", self.passes(command, folder, CI="true", NO_COLOR="1", **options)
                )
                self.fails_once_broken(
                    folder / "greetings.js", GREETING, "Bye, ", command, folder, CI="true", **options
                )


def link_packages(program, folder):
    """Puts the packages that a program of npm belongs to where the folder's modules find them."""
    for place in pathlib.Path(program).resolve().parents:
        if place.name == "node_modules":
            (folder / "node_modules").symlink_to(place)
            return


class TypeScript(BuiltInTest):
    language = "typescript"

    def test_names_become_those_of_typescript(self):
        for name, (_, _, _, kebab) in names.NAMES.items():
            self.assertTrue(
                (self.of_name("typescript/module", name) / f"{kebab}.ts").exists(), name
            )

    def test_all_parse(self):
        files = [str(file) for file in self.files(".ts", ".mts")]
        request = {"paths": files, "language": "typescript"}
        judged = run_ratchet("call", "validate.syntax", stdin=json.dumps(request)).json["files"]
        self.assertEqual(len(judged), len(files))
        self.assertEqual([each for each in judged if each.get("valid") is False], [])

    def test_all_compile_in_strict_mode(self):
        compiler = self.needs("tsc")
        for variables, folder, files in self.rendered["typescript/test"]:
            render("typescript/module", {"name": "greetings"}, folder)
        (self.root / "jest.d.ts").write_text(
            'declare module "@jest/globals" {\n'
            "  interface Matchers { toEqual(value: unknown): void; toBeDefined(): void;\n"
            "    toThrow(kind: unknown): void; }\n"
            "  export function describe(name: string, body: () => void): void;\n"
            "  export function expect(value: unknown): Matchers;\n"
            "  export const test: { (name: string, body: () => void): void;\n"
            "    each<T>(rows: ReadonlyArray<T>): (name: string, body: (row: T) => void) => void; };\n"
            "}\n",
            encoding="utf-8",
        )
        later = self.rendered["typescript/module"][0][1] / "later.mts"
        later.write_text("export interface Later { at: number }\n", encoding="utf-8")
        files = [file for file in self.root.rglob("*.ts")] + [later] + self.files(".mts")
        self.passes(
            [
                compiler,
                "--strict",
                "--noEmit",
                "--noUnusedLocals",
                "--target",
                "es2022",
                "--module",
                "esnext",
                "--moduleResolution",
                "bundler",
                "--types",
                "",
                "--skipLibCheck",
                *files,
            ],
            self.root,
        )
