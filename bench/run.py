"""Runs benchmarks: `run.py [--update-docs] [NAME...]`, all of them without a name.

Prints tables in markdown, writes build/bench/NAME.json, and with --update-docs the same tables between the
markers of docs/benchmarks.md. A bar that is not met is said, and is no failure of the run.
"""

import argparse
import os
import pathlib
import sys

import batch_create
import call_overhead
import cli_start
import harness
import memory
import module_import
import parallel
import rebuild
import schema
import syntax
import template_folders
import templates
import transactions
import validate

BENCHMARKS = [cli_start, call_overhead, batch_create, memory, module_import, rebuild,
              transactions, parallel, schema, validate, syntax, templates, template_folders]
START, END = "<!-- measured: start -->", "<!-- measured: end -->"


def update_docs(path, machine, measured):
    """Puts the tables of `measured`, by title, in the place of those of the same title; the others stay."""
    page = path.read_text(encoding="utf-8")
    head, rest = page.split(START)
    old, tail = rest.split(END)
    tables = {}
    for part in old.split("\n### ")[1:]:
        tables[part.splitlines()[0]] = "### " + part.strip() + "\n"
    tables.update(measured)
    ordered = [tables[each.TITLE] for each in BENCHMARKS if each.TITLE in tables]
    text = "\n".join([f"{machine}\n", *ordered])
    path.write_text(f"{head}{START}\n{text}\n{END}{tail}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description="Measures Ratchet against its peers.")
    parser.add_argument("--update-docs", action="store_true", help="rewrite these tables in docs/benchmarks.md")
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help=", ".join(each.NAME for each in BENCHMARKS))
    options = parser.parse_args()
    known = {each.NAME: each for each in BENCHMARKS}
    for name in options.names:
        if name not in known:
            parser.error(f'no benchmark is called "{name}"; there are: {", ".join(known)}')
    root = pathlib.Path(__file__).resolve().parent.parent
    build = root / "build" / "release"
    results = root / "build" / "bench"
    results.mkdir(parents=True, exist_ok=True)
    machine = f"Machine: {harness.machine()}."
    measured = {}
    print(machine + "\n")
    for name in options.names or known:
        with harness.Scratch(results) as scratch:
            place = harness.Place(root, build, scratch, os.environ.get("RATCHET_PWSH", ""))
            report = known[name].run(place)
        (results / f"{name}.json").write_text(harness.as_json(name, report), encoding="utf-8")
        title = known[name].TITLE
        measured[title] = harness.markdown(title, report)
        print(measured[title], flush=True)
    if options.update_docs:
        update_docs(root / "docs" / "benchmarks.md", machine, measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
