"""What a suite has counted, and how the programs that it ran say so."""

import dataclasses
import re


class Skip(Exception):
    """A suite cannot run here; the text says why."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other):
        return Outcome(self.passed + other.passed, self.failed + other.failed,
                       self.skipped + other.skipped)

    def line(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


PASSED = Outcome(passed=1)
FAILED = Outcome(failed=1)
SKIPPED = Outcome(skipped=1)

_COUNTS = re.compile(r"^(\d+) passed, (\d+) failed, (\d+) skipped$", re.MULTILINE)
_DOCTEST = re.compile(r"test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed")
_DOTNET = re.compile(r"Failed:\s*(\d+), Passed:\s*(\d+), Skipped:\s*(\d+), Total:")
_SKIPPED_LINE = re.compile(r"^SKIPPED: ", re.MULTILINE)


def _at_least_one_failure(outcome, exit_code):
    """A program that ended badly has failed, whatever it counted; so has one that ran nothing."""
    ran_nothing = outcome == Outcome()
    if (exit_code != 0 and outcome.failed == 0) or ran_nothing:
        return outcome + FAILED
    return outcome


def of_counts(text, exit_code):
    """Of a program that closes with `N passed, N failed, N skipped`."""
    found = _COUNTS.findall(text)
    outcome = Outcome(*map(int, found[-1])) if found else Outcome()
    return _at_least_one_failure(outcome, exit_code)


def of_doctest(text, exit_code):
    """Of a doctest program whose cases print `SKIPPED: what (why)` where they cannot run."""
    found = _DOCTEST.findall(text)
    outcome = Outcome()
    if found:
        _, passed, failed = map(int, found[-1])
        skipped = min(passed, len(_SKIPPED_LINE.findall(text)))
        outcome = Outcome(passed - skipped, failed, skipped)
    return _at_least_one_failure(outcome, exit_code)


def of_dotnet(text, exit_code):
    """Of `dotnet test`, which closes each test project with a line of counts."""
    outcome = Outcome()
    for failed, passed, skipped in _DOTNET.findall(text):
        outcome += Outcome(int(passed), int(failed), int(skipped))
    return _at_least_one_failure(outcome, exit_code)
