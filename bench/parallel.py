"""What a job costs: `ratchet exec` and parallel.run against what starts programs elsewhere."""

import shutil
import subprocess

from harness import Bar, Report, Row, alternate, peak_bytes_of, ratios, run_quietly, seconds_of, warm_up

NAME = "parallel"
TITLE = "1,000 jobs of `/bin/true N`, two at a time"
JOBS = 1000
LANES = 2
ROUNDS = 15
HOST_MEGABYTES = 300
MANY = 10000
MEMORY_ROUNDS = 3
CANCELLED = 100
CANCEL_ROUNDS = 15
SHELL_JOBS = 300
SHELL_ROUNDS = 7

MOST_OVER_XARGS = 1.0
MOST_OVER_XARGS_IN_HOST = 1.2
LEAST_UNDER_GNU = 4.0
MOST_MIB = 64.0
MOST_CANCEL_MS = 200.0
LEAST_UNDER_FOREACH = 4.0
MOST_OVER_FOREACH_BLOCKS = 1.0

OURS = "ratchet exec -j2"
HOSTED = f"parallel.run from a process of {HOST_MEGABYTES} MB"
XARGS = "xargs -P2 -n1"
GNU = "GNU parallel -j2"
MOREUTILS = "moreutils parallel -j2"

# Prints a line a round: seconds of ours and of the peer, for programs and for script blocks.
SCRIPT = """
param([string] $Manifest, [int] $Jobs, [int] $Lanes, [int] $Rounds)
$ErrorActionPreference = 'Stop'
Import-Module -Name $Manifest
if (-not (Get-Command -Name 'Invoke-ParallelAction' -ErrorAction 'Ignore')) { exit 0 }
$programs = foreach ($i in 1..$Jobs) { @{ name = "job$i"; command = @('/bin/true', "$i") } }
$blocks = foreach ($i in 1..$Jobs) { @{ name = "job$i"; script = { 1 + 1 } } }
$work = @(
    { $null = Invoke-ParallelAction -Actions $programs -ThrottleLimit $Lanes }
    { $null = 1..$Jobs | ForEach-Object -ThrottleLimit $Lanes -Parallel { /bin/true $_ } }
    { $null = Invoke-ParallelAction -Actions $blocks -ThrottleLimit $Lanes }
    { $null = 1..$Jobs | ForEach-Object -ThrottleLimit $Lanes -Parallel { 1 + 1 } }
)
foreach ($each in $work) { & $each }
foreach ($round in 1..$Rounds) {
    $seconds = foreach ($each in $work) {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        & $each
        $watch.Elapsed.TotalSeconds.ToString([cultureinfo]::InvariantCulture)
    }
    $seconds -join ' '
}
"""


def program_of_package(place, package):
    """Its /usr/bin/parallel, taken out of Debian's package: both have that name, so that one alone could be
    installed. Nothing where the package cannot be had."""
    folder = place.build.parent / "bench" / package
    program = folder / "usr" / "bin" / "parallel"
    if not program.exists():
        if not shutil.which("apt-get") or not shutil.which("dpkg"):
            return None
        folder.mkdir(parents=True, exist_ok=True)
        try:
            run_quietly(["apt-get", "download", package], cwd=folder)
        except RuntimeError:
            return None
        run_quietly(["dpkg", "-x", next(folder.glob("*.deb")), folder])
    return program


def write_inputs(folder):
    items = folder / "items"
    items.write_text("".join(f"{i}\n" for i in range(JOBS)), encoding="utf-8")
    many = folder / "many"
    many.write_text("".join(f"{i}\n" for i in range(MANY)), encoding="utf-8")
    # Neither makes its targets, so that each run has all of them to do. All peers give `true` one word: it
    # does more work then.
    names = [f"job{i}" for i in range(JOBS)]
    (folder / "build.ninja").write_text(
        "rule work\n  command = /bin/true $out\n" + "".join(f"build {name}: work\n" for name in names),
        encoding="utf-8")
    (folder / "Makefile").write_text(
        ".SUFFIXES:\nMAKEFLAGS += -r\n.PHONY: all " + " ".join(names) + "\nall: " + " ".join(names) + "\n"
        + "".join(f"{name}:\n\t@/bin/true $@\n" for name in names), encoding="utf-8")
    return items, many


def candidates_of(place, items, host, report):
    words = items.read_text(encoding="utf-8").split()
    commands = {
        OURS: [place.ratchet, "exec", "-j", LANES, "--input", items, "/bin/true"],
        XARGS: ["xargs", "-a", items, "-P", LANES, "-n1", "/bin/true"],
    }
    gnu = program_of_package(place, "parallel") if shutil.which("perl") else None
    if gnu:
        commands[GNU] = ["perl", gnu, "--will-cite", "-j", LANES, "-a", items, "/bin/true"]
    else:
        report.missing.append("GNU parallel (its package cannot be had here)")
    moreutils = program_of_package(place, "moreutils")
    if moreutils:
        commands[MOREUTILS] = [moreutils, "-j", LANES, "/bin/true", "--", *words]
    else:
        report.missing.append("moreutils parallel (its package cannot be had here)")
    for name, command in {"ninja -j2": ["ninja", "-j", LANES, "-C", items.parent],
                          "make -j2": ["make", "-s", "-j", LANES, "-C", items.parent]}.items():
        if shutil.which(command[0]):
            commands[name] = command
        else:
            report.missing.append(f"{command[0]} (not installed)")
    candidates = {name: (lambda words=command: seconds_of(words)) for name, command in commands.items()}
    candidates[HOSTED] = lambda: float(run_quietly([host, "run", HOST_MEGABYTES, JOBS, LANES]))
    return candidates


def measure_jobs(place, items, host, report):
    candidates = candidates_of(place, items, host, report)
    warm_up(candidates)
    rows = alternate(candidates, ROUNDS, unit="ms a job", scale=1000.0 / JOBS)
    report.rows += rows.values()
    report.bars += [
        Bar(f"{OURS} over xargs", ratios(rows[OURS], rows[XARGS]), MOST_OVER_XARGS, True),
        Bar(f"{HOSTED} over xargs", ratios(rows[HOSTED], rows[XARGS]), MOST_OVER_XARGS_IN_HOST, True)]
    if GNU in rows:
        report.bars.append(
            Bar(f"{GNU} over {OURS}", ratios(rows[GNU], rows[OURS]), LEAST_UNDER_GNU, False))


def measure_memory(place, many, report):
    """Above what the program takes that does nothing."""
    def peak(*words):
        return peak_bytes_of([place.ratchet, *words]) / 2**20

    samples = [peak("exec", "-j", LANES, "--input", many, "/bin/true") - peak("--version")
               for _ in range(MEMORY_ROUNDS)]
    report.rows.append(Row(f"{MANY:,} jobs, above `ratchet --version`", samples, "MiB"))
    report.bars.append(Bar(f"peak memory of {MANY:,} jobs", samples, MOST_MIB, True, "MiB"))


def measure_cancel(host, report):
    printed = run_quietly([host, "cancel", 0, CANCELLED, CANCEL_ROUNDS]).split()
    samples = [float(word) * 1000 for word in printed]
    report.rows.append(Row(f"cancel of {CANCELLED} running jobs until all have ended", samples, "ms"))
    report.bars.append(Bar(f"cancel of {CANCELLED} obedient jobs", samples, MOST_CANCEL_MS, True, "ms"))


def measure_powershell(place, report):
    manifest = place.root / "build/install/share/powershell/Modules/Ratchet/Ratchet.psd1"
    if not place.pwsh or not manifest.exists():
        report.missing.append("Invoke-ParallelAction (no pwsh, or the module is not built)")
        return
    script = place.scratch / "parallel.ps1"
    script.write_text(SCRIPT, encoding="utf-8")
    printed = subprocess.run(
        [place.pwsh, "-NoProfile", "-NonInteractive", "-File", script, manifest, str(SHELL_JOBS),
         str(LANES), str(SHELL_ROUNDS)], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    rounds = [[float(word) * 1000 / SHELL_JOBS for word in line.split()]
              for line in printed.stdout.decode().splitlines()]
    if not rounds:
        report.missing.append("Invoke-ParallelAction (the built module does not have it)")
        return
    names = ["Invoke-ParallelAction, programs", "ForEach-Object -Parallel, programs",
             "Invoke-ParallelAction, script blocks", "ForEach-Object -Parallel, script blocks"]
    rows = [Row(name, list(samples), "ms a job") for name, samples in zip(names, zip(*rounds))]
    report.rows += rows
    report.bars += [
        Bar("ForEach-Object -Parallel over Invoke-ParallelAction, programs", ratios(rows[1], rows[0]),
            LEAST_UNDER_FOREACH, False),
        Bar("Invoke-ParallelAction over ForEach-Object -Parallel, script blocks",
            ratios(rows[2], rows[3]), MOST_OVER_FOREACH_BLOCKS, True)]


def run(place):
    run_quietly(["ninja", "-C", place.build, "ratchet_bench_parallel"])
    host = place.build / "bench" / "ratchet_bench_parallel"
    items, many = write_inputs(place.scratch)
    report = Report()
    measure_jobs(place, items, host, report)
    measure_memory(place, many, report)
    measure_cancel(host, report)
    measure_powershell(place, report)
    return report
