"""What a trivial call through the C interface costs over reading and printing its JSON."""

from harness import Bar, Report, Row, ratios, run_quietly

NAME = "call_overhead"
TITLE = "A trivial `ratchet_call`"
MOST = 3.0
NANOSECONDS_A_MICROSECOND = 1000.0


def run(place):
    run_quietly(["ninja", "-C", place.build, "ratchet_bench_call"])
    printed = run_quietly([place.build / "bench" / "ratchet_bench_call"]).decode()
    rounds = [[float(word) / NANOSECONDS_A_MICROSECOND for word in line.split()]
              for line in printed.splitlines()]
    ours = Row("ratchet_call of ping", [pair[0] for pair in rounds], "µs")
    peer = Row("bare Boost.JSON parse and print", [pair[1] for pair in rounds], "µs")
    return Report([ours, peer], [Bar("over the bare parse and print", ratios(ours, peer), MOST, True)])
