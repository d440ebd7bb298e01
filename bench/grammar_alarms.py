"""How often a grammar calls a file faulty that its own compiler accepts.

`grammar_alarms.py [--ratchet FILE] [--most N] [FOLDER...]` looks at every file below the folders whose
language has a grammar; without any, below those of CORPUS that this machine has. Each file is judged
twice: by the grammar alone, and by the language's compiler where there is one. A false alarm is an error
node in a file that the compiler accepts. Prints a table in markdown and the first false alarms of each
language.

A grammar's word is certain where at most one file in 5,000 is a false alarm
(native/src/validation/syntax/language.h); the counts there were made with this over larger corpora.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
CORPUS = {
    "this repository's C# and PowerShell": str(ROOT / "module"),
    "this repository's tests": str(ROOT / "tests"),
    "Debian's programs and data": "/usr/share",
    "Debian's Python": "/usr/lib/python3",
    "Python's own library": "/usr/lib/python3.11",
    "Go's own library": "/usr/lib/go-1.19/src",
    "Go's sources in /usr/share": "/usr/share/go-1.19/src",
    "node's packages": "/usr/lib/node_modules",
    "C++'s own library": "/usr/include/c++",
    "Boost": "/usr/include/boost/asio",
    "the grammars' packages": str(ROOT / "node_modules"),
}
EXTENSIONS = {
    ".py": "python", ".js": "javascript", ".mjs": "javascript", ".cjs": "javascript",
    ".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx", ".go": "go",
    ".java": "java", ".cs": "csharp", ".ps1": "powershell", ".psm1": "powershell",
    ".psd1": "powershell", ".sh": "bash", ".bash": "bash", ".c": "c", ".cc": "cpp", ".cpp": "cpp",
    ".cxx": "cpp", ".hpp": "cpp", ".hh": "cpp", ".hxx": "cpp", ".ipp": "cpp",
}
# What compilers are tested with is odd on purpose; of what people write it says nothing.
LEFT_OUT = ("/testdata/", "/go-1.19/test/")
LANGUAGES = sorted(set(EXTENSIONS.values()))
FILES_A_CALL = 500
LARGEST_FILE = 1 << 20
SHOWN = 5


def files_below(folders):
    """Each regular file once, by its real path."""
    seen = {}
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                path = os.path.realpath(os.path.join(place, name))
                language = EXTENSIONS.get(os.path.splitext(name)[1])
                if any(part in path for part in LEFT_OUT):
                    continue
                if language and os.path.isfile(path) and os.path.getsize(path) <= LARGEST_FILE:
                    seen.setdefault(path, language)
    return seen


def judged(ratchet, paths, **request):
    """The files of validate.syntax."""
    finished = subprocess.run([ratchet, "call", "validate.syntax"], stdout=subprocess.PIPE,
                              input=json.dumps({"paths": paths, **request}).encode(), check=False)
    return json.loads(finished.stdout)["files"]


def is_alarm(file):
    """Whether the grammar said of a file that something does not fit."""
    findings = file["errors"] + file["warnings"]
    return any(each["code"] == "syntax.error" and each["source"] == "grammar" for each in findings)


def measure(ratchet, language, paths):
    looked, alarms, false, accepted = 0, [], [], 0
    for start in range(0, len(paths), FILES_A_CALL):
        some = paths[start:start + FILES_A_CALL]
        by_grammar = judged(ratchet, some, host_judges=LANGUAGES)
        compiled = {each["path"]: each for each in judged(ratchet, some)}
        # What the text itself says it is, another shell's script for one, is not counted.
        by_grammar = [each for each in by_grammar
                      if each.get("language") == language and each["checked_by"] == "grammar"]
        looked += len(by_grammar)
        for file in by_grammar:
            is_accepted = compiled.get(file["path"], {}).get("valid") is True
            accepted += is_accepted
            if is_alarm(file):
                alarms.append(file["path"])
                if is_accepted:
                    false.append(file["path"])
    return looked, accepted, alarms, false


def main():
    parser = argparse.ArgumentParser(description="Counts the false alarms of each grammar.")
    parser.add_argument("--ratchet", default=str(ROOT / "build/release/native/cli/ratchet"))
    parser.add_argument("--most", type=int, default=0, help="files of a language; all without it")
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    options = parser.parse_args()
    folders = options.folders or [each for each in CORPUS.values() if os.path.isdir(each)]
    print("Corpus: " + ", ".join(folders) + ", without " + " and ".join(LEFT_OUT) + ".\n")
    print("| language | files | compiler accepts | grammar's alarms | of these accepted |")
    print("|---|---|---|---|---|")
    files = files_below(folders)
    shown = []
    for language in LANGUAGES:
        paths = sorted(path for path, each in files.items() if each == language)
        if options.most:
            paths = paths[::max(1, len(paths) // options.most)][:options.most]
        if not paths:
            print(f"| {language} | 0 | | | |", flush=True)
            continue
        looked, accepted, alarms, false = measure(options.ratchet, language, paths)
        known = f"{accepted:,} | {len(alarms):,} | {len(false):,}" if accepted else \
            f"no compiler | {len(alarms):,} |"
        print(f"| {language} | {looked:,} | {known} |", flush=True)
        shown += [f"- {language}: {path}" for path in false[:SHOWN]]
    if shown:
        print("\nFalse alarms:\n\n" + "\n".join(shown))
    return 0


if __name__ == "__main__":
    sys.exit(main())
