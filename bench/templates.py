"""Compiled templates rendered in process, against mustache.js, handlebars and jinja2."""

import json
import shutil
import subprocess
import sys

from harness import Bar, Report, Row, ratios, run_quietly

NAME = "templates"
TITLE = "Rendering a compiled template, in process"
ROUNDS = 5
MUSTACHE_VERSION = "4.2.0"
HANDLEBARS_VERSION = "4.7.8"
LEAST_MUSTACHE = 5.0
LEAST_HANDLEBARS = 2.0

# Each case in the words that its engine recommends: (mustache, handlebars, jinja2, variables).
_MODULE = ("def {{function}}(self, {{parameter}}: {{type}}) -> {{result}}:\n"
           "    \"\"\"{{sentence}}\"\"\"\n    return self._{{function}}({{parameter}})\n")
_TABLE_MUSTACHE = ("class {{entity}}:\n{{#fields}}\n    {{name}}: {{type}}{{#optional}} | None = None{{/optional}}"
                   "  # {{note}}\n{{/fields}}\n")
_TABLE_HANDLEBARS = ("class {{entity}}:\n{{#each fields}}\n    {{name}}: {{type}}"
                     "{{#if optional}} | None = None{{/if}}  # {{note}}\n{{/each}}\n")
_TABLE_JINJA = ("class {{ entity }}:\n{% for field in fields %}\n    {{ field.name }}: {{ field.type }}"
                "{% if field.optional %} | None = None{% endif %}  # {{ field.note }}\n{% endfor %}\n")
_NESTED_MUSTACHE = ("{{#groups}}\n[{{title}}]\n{{#rows}}\n{{key}} = {{value}} ; {{title}} of {{app.name}}\n"
                    "{{/rows}}\n{{/groups}}\n")
_NESTED_HANDLEBARS = ("{{#each groups}}\n[{{title}}]\n{{#each rows}}\n{{key}} = {{value}} ; {{../title}} of "
                      "{{@root.app.name}}\n{{/each}}\n{{/each}}\n")
_NESTED_JINJA = ("{% for group in groups %}\n[{{ group.title }}]\n{% for row in group.rows %}\n{{ row.key }} = "
                 "{{ row.value }} ; {{ group.title }} of {{ app.name }}\n{% endfor %}\n{% endfor %}\n")
CASES = {
    "variables": (_MODULE, _MODULE, _MODULE, {
        "function": "list_orders", "parameter": "customer", "type": "Customer", "result": "list[Order]",
        "sentence": "All orders of a customer, the newest first."}),
    "list": (_TABLE_MUSTACHE, _TABLE_HANDLEBARS, _TABLE_JINJA, {
        "entity": "Order", "fields": [
            {"name": f"field_{i}", "type": "str" if i % 3 else "int", "optional": i % 2 == 0,
             "note": f"column {i} of the table"} for i in range(100)]}),
    "nested": (_NESTED_MUSTACHE, _NESTED_HANDLEBARS, _NESTED_JINJA, {
        "app": {"name": "shop"}, "groups": [
            {"title": f"group {i}", "rows": [{"key": f"key_{j}", "value": j * i} for j in range(20)]}
            for i in range(20)]}),
}


def _write_cases(folder):
    folder.mkdir()
    for name, (mustache, handlebars, jinja, variables) in CASES.items():
        for extension, text in (("mustache", mustache), ("hbs", handlebars), ("jinja", jinja),
                                ("json", json.dumps(variables))):
            (folder / f"{name}.{extension}").write_text(text, encoding="utf-8")


def _peers(place, report):
    """The commands that measure the peers, by name."""
    peers = {}
    if shutil.which("npm"):
        folder = place.build.parent / "bench" / "templates"
        if not (folder / "node_modules" / "handlebars").exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
            run_quietly(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund",
                         f"mustache@{MUSTACHE_VERSION}", f"handlebars@{HANDLEBARS_VERSION}"], cwd=folder)
        shutil.copy(place.root / "bench" / "templates_peers.js", folder)
        for peer in ("mustache", "handlebars"):
            peers[peer] = ["node", folder / "templates_peers.js", peer]
    else:
        report.missing.append("mustache.js and handlebars need npm, which is not installed")
    probe = subprocess.run([sys.executable, "-c", "import jinja2"], stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if probe.returncode == 0:
        peers["jinja2"] = [sys.executable, place.root / "bench" / "templates_jinja.py"]
    else:
        report.missing.append("jinja2 (needs python3-jinja2)")
    return peers


def _require_same(folder, engines):
    """All of them make the same bytes, or there is nothing to measure."""
    for name in CASES:
        made = {engine: (folder / f"{name}.{engine}.txt").read_bytes() for engine in engines}
        if len(set(made.values())) != 1:
            raise RuntimeError(f"{name} differs: {made}")


def run(place):
    report = Report()
    run_quietly(["ninja", "-C", place.build, "ratchet_bench_templates"])
    folder = place.scratch / "templates"
    _write_cases(folder)
    engines = {"ratchet": [place.build / "bench" / "ratchet_bench_templates"], **_peers(place, report)}
    samples = {(name, engine): [] for name in CASES for engine in engines}
    for _ in range(ROUNDS):
        for engine, command in engines.items():
            for line in run_quietly([*command, folder]).decode().splitlines():
                name, microseconds = line.split()
                samples[name, engine].append(float(microseconds))
    _require_same(folder, engines)
    rows = {key: Row(f"{key[0]}: {key[1]}", values, "µs") for key, values in samples.items()}
    report.rows = list(rows.values())
    for peer, least in (("mustache", LEAST_MUSTACHE), ("handlebars", LEAST_HANDLEBARS)):
        for name in CASES:
            if peer in engines:
                report.bars.append(Bar(f"{name}, faster than {peer}",
                                       ratios(rows[name, peer], rows[name, "ratchet"]), least, False))
    return report
