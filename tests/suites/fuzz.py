"""The fuzz targets: the inputs that are checked in, and with --long some minutes of libFuzzer."""

import shutil

from suites import native, outcome

TARGETS = ["json_reader", "yaml_reader", "toml_reader", "schema_compiler", "schema_validator",
           "ecma_pattern"]
# Of each target, with --long.
SECONDS = 120
COMPILERS = [("clang++", "clang"), ("clang++-14", "clang-14"), ("clang++-19", "clang-19")]


def _program(context, preset, target):
    return context.build_folder(preset) / "tests" / "fuzz" / f"ratchet_fuzz_{target}"


def _seeds(context, target):
    return context.root / "tests" / "data" / "fuzz" / target


def corpus(context):
    """Every input that is checked in, once."""
    if not context.build("release", "ratchet_fuzz"):
        return outcome.FAILED
    total = outcome.Outcome()
    for target in TARGETS:
        finished = context.run(f"fuzz-corpus-{target}",
                               [_program(context, "release", target), _seeds(context, target)])
        total += outcome.PASSED if finished.exit_code == 0 else outcome.FAILED
    return total


def _fuzzing_compiler(context):
    """A clang that can link a fuzz target: its runtime is a package of its own."""
    probe = context.root / "build" / "logs" / "fuzz-probe"
    probe.parent.mkdir(parents=True, exist_ok=True)
    source = probe.with_suffix(".cpp")
    source.write_text('extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) '
                      "{ return 0; }\n")
    for cxx, c in COMPILERS:
        if shutil.which(cxx) is None:
            continue
        command = [cxx, "-fsanitize=fuzzer,address", source, "-o", probe]
        if context.run("fuzz-probe", command).exit_code == 0:
            return cxx, c
    raise outcome.Skip("no clang++ with libFuzzer; on Debian: clang and libclang-rt-dev")


def fuzz(context):
    """Each target for a bounded time; what fails is left in build/logs."""
    if not context.with_long:
        raise outcome.Skip("only with --long")
    cxx, c = _fuzzing_compiler(context)
    environment = {**native.SANITIZER_ENVIRONMENT, "CC": c, "CXX": cxx}
    if not (context.build_folder("fuzz") / "build.ninja").exists():
        configure = ["cmake", "--preset", "fuzz"]
        if context.run("configure-fuzz", configure, environment).exit_code != 0:
            return outcome.FAILED
    if not context.build("fuzz", "ratchet_fuzz"):
        return outcome.FAILED
    total = outcome.Outcome()
    for target in TARGETS:
        found = context.build_folder("fuzz") / "corpus" / target
        found.mkdir(parents=True, exist_ok=True)
        command = [_program(context, "fuzz", target), f"-max_total_time={SECONDS}", "-timeout=25",
                   "-rss_limit_mb=2048", f"-artifact_prefix={context.root}/build/logs/fuzz-{target}-",
                   found, _seeds(context, target)]
        finished = context.run(f"fuzz-{target}", command, environment)
        total += outcome.PASSED if finished.exit_code == 0 else outcome.FAILED
    return total
