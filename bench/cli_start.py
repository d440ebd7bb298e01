"""How long the command line takes to start and end, against git's."""

from harness import Bar, Report, alternate, ratios, seconds_of, warm_up

NAME = "cli_start"
TITLE = "Start of the command line"
ROUNDS = 100
MOST = 2.0


def run(place):
    candidates = {
        "ratchet --version": lambda: seconds_of([place.ratchet, "--version"]),
        "git --version": lambda: seconds_of(["git", "--version"]),
        "ratchet describe ping": lambda: seconds_of([place.ratchet, "describe", "ping"]),
    }
    warm_up(candidates)
    rows = alternate(candidates, ROUNDS)
    measured = ratios(rows["ratchet --version"], rows["git --version"])
    return Report(list(rows.values()), [Bar("over `git --version`", measured, MOST, True)])
