"""A scratch project and the command line that works in it.

The tests' expectations come from docs/batch_create.md. RATCHET_CLI names the binary. Where
RATCHET_WINDOWS_BUILD names a build for Windows, it is a script that starts that build's ratchet.exe
under wine, and the tests see its files as Linux has them.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import unittest

RATCHET = os.environ.get("RATCHET_CLI", "")
# Longer than any run here may take on a busy machine.
PATIENCE_SECONDS = 300
ON_WINDOWS = bool(os.environ.get("RATCHET_WINDOWS_BUILD"))
# What Python is called there.
PYTHON = "python" if ON_WINDOWS else "python3"


def told(path):
    """A path as the command line under test is told it, and tells it: wine has all of Linux as Z:."""
    return "Z:" + str(path).replace("/", "\\") if ON_WINDOWS else str(path)


def not_on_windows(why):
    """Marks tests, or classes of them, that say nothing about the command line of Windows."""
    return unittest.skipIf(ON_WINDOWS, why)


POSIX_PROGRAMS = "starts programs of Linux"
POSIX_TRACES = "looks at the calls of a process of Linux; tests/windows/crashes does it for wine's"
POSIX_NAMES = "makes files with names that Windows cannot hold"
POSIX_SIGNALS = "sends signals, which Windows has not"
POSIX_FILES = "makes links, FIFOs or modes, which wine does not"


class Ended:
    """A finished run of the command line."""

    def __init__(self, exit_code, stdout, stderr):
        self.exit_code = exit_code
        self.stdout = stdout
        self.stderr = stderr

    @property
    def json(self):
        """All of stdout as one JSON value: fails where anything else stands there."""
        try:
            return json.loads(self.stdout)
        except ValueError as fault:
            raise AssertionError(f"no JSON on stdout, exit code {self.exit_code}: {self.stdout!r}, "
                                 f"stderr: {self.stderr!r}") from fault

    @property
    def error(self):
        """The first error, of a run that ended in one or of a command that could not be done."""
        result = self.json
        return result["error"] if "error" in result else result["errors"][0]

    @property
    def findings(self):
        return [finding for step in self.json.get("steps", []) for finding in step["findings"]]


def run_ratchet(*arguments, stdin="", folder=None, binary=RATCHET, prefix=()):
    """Runs the command line to its end; a word that is a Path is told as it knows it. `prefix` are
    words that stand before it."""
    words = [told(word) if isinstance(word, pathlib.PurePath) else str(word) for word in arguments]
    finished = subprocess.run([*prefix, binary, *words], input=stdin.encode(), capture_output=True,
                              cwd=folder, timeout=PATIENCE_SECONDS, check=False)
    if ON_WINDOWS and not prefix:
        skip_what_wine_lost(finished)
    return Ended(finished.returncode, finished.stdout.decode(), finished.stderr.decode())


# Of some thousand programs on a busy machine wine's server kills one or two after their end, because they
# took half a second to go, and loses their exit code; one does not start, and nobody says why.
LOST_BY_WINE = []
MOST_LOST = 3


def skip_what_wine_lost(finished):
    """Skips a test one of whose programs wine has lost; fails it where that becomes a habit."""
    was_killed = finished.returncode == -signal.SIGKILL
    # The command line says something whenever it fails.
    never_ran = finished.returncode == 1 and not finished.stdout and not finished.stderr
    if not was_killed and not never_ran:
        return
    LOST_BY_WINE.append(finished)
    if len(LOST_BY_WINE) > MOST_LOST:
        raise AssertionError(f"wine has lost {len(LOST_BY_WINE)} programs, the last one: {finished}")
    raise unittest.SkipTest("wine killed the program after its end" if was_killed
                            else "wine did not start the program")


# wine takes a removed folder's name away with the last handle of it, and the folder stays where that
# of a file in it goes later still; and whoever lists a folder twice is told what was there the first
# time. Both concern the folder of a finished transaction, and those around it.
LEFT_BY_WINE = re.compile(r"\.ratchet/tx(/\w+(/\d+\.old)?)?")
STATE_OF_NOTHING = {".ratchet", ".ratchet/.gitignore", ".ratchet/lock"}


# Of a mode Windows has the kind and whether the file may be written; the rest is made up by wine.
SHOWN_MODE = 0o170000 | (stat.S_IWUSR if ON_WINDOWS else 0o7777)


def wait_until_interruptible(process):
    """Until the process has its own handler for SIGINT: before, the signal would just kill it."""
    mask_of_sigint = 1 << (signal.SIGINT - 1)
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            caught = next(line for line in status if line.startswith("SigCgt:"))
        if int(caught.split()[1], 16) & mask_of_sigint:
            return
    raise AssertionError("the command never caught SIGINT")


def listing(folder):
    """Everything below a folder: kind, mode, and what is in it."""
    found = {}
    for place, names, files in os.walk(folder):
        for name in names + files:
            path = os.path.join(place, name)
            status = os.lstat(path)
            content = ""
            if stat.S_ISLNK(status.st_mode):
                content = os.readlink(path)
            elif stat.S_ISREG(status.st_mode):
                content = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
            found[os.path.relpath(path, folder)] = (oct(status.st_mode & SHOWN_MODE), content)
    return without_what_wine_leaves(found) if ON_WINDOWS else found


def without_what_wine_leaves(found):
    kept = {path: what for path, what in found.items() if not LEFT_BY_WINE.fullmatch(path)}
    state = {path for path in kept if path.startswith(".ratchet")}
    if not state <= STATE_OF_NOTHING:
        return kept
    return {path: what for path, what in kept.items() if path not in state}


def names_in(folder):
    """What stands in a folder itself, sorted."""
    return sorted({path.partition("/")[0] for path in listing(folder)})


def entry(path, **changes):
    """A file of a batch: a small dataclass."""
    whole = {"path": path,
             "template_vars": {"entity": "Product", "fields": [{"name": "price", "type": "float"}]}}
    whole.update(changes)
    return whole


def instance(*entries, **changes):
    whole = {"pattern_id": "PAT-BATCH-CREATE-001", "project_root": ".",
             "template_type": "model_dataclass", "files_to_create": list(entries)}
    whole.update(changes)
    return {key: value for key, value in whole.items() if value is not None}


class ProjectTest(unittest.TestCase):
    """A test with a project folder `root`, and a folder `outside` beside it."""

    def setUp(self):
        self.assertTrue(RATCHET, "RATCHET_CLI must name the command line")
        scratch = pathlib.Path(tempfile.mkdtemp(prefix="ratchet-e2e-"))
        self.addCleanup(shutil.rmtree, scratch, ignore_errors=True)
        self.root = scratch / "project"
        self.outside = scratch / "outside"
        self.root.mkdir()
        self.outside.mkdir()

    def write(self, name, content):
        """A file of the project: a text as it is, anything else as JSON."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, indent=2)
        path.write_text(text, encoding="utf-8")
        return path

    def assert_mode(self, path, mode):
        """Windows keeps none: there a plan alone names it, so that a plan of Linux can be approved."""
        if not ON_WINDOWS:
            self.assertEqual(oct(stat.S_IMODE(os.stat(self.root / path).st_mode)), oct(mode))

    def batch(self, written, *options):
        """Runs batch_create with this instance (an object or a text) and --json."""
        path = self.write("batch.json", written)
        return run_ratchet("run", "batch_create", path, "--json", *options, folder=self.outside)

    def refused(self, written, *options, exit_code, error, finding=None):
        """A run that must be refused with this code and leave everything as it was; gives what it
        told: the finding with the code asked for, else the error."""
        path = self.write("batch.json", written)
        before = listing(self.root), listing(self.outside)
        ended = run_ratchet("run", "batch_create", path, "--json", *options, folder=self.outside)
        self.assertEqual((listing(self.root), listing(self.outside)), before, "something was left")
        self.assertEqual(ended.error["code"], error, ended.stdout)
        self.assertEqual(ended.exit_code, exit_code)
        self.assertNotIn("\n", ended.error["message"])
        if "steps" in ended.json:
            self.assertEqual(ended.json["status"], "refused")
            self.assertEqual(ended.json["changes"], {"created": [], "modified": [], "deleted": []})
            self.assertNotIn("record", ended.json)
        if finding is None:
            return ended.error
        codes = [each["code"] for each in ended.findings]
        self.assertIn(finding, codes)
        return ended.findings[codes.index(finding)]
