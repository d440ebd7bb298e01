"""The engine for Windows: cross-built by mingw-w64, run under wine."""

import os

from suites import context as contexts
from suites import outcome

PROGRAMS = ["x86_64-w64-mingw32-g++-posix", "wine"]


def _require_tools(context):
    """Building for a second system takes minutes, so it is done where all is."""
    if not context.with_all and os.environ.get("CI") != "true":
        raise outcome.Skip("only with --all or CI=true")
    for program in PROGRAMS:
        if not contexts.has_program(program):
            raise outcome.Skip(f"no {program}")


class Wine:
    """A prefix of our own; what runs in it has ended when this does."""

    def __init__(self, context):
        self._context = context
        self._environment = {"WINEPREFIX": str(context.root / "build" / "wine"), "WINEDEBUG": "-all",
                             # Neither Mono nor Gecko: nothing is fetched, nobody is asked.
                             "WINEDLLOVERRIDES": "mscoree=d;mshtml=d"}

    def __enter__(self):
        self.run("wine-boot", ["wineboot", "--init"])
        return self

    def __exit__(self, *_):
        self._context.run("wine-end", ["wineserver", "--kill"], self._environment)
        self._context.run("wine-wait", ["wineserver", "--wait"], self._environment)

    def run(self, name, command, **environment):
        return self._context.run(name, command, {**self._environment, **environment})


def native(context):
    """The native tests that make sense there; those that do not say so."""
    _require_tools(context)
    if not context.build("windows", "ratchet_tests"):
        return outcome.FAILED
    program = context.build_folder("windows") / "tests" / "native" / "ratchet_tests.exe"
    with Wine(context) as wine:
        finished = wine.run("native-windows", ["wine", program])
    for line in finished.text.splitlines():
        if line.startswith("SKIPPED: "):
            print(line)
    return outcome.of_doctest(finished.text, finished.exit_code)


def console(context):
    """run.cmd over a package, as somebody at a console of Windows types it."""
    _require_tools(context)
    if not context.build("windows", "ratchet", "ratchet_cli"):
        return outcome.FAILED
    package = context.build_folder("windows") / "console"
    installed = context.run("install-windows", ["cmake", "--install", context.build_folder("windows"),
                                                "--prefix", package])
    if installed.exit_code != 0:
        return outcome.FAILED
    with Wine(context) as wine:
        finished = wine.run("run-cmd", ["wine", "cmd", "/c", "run.cmd", "test",
                                        os.path.relpath(package, context.root).replace("/", "\\")])
    for line in finished.text.splitlines():
        if line.startswith("SKIPPED: "):
            print(line.rstrip())
    return outcome.of_counts(finished.text.replace("\r", ""), finished.exit_code)
