"""Syntax of 1,000 Python files: ours against one py_compile a file, and against compileall."""

import json
import os
import shutil
import subprocess
import time

from harness import Bar, Report, alternate, project_folder, ratios, run_quietly, warm_up

NAME = "syntax"
TITLE = "Syntax of 1,000 Python files"
FILES = 1000
FUNCTIONS_A_FILE = 12
ROUNDS = 9
# One child a file takes so long that it is measured less often.
ROUNDS_OF_PY_COMPILE = 3
LEAST_UNDER_PY_COMPILE = 10.0
MOST_OVER_COMPILEALL = 1.3

OURS = "ratchet call validate.syntax"
COMPILEALL = "python3 -m compileall"
PY_COMPILE = "python3 -m py_compile, one child a file"

FUNCTION = '''
def total_{number}(orders, rate={number}):
    """What the orders of a customer come to."""
    result = 0
    for order in orders:
        if order.get("cancelled"):
            continue
        result += sum(line["price"] * line["count"] for line in order["lines"])
    return result * (1 + rate / 100)
'''


def sources(scratch):
    """A new folder of files that no one has compiled before."""
    folder = project_folder(scratch)
    text = "".join(FUNCTION.format(number=number) for number in range(FUNCTIONS_A_FILE))
    for number in range(FILES):
        (folder / f"module_{number}.py").write_text(f"NUMBER = {number}\n{text}", encoding="utf-8")
    return folder


def timed(folder, work):
    start = time.perf_counter()
    work(folder)
    return time.perf_counter() - start


def ours(place, python):
    # The same program as the peers': what stands first on PATH may be a script that looks for one.
    environment = {**os.environ,
                   "PATH": os.path.dirname(python) + os.pathsep + os.environ["PATH"]}

    def check(folder):
        request = json.dumps({"paths": sorted(str(path) for path in folder.glob("*.py"))})
        finished = subprocess.run([str(place.ratchet), "call", "validate.syntax"], check=True,
                                  input=request.encode(), stdout=subprocess.PIPE,
                                  env=environment)
        result = json.loads(finished.stdout)
        if result["valid"] is not True or len(result["files"]) != FILES:
            raise RuntimeError("validate.syntax did not find all files valid")
    return lambda: timed(sources(place.scratch), check)


def compileall(place, python):
    return lambda: timed(sources(place.scratch), lambda folder: run_quietly(
        [python, "-m", "compileall", "-q", folder]))


def py_compile(place, python):
    def compile_each(folder):
        for path in folder.glob("*.py"):
            run_quietly([python, "-m", "py_compile", path])
    return lambda: timed(sources(place.scratch), compile_each)


def run(place):
    report = Report()
    python = shutil.which("python3")
    if not python:
        report.missing = ["syntax of Python files needs python3, which is not installed"]
        return report
    python = run_quietly([python, "-c", "import sys; print(sys.executable)"]).decode().strip()
    candidates = {OURS: ours(place, python), COMPILEALL: compileall(place, python)}
    warm_up(candidates)
    fast = alternate(candidates, ROUNDS)
    slow = alternate({OURS: candidates[OURS], PY_COMPILE: py_compile(place, python)},
                     ROUNDS_OF_PY_COMPILE)
    report.rows = [*fast.values(), slow[PY_COMPILE]]
    report.bars = [
        Bar("over compileall", ratios(fast[OURS], fast[COMPILEALL]), MOST_OVER_COMPILEALL, True),
        Bar("faster than one py_compile a file", ratios(slow[PY_COMPILE], slow[OURS]),
            LEAST_UNDER_PY_COMPILE, False)]
    return report
