"""A JSON Schema compiled and a document of 213 KB validated by it, in process, against ajv."""

import shutil
import subprocess
import sys

from harness import Bar, Report, Row, ratios, run_quietly

NAME = "schema"
TITLE = "A schema, and a document of 213 KB with 1,000 entries"
ROUNDS = 5


def _medians(text):
    """Of the columns of a program's lines."""
    columns = zip(*([float(word) for word in line.split()] for line in text.splitlines()))
    return [sorted(column)[len(column) // 2] for column in columns]


def _has_ajv():
    if shutil.which("node") is None:
        return False
    probe = ["node", "-e", "require('ajv/dist/2020')"]
    return subprocess.run(probe, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, check=False).returncode == 0


def run(place):
    run_quietly(["ninja", "-C", place.build, "ratchet_bench_schema"])
    run_quietly([sys.executable, place.root / "bench" / "schema_document.py", place.scratch])
    files = [place.scratch / "schema.json", place.scratch / "document.json"]
    ours = [place.build / "bench" / "ratchet_bench_schema", *files]
    peer = ["node", place.root / "bench" / "schema_ajv.js", *files]
    report = Report()
    with_ajv = _has_ajv()
    samples = {"compile": [], "validate": [], "read": [], "ajv compile": [], "ajv validate": []}
    for _ in range(ROUNDS):
        lines = run_quietly(ours).decode()
        compile_ms, validate_ms, read_ms = _medians(lines)
        samples["compile"].append(compile_ms)
        samples["validate"].append(validate_ms)
        samples["read"].append(read_ms)
        if with_ajv:
            compile_ms, validate_ms = _medians(run_quietly(peer).decode())
            samples["ajv compile"].append(compile_ms)
            samples["ajv validate"].append(validate_ms)
    rows = {name: Row(name, values, "ms") for name, values in samples.items() if values}
    report.rows = list(rows.values())
    report.bars = [Bar("compiling the schema", rows["compile"].samples, 1, True, "ms"),
                   Bar("validating the document", rows["validate"].samples, 1, True, "ms")]
    if with_ajv:
        report.bars += [
            Bar("validating, against ajv warm", ratios(rows["validate"], rows["ajv validate"]), 1, True),
            Bar("compiling, faster than ajv", ratios(rows["ajv compile"], rows["compile"]), 10, False)]
    else:
        report.missing.append("ajv (needs node and `npm install ajv` where node finds it)")
    return report
