"""The same batch of Python files for Ratchet and for its peers, and each one's way of making it.

A maker prepares its input once for a number of files and then makes them in an empty folder; what came
out of two makers is compared byte by byte before anything is measured.
"""

import json
import os
import shutil

from harness import run_quietly

PLOP_VERSION = "4.0.1"

# {NAME} stands for a file's own variable, in each tool's own words.
SOURCE = '''"""The {NAME} of the shop."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass
class {NAME}:
    """One {NAME}, as it is stored."""

    name: str
    price: float = 0.0
    stock: int = 0
    active: bool = True

    def total(self) -> float:
        """Return what the whole stock of {NAME} is worth."""
        return self.price * self.stock

    def sell(self, count: int) -> None:
        """Take some {NAME} out of the stock."""
        if count > self.stock:
            raise ValueError("not enough {NAME} in stock")
        self.stock -= count

    def to_dict(self) -> dict[str, object]:
        """Return the values of the {NAME} by name."""
        return asdict(self)
'''


def padded(size):
    """The same source, filled up with comments to about `size` bytes."""
    line = "# This line makes the file as long as the benchmark wants it to be.\n"
    return SOURCE + line * max(0, (size - len(SOURCE)) // len(line))


def path_of(number):
    return f"made/{number % 100}/module_{number}.py"


def name_of(number):
    return f"Thing{number}"


class Ratchet:
    name = "ratchet"

    def __init__(self, place, count, source=SOURCE, options=()):
        self._command = [place.ratchet, "run", "batch_create"]
        self._options = options
        self._source = source.replace("{NAME}", "{{name}}")
        self._instance = place.scratch / f"ratchet-{count}-{len(source)}.json"
        self._instance.write_text(json.dumps({
            "pattern_id": "PAT-BATCH-CREATE-001", "template_type": "bench_module",
            "files_to_create": [{"path": path_of(i), "template_vars": {"name": name_of(i)}}
                                for i in range(count)]}), encoding="utf-8")

    def prepare(self, folder):
        template = folder / "ratchet" / "templates" / "bench_module"
        template.mkdir(parents=True)
        (template / "module.py.mustache").write_text(self._source, encoding="utf-8")
        (template / "template.yaml").write_text(
            "name: bench_module\n"
            "description: A module of the benchmark.\n"
            "language: python\n"
            "variables:\n"
            "  type: object\n"
            "  required: [name]\n"
            "  properties:\n"
            "    name: {type: string, description: The class.}\n"
            "files:\n"
            "  - source: module.py.mustache\n"
            "    path: '{{name|snake}}.py'\n", encoding="utf-8")

    def command(self, folder):
        return [*self._command, self._instance, "--project-root", folder, *self._options]

    def make(self, folder):
        run_quietly(self.command(folder), cwd=folder)


class Cookiecutter:
    name = "cookiecutter"

    def __init__(self, place, count):
        self._template = place.scratch / f"cookiecutter-{count}"
        top = self._template / "{{cookiecutter.folder}}"
        for number in range(count):
            path = top / path_of(number)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(SOURCE.replace("{NAME}", "{{cookiecutter.name_%d}}" % number),
                            encoding="utf-8")
        context = {"folder": "made_here"}
        context.update({f"name_{i}": name_of(i) for i in range(count)})
        (self._template / "cookiecutter.json").write_text(json.dumps(context), encoding="utf-8")
        # What it remembers of a run goes into its home folder; ours is the scratch one.
        self._environment = {**os.environ, "HOME": str(place.scratch)}

    @staticmethod
    def missing():
        return "" if shutil.which("cookiecutter") else "cookiecutter is not installed (--all does)"

    def prepare(self, folder):
        pass

    def make(self, folder):
        run_quietly(["cookiecutter", "--no-input", "-o", folder, self._template],
                    cwd=folder, env=self._environment)

    def made(self, folder):
        return folder / "made_here"


class Plop:
    name = "plop"

    def __init__(self, place, count):
        self._program = self._install(place)
        self._folder = place.scratch / f"plop-{count}"
        self._folder.mkdir()
        (self._folder / "module.hbs").write_text(SOURCE.replace("{NAME}", "{{{name}}}"),
                                                 encoding="utf-8")
        rows = [{"path": path_of(i), "name": name_of(i)} for i in range(count)]
        (self._folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
        (self._folder / "plopfile.mjs").write_text(
            "import { readFileSync } from 'node:fs';\n"
            "const rows = JSON.parse(readFileSync(new URL('rows.json', import.meta.url)));\n"
            "export default function (plop) {\n"
            "  plop.setGenerator('batch', { prompts: [], actions: rows.map((row) => ({\n"
            "    type: 'add', path: process.cwd() + '/' + row.path, data: row,\n"
            "    templateFile: 'module.hbs' })) });\n"
            "}\n", encoding="utf-8")

    @staticmethod
    def missing():
        return "" if shutil.which("npm") else "plop needs npm, which is not installed"

    @staticmethod
    def _install(place):
        folder = place.build.parent / "bench" / "plop"
        program = folder / "node_modules" / ".bin" / "plop"
        if not program.exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
            run_quietly(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund",
                         f"plop@{PLOP_VERSION}"], cwd=folder)
        return program

    def prepare(self, folder):
        pass

    def make(self, folder):
        run_quietly([self._program, "--plopfile", self._folder / "plopfile.mjs", "batch"],
                    cwd=folder)


def made_files(maker, folder):
    """What a maker made in a folder, by path."""
    top = maker.made(folder) if hasattr(maker, "made") else folder
    return {path.relative_to(top).as_posix(): path.read_bytes()
            for path in (top / "made").rglob("*") if path.is_file()}
