"""A transaction of ratchet.exe that is killed under wine, at points all over it.

What wine's processes do to the disk goes through calls to its server and a few of their own; strace kills
the process at the n-th of them. What a fresh process finds and makes of it is what docs/transactions.md
promises, as in tests/e2e/crash_test.py, which is to be found in PYTHONPATH. RATCHET_CLI is a script that
starts ratchet.exe; wine's server must be running already, or strace would follow it.
"""

import collections
import os
import pathlib
import re
import tempfile
import unittest

from crash_test import KILLED, CrashTest, without_state
from workspace import listing, run_ratchet

# How a process asks wine's server, which does to the disk what is asked.
CALLS = "write"
POINTS = 100


def traced(log):
    return ["strace", "-f", "-o", log, "-e", f"trace={CALLS}"]


def calls_in(log):
    """How many of the calls the busiest thread made: strace counts for each by itself."""
    lines = pathlib.Path(log).read_text(errors="replace").splitlines()
    return max(collections.Counter(line.split(" ", 1)[0] for line in lines).values())


class WindowsKills(CrashTest):
    # wine takes a folder's name away with its last handle, and may do so before the names in it: then
    # the folder stays, empty or with the .gitignore of all of it.
    STAYS = CrashTest.STAYS + r"|tx(/\w+)?"

    def check_whole(self):
        self.end_the_staged()
        found = without_state(self.root)
        left = listing(self.root / ".ratchet")
        self.assertEqual([path for path in left if not re.fullmatch(self.STAYS, path)], [],
                         "something was left")
        if found == self.old:
            return "old"
        self.assertEqual(found, self.new)
        return "new"

    def calls_of(self, run):
        """The number of calls of a command line that is left alone; `run` takes what stands before it."""
        with tempfile.NamedTemporaryFile() as log:
            self.assertEqual(run(*traced(log.name)).exit_code, 0)
            return calls_in(log.name)

    def test_a_kill_anywhere_leaves_all_old_or_all_new(self):
        start = self.calls_of(lambda *prefix: run_ratchet("--version", prefix=prefix))
        whole = self.calls_of(self.apply)
        outcomes = collections.Counter()
        for point in range(POINTS):
            number = start + (whole - start) * point // POINTS
            with self.subTest(number=number):
                self.fresh()
                ended = self.apply(*traced(os.devnull), "-e",
                                   f"inject={CALLS}:signal=SIGKILL:when={number}")
                if ended.exit_code == 0:  # the thread made fewer calls this time
                    outcomes["done"] += 1
                    continue
                self.assertEqual(ended.exit_code, KILLED, ended.stderr)
                recovered = self.recover()
                self.assertEqual(recovered.exit_code, 0, recovered.stdout)
                outcomes[self.check_whole()] += 1
        print(f"killed at {POINTS} points: {dict(outcomes)}")
        self.assertGreater(outcomes["old"], POINTS // 5)
        self.assertGreater(outcomes["new"], 0)


if __name__ == "__main__":
    unittest.main()
