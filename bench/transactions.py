"""Many files as one transaction against writing them in other ways, 4 KiB each."""

import os
import shutil

from harness import (Bar, Report, Row, alternate, peak_bytes_of, project_folder, ratios,
                     run_quietly)

NAME = "transactions"
TITLE = "A transaction of new files of 4 KiB"
WRITE_FILE_ATOMIC_VERSION = "8.0.0"
# Files, and how often each is measured.
SIZES = [(10, 21), (100, 21), (1000, 9), (10000, 3)]
BAR_SIZE = 100
LARGE = 10000
MOST_OVER_FLOOR = 1.4
LEAST_UNDER_ATOMIC = 4.0
MOST_MIB = 100.0
MOST_DESCRIPTORS = 600.0
MOST_RECOVERY = 1.0
RECOVERY_ROUNDS = 5

OURS = {"ratchet, durability none": "none", "ratchet, durability batch": "batch",
        "ratchet, durability full": "full"}
FLOOR = "floor: write all, flush all, rename all, flush the folder"
NAIVE = "each file written, flushed, renamed, its folder flushed"
ATOMIC = "write-file-atomic, awaited one after the other"

SCRIPT = """
const writeFileAtomic = require('write-file-atomic');
const [folder, count] = [process.argv[2], Number(process.argv[3])];
const content = 'x'.repeat(4096);
(async () => {
  await writeFileAtomic(`${folder}/first.txt`, content);
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) await writeFileAtomic(`${folder}/file${i}.txt`, content);
  console.log(Number(process.hrtime.bigint() - start) / 1e9);
})();
"""


def install_write_file_atomic(place):
    folder = place.build.parent / "bench" / "write-file-atomic"
    if not (folder / "node_modules" / "write-file-atomic").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        run_quietly(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund",
                     f"write-file-atomic@{WRITE_FILE_ATOMIC_VERSION}"], cwd=folder)
    script = folder / "write.cjs"
    script.write_text(SCRIPT, encoding="utf-8")
    return script


def printed(command):
    # What an earlier run left in memory is not this run's to flush.
    os.sync()
    return [float(word) for word in run_quietly(command).decode().split()]


def candidates_of(place, program, count, report):
    def native(way):
        return lambda: printed([program, way, project_folder(place.scratch), count])[0]

    candidates = {name: native(way) for name, way in OURS.items()}
    candidates[FLOOR] = native("batched")
    candidates[NAIVE] = native("naive")
    if not shutil.which("npm") or not shutil.which("node"):
        report.missing = ["write-file-atomic needs npm, which is not installed"]
        return candidates
    script = install_write_file_atomic(place)
    candidates[ATOMIC] = lambda: printed(["node", script, project_folder(place.scratch), count])[0]
    return candidates


def recovery(place, program):
    pairs = [printed([program, "recover", project_folder(place.scratch), LARGE])
             for _ in range(RECOVERY_ROUNDS)]
    return (Row(f"{LARGE:,} files: apply, then the process dies", [a * 1000 for a, _ in pairs], "ms"),
            Row(f"{LARGE:,} files: recovery takes them back", [b * 1000 for _, b in pairs], "ms"))


def run(place):
    run_quietly(["ninja", "-C", place.build, "ratchet_bench_transactions"])
    program = place.build / "bench" / "ratchet_bench_transactions"
    report = Report()
    for count, rounds in SIZES:
        rows = alternate(candidates_of(place, program, count, report), rounds)
        report.rows += [Row(f"{count:,} files: {name}", row.samples, row.unit)
                        for name, row in rows.items()]
        if count != BAR_SIZE:
            continue
        ours = rows["ratchet, durability batch"]
        report.bars.append(Bar("100 files, over the floor", ratios(ours, rows[FLOOR]),
                               MOST_OVER_FLOOR, True))
        if ATOMIC in rows:
            report.bars.append(Bar("100 files, faster than write-file-atomic",
                                   ratios(rows[ATOMIC], ours), LEAST_UNDER_ATOMIC, False))
    memory = Row("10,000 files: peak memory", [
        peak_bytes_of([program, "batch", project_folder(place.scratch), LARGE]) / 2**20], "MiB")
    descriptors = Row("10,000 files: most descriptors open at once",
                      printed([program, "descriptors", project_folder(place.scratch), LARGE]), "")
    applied, back = recovery(place, program)
    report.rows += [memory, descriptors, applied, back]
    report.bars += [
        Bar("10,000 files, peak memory", memory.samples, MOST_MIB, True, "MiB"),
        Bar("10,000 files, descriptors", descriptors.samples, MOST_DESCRIPTORS, True, ""),
        Bar("recovery of 10,000 files, over their apply", ratios(back, applied), MOST_RECOVERY, True)]
    return report
