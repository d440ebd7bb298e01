"""A JSON Schema compiled and a document of 213 KB validated by it, in process, against other validators."""

import re
import sys

import schema_peers
from harness import Bar, Report, Row, ratios, run_quietly

NAME = "schema"
TITLE = "A schema, and a document of 213 KB with 1,000 entries"
ROUNDS = 5
COMPILE, VALIDATE, READ = "compile", "validate", "read the document's text"


def _medians(text):
    """Of the columns of a program's lines."""
    columns = zip(*([float(word) for word in line.split()] for line in text.splitlines()))
    return [sorted(column)[len(column) // 2] for column in columns]


def _sourcemeta(program, files, *options):
    """Milliseconds of one warm validation, as the program reckons them itself."""
    said = run_quietly([program, "validate", *files, "--benchmark", "--loop", "200", *options]).decode()
    found = re.search(r"PASS ([0-9.]+) \+- [0-9.]+ us", said)
    if found is None:
        raise RuntimeError(f"jsonschema said something else:\n{said}")
    return float(found.group(1)) / 1000


def _peers(place, files):
    """By row, what measures it: the milliseconds of a round."""
    peers = {}
    missing = []
    if schema_peers.has_ajv():
        ajv = ["node", place.root / "bench" / "schema_ajv.js", *files]
        peers["ajv"] = lambda: dict(zip(["ajv: compile", "ajv: validate"],
                                        _medians(run_quietly(ajv).decode())))
    else:
        missing.append("ajv (needs node and `npm install ajv` where node finds it)")
    program = schema_peers.sourcemeta()
    if program:
        peers["sourcemeta"] = lambda: {
            "@sourcemeta/jsonschema: validate": _sourcemeta(program, files),
            "@sourcemeta/jsonschema --fast: validate": _sourcemeta(program, files, "--fast")}
    else:
        missing.append("@sourcemeta/jsonschema (needs `npm install @sourcemeta/jsonschema` in NODE_PATH)")
    if schema_peers.has_python_jsonschema():
        python = [sys.executable, place.root / "bench" / "schema_jsonschema.py", *files]
        peers["python"] = lambda: {"python-jsonschema: validate": _medians(run_quietly(python).decode())[0]}
    else:
        missing.append("python-jsonschema")
    return peers, missing


def run(place):
    run_quietly(["ninja", "-C", place.build, "ratchet_bench_schema"])
    run_quietly([sys.executable, place.root / "bench" / "schema_document.py", place.scratch])
    files = [place.scratch / "schema.json", place.scratch / "document.json"]
    ours = [place.build / "bench" / "ratchet_bench_schema", *files]
    report = Report()
    peers, report.missing = _peers(place, files)
    samples = {}
    for _ in range(ROUNDS):
        measured = dict(zip([COMPILE, VALIDATE, READ], _medians(run_quietly(ours).decode())))
        for peer in peers.values():
            measured.update(peer())
        for name, value in measured.items():
            samples.setdefault(name, []).append(value)
    rows = {name: Row(name, values, "ms") for name, values in samples.items()}
    report.rows = list(rows.values())
    report.bars = [Bar("compiling the schema", rows[COMPILE].samples, 1, True, "ms"),
                   Bar("validating the document", rows[VALIDATE].samples, 1, True, "ms")]
    if "ajv" in peers:
        report.bars += [
            Bar("validating, against ajv warm", ratios(rows[VALIDATE], rows["ajv: validate"]), 1, True),
            Bar("compiling, faster than ajv", ratios(rows["ajv: compile"], rows[COMPILE]), 10, False)]
    return report
