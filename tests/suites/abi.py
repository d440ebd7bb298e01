"""The C interface: a program in C, the header alone, what the library exports and what it needs."""

import re

from suites import context as contexts
from suites import native, outcome

C_WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-fsyntax-only"]
HEADER_LANGUAGES = [("gcc", "c", "c99"), ("gcc", "c", "c17"), ("g++", "c++", "c++11"),
                    ("g++", "c++", "c++20"), ("clang", "c", "c99"), ("clang++", "c++", "c++20")]
# The C library, its loader, and what the kernel brings along.
C_LIBRARY = re.compile(r"^(linux-vdso|ld-linux-x86-64|lib(c|m|pthread|dl|rt))\.so")


def _program(context, preset, prefix=()):
    if not context.build(preset, "ratchet_abi_test"):
        return outcome.FAILED
    program = context.build_folder(preset) / "tests" / "abi" / "ratchet_abi_test"
    finished = context.run(f"abi-{preset}", [*prefix, program], native.SANITIZER_ENVIRONMENT)
    return outcome.of_counts(finished.text, finished.exit_code)


def program(context):
    return _program(context, "release")


def program_tsan(context):
    return _program(context, "tsan", native.without_random_addresses(context))


def header(context):
    """The header compiles alone, in each language that a caller may use."""
    path = context.root / "native" / "include" / "ratchet" / "ratchet.h"
    total = outcome.Outcome()
    for compiler, language, standard in HEADER_LANGUAGES:
        if not contexts.has_program(compiler):
            print(f"SKIPPED: header with {compiler} as {standard} (no {compiler})")
            total += outcome.SKIPPED
            continue
        command = [compiler, f"-std={standard}", *C_WARNINGS, "-x", language, path]
        finished = context.run(f"header-{compiler}-{standard}", command)
        total += outcome.PASSED if finished.exit_code == 0 else outcome.FAILED
    return total


def _library(context):
    built = context.build("release", "ratchet")
    return context.build_folder("release") / "native" / "libratchet.so" if built else None


def of_exports(context, found):
    """Whether these are the functions of the list and nothing else."""
    wanted = (context.root / "tests" / "abi" / "exports.txt").read_text().split()
    if sorted(found) == wanted:
        return outcome.PASSED
    print(f"  not exported: {sorted(set(wanted) - set(found))}")
    print(f"  exported but not in tests/abi/exports.txt: {sorted(set(found) - set(wanted))}")
    return outcome.FAILED


def exports(context):
    """The library exports the functions of the list and nothing else."""
    library = _library(context)
    if library is None:
        return outcome.FAILED
    listed = context.run("exports", ["nm", "-D", "--defined-only", library])
    if listed.exit_code != 0:
        return outcome.FAILED
    return of_exports(context, [line.split()[-1].split("@")[0] for line in listed.text.splitlines()])


def needed_libraries(context):
    """The library needs the C library alone."""
    library = _library(context)
    if library is None:
        return outcome.FAILED
    listed = context.run("ldd", ["ldd", library])
    names = [line.split()[0].rsplit("/", 1)[-1] for line in listed.text.splitlines() if line.split()]
    others = [name for name in names if not C_LIBRARY.match(name)]
    if listed.exit_code == 0 and names and not others:
        return outcome.PASSED
    print(f"  needs more than the C library: {others}")
    return outcome.FAILED
