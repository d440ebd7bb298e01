"""The engine for Windows: cross-built by mingw-w64, run under wine."""

import os
import re
import shlex
import sys

from suites import abi as linux_abi
from suites import context as contexts
from suites import outcome

PROGRAMS = ["x86_64-w64-mingw32-g++-posix", "wine", "script"]
OBJDUMP = "x86_64-w64-mingw32-objdump"
# What each Windows 10 has, desktop or server.
SYSTEM_LIBRARIES = {"advapi32.dll", "api-ms-win-core-synch-l1-2-0.dll", "bcrypt.dll", "crypt32.dll",
                    "kernel32.dll", "msvcrt.dll", "ntdll.dll", "shell32.dll", "ws2_32.dll"}
# Exceptions of an older .NET overflow the stack under wine 8.
OLDEST_SDK = 10


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
        # The server's folder, which it does not make itself.
        os.makedirs(self._environment["WINEPREFIX"], exist_ok=True)
        # A server that stays, or each program would start one of its own and wait for it.
        self.run("wine-server", ["wineserver", "--persistent"])
        self.run("wine-boot", ["wineboot", "--init"])
        # wine says that it is Windows 7 otherwise, which nothing here is for.
        self.run("wine-version", ["winecfg", "-v", "win10"])
        return self

    def __exit__(self, *_):
        self._context.run("wine-end", ["wineserver", "--kill"], self._environment)
        self._context.run("wine-wait", ["wineserver", "--wait"], self._environment)

    def write_starter(self, path, program):
        """A script that is the program to whoever runs it."""
        variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in self._environment.items())
        path.write_text(f'#!/bin/sh\n{variables} exec wine {shlex.quote(str(program))} "$@"\n',
                        encoding="utf-8")
        path.chmod(0o755)

    def run(self, name, command, environment=None):
        return self._context.run(name, command, {**self._environment, **(environment or {})})

    def run_at_console(self, name, words):
        """The same with a terminal around it, as at a console: without one, wine gives each child a
        console of its own, which holds the child's output open for a while after its end."""
        log = self._context.root / "build" / "logs" / f"{name}-output.log"
        command = f"{shlex.join(['wine', *map(str, words)])} > {shlex.quote(str(log))} 2>&1"
        finished = self.run(name, ["script", "--quiet", "--return", "--command", command, "/dev/null"])
        text = log.read_text(encoding="utf-8", errors="replace").replace("\r", "")
        if finished.exit_code != 0:
            print("\n".join(text.splitlines()[-contexts.SHOWN_LINES:]))
        return contexts.Finished(finished.exit_code, text)


def native(context):
    """The native tests that make sense there; those that do not say so."""
    _require_tools(context)
    if not context.build("windows", "ratchet_tests"):
        return outcome.FAILED
    program = context.build_folder("windows") / "tests" / "native" / "ratchet_tests.exe"
    with Wine(context) as wine:
        finished = wine.run_at_console("native-windows", [program])
    finished.show_skipped()
    return outcome.of_doctest(finished.text, finished.exit_code)


def _unittests(context, name, folder):
    """unittest files with the command line of Windows as the one under test."""
    build = context.build_folder("windows")
    if not context.build("windows", "ratchet", "ratchet_cli", "ratchet_child_program",
                         "ratchet_other_abi"):
        return outcome.FAILED
    starter, child = build / "ratchet-under-wine", build / "child-under-wine"
    environment = {"RATCHET_CLI": str(starter), "RATCHET_WINDOWS_BUILD": str(build),
                   "RATCHET_CHILD_PROGRAM": str(child),
                   "PYTHONPATH": str(context.root / "tests" / "e2e"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, context.root / "tests" / "suites" / "unittest_main.py",
               context.root / "tests" / folder]
    with Wine(context) as wine:
        wine.write_starter(starter, build / "native" / "ratchet.exe")
        wine.write_starter(child, build / "tests" / "child_program" / "ratchet_child_program.exe")
        finished = context.run(name, command, environment)
    finished.show_skipped()
    return outcome.of_counts(finished.text, finished.exit_code)


def crashes(context):
    """Transactions of the real program, killed."""
    _require_tools(context)
    if not contexts.has_program("strace"):
        raise outcome.Skip("no strace")
    return _unittests(context, "crashes-windows", "windows/crashes")


def e2e(context):
    """The command line as a user on Windows drives it: the tests of all systems, and those of its own."""
    _require_tools(context)
    return (_unittests(context, "e2e-windows", "e2e")
            + _unittests(context, "e2e-windows-own", "windows/e2e"))


def _exports(context, library):
    """The names of the table of exports, as objdump lists them."""
    text = context.run("exports-windows", [OBJDUMP, "-p", library]).text
    table = text.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0]
    return linux_abi.of_exports(context, re.findall(r"^\s*\[ *\d+\] (\S+)$", table, re.MULTILINE))


def _needs(context, name):
    """Whether a binary needs the system's own libraries alone; the program loads ours by itself."""
    binary = context.build_folder("windows") / "native" / name
    text = context.run(f"needs-{name}", [OBJDUMP, "-p", binary]).text
    needed = {line.lower() for line in re.findall(r"DLL Name: (\S+)", text)}
    others = needed - SYSTEM_LIBRARIES
    if needed and not others:
        return outcome.PASSED
    print(f"  {name} needs more than the system: {sorted(others)}")
    return outcome.FAILED


def abi(context):
    """The program in C, what the library exports, and what both binaries need."""
    _require_tools(context)
    if not context.build("windows", "ratchet", "ratchet_cli", "ratchet_abi_test"):
        return outcome.FAILED
    binaries = context.build_folder("windows") / "native"
    with Wine(context) as wine:
        finished = wine.run("abi-windows", ["wine", binaries / "ratchet_abi_test.exe"])
    total = outcome.of_counts(finished.text.replace("\r", ""), finished.exit_code)
    total += _exports(context, binaries / "ratchet.dll")
    return total + _needs(context, "ratchet.dll") + _needs(context, "ratchet.exe")


def interop(context):
    """The module's classes with ratchet.dll, in a .NET for Windows that comes with the tests."""
    _require_tools(context)
    if not context.dotnet:
        raise outcome.Skip("no .NET SDK")
    version = context.run("dotnet-version", [context.dotnet, "--version"]).text
    if int(version.partition(".")[0]) < OLDEST_SDK:
        raise outcome.Skip(f".NET SDK {version.strip()}; wine can run what {OLDEST_SDK} and later make")
    if not context.build("windows", "ratchet", "ratchet_other_abi"):
        return outcome.FAILED
    build = context.build_folder("windows")
    # No server may outlive it: that would hold the output of whoever waits for us.
    made = context.run("build-interop-windows", [
        context.dotnet, "build", "--configuration", "Release", "--artifacts-path", build / "dotnet",
        "--verbosity", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false",
        context.root / "tests" / "windows" / "interop"])
    if made.exit_code != 0:
        return outcome.FAILED
    program = build / "dotnet/bin/Ratchet.Interop.Windows.Tests/release_win-x64/Ratchet.Interop.Tests.exe"
    environment = {"RATCHET_LIBRARY": "Z:" + str(build / "native" / "ratchet.dll").replace("/", "\\"),
                   # Each assembly of .NET imports mscoree.
                   "WINEDLLOVERRIDES": "mshtml=d",
                   # Code that is mapped twice, to be written and to be run, is more than wine 8 can do.
                   "DOTNET_EnableWriteXorExecute": "0"}
    with Wine(context) as wine:
        finished = wine.run("interop-windows", ["wine", program], environment)
    finished.show_skipped()
    return outcome.of_counts(finished.text.replace("\r", ""), finished.exit_code)


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
        finished = wine.run_at_console("run-cmd", ["cmd", "/c", "run.cmd", "test",
                                                   f"build\\windows\\{package.name}"])
    finished.show_skipped()
    return outcome.of_counts(finished.text, finished.exit_code)
