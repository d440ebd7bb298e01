"""The command line as a user drives it."""

import sys

from suites import outcome


def e2e(context):
    if not context.build("release", "ratchet_cli", "ratchet_other_abi"):
        return outcome.FAILED
    command = [sys.executable, context.root / "tests" / "suites" / "unittest_main.py",
               context.root / "tests" / "e2e"]
    environment = {
        "RATCHET_CLI": str(context.build_folder("release") / "native" / "cli" / "ratchet"),
        "RATCHET_BUILD": str(context.build_folder("release")),
        "RATCHET_PWSH": context.pwsh,
        "RATCHET_PS_MODULES": context.ps_modules,
        "RATCHET_LONG": "1" if context.with_long else "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    finished = context.run("e2e", command, environment)
    finished.show_skipped()
    return outcome.of_counts(finished.text, finished.exit_code)
