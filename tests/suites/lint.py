"""What a reader would stumble over: formatting, static analysis, scripts, stray white space."""

import concurrent.futures
import hashlib
import json
import os
import re

from suites import context as contexts
from suites import outcome

NATIVE_FOLDERS = ["native", "tests", "bench"]
NATIVE_SUFFIXES = {".h", ".cpp", ".c"}
TEXT_SUFFIXES = NATIVE_SUFFIXES | {
    ".cmake", ".cmd", ".cs", ".csproj", ".json", ".md", ".ps1", ".ps1xml", ".psd1", ".psm1", ".py",
    ".sh", ".txt", ".xml", ".yaml", ".yml"}
# Folders that hold nothing of ours, or bytes that must stay as they are.
FOREIGN = {".cache", ".git", ".ratchet", ".tools", ".worktrees", "bin", "build", "data",
           "node_modules", "obj", "__pycache__"}
# Flags of the compiler that clang does not read, and the precompiled header that only g++ can.
NOT_FOR_CLANG = re.compile(r" -Winvalid-pch| -include \S*cmake_pch\.\S+| -fno-sanitize\S*| -Wno-restrict")
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.MULTILINE)
TIDY_WORKERS = 2


def files_of(root, folders, suffixes):
    """Files of the project with one of these suffixes, in order."""
    found = []
    for folder in folders:
        for place, names, files in os.walk(root / folder):
            names[:] = sorted(name for name in names if name not in FOREIGN)
            found += [os.path.join(place, name) for name in sorted(files)
                      if os.path.splitext(name)[1] in suffixes]
    return found


def clang_format(context):
    if not contexts.has_program("clang-format"):
        raise outcome.Skip("no clang-format")
    files = files_of(context.root, NATIVE_FOLDERS, NATIVE_SUFFIXES)
    command = ["clang-format", "--dry-run", "--Werror", *files]
    return outcome.PASSED if context.run("clang-format", command).exit_code == 0 else outcome.FAILED


class TidyKeys:
    """A key for a source and all headers of ours that it reaches: what was found clean once under
    a key is clean."""

    def __init__(self, root, version):
        self._include_folders = [root / "native" / "src", root / "native" / "include",
                                 root / "tests" / "native", root / "native" / "cli"]
        self._rules = version.encode() + (root / ".clang-tidy").read_bytes()
        self._read = {}

    def _content(self, path):
        if path not in self._read:
            with open(path, "rb") as file:
                self._read[path] = file.read()
        return self._read[path]

    def _included(self, path):
        for name in INCLUDE.findall(self._content(path).decode("utf-8", "replace")):
            for folder in [os.path.dirname(path), *self._include_folders]:
                candidate = os.path.join(folder, name)
                if os.path.isfile(candidate):
                    yield os.path.realpath(candidate)
                    break

    def of(self, path, flags):
        reached, waiting = set(), [os.path.realpath(path)]
        while waiting:
            current = waiting.pop()
            if current not in reached:
                reached.add(current)
                waiting.extend(self._included(current))
        digest = hashlib.sha256(self._rules + flags.encode())
        for each in sorted(reached):
            digest.update(self._content(each))
        return digest.hexdigest()


def _tidy_database(context, folder):
    """The compile commands of the product's sources, in words that clang reads; by source. The tests
    stay out: clang 14 refuses what doctest makes of a structured binding in CAPTURE."""
    with open(context.build_folder("release") / "compile_commands.json", encoding="utf-8") as file:
        entries = json.load(file)
    kept = {}
    for entry in entries:
        source = os.path.realpath(entry["file"])
        inside = os.path.relpath(source, context.root)
        if inside.startswith("native") and source.endswith(".cpp"):
            entry["command"] = NOT_FOR_CLANG.sub("", entry["command"])
            kept[source] = entry
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(list(kept.values())), encoding="utf-8")
    return kept


def clang_tidy(context):
    """One check a source; a source is looked at again only when it or a header of its changed."""
    if not contexts.has_program("clang-tidy"):
        raise outcome.Skip("no clang-tidy")
    if not context.build("release"):
        return outcome.FAILED
    folder = context.root / "build" / "lint"
    clean = folder / "clean"
    clean.mkdir(parents=True, exist_ok=True)
    database = _tidy_database(context, folder)
    keys = TidyKeys(context.root, context.run("clang-tidy-version", ["clang-tidy", "--version"]).text)

    def look(source):
        stamp = clean / keys.of(source, database[source]["command"])
        if stamp.exists():
            return True
        name = "tidy-" + os.path.relpath(source, context.root).replace("/", "-")
        finished = context.run(name, ["clang-tidy", "--quiet", "-p", folder, source])
        if finished.exit_code == 0:
            stamp.touch()
        return finished.exit_code == 0

    with concurrent.futures.ThreadPoolExecutor(TIDY_WORKERS) as pool:
        verdicts = list(pool.map(look, sorted(database)))
    return outcome.Outcome(passed=verdicts.count(True), failed=verdicts.count(False))


def shellcheck(context):
    if not contexts.has_program("shellcheck"):
        raise outcome.Skip("no shellcheck")
    scripts = files_of(context.root, ["scripts", "tests", "executors"], {".sh"})
    command = ["shellcheck", "-x", "run.sh", ".ci/run", *scripts]
    return outcome.PASSED if context.run("shellcheck", command).exit_code == 0 else outcome.FAILED


def _faults_of(path):
    with open(path, "rb") as file:
        content = file.read()
    if not path.endswith(".cmd") and b"\r\n" in content:
        yield "has CRLF line ends"
    for number, line in enumerate(content.replace(b"\r\n", b"\n").split(b"\n"), 1):
        if line.endswith((b" ", b"\t")):
            yield f"line {number} ends in white space"
    if content and not content.endswith(b"\n"):
        yield "does not end in a line end"


def white_space(context):
    faults = [f"{os.path.relpath(path, context.root)}: {fault}"
              for path in files_of(context.root, ["."], TEXT_SUFFIXES) for fault in _faults_of(path)]
    for fault in faults:
        print(f"  {fault}")
    return outcome.FAILED if faults else outcome.PASSED
