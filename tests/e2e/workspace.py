"""A scratch project and the command line that works in it.

The tests' expectations come from docs/batch_create.md. RATCHET_CLI names the binary.
"""

import hashlib
import json
import os
import pathlib
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


class Ended:
    """A finished run of the command line."""

    def __init__(self, exit_code, stdout, stderr):
        self.exit_code = exit_code
        self.stdout = stdout
        self.stderr = stderr

    @property
    def json(self):
        """All of stdout as one JSON value: fails where anything else stands there."""
        return json.loads(self.stdout)

    @property
    def error(self):
        """The first error, of a run that ended in one or of a command that could not be done."""
        result = self.json
        return result["error"] if "error" in result else result["errors"][0]

    @property
    def findings(self):
        return [finding for step in self.json.get("steps", []) for finding in step["findings"]]


def run_ratchet(*arguments, stdin="", folder=None, binary=RATCHET, prefix=()):
    """Runs the command line to its end. `prefix` are words that stand before it."""
    finished = subprocess.run(
        [*prefix, binary, *map(str, arguments)], input=stdin.encode(), capture_output=True,
        cwd=folder, timeout=PATIENCE_SECONDS, check=False)
    return Ended(finished.returncode, finished.stdout.decode(), finished.stderr.decode())


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
            found[os.path.relpath(path, folder)] = (oct(status.st_mode), content)
    return found


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
