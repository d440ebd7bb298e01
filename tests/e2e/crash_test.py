"""A process that is killed, or that a system call fails, at every point of a transaction.

strace delivers the signal or the error to the real command line at the n-th call of a kind. What a fresh
process finds afterwards, and makes of it, is what docs/transactions.md promises: all old or all new.
"""

import json
import os
import random
import re
import shutil
import subprocess
import unittest

from workspace import POSIX_TRACES, ProjectTest, listing, not_on_windows, run_ratchet

KILLED = -9
# The calls that change the disk, or make what is on it durable.
CALLS = ["openat", "write", "fsync", "renameat", "renameat2", "unlinkat", "mkdirat", "fchmod", "linkat"]
ERRORS = {"openat": ["EMFILE", "EACCES", "EIO"], "write": ["ENOSPC", "EIO"], "fsync": ["EIO", "ENOSPC"],
          "renameat": ["EIO"], "renameat2": ["EIO", "ENOSPC", "EACCES"], "unlinkat": ["EIO", "EACCES"],
          "mkdirat": ["ENOSPC", "EIO"], "fchmod": ["EIO"], "linkat": ["EIO", "ENOSPC"]}
LONG_KILLS = 10000

CHANGES = [
    {"operation": "update", "path": "a.txt", "content": "A2\n"},
    {"operation": "create", "path": "n/c.txt", "content": "C\n", "mode": "0755"},
    {"operation": "delete", "path": "gone.txt"},
    {"operation": "move", "path": "d", "to": "e/d"},
]


def can_trace():
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True,
                          check=False).returncode == 0


def without_state(folder):
    return {path: what for path, what in listing(folder).items() if not path.startswith(".ratchet")}


@unittest.skipUnless(can_trace(), "no strace, or no leave to trace")
class CrashTest(ProjectTest):
    maxDiff = None
    # What of .ratchet stays when nothing was left behind.
    STAYS = r"lock|\.gitignore|runs(/\w+(/(undo|summary)\.json|/before(/\d+)?)?)?"

    def setUp(self):
        super().setUp()
        self.old, self.new = None, None
        self.fresh()
        self.old = listing(self.root)
        self.assertEqual(self.apply().exit_code, 0)
        self.new = without_state(self.root)
        self.fresh()

    def fresh(self):
        """The project as it was before the transaction."""
        shutil.rmtree(self.root)
        self.root.mkdir()
        self.write("a.txt", "A\n")
        self.write("gone.txt", "gone\n")
        self.write("d/in/b.txt", "B\n")
        self.write("other.txt", "other\n")

    def apply(self, *prefix, backups=True):
        return run_ratchet("tx", "apply", "-", "--json", "-C", self.root,
                           *(["--keep-backups"] if backups else []), stdin=json.dumps(CHANGES),
                           folder=self.outside, prefix=prefix)

    def create_next(self):
        """Another transaction, which has nothing to do with the first."""
        return run_ratchet("tx", "apply", "-", "--json", "-C", self.root, stdin=json.dumps(
            [{"operation": "create", "path": "next.txt", "content": "next"}]))

    def recover(self, *prefix):
        return run_ratchet("tx", "recover", "--json", "-C", self.root, folder=self.outside,
                           prefix=prefix)

    @staticmethod
    def injecting(call, what, number):
        return ["strace", "-f", "-o", os.devnull, "-e", f"trace={call}",
                "-e", f"inject={call}:{what}:when={number}"]

    def end_the_staged(self):
        """Takes back what was never applied, as 24 hours would."""
        for row in run_ratchet("tx", "list", "--json", "-C", self.root).json["transactions"]:
            self.assertEqual(row["state"], "abandoned")
            ended = run_ratchet("tx", "recover", row["id"], "--back", "--json", "-C", self.root)
            self.assertEqual(ended.exit_code, 0, ended.stdout)

    def check_whole(self):
        """All old with nothing left, or all new with nothing but the run."""
        self.end_the_staged()
        found = without_state(self.root)
        if found == self.old:
            self.assertEqual(listing(self.root), self.old, "something was left")
            return "old"
        self.assertEqual(found, self.new)
        state = [path for path in listing(self.root / ".ratchet")
                 if not re.fullmatch(self.STAYS, path)]
        self.assertEqual(state, [], "something was left")
        return "new"

    def kill_everywhere(self, prepare, run):
        """Kills `run` at each call of each kind; the outcomes."""
        outcomes = {"old": 0, "new": 0}
        for call in CALLS:
            for number in range(1, 1000):
                with self.subTest(call=call, number=number):
                    prepare()
                    ended = run(*self.injecting(call, "signal=SIGKILL", number))
                    if ended.exit_code == 0:
                        break
                    self.assertEqual(ended.exit_code, KILLED, ended.stderr)
                    recovered = self.recover()
                    self.assertEqual(recovered.exit_code, 0, recovered.stdout)
                    outcomes[self.check_whole()] += 1
        return outcomes

    def interrupted(self):
        """A project whose transaction was killed while all of it was visible."""
        self.fresh()
        # The last rename of an apply is the one that marks the journal kept.
        for number in range(1, 100):
            ended = self.apply(*self.injecting("renameat", "signal=SIGKILL", number))
            if without_state(self.root) == self.new:
                self.assertEqual(ended.exit_code, KILLED)
                return
            self.recover()
            self.fresh()
        self.fail("no kill left all of it visible")


@not_on_windows(POSIX_TRACES)
class Kills(CrashTest):
    def test_a_kill_at_any_call_leaves_all_old_or_all_new(self):
        outcomes = self.kill_everywhere(self.fresh, self.apply)
        self.assertGreater(outcomes["old"], 50)
        self.assertGreater(outcomes["new"], 5)

    def test_a_kill_at_any_call_of_a_recovery_is_recovered_again(self):
        outcomes = self.kill_everywhere(self.interrupted, self.recover)
        self.assertGreater(outcomes["old"], 20)
        self.assertEqual(outcomes["new"], 0)

    def test_the_next_transaction_takes_an_interrupted_one_back_first(self):
        self.interrupted()
        ended = self.create_next()
        self.assertEqual(ended.exit_code, 0, ended.stdout)
        (self.root / "next.txt").unlink()
        self.assertEqual(self.check_whole(), "old")

    @unittest.skipUnless(os.environ.get("RATCHET_LONG"), "only with --long")
    def test_ten_thousand_random_kills(self):
        chance = random.Random(20260131)
        counts = {}
        for call in CALLS:
            self.fresh()
            trace = self.root.parent / "trace"
            self.apply("strace", "-f", "-o", str(trace), "-e", f"trace={call}")
            counts[call] = len(trace.read_text(encoding="utf-8").splitlines())
        outcomes = {"old": 0, "new": 0}
        for _ in range(LONG_KILLS):
            call = chance.choices(CALLS, weights=[counts[call] for call in CALLS])[0]
            self.fresh()
            self.apply(*self.injecting(call, "signal=SIGKILL", chance.randint(1, counts[call])))
            self.assertEqual(self.recover().exit_code, 0)
            outcomes[self.check_whole()] += 1
        self.assertGreater(outcomes["old"], LONG_KILLS // 10)
        self.assertGreater(outcomes["new"], LONG_KILLS // 100)


@not_on_windows(POSIX_TRACES)
class Faults(CrashTest):
    def test_an_error_of_any_call_leaves_all_old_or_all_new_and_says_so(self):
        outcomes = {"old": 0, "new": 0}
        for call, names in ERRORS.items():
            for name in names:
                for number in range(1, 1000):
                    with self.subTest(call=call, error=name, number=number):
                        self.fresh()
                        trace = self.root.parent / "trace"
                        prefix = self.injecting(call, f"error={name}", number)
                        prefix[3] = str(trace)
                        ended = self.apply(*prefix)
                        if "INJECTED" not in trace.read_text(encoding="utf-8"):
                            break
                        if not ended.stdout:
                            continue  # the program itself could not be loaded
                        if ended.exit_code == 0:
                            self.assertEqual(without_state(self.root), self.new)
                        else:
                            self.assertNotIn("\n", ended.error["message"])
                        self.assertEqual(self.recover().exit_code, 0)
                        outcomes[self.check_whole()] += 1
        self.assertGreater(outcomes["old"], 50)
        self.assertGreater(outcomes["new"], 20)


@not_on_windows(POSIX_TRACES)
class Conflict(CrashTest):
    def test_what_somebody_changed_after_the_crash_stays_until_the_user_chooses(self):
        # What was to stand in a.txt is gone: forward can only leave what somebody wrote over it.
        choices = {"--back": ("A\n", True), "--forward": ("theirs\n", False),
                   "--forget": ("theirs\n", True)}
        for choice, (content, goes_back) in choices.items():
            with self.subTest(choice=choice):
                self.interrupted()
                self.write("a.txt", "theirs\n")
                blocked = self.recover()
                self.assertEqual((blocked.exit_code, blocked.error["code"]),
                                 (1, "transaction.interrupted"))
                self.assertEqual(blocked.error["details"]["paths"], ["a.txt"])
                self.assertEqual((self.root / "a.txt").read_text(encoding="utf-8"), "theirs\n")
                self.assertTrue((self.root / "gone.txt").exists())
                # Nothing else may begin over it.
                refused = self.create_next()
                self.assertEqual(refused.error["code"], "transaction.interrupted")
                ended = run_ratchet("tx", "recover", blocked.error["details"]["transaction"], choice, "--json",
                                    "-C", self.root)
                self.assertEqual(ended.exit_code, 0, ended.stdout)
                self.assertEqual((self.root / "a.txt").read_text(encoding="utf-8"), content)
                self.assertEqual((self.root / "gone.txt").exists(), goes_back)
                everything = [path.read_text(encoding="utf-8")
                              for path in self.root.rglob("*") if path.is_file()]
                self.assertIn("theirs\n", everything, "somebody's work is lost")


@not_on_windows(POSIX_TRACES)
class Order(CrashTest):
    def test_the_calls_that_make_it_durable_come_in_this_order(self):
        self.fresh()
        trace = self.root.parent / "trace"
        ended = self.apply("strace", "-f", "-y", "-o", str(trace), "-e",
                           "trace=fsync,fdatasync,renameat,renameat2", backups=False)
        self.assertEqual(ended.exit_code, 0, ended.stdout)
        self.assertEqual(self.steps(trace.read_text(encoding="utf-8")), [
            "rename .ratchet/temporary .ratchet/.gitignore",
            # Contents; then, under the lock, the folders in which the transaction itself lies.
            "fsync slot", "fsync slot",
            "exchange tx/probe.1 tx/probe.2",
            "fsync .ratchet/tx", "fsync .ratchet", "fsync .",
            # The journal: from here on a crash is undone.
            "fsync tx/journal.tmp", "rename tx/journal.tmp tx/journal", "fsync tx",
            # Folders come, each durable under its name before anything goes into it.
            "rename slot e", "rename slot n", "fsync .", "rename slot e/d", "fsync e",
            "rename slot e/d/in", "fsync e/d",
            # Files change.
            "exchange slot a.txt", "rename d/in/b.txt e/d/in/b.txt", "rename gone.txt slot",
            "rename slot n/c.txt",
            # Folders go, each durable before it does.
            "fsync d/in", "rename d/in slot", "fsync d", "rename d slot",
            # Every folder that was touched, from the inside out.
            "fsync n", "fsync e/d/in", "fsync e/d", "fsync e", "fsync .",
            # The commit point.
            "rename tx/journal tx/journal.kept", "fsync tx",
        ])

    def steps(self, trace):
        """The calls that worked, paths relative to the project, the transaction's folder as `tx`."""
        found = []
        for line in trace.splitlines():
            if not line.endswith("= 0"):
                continue
            paths = re.findall(r'\d+<([^>]*)>(?:, "([^"]*)")?', line)
            names = [self.named(os.path.join(folder, name) if name else folder)
                     for folder, name in paths]
            if "sync(" in line:
                found.append(f"fsync {names[0]}")
            else:
                kind = "exchange" if "RENAME_EXCHANGE" in line else "rename"
                found.append(f"{kind} {names[0]} {names[1]}")
        return found

    def named(self, path):
        relative = os.path.relpath(path, self.root)
        relative = re.sub(r"/\.tmp-[0-9a-f]+$", "/temporary", relative)
        return re.sub(r"^tx/\d+$", "slot", re.sub(r"^\.ratchet/tx/\w{26}", "tx", relative))


if __name__ == "__main__":
    unittest.main()
