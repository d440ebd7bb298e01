"""Every built-in template of a language, rendered with the sets of built_in_sets.

What comes out is compiled, looked at by the linters that are here, and run. A program or package
that is not here is said as skipped, never taken for passed or failed.
"""

import functools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from built_in_sets import SETS
from built_in_sets.names import GO_REFUSES, NAMES
from built_in_sets.python import FIELDS
from workspace import PATIENCE_SECONDS, POSIX_PROGRAMS, not_on_windows, run_ratchet

DONE = 0
USES = pathlib.Path(__file__).parent
# What the function says that templates make where none is given.
GREETING = "Hello, "


def named(template, name):
    """The variables that give a template this name and no more than it needs."""
    return {
        "python/crud": {"name": name, "entity": name, "singular": "thing"},
        "python/crud_sqlite": {"entity": name, "table": "things", "fields": FIELDS},
        "python/model": {"entity": name, "table_name": "things"},
        "python/model_dataclass": {"entity": name, "fields": FIELDS},
    }.get(template, {"name": name})


def takes_a_name(template):
    return not template.endswith("/test")


def rendering(template, variables, *options):
    """A rendering that may be refused."""
    language, name = template.split("/")
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(variables, file)
        file.flush()
        words = ["render", name, "--language", language, "--variables", file.name, "--no-input"]
        return run_ratchet(*words, "--json", *options)


def render(template, variables, folder):
    """Renders into a folder; gives the paths of what was created."""
    ended = rendering(template, variables, "--output", folder, "--durability", "none")
    if ended.exit_code != DONE:
        raise AssertionError(f"{template} {variables}: {ended.stdout}")
    return [folder / path for path in ended.json["changes"]["created"]]


def run(command, folder, **environment):
    """Runs a program to its end, its two streams as one text."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@functools.cache
def python_with(*modules):
    """A Python of 3.10 or later that has the modules, or None."""
    probe = f"import sys, {', '.join(('sys', *modules))}; sys.exit(sys.version_info < (3, 10))"
    for python in (sys.executable, "python3", "/usr/bin/python3"):
        if shutil.which(python) and run([python, "-c", probe], None).returncode == 0:
            return python
    return None


@not_on_windows(POSIX_PROGRAMS)
class BuiltInTest(unittest.TestCase):
    """A test with everything of some language rendered below `root`, each set in a folder of its
    own: `rendered[template]` is a list of (variables, folder, files)."""

    language = ""

    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="ratchet-built-ins-"))
        cls.addClassCleanup(shutil.rmtree, cls.root, ignore_errors=True)
        cls.rendered = {}
        for template, given in SETS.items():
            if not template.startswith(cls.language + "/"):
                continue
            refused = GO_REFUSES if template == "go/module" else []
            names = [name for name in NAMES if takes_a_name(template) and name not in refused]
            every = given + [named(template, name) for name in names]
            short = template.split("/")[1]
            cls.rendered[template] = []
            for index, variables in enumerate(every):
                folder = cls.root / f"{short}{index}"
                folder.mkdir()
                files = render(template, variables, folder)
                cls.rendered[template].append((variables, folder, files))

    def files(self, *endings):
        rows = [row for rows in self.rendered.values() for row in rows]
        return [file for _, _, files in rows for file in files if file.name.endswith(endings)]

    def of_name(self, template, name):
        """The folder of the set that has this name alone."""
        wanted = named(template, name)
        rows = self.rendered[template]
        return next(folder for variables, folder, _ in rows if variables == wanted)

    def needs(self, program):
        found = shutil.which(program)
        if not found:
            self.skipTest(f"no {program}")
        return found

    def needs_python(self, *modules):
        found = python_with(*modules)
        if not found:
            self.skipTest(f"no Python 3.10 with {' and '.join(modules)}")
        return found

    def text_of(self, template, name, file):
        """What a file has in it of the set that has this name alone."""
        return (self.of_name(template, name) / file).read_text(encoding="utf-8")

    def passes(self, command, folder, **environment):
        ended = run(command, folder, **environment)
        self.assertEqual(ended.returncode, 0, ended.stdout)
        return ended.stdout

    def fails_once_broken(self, file, before, after, command, folder, **environment):
        """The tests that passed must fail over code that is broken."""
        sound = file.read_text(encoding="utf-8")
        self.assertIn(before, sound)
        file.write_text(sound.replace(before, after), encoding="utf-8")
        try:
            ended = run(command, folder, **environment)
        finally:
            file.write_text(sound, encoding="utf-8")
        self.assertNotEqual(ended.returncode, 0, "the tests did not notice broken code")
        return ended.stdout
