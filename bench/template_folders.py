"""Fifty folders of twenty files each: by batch_create, by one template of twenty files, and by peers.

Cookiecutter is measured in both ways that it has: one template that holds all fifty folders, and a
template of one folder that is run fifty times. Hygen has the second alone.
"""

from harness import Bar, Report, Row, alternate, ratios, run_quietly
from same_files import (FILES_IN_A_FOLDER, SOURCE, UNCHECKED, Cookiecutter, Plop, Ratchet, compare,
                        cookiecutter_environment, fresh_folder, in_folders, missing_npm,
                        npm_program, peers, timed)

NAME = "template_folders"
TITLE = "50 folders of 20 files each"
FOLDERS = 50
ROUNDS = 7
LEAST_CHECKED = 5.0
LEAST_UNCHECKED = 20.0
HYGEN_VERSION = "6.2.11"
QUICK = "ratchet batch_create, durability none, no syntax"


def numbered(source, folder):
    """The twenty sources of a folder; `folder` is how a tool writes its number."""
    return {f"module_{i}.py": source.replace("{NAME}", f"Thing{folder}x{i}")
            for i in range(FILES_IN_A_FOLDER)}


class RatchetRender:
    """One template of twenty files, and a table with a row for each folder."""

    def __init__(self, place, options=()):
        self._ratchet = place.ratchet
        self._options = options
        self._rows = fresh_folder(place, "render") / "rows.csv"
        self._rows.write_text("number\n" + "".join(f"{i}\n" for i in range(FOLDERS)),
                              encoding="utf-8")

    def prepare(self, folder):
        template = folder / "ratchet" / "templates" / "bench_folder"
        template.mkdir(parents=True)
        for name, text in numbered(SOURCE, "{{number}}").items():
            (template / f"{name}.mustache").write_text(text, encoding="utf-8")
        files = "".join(f"  - {{source: {name}.mustache, path: 'made/{{{{number}}}}/{name}'}}\n"
                        for name in numbered(SOURCE, ""))
        (template / "template.yaml").write_text(
            "name: bench_folder\ndescription: A folder of the benchmark.\n"
            "variables:\n  required: [number]\n  properties: {number: {type: integer}}\n"
            f"files:\n{files}", encoding="utf-8")

    def make(self, folder):
        run_quietly([self._ratchet, "render", "bench_folder", "--variables", self._rows,
                     "--output", folder, *self._options], cwd=folder)


class CookiecutterEach:
    name = "cookiecutter, a run for each folder"
    missing = Cookiecutter.missing

    def __init__(self, place, _):
        self._template = fresh_folder(place, "cookiecutter-each")
        top = self._template / "{{cookiecutter.number}}"
        top.mkdir()
        for name, text in numbered(SOURCE, "{{cookiecutter.number}}").items():
            (top / name).write_text(text, encoding="utf-8")
        (self._template / "cookiecutter.json").write_text('{"number": "0"}', encoding="utf-8")
        self._environment = cookiecutter_environment(place)

    def prepare(self, folder):
        (folder / "made").mkdir()

    def make(self, folder):
        for number in range(FOLDERS):
            run_quietly(["cookiecutter", "--no-input", "-o", folder / "made", self._template,
                         f"number={number}"], cwd=folder, env=self._environment)


class Hygen:
    name = "hygen, a run for each folder"

    def __init__(self, place, _):
        self._program = npm_program(place, "hygen", HYGEN_VERSION)

    @staticmethod
    def missing():
        return missing_npm("hygen")

    def prepare(self, folder):
        generator = folder / "_templates" / "folder" / "new"
        generator.mkdir(parents=True)
        for name, text in numbered(SOURCE, "<%= number %>").items():
            head = f"---\nto: made/<%= number %>/{name}\n---\n"
            (generator / f"{name}.ejs.t").write_text(head + text, encoding="utf-8")

    def make(self, folder):
        for number in range(FOLDERS):
            run_quietly([self._program, "folder", "new", "--number", str(number)], cwd=folder)


def run(place):
    report = Report()
    files = in_folders(FOLDERS * FILES_IN_A_FOLDER)
    makers = {"ratchet batch_create": Ratchet(place, files), QUICK: Ratchet(place, files, options=UNCHECKED),
              "ratchet render": RatchetRender(place),
              "ratchet render, durability none": RatchetRender(place, ("--durability", "none")),
              **peers(place, files, [Cookiecutter, CookiecutterEach, Plop, Hygen], report)}
    compare(place, makers)
    rows = alternate({name: lambda maker=maker: timed(place, maker) for name, maker in makers.items()},
                     ROUNDS)
    report.rows += [Row(name, row.samples, row.unit) for name, row in rows.items()]
    if "cookiecutter" in rows:
        peer = rows["cookiecutter"]
        report.bars += [
            Bar("batch_create, flushed and checked: faster than cookiecutter",
                ratios(peer, rows["ratchet batch_create"]), LEAST_CHECKED, False),
            Bar("batch_create, durability none, no syntax: faster than cookiecutter",
                ratios(peer, rows[QUICK]), LEAST_UNCHECKED, False)]
    return report
