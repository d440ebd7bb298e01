"""1,000 files judged by one schema from the command line: ours against ajv-cli and jsonschema's."""

import json
import sys

import schema_document
import schema_peers
from harness import Bar, Report, alternate, ratios, run_quietly, seconds_of, warm_up

NAME = "validate"
TITLE = "1,000 JSON files of 2 KB, one schema, one command"
FILES = 1000
ENTRIES_A_FILE = 10
ROUNDS = 9
LEAST_UNDER_A_PEER = 5.0

OURS = "ratchet validate"
AJV = "ajv validate (ajv-cli)"
SOURCEMETA = "jsonschema validate (@sourcemeta/jsonschema)"
SOURCEMETA_FAST = "jsonschema validate --fast"
PYTHON = "python3 -m jsonschema"


def _write_files(folder):
    """A folder of documents, all different, and the schema beside it."""
    documents = folder / "documents"
    documents.mkdir()
    for number in range(FILES):
        first = number * ENTRIES_A_FILE
        entries = [schema_document.entry(first + i) for i in range(ENTRIES_A_FILE)]
        (documents / f"d{number:04d}.json").write_text(
            json.dumps({"version": 1, "entries": entries}, indent=1), encoding="utf-8")
    schema = folder / "schema.json"
    schema.write_text(json.dumps(schema_document.SCHEMA), encoding="utf-8")
    return schema, sorted(documents.glob("*.json"))


def _commands(place, schema, files):
    documents = files[0].parent
    commands = {OURS: [place.ratchet, "validate", "--schema", schema, *files]}
    missing = []
    if ajv := schema_peers.ajv_cli():
        commands[AJV] = ["node", ajv, "validate", "--spec=draft2020", "-s", schema, "-d", f"{documents}/*.json"]
    else:
        missing.append("ajv-cli (needs `npm install ajv-cli` in NODE_PATH)")
    if program := schema_peers.sourcemeta():
        commands[SOURCEMETA] = [program, "validate", schema, documents]
        commands[SOURCEMETA_FAST] = [program, "validate", "--fast", schema, documents]
    else:
        missing.append("@sourcemeta/jsonschema (needs `npm install @sourcemeta/jsonschema` in NODE_PATH)")
    if schema_peers.has_python_jsonschema():
        instances = [word for path in files for word in ("-i", path)]
        commands[PYTHON] = [sys.executable, "-W", "ignore", "-m", "jsonschema", *instances, schema]
    else:
        missing.append("python-jsonschema")
    return commands, missing


def run(place):
    report = Report()
    schema, files = _write_files(place.scratch)
    commands, report.missing = _commands(place, schema, files)
    said = run_quietly(commands[OURS]).decode()
    if said != f"{FILES} valid, 0 invalid\n":
        raise RuntimeError(f"ratchet did not find all files valid: {said[:500]}")
    candidates = {name: lambda command=command: seconds_of(command)
                  for name, command in commands.items()}
    warm_up(candidates)
    rows = alternate(candidates, ROUNDS)
    report.rows = list(rows.values())
    for peer in (AJV, SOURCEMETA, PYTHON):
        if peer in rows:
            report.bars.append(Bar(f"faster than {peer}", ratios(rows[peer], rows[OURS]),
                                   LEAST_UNDER_A_PEER, False))
    return report
