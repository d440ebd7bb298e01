"""How long a rebuild takes after one source was touched."""

import os

from harness import Bar, Report, Row, run_quietly, seconds_of

NAME = "rebuild"
TITLE = "Rebuild after touching one source"
SOURCES = ["native/src/operations/ping.cpp", "native/src/executors/batch_create.cpp",
           "native/cli/console.cpp"]
MOST_SECONDS = 10.0


def run(place):
    command = ["ninja", "-C", place.build]
    run_quietly(command)
    # A cache of compilations would know the untouched text.
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    rows = []
    for source in SOURCES:
        os.utime(place.root / source)
        rows.append(Row(source, [seconds_of(command, env=environment)], "s"))
    slowest = [max(row.samples[0] for row in rows)]
    return Report(rows, [Bar("the slowest of them", slowest, MOST_SECONDS, True, "s")])
