"""Runs the unittest files of a folder: `unittest_main.py FOLDER [PATTERN]`.

Prints a line for each skipped test and closes with `N passed, N failed, N skipped`.
"""

import sys
import unittest


def main(folder, pattern="*_test.py"):
    tests = unittest.defaultTestLoader.discover(folder, pattern=pattern, top_level_dir=folder)
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(tests)
    for test, reason in result.skipped:
        print(f"SKIPPED: {test.id()} ({reason})")
    # A failed subtest and its test count once.
    broken = {getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors}
    failed = len(broken) + len(result.unexpectedSuccesses)
    skipped = len({getattr(test, "test_case", test).id() for test, _ in result.skipped} - broken)
    print(f"{max(0, result.testsRun - failed - skipped)} passed, {failed} failed, {skipped} skipped")
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
