"""The packages of a release."""

import sys

from suites import outcome


def packages(context):
    if not context.dotnet:
        raise outcome.Skip("no .NET SDK, so no module to package")
    if not context.build("release", "ratchet_cli", "ratchet_module"):
        return outcome.FAILED
    windows = context.build_folder("windows")
    environment = {
        "RATCHET_BUILD": str(context.build_folder("release")),
        "RATCHET_WINDOWS_BUILD": str(windows) if (windows / "native/ratchet.dll").exists() else "",
        "RATCHET_PWSH": context.pwsh,
        "RATCHET_DOTNET": context.dotnet,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, context.root / "tests" / "suites" / "unittest_main.py",
               context.root / "tests" / "package"]
    finished = context.run("package", command, environment)
    finished.show_skipped()
    return outcome.of_counts(finished.text, finished.exit_code)
