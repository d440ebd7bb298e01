"""batch_create of 6 to 10,000 files against tools that make files from templates."""

import os
import time

from harness import Bar, Report, Row, alternate, project_folder, ratios
from same_files import Cookiecutter, Plop, Ratchet, made_files

NAME = "batch_create"
TITLE = "batch_create, the same files by each tool"
# Files in a batch, and how often each is measured.
SIZES = [(6, 15), (100, 11), (1000, 7), (10000, 3)]
BAR_SIZE = 1000
LEAST_CHECKED = 5.0
LEAST_UNCHECKED = 20.0
UNCHECKED = ("--durability", "none", "--no-syntax")


def makers_of(place, count, report):
    makers = {"ratchet": Ratchet(place, count),
              "ratchet, durability none, no syntax": Ratchet(place, count, options=UNCHECKED)}
    for peer in [Cookiecutter, Plop]:
        reason = peer.missing()
        if not reason:
            try:
                makers[peer.name] = peer(place, count)
                continue
            except RuntimeError as fault:
                reason = f"{peer.name} cannot be installed ({str(fault).splitlines()[0]})"
        if reason not in report.missing:
            report.missing.append(reason)
    return makers


def fresh_folder(place, maker):
    folder = project_folder(place.scratch)
    maker.prepare(folder)
    return folder


def compare(place, makers):
    """All makers make the same bytes, or there is nothing to measure."""
    reference = None
    for name, maker in makers.items():
        folder = fresh_folder(place, maker)
        maker.make(folder)
        made = made_files(maker, folder)
        reference = made if reference is None else reference
        if made != reference or not made:
            raise RuntimeError(f"{name} made other files than ratchet")


def timed(place, maker):
    folder = fresh_folder(place, maker)
    # What an earlier run left in memory is not this run's to flush.
    os.sync()
    start = time.perf_counter()
    maker.make(folder)
    return time.perf_counter() - start


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
