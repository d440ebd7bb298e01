"""The same batch of Python files for Ratchet and for its peers, and each one's way of making it.

A maker prepares its input once for a number of files and then makes them in an empty folder; what came
out of two makers is compared byte by byte before anything is measured.
"""

import dataclasses
import json
import os
import pathlib
import shutil
import tempfile
import time

from harness import project_folder, run_quietly

PLOP_VERSION = "4.0.1"
# Neither flushed nor checked, as the peers do it.
UNCHECKED = ("--durability", "none", "--no-syntax")

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


@dataclasses.dataclass(frozen=True)
class File:
    """One file of a batch: where it goes, and its own variable."""
    path: str
    name: str


def scattered(count):
    """Files over a hundred folders."""
    return [File(f"made/{i % 100}/module_{i}.py", f"Thing{i}") for i in range(count)]


FILES_IN_A_FOLDER = 20


def in_folders(count):
    """Files in folders of twenty, every folder with the same twenty names."""
    return [File(f"made/{i // FILES_IN_A_FOLDER}/module_{i % FILES_IN_A_FOLDER}.py",
                 f"Thing{i // FILES_IN_A_FOLDER}x{i % FILES_IN_A_FOLDER}") for i in range(count)]


def fresh_folder(place, name):
    """A folder for the input of one maker."""
    return pathlib.Path(tempfile.mkdtemp(prefix=f"{name}-", dir=place.scratch))


def cookiecutter_environment(place):
    """What it remembers of a run goes into its home folder; ours is the scratch one."""
    return {**os.environ, "HOME": str(place.scratch)}


def missing_npm(name):
    return "" if shutil.which("npm") else f"{name} needs npm, which is not installed"


def npm_program(place, name, version):
    """A program of npm, installed once into the build folder."""
    folder = place.build.parent / "bench" / name
    program = folder / "node_modules" / ".bin" / name
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        run_quietly(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund",
                     f"{name}@{version}"], cwd=folder)
    return program


class Ratchet:
    name = "ratchet"

    def __init__(self, place, files, source=SOURCE, options=()):
        self._command = [place.ratchet, "run", "batch_create"]
        self._options = options
        self._source = source.replace("{NAME}", "{{name}}")
        self._instance = fresh_folder(place, "ratchet") / "batch.json"
        self._instance.write_text(json.dumps({
            "pattern_id": "PAT-BATCH-CREATE-001", "template_type": "bench_module",
            "files_to_create": [{"path": file.path, "template_vars": {"name": file.name}}
                                for file in files]}), encoding="utf-8")

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

    def __init__(self, place, files):
        self._template = fresh_folder(place, "cookiecutter")
        top = self._template / "{{cookiecutter.folder}}"
        for number, file in enumerate(files):
            path = top / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(SOURCE.replace("{NAME}", "{{cookiecutter.name_%d}}" % number),
                            encoding="utf-8")
        context = {"folder": "made_here"}
        context.update({f"name_{i}": file.name for i, file in enumerate(files)})
        (self._template / "cookiecutter.json").write_text(json.dumps(context), encoding="utf-8")
        self._environment = cookiecutter_environment(place)

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

    def __init__(self, place, files):
        self._program = npm_program(place, "plop", PLOP_VERSION)
        self._folder = fresh_folder(place, "plop")
        (self._folder / "module.hbs").write_text(SOURCE.replace("{NAME}", "{{{name}}}"),
                                                 encoding="utf-8")
        rows = [dataclasses.asdict(file) for file in files]
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
        return missing_npm("plop")

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


def peers(place, files, kinds, report):
    """A maker of each kind that is here; why another is not goes into the report."""
    makers = {}
    for peer in kinds:
        reason = peer.missing()
        if not reason:
            try:
                makers[peer.name] = peer(place, files)
                continue
            except RuntimeError as fault:
                reason = f"{peer.name} cannot be installed ({str(fault).splitlines()[0]})"
        if reason not in report.missing:
            report.missing.append(reason)
    return makers


def prepared_folder(place, maker):
    folder = project_folder(place.scratch)
    maker.prepare(folder)
    return folder


def compare(place, makers):
    """All makers make the same bytes, or there is nothing to measure."""
    reference = None
    for name, maker in makers.items():
        folder = prepared_folder(place, maker)
        maker.make(folder)
        made = made_files(maker, folder)
        reference = made if reference is None else reference
        if made != reference or not made:
            raise RuntimeError(f"{name} made other files than ratchet")


def timed(place, maker):
    folder = prepared_folder(place, maker)
    # What an earlier run left in memory is not this run's to flush.
    os.sync()
    start = time.perf_counter()
    maker.make(folder)
    return time.perf_counter() - start
