"""Files that another program holds open. RATCHET_CHILD_PROGRAM starts tests/child_program."""

import contextlib
import os
import subprocess
import time
import unittest

from transaction_test import DONE, TransactionTest
from workspace import PATIENCE_SECONDS, listing, names_in, run_ratchet, told

CHILD = os.environ.get("RATCHET_CHILD_PROGRAM", "")
IN_USE = 1
CHANGES = [
    {"operation": "update", "path": "held.txt", "content": "new\n"},
    {"operation": "delete", "path": "held.txt"},
    {"operation": "move", "path": "held.txt", "to": "moved.txt"},
]


class Held(TransactionTest):
    def setUp(self):
        super().setUp()
        self.write("first.txt", "first\n")
        self.write("held.txt", "old\n")

    @contextlib.contextmanager
    def holding(self, *words):
        """Another program does this to held.txt for as long as the scope lasts."""
        ready, done = self.outside / "ready", self.outside / "done"
        with subprocess.Popen([*words, "here", told(ready), "await", told(done)],
                              stdin=subprocess.DEVNULL) as process:
            try:
                end = time.monotonic() + PATIENCE_SECONDS
                while not ready.exists():
                    self.assertIsNone(process.poll(), "the program has ended")
                    self.assertLess(time.monotonic(), end, "the program never held the file")
                    time.sleep(0.01)
                yield
            finally:
                done.touch()
                process.wait(PATIENCE_SECONDS)
                ready.unlink()
                done.unlink()

    def change(self, change):
        return self.apply({"operation": "update", "path": "first.txt", "content": "changed\n"}, change)

    def test_a_target_that_is_held_is_in_use_and_can_be_changed_once_it_is_free(self):
        for change in CHANGES:
            with self.subTest(change=change["operation"]):
                self.write("first.txt", "first\n")
                self.write("held.txt", "old\n")
                (self.root / "moved.txt").unlink(missing_ok=True)
                before = listing(self.root)
                with self.holding(CHILD, "hold", told(self.root / "held.txt")):
                    refused = self.change(change)
                    self.assertEqual((refused.exit_code, refused.error["code"]), (IN_USE, "io.in_use"),
                                     refused.stdout)
                    self.assertIn("held.txt", refused.error["message"])
                    self.assertNotIn("\n", refused.error["message"])
                    self.assertEqual(listing(self.root), before)
                ended = self.change(change)
                self.assertEqual(ended.exit_code, DONE, ended.stdout)
                self.assertEqual(self.content("first.txt"), "changed\n")

    def test_an_instance_that_is_held_is_in_use(self):
        with self.holding(CHILD, "hold", told(self.root / "held.txt")):
            ended = run_ratchet("run", "batch_create", self.root / "held.txt", "--json")
            self.assertEqual((ended.exit_code, ended.error["code"]), (IN_USE, "io.in_use"), ended.stdout)

    def test_a_file_that_others_may_change_meanwhile_is_changed(self):
        with self.holding(CHILD):
            ended = self.change(CHANGES[0])
            self.assertEqual(ended.exit_code, DONE, ended.stdout)
        self.assertEqual(names_in(self.root), ["first.txt", "held.txt"])


if __name__ == "__main__":
    unittest.main()
