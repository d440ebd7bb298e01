"""What the suites run with: the tree, the choices of the command line, and how programs are started."""

import dataclasses
import os
import pathlib
import shutil
import subprocess

# How much of a failed program's output is shown; the rest lies in the log.
SHOWN_LINES = 80
# Longer than any suite may take on two cores.
PROGRAM_SECONDS = 2400


@dataclasses.dataclass(frozen=True)
class Finished:
    exit_code: int
    text: str

    def show_skipped(self):
        """Hands on what it says that it could not run."""
        for line in self.text.splitlines():
            if line.startswith("SKIPPED: "):
                print(line.rstrip())


@dataclasses.dataclass(frozen=True)
class Context:
    root: pathlib.Path
    with_all: bool
    with_long: bool
    dotnet: str  # empty where there is none
    pwsh: str
    ps_modules: str

    def build_folder(self, preset):
        return self.root / "build" / preset

    def run(self, name, command, environment=None, folder=None):
        """Runs to the end with stdout and stderr together in build/logs/NAME.log; shows the end of it
        when the exit code is not 0."""
        log = self.root / "build" / "logs" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "wb") as output:
            try:
                exit_code = subprocess.run(
                    [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output,
                    stderr=subprocess.STDOUT, cwd=folder or self.root, timeout=PROGRAM_SECONDS,
                    env={**os.environ, **(environment or {})}, check=False).returncode
            except subprocess.TimeoutExpired:
                output.write(f"\nended after {PROGRAM_SECONDS} s\n".encode())
                exit_code = 124
            except OSError as fault:
                output.write(f"\ncannot be started: {fault}\n".encode())
                exit_code = 127
        text = log.read_text(encoding="utf-8", errors="replace")
        if exit_code != 0:
            print("\n".join(text.splitlines()[-SHOWN_LINES:]))
            print(f"  {command[0]} ended with {exit_code}; all of its output: {log}")
        return Finished(exit_code, text)

    def build(self, preset, *targets):
        """Configures a preset once and builds; whether it went well."""
        if not (self.build_folder(preset) / "build.ninja").exists():
            configured = self.run(f"configure-{preset}", ["cmake", "--preset", preset])
            if configured.exit_code != 0:
                return False
        command = ["ninja", "-C", self.build_folder(preset), *targets]
        return self.run(f"build-{preset}", command).exit_code == 0


def has_program(name):
    return shutil.which(name) is not None
