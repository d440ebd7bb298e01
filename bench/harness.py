"""Measures ours and a peer alternately in one run, and says what came out.

A benchmark is a module here with NAME, TITLE and `run(place) -> Report`. Samples of one round belong
together: a ratio is taken within a round, so that a machine that slows down for a while slows down both.
"""

import dataclasses
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile
import time

# The longest that one measured program may run.
PATIENCE_SECONDS = 1800


@dataclasses.dataclass(frozen=True)
class Place:
    """Where things are: the tree, its build, and a scratch folder for the benchmark."""
    root: pathlib.Path
    build: pathlib.Path
    scratch: pathlib.Path
    pwsh: str

    @property
    def ratchet(self):
        return self.build / "native" / "cli" / "ratchet"


@dataclasses.dataclass(frozen=True)
class Row:
    """The samples of one candidate, one a round."""
    name: str
    samples: list
    unit: str

    def columns(self):
        return [statistics.median(self.samples), min(self.samples), max(self.samples)]


@dataclasses.dataclass(frozen=True)
class Bar:
    """What was promised and what was measured; `at_most` or `at_least` a number."""
    promise: str
    measured: list
    limit: float
    at_most: bool
    unit: str = "×"

    @property
    def met(self):
        median = statistics.median(self.measured)
        return median <= self.limit if self.at_most else median >= self.limit


@dataclasses.dataclass
class Report:
    rows: list = dataclasses.field(default_factory=list)
    bars: list = dataclasses.field(default_factory=list)
    missing: list = dataclasses.field(default_factory=list)


def ratios(over, under):
    """Round by round, how many times `under` goes into `over`."""
    return [a / b for a, b in zip(over.samples, under.samples)]


def warm_up(candidates):
    for measure in candidates.values():
        measure()


def alternate(candidates, rounds, unit="ms", scale=1000.0):
    """Calls all candidates in turn for so many rounds; each gives the seconds it took."""
    samples = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, measure in candidates.items():
            samples[name].append(measure() * scale)
    return {name: Row(name, values, unit) for name, values in samples.items()}


def run_quietly(command, **options):
    """Runs to the end; a program that fails ends the benchmark with what it said."""
    finished = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=PATIENCE_SECONDS, check=False, **options)
    if finished.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {finished.returncode}:\n"
                           + finished.stdout.decode(errors="replace")[-2000:])
    return finished.stdout


def seconds_of(command, **options):
    start = time.perf_counter()
    run_quietly(command, **options)
    return time.perf_counter() - start


def peak_bytes_of(command, **options):
    """The largest resident set of the command and the children that it waited for."""
    with subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          **options) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return usage.ru_maxrss * 1024


def machine():
    """The machine in a line."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":", 1)[1].strip() for line in file
                      if line.startswith("model name")), "unknown processor")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}, Linux {platform.release()}"


def _number(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def markdown(title, report):
    lines = [f"### {title}", ""]
    if report.rows:
        lines += _table(
            ["what", "median", "min", "max", "rounds"],
            [[row.name, *(f"{_number(value)} {row.unit}" for value in row.columns()),
              str(len(row.samples))] for row in report.rows])
        lines.append("")
    if report.bars:
        lines += _table(
            ["bar", "promised", "measured", "min", "max", ""],
            [[bar.promise, f"{'≤' if bar.at_most else '≥'} {bar.limit:g} {bar.unit}",
              *(f"{_number(value)} {bar.unit}" for value in
                (statistics.median(bar.measured), min(bar.measured), max(bar.measured))),
              "met" if bar.met else "**not met**"] for bar in report.bars])
        lines.append("")
    lines += [f"Not measured: {what}." for what in report.missing]
    return "\n".join(lines).rstrip() + "\n"


def as_json(name, report):
    return json.dumps({
        "name": name, "machine": machine(),
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "rows": [dataclasses.asdict(row) for row in report.rows],
        "bars": [{**dataclasses.asdict(bar), "met": bar.met} for bar in report.bars],
        "missing": report.missing}, indent=2) + "\n"


def project_folder(scratch):
    """A new empty project. None is removed before all is measured: ext4 looks past the inodes that were
    freed in the last minute, which makes every later file of a round dearer than that of the one before."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="out-", dir=scratch))
    (folder / ".git").mkdir()
    return folder


class Scratch:
    """A folder on the disk that the build lies on (memory disks flatter), removed at the end."""

    def __init__(self, build):
        self._parent = build

    def __enter__(self):
        self._path = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=self._parent))
        return self._path

    def __exit__(self, *_):
        shutil.rmtree(self._path, ignore_errors=True)
