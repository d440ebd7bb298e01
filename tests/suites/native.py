"""The native suite, and the same under sanitizers."""

from suites import outcome

SANITIZER_ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "TSAN_OPTIONS": "second_deadlock_stack=1",
}


def without_random_addresses(context):
    """The thread sanitizer of older compilers does not start where the kernel scatters addresses
    widely; setarch turns that off where it may."""
    probe = ["setarch", "x86_64", "-R", "true"]
    return probe[:-1] if context.run("setarch", probe).exit_code == 0 else []


# What the release suite enumerates: every operation of the disk that may fail, or be the last before a
# crash. Under sanitizers that takes minutes; the same code runs there in the other tests of transactions.
ENUMERATIONS = ("what somebody does*,whatever operation fails*,whenever power is lost*,"
                "*updates hold few descriptors*")


def _run(context, preset, prefix=(), selection=(), target="ratchet_tests"):
    if not context.build(preset, target):
        return outcome.FAILED
    program = context.build_folder(preset) / "tests" / "native" / target
    finished = context.run(f"native-{preset}", [*prefix, program, *selection], SANITIZER_ENVIRONMENT)
    finished.show_skipped()
    return outcome.of_doctest(finished.text, finished.exit_code)


def native(context):
    return _run(context, "release")


def native_asan(context):
    """With --long also the enumerations."""
    selection = () if context.with_long else [f"--test-case-exclude={ENUMERATIONS}"]
    return _run(context, "asan", selection=selection)


def native_tsan(context):
    """What has threads; with --long all of it."""
    target = "ratchet_tests" if context.with_long else "ratchet_threaded_tests"
    return _run(context, "tsan", without_random_addresses(context), target=target)
