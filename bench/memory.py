"""The memory that a batch of 10,000 files of 4 KiB takes."""

from harness import Bar, Report, Row, peak_bytes_of, project_folder
from same_files import Ratchet, padded, scattered

NAME = "memory"
TITLE = "Peak memory of batch_create, 10,000 files of 4 KiB"
FILES = 10000
FILE_BYTES = 4096
ROUNDS = 3
MOST_MIB = 200.0


def peak_mib(place, maker):
    folder = project_folder(place.scratch)
    maker.prepare(folder)
    return peak_bytes_of(maker.command(folder), cwd=folder) / 2**20


def run(place):
    maker = Ratchet(place, scattered(FILES), padded(FILE_BYTES))
    row = Row("ratchet, flushed and checked", [peak_mib(place, maker) for _ in range(ROUNDS)], "MiB")
    return Report([row], [Bar("peak memory", row.samples, MOST_MIB, True, "MiB")])
