"""Transactions from the command line: tx apply, list, show, recover; runs and undo.

Expectations come from docs/transactions.md.
"""

import base64
import concurrent.futures
import hashlib
import json
import os
import pathlib
import unittest

from workspace import (ON_WINDOWS, POSIX_FILES, ProjectTest, entry, instance, listing, names_in,
                       not_on_windows, run_ratchet, told)

DONE, REFUSED, WRONG = 0, 1, 2


def sha256(content):
    return hashlib.sha256(content.encode()).hexdigest()


class TransactionTest(ProjectTest):
    def apply(self, *operations, options=()):
        """tx apply of these operations, its result as JSON."""
        return run_ratchet("tx", "apply", "-", "--json", "-C", self.root, *options,
                           stdin=json.dumps(list(operations)), folder=self.outside)

    def call(self, operation, **request):
        return run_ratchet("call", operation, stdin=json.dumps({"project_root": told(self.root),
                                                                **request}))

    def content(self, name):
        return (self.root / name).read_text(encoding="utf-8")


class Apply(TransactionTest):
    def test_all_kinds_of_change_are_one_step(self):
        self.write("a.txt", "old\n")
        self.write("gone.txt", "gone\n")
        self.write("folder/in/it.txt", "it\n")
        (self.root / "empty").mkdir()
        ended = self.apply(
            {"operation": "update", "path": "a.txt", "content": "new\n"},
            {"operation": "delete", "path": "gone.txt"},
            {"operation": "move", "path": "folder", "to": "moved/folder"},
            {"operation": "create", "path": "made/b.bin", "mode": "0755",
             "content_base64": base64.b64encode(b"\0\1").decode()},
            {"operation": "write", "path": "c.txt", "content": ""},
            {"operation": "remove_folder", "path": "empty"},
            {"operation": "make_folder", "path": "bare"})
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        self.assertEqual(ended.json["changes"], {
            "created": ["c.txt", "made/b.bin", "moved/folder/in/it.txt"],
            "modified": ["a.txt"],
            "deleted": ["folder/in/it.txt", "gone.txt"]})
        self.assertEqual(sorted(listing(self.root)), [
            "a.txt", "bare", "c.txt", "made", "made/b.bin", "moved", "moved/folder",
            "moved/folder/in", "moved/folder/in/it.txt"])
        self.assertEqual(self.content("a.txt"), "new\n")
        self.assertEqual((self.root / "made/b.bin").read_bytes(), b"\0\1")
        self.assert_mode("made/b.bin", 0o755)

    def test_a_dry_run_shows_the_plan_and_its_hash_approves_the_run(self):
        self.write("a.txt", "old\n")
        change = {"operation": "update", "path": "a.txt", "content": "new\n"}
        before = listing(self.root)
        planned = self.apply(change, options=["--dry-run"]).json
        self.assertEqual(listing(self.root), before)
        self.assertEqual(planned["status"], "planned")
        self.assertIn("-old\n+new\n", planned["diff"])
        self.assertEqual(planned["plan"], [{
            "operation": "update", "path": "a.txt", "pre_sha256": sha256("old\n"),
            "post_sha256": sha256("new\n"), "mode": "0644"}])
        other = self.apply(change | {"content": "newer\n"},
                           options=["--expect-plan", planned["plan_sha256"]])
        self.assertEqual((other.exit_code, other.error["code"]), (REFUSED, "plan.changed"))
        self.assertEqual(listing(self.root), before)
        approved = self.apply(change, options=["--expect-plan", planned["plan_sha256"]])
        self.assertEqual(approved.exit_code, DONE, approved.stdout)
        self.assertEqual(self.content("a.txt"), "new\n")

    def test_two_files_swap_places(self):
        self.write("a", "A")
        self.write("b", "B")
        ended = self.apply({"operation": "move", "path": "a", "to": "t"},
                           {"operation": "move", "path": "b", "to": "a"},
                           {"operation": "move", "path": "t", "to": "b"})
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        self.assertEqual((self.content("a"), self.content("b")), ("B", "A"))
        self.assertEqual(names_in(self.root), ["a", "b"])

    def test_files_of_the_same_name_in_two_folders_and_odd_names(self):
        names = ["x/same.txt", "y/same.txt", "a [1].txt", "-dash", "ünï.txt", "l" * 255]
        ended = self.apply(*[{"operation": "create", "path": name, "content": name}
                             for name in names])
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        for name in names:
            self.assertEqual(self.content(name), name)

    @not_on_windows(POSIX_FILES)
    def test_a_link_is_changed_only_where_it_is_to_be_followed(self):
        self.write("real.txt", "old")
        (self.root / "link.txt").symlink_to("real.txt")
        change = {"operation": "update", "path": "link.txt", "content": "new"}
        refused = self.apply(change)
        self.assertEqual((refused.exit_code, refused.error["code"]), (WRONG, "io.not_a_file"))
        followed = self.apply(change | {"follow_link": True})
        self.assertEqual(followed.exit_code, DONE, followed.stdout)
        self.assertTrue((self.root / "link.txt").is_symlink())
        self.assertEqual(self.content("real.txt"), "new")

    @not_on_windows(POSIX_FILES)
    def test_a_file_with_other_names_is_told(self):
        self.write("a.txt", "old")
        os.link(self.root / "a.txt", self.root / "b.txt")
        ended = self.apply({"operation": "update", "path": "a.txt", "content": "new"})
        self.assertEqual(ended.json["hard_linked"], ["a.txt"])
        self.assertEqual((self.content("a.txt"), self.content("b.txt")), ("new", "old"))


class Refused(TransactionTest):
    def setUp(self):
        super().setUp()
        self.write("a.txt", "A")
        self.write("folder/b.txt", "B")
        (self.root / ".git/hooks").mkdir(parents=True)

    def assert_refused(self, cases):
        """Of (change, exit code, error code): one error each, and nothing changes."""
        before = listing(self.root), listing(self.outside)
        for change, exit_code, code in cases:
            with self.subTest(change=change):
                # One that is fine goes before it: it must not stay alone.
                ended = self.apply({"operation": "create", "path": "fine", "content": ""}, change)
                self.assertEqual((ended.exit_code, ended.error["code"]), (exit_code, code),
                                 ended.stdout)
                self.assertEqual(ended.json["status"], "refused")
                self.assertEqual(ended.error["details"]["operation"], 1)
                self.assertNotIn("\n", ended.error["message"])
                self.assertEqual((listing(self.root), listing(self.outside)), before)

    @not_on_windows(POSIX_FILES)
    def test_links_and_what_is_neither_file_nor_folder_are_refused(self):
        os.mkfifo(self.root / "fifo")
        (self.root / "out").symlink_to(self.outside)
        create = {"operation": "create", "content": "x"}
        self.assert_refused([
            (create | {"path": "out/x"}, WRONG, "path.outside_root"),
            (create | {"path": "fifo"}, REFUSED, "transaction.exists"),
            ({"operation": "update", "path": "fifo", "content": "x"}, WRONG, "io.not_a_file"),
        ])

    def test_one_error_each_names_the_path_and_nothing_changes(self):
        create = {"operation": "create", "content": "x"}
        self.assert_refused([
            (create | {"path": "../x"}, WRONG, "path.outside_root"),
            (create | {"path": "/x"}, WRONG, "path.absolute"),
            (create | {"path": ".git/hooks/x"}, WRONG, "path.protected"),
            (create | {"path": ".GIT/x"}, WRONG, "path.protected"),
            (create | {"path": ".ratchet/x"}, WRONG, "path.protected"),
            (create | {"path": "a.txt"}, REFUSED, "transaction.exists"),
            (create | {"path": "a.txt/x"}, WRONG, "io.not_a_folder"),
            (create | {"path": "l" * 256}, WRONG, "path.invalid"),
            ({"operation": "update", "path": "none", "content": "x"}, WRONG, "io.not_found"),
            ({"operation": "update", "path": "folder", "content": "x"}, WRONG, "io.not_a_file"),
            ({"operation": "update", "path": "a.txt", "content": "x",
              "expected_sha256": sha256("other")}, REFUSED, "transaction.conflict"),
            ({"operation": "delete", "path": "none"}, WRONG, "io.not_found"),
            ({"operation": "move", "path": "a.txt", "to": "folder/b.txt"}, REFUSED,
             "transaction.exists"),
            ({"operation": "move", "path": "folder", "to": "folder/in"}, WRONG, "path.invalid"),
            ({"operation": "make_folder", "path": "folder"}, REFUSED, "transaction.exists"),
            ({"operation": "remove_folder", "path": "folder"}, REFUSED, "io.not_empty"),
            ({"operation": "remove_folder", "path": "a.txt"}, WRONG, "io.not_a_folder"),
            (create | {"path": "x", "content_base64": "eA=="}, WRONG, "request.constraint"),
            ({"operation": "create", "path": "x"}, WRONG, "request.constraint"),
            ({"operation": "create", "path": "x", "content_base64": "?"}, WRONG,
             "request.constraint"),
            (create | {"path": "x", "mode": "rw"}, WRONG, "request.constraint"),
            (create | {"path": "x", "to": "y"}, WRONG, "request.constraint"),
            ({"operation": "update", "path": "a.txt", "content": "x", "expected_sha256": "12"},
             WRONG, "request.constraint"),
        ])

    def test_a_request_that_is_wrong_says_where(self):
        for change, code in [({"operation": "crate", "path": "x"}, "request.constraint"),
                             ({"operation": "create"}, "request.missing_key"),
                             ({"operation": "create", "path": "x", "contents": "y"},
                              "request.unknown_key")]:
            with self.subTest(change=change):
                ended = self.apply(change)
                self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, code))
                self.assertIn("/operations/0", ended.error["message"])

    def test_a_fault_in_ratchet_yaml_names_line_and_column_and_the_nearest_key(self):
        self.write("ratchet.yaml", "retention:\n  day: 3\n")
        before = listing(self.root)
        ended = self.apply({"operation": "create", "path": "x", "content": "y"})
        self.assertEqual((ended.exit_code, ended.error["code"]), (WRONG, "config.invalid"))
        self.assertEqual((ended.error["path"], ended.error["line"]), ("ratchet.yaml", 2))
        self.assertIn("days", ended.error["message"] + ended.error.get("hint", ""))
        self.assertEqual(listing(self.root), before)


class Detached(TransactionTest):
    def test_one_process_begins_another_adds_a_third_commits(self):
        self.write("a.txt", "A")
        begun = self.call("transaction.begin", id="T1").json
        self.assertEqual((begun["id"], begun["state"], begun["detached"]), ("T1", "open", True))
        change = [{"operation": "update", "path": "a.txt", "content": "A2"},
                  {"operation": "create", "path": "b/c.txt", "content": "C"}]
        added = self.call("transaction.add", id="T1", operations=change).json
        self.assertEqual([row["path"] for row in added["operations"]], ["a.txt", "b/c.txt"])
        self.assertEqual(self.content("a.txt"), "A")
        listed = run_ratchet("tx", "list", "--json", "-C", self.root).json["transactions"]
        self.assertEqual([(row["id"], row["state"], row["detached"]) for row in listed],
                         [("T1", "open", True)])
        shown = run_ratchet("tx", "show", "T1", "-C", self.root)
        self.assertIn("-A\n\\ No newline at end of file\n+A2\n", shown.stdout)
        committed = self.call("transaction.commit", id="T1").json
        self.assertEqual(committed["status"], "succeeded", committed)
        self.assertEqual((self.content("a.txt"), self.content("b/c.txt")), ("A2", "C"))
        self.assertEqual(names_in(self.root), ["a.txt", "b"])

    def test_a_file_that_somebody_changes_meanwhile_is_a_conflict_and_stays(self):
        self.write("a.txt", "A")
        self.write("b.txt", "B")
        self.call("transaction.begin", id="T1")
        self.call("transaction.add", id="T1", operations=[
            {"operation": "update", "path": "a.txt", "content": "A2"},
            {"operation": "delete", "path": "b.txt"}])
        self.write("a.txt", "theirs")
        ended = self.call("transaction.commit", id="T1")
        self.assertEqual((ended.exit_code, ended.error["code"]), (REFUSED, "transaction.conflict"))
        self.assertEqual(ended.error["details"]["paths"], ["a.txt"])
        self.assertEqual((self.content("a.txt"), self.content("b.txt")), ("theirs", "B"))
        self.assertEqual(names_in(self.root), ["a.txt", "b.txt"])

    def test_rolling_back_leaves_nothing(self):
        before = listing(self.root)
        self.call("transaction.begin", id="T1")
        self.call("transaction.add", id="T1",
                  operations=[{"operation": "create", "path": "a", "content": "A"}])
        rolled = self.call("transaction.rollback", id="T1").json
        self.assertEqual((rolled["success"], rolled["operations_reverted"]), (True, 1))
        self.assertEqual(listing(self.root), before)
        for operation in ["transaction.commit", "transaction.rollback", "transaction.show"]:
            again = self.call(operation, id="T1")
            self.assertEqual((again.exit_code, again.error["code"]), (WRONG, "transaction.unknown"))

    @not_on_windows("wine leaves the folder of the transaction, which then is abandoned")
    def test_one_that_was_kept_points_to_the_undo_of_its_run(self):
        self.call("transaction.begin", id="T1")
        self.call("transaction.add", id="T1",
                  operations=[{"operation": "create", "path": "a", "content": "A"}])
        self.call("transaction.commit", id="T1", keep_backups=True)
        refused = self.call("transaction.rollback", id="T1")
        self.assertEqual((refused.exit_code, refused.error["code"]), (WRONG, "transaction.state"))
        self.assertEqual(refused.error["hint"], "ratchet undo T1 takes it back")

    def test_an_operation_that_fails_leaves_those_before_it(self):
        self.call("transaction.begin", id="T1")
        failed = self.call("transaction.add", id="T1", operations=[
            {"operation": "create", "path": "a", "content": "A"},
            {"operation": "delete", "path": "none"}])
        self.assertEqual(failed.error["details"]["operation"], 1)
        shown = self.call("transaction.show", id="T1").json
        self.assertEqual([row["path"] for row in shown["operations"]], ["a"])


class Runs(TransactionTest):
    def changed(self):
        """A run that changes, deletes, moves and makes; its id."""
        self.write("a.txt", "A\n")
        self.write("gone.txt", "gone\n")
        self.write("m.txt", "M\n")
        (self.root / "a.txt").chmod(0o640)
        self.before = listing(self.root)
        ended = self.apply({"operation": "update", "path": "a.txt", "content": "A2\n"},
                           {"operation": "delete", "path": "gone.txt"},
                           {"operation": "move", "path": "m.txt", "to": "n/m.txt"},
                           {"operation": "create", "path": "new/c.txt", "content": "C\n"},
                           options=["--keep-backups"])
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        return ended.json["id"]

    def listed(self):
        return run_ratchet("runs", "--json", "-C", self.root).json["runs"]

    def without_state(self):
        return {path: what for path, what in listing(self.root).items()
                if not path.startswith(".ratchet")}

    def test_a_run_is_undone_and_the_undo_is_a_run(self):
        run = self.changed()
        after = self.without_state()
        self.assertEqual([(row["id"], row["created"], row["modified"], row["deleted"])
                          for row in self.listed()], [(run, 2, 1, 2)])
        undone = run_ratchet("undo", run, "--json", "-C", self.root)
        self.assertEqual(undone.exit_code, DONE, undone.stdout)
        self.assertEqual(self.without_state(), self.before)
        again = run_ratchet("undo", run, "--json", "-C", self.root)
        self.assertEqual((again.exit_code, again.error["code"]), (REFUSED, "run.undone"))
        back = run_ratchet("undo", undone.json["id"], "--json", "-C", self.root)
        self.assertEqual(back.exit_code, DONE, back.stdout)
        self.assertEqual(self.without_state(), after)

    def test_a_dry_undo_shows_the_diff_and_changes_nothing(self):
        run = self.changed()
        before = listing(self.root)
        planned = run_ratchet("undo", run, "--dry-run", "--json", "-C", self.root).json
        self.assertIn("-A2\n+A\n", planned["diff"])
        self.assertEqual(listing(self.root), before)

    def test_files_that_somebody_changed_since_are_all_named_and_nothing_is_undone(self):
        run = self.changed()
        self.write("a.txt", "theirs\n")
        (self.root / "n/m.txt").unlink()
        before = listing(self.root)
        ended = run_ratchet("undo", run, "--json", "-C", self.root)
        self.assertEqual((ended.exit_code, ended.error["code"]), (REFUSED, "transaction.conflict"))
        self.assertEqual(ended.error["details"]["paths"], ["a.txt", "n/m.txt"])
        self.assertEqual(listing(self.root), before)

    def test_a_pre_image_that_is_damaged_is_not_put_back(self):
        run = self.changed()
        for kept in (self.root / ".ratchet/runs" / run / "before").iterdir():
            kept.write_text("damaged", encoding="utf-8")
        before = listing(self.root)
        ended = run_ratchet("undo", run, "--json", "-C", self.root)
        self.assertEqual(ended.exit_code, REFUSED, ended.stdout)
        self.assertIn("damaged", ended.error["message"])
        self.assertEqual(ended.error["details"]["paths"], ["a.txt", "gone.txt"])
        self.assertEqual(listing(self.root), before)

    def test_a_folder_that_the_run_made_stays_while_somebody_uses_it(self):
        run = self.changed()
        self.write("new/theirs.txt", "theirs")
        ended = run_ratchet("undo", run, "--json", "-C", self.root)
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        self.assertEqual(os.listdir(self.root / "new"), ["theirs.txt"])

    def test_runs_beyond_what_ratchet_yaml_keeps_are_removed(self):
        self.write("ratchet.yaml", "retention:\n  runs: 2\n")
        ids = [self.apply({"operation": "create", "path": f"f{i}", "content": "x"},
                          options=["--keep-backups"]).json["id"] for i in range(4)]
        self.assertEqual([row["id"] for row in self.listed()], [ids[3], ids[2]])
        self.assertEqual(sorted(os.listdir(self.root / ".ratchet/runs")), sorted(ids[2:]))
        gone = run_ratchet("undo", ids[0], "--json", "-C", self.root)
        self.assertEqual((gone.exit_code, gone.error["code"]), (WRONG, "run.unknown"))

    def test_a_run_of_batch_create_can_be_undone(self):
        before = listing(self.root)
        made = self.batch(instance(entry("shop/a.py"), entry("b.py"))).json
        (self.root / "batch.json").unlink()
        undone = run_ratchet("undo", made["run_id"], "--json", "-C", self.root)
        self.assertEqual(undone.exit_code, DONE, undone.stdout)
        self.assertEqual(self.without_state(), before)


class Documentation(TransactionTest):
    def test_the_example_of_the_page_works_as_it_stands(self):
        page = (pathlib.Path(__file__).parents[2] / "docs/transactions.md").read_text(encoding="utf-8")
        example = page.split("$ cat changes.json\n")[1].split("\n\n")[0]
        self.write("config.py", "DEBUG = True\n")
        self.write("utils/names.py", "")
        self.write("old.py", "")
        changes = self.outside / "changes.json"
        changes.write_text(example, encoding="utf-8")
        ended = run_ratchet("tx", "apply", changes, "--keep-backups", "--json", folder=self.root)
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        self.assertEqual(self.content("config.py"), "DEBUG = False\n")
        self.assertEqual(sorted(path.relative_to(self.root).as_posix()
                                for path in self.root.rglob("*.py")),
                         ["config.py", "shop/__init__.py", "shop/text/names.py"])


class Home(TransactionTest):
    def test_nested_folders_share_the_state_of_their_project(self):
        (self.root / ".git").mkdir()
        (self.root / "deep/er").mkdir(parents=True)
        ended = run_ratchet("tx", "apply", "-", "--json", "--keep-backups", "-C", self.root / "deep/er",
                            stdin=json.dumps([{"operation": "create", "path": "a", "content": "A"}]))
        self.assertEqual(ended.exit_code, DONE, ended.stdout)
        self.assertTrue((self.root / ".ratchet/runs" / ended.json["id"]).is_dir())
        self.assertEqual(os.listdir(self.root / "deep/er"), ["a"])
        undone = run_ratchet("undo", ended.json["id"], "--json", "-C", self.root)
        self.assertEqual(undone.exit_code, DONE, undone.stdout)
        self.assertEqual(os.listdir(self.root / "deep/er"), [])

    def test_a_run_inside_a_run_is_refused_at_once(self):
        os.environ["RATCHET_TX"] = f"OUTER:{told(self.root)}"
        self.addCleanup(os.environ.pop, "RATCHET_TX")
        ended = self.apply({"operation": "create", "path": "a", "content": "A"})
        self.assertEqual((ended.exit_code, ended.error["code"]), (REFUSED, "transaction.nested"))
        self.assertIn("OUTER", ended.error["message"])
        self.assertEqual(names_in(self.root), [])


class ManyProcesses(TransactionTest):
    WORKERS = 4
    STEPS = 12
    MET_SOMEBODY = ["transaction.conflict", "transaction.locked"]
    if ON_WINDOWS:
        # wine lets nobody replace a file that somebody reads, and here all begin the state's folder.
        MET_SOMEBODY.append("io.permission_denied")

    def count_up(self):
        """Adds one to the number in the file, as often as it takes to meet nobody."""
        for _ in range(self.STEPS):
            for _ in range(1000):
                now = self.content("count")
                ended = self.apply({"operation": "update", "path": "count",
                                    "content": str(int(now) + 1), "expected_sha256": sha256(now)},
                                   options=["--durability", "none"])
                if ended.exit_code == DONE:
                    break
                self.assertIn(ended.error["code"], self.MET_SOMEBODY)
            else:
                self.fail("no transaction came through")

    def test_no_update_is_lost_and_nothing_is_left(self):
        self.write("count", "0")
        with concurrent.futures.ThreadPoolExecutor(self.WORKERS) as pool:
            for done in [pool.submit(self.count_up) for _ in range(self.WORKERS)]:
                done.result()
        self.assertEqual(self.content("count"), str(self.WORKERS * self.STEPS))
        self.assertEqual(names_in(self.root), ["count"])


if __name__ == "__main__":
    unittest.main()
