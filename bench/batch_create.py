"""batch_create of 6 to 10,000 files against tools that make files from templates."""

from harness import Bar, Report, Row, alternate, ratios
from same_files import UNCHECKED, Cookiecutter, Plop, Ratchet, compare, peers, scattered, timed

NAME = "batch_create"
TITLE = "batch_create, the same files by each tool"
# Files in a batch, and how often each is measured.
SIZES = [(6, 15), (100, 11), (1000, 7), (10000, 3)]
BAR_SIZE = 1000
LEAST_CHECKED = 5.0
LEAST_UNCHECKED = 20.0


def makers_of(place, count, report):
    files = scattered(count)
    makers = {"ratchet": Ratchet(place, files),
              "ratchet, durability none, no syntax": Ratchet(place, files, options=UNCHECKED)}
    return {**makers, **peers(place, files, [Cookiecutter, Plop], report)}


def run(place):
    report = Report()
    for count, rounds in SIZES:
        makers = makers_of(place, count, report)
        compare(place, makers)
        rows = alternate({name: lambda maker=maker: timed(place, maker)
                          for name, maker in makers.items()}, rounds)
        report.rows += [Row(f"{count:,} files: {name}", row.samples, row.unit)
                        for name, row in rows.items()]
        if count == BAR_SIZE and "cookiecutter" in rows:
            checked, unchecked, peer = (rows["ratchet"],
                                        rows["ratchet, durability none, no syntax"],
                                        rows["cookiecutter"])
            report.bars += [
                Bar("1,000 files, flushed and checked: faster than cookiecutter",
                    ratios(peer, checked), LEAST_CHECKED, False),
                Bar("1,000 files, durability none, no syntax: faster than cookiecutter",
                    ratios(peer, unchecked), LEAST_UNCHECKED, False)]
    return report
