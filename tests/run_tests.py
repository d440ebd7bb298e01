"""Runs all suites and closes with one line: `N passed, N failed, N skipped`.

`run_tests.py [--all] [--long] [SUITE...]`; run.sh sets up what the suites need and calls this. A suite
whose tools are missing prints `SKIPPED: suite (why)` and counts as one skipped. Exit code 1 when
anything failed, 2 for a suite that is not known.
"""

import argparse
import pathlib
import sys
import time

from suites import abi, context, e2e, fuzz, lint, module, native, outcome, package, windows


def counting(running):
    """The runner's own tests."""
    command = [sys.executable, running.root / "tests" / "suites" / "unittest_main.py",
               running.root / "tests" / "suites"]
    finished = running.run("runner", command, {"PYTHONPATH": str(running.root / "tests")})
    return outcome.of_counts(finished.text, finished.exit_code)


SUITES = {
    "runner": counting,
    "native": native.native,
    "fuzz corpus": fuzz.corpus,
    "abi": abi.program,
    "header": abi.header,
    "exports": abi.exports,
    "needed libraries": abi.needed_libraries,
    "e2e": e2e.e2e,
    "generated sources": module.generated,
    "interop": module.interop,
    "PowerShell suite": module.cmdlets,
    "native windows": windows.native,
    "abi windows": windows.abi,
    "package": package.packages,  # after the suites that build what it packs
    "e2e windows": windows.e2e,
    "interop windows": windows.interop,
    "crashes on Windows": windows.crashes,
    "run.cmd": windows.console,
    "white space": lint.white_space,
    "shellcheck": lint.shellcheck,
    "clang-format": lint.clang_format,
    "clang-tidy": lint.clang_tidy,
    "abi tsan": abi.program_tsan,
    "native asan": native.native_asan,
    "native tsan": native.native_tsan,
    "fuzz": fuzz.fuzz,
}


def run_suite(name, running):
    print(f"==> {name}", flush=True)
    start = time.monotonic()
    try:
        counted = SUITES[name](running)
    except outcome.Skip as reason:
        print(f"SKIPPED: {name} ({reason})", flush=True)
        return outcome.SKIPPED
    print(f"    {name}: {counted.line()} in {time.monotonic() - start:.0f} s", flush=True)
    return counted


def main():
    parser = argparse.ArgumentParser(description="Runs the suites of Ratchet.")
    parser.add_argument("--all", action="store_true", help="said by run.sh: heavy tools are installed")
    parser.add_argument("--long", action="store_true", help="also what takes many minutes")
    parser.add_argument("--dotnet", default="", help="a dotnet with an SDK that is new enough")
    parser.add_argument("--pwsh", default="", help="a PowerShell that is new enough")
    parser.add_argument("--ps-modules", default="", help="PSModulePath with Pester")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    options = parser.parse_args()
    for name in options.suites:
        if name not in SUITES:
            parser.error(f'no suite is called "{name}"; there are: {", ".join(SUITES)}')
    root = pathlib.Path(__file__).resolve().parent.parent
    running = context.Context(root, options.all, options.long, options.dotnet, options.pwsh,
                              options.ps_modules)
    total = outcome.Outcome()
    failed = []
    for name in options.suites or SUITES:
        counted = run_suite(name, running)
        total += counted
        if counted.failed:
            failed.append(name)
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    print(total.line())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
